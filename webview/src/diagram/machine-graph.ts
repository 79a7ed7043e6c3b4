/** A state machine as a graph: vertices with their compartments, transitions with their labels; UML 2.5.1 clause 14.2.4. */
import type {
  DoActivity,
  ElementId,
  ExitConnection,
  FinalState,
  Machine,
  Pseudostate,
  Region,
  State,
  Transition,
  Variable,
  Vertex,
} from '@pollux/engine/model';
import type {
  CompartmentLine,
  DiagramGraph,
  EdgeLabel,
  GraphEdge,
  GraphNode,
  PseudostateNode,
  StateNode,
} from './graph.ts';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import { printActions } from './print-action.ts';
import { printExpression } from './print-expression.ts';
import { breakLines, printTransition, transitionParts } from './print-transition.ts';
import { type MeasureText, quantised } from './text.ts';

/** Longest line of a transition's label, in characters. */
const longestLabel = 26;
/** Longest line of a compartment. */
const longestLine = 40;
/** What a counter and a rate may need; a figure never asks for more (see the engine's `figures.ts`). */
const widestCounter = '88 888';
const widestRate = '8 888/min';

interface Context {
  readonly nameOf: NameOf;
  readonly measure: MeasureText;
  /** State → its internal transitions, which stand in its compartment. */
  readonly internal: ReadonlyMap<ElementId, readonly Transition[]>;
}

export function machineGraph(machine: Machine, nameOf: NameOf, measure: MeasureText): DiagramGraph {
  const context = { nameOf, measure, internal: internalTransitions(machine.regions) };
  const edges: GraphEdge[] = [];
  for (const region of machine.regions) collectEdges(region, context, edges);
  const inside =
    machine.regions.length === 1
      ? (machine.regions[0] as Region).vertices.map((vertex) => vertexNode(vertex, context))
      : machine.regions.map((region) => regionNode(region, context));
  const nodes = [...machine.connectionPoints.map((point) => pseudostateNode(point, context)), ...inside];
  return { element: machine.id, kind: 'machine', name: machine.name, direction: 'DOWN', nodes, edges };
}

function internalTransitions(
  regions: readonly Region[],
  found = new Map<ElementId, Transition[]>(),
): ReadonlyMap<ElementId, readonly Transition[]> {
  for (const region of regions) {
    for (const each of region.transitions) {
      if (each.target === undefined) found.set(each.source, [...(found.get(each.source) ?? []), each]);
    }
    for (const vertex of region.vertices) if (vertex.kind === 'state') internalTransitions(vertex.regions, found);
  }
  return found;
}

function collectEdges(region: Region, context: Context, into: GraphEdge[]): void {
  for (const transition of region.transitions) {
    if (transition.target === undefined) continue;
    const { id, source, target } = transition;
    into.push({ id, element: id, source, target, label: transitionLabel(transition, context) });
  }
  for (const vertex of region.vertices) {
    if (vertex.kind !== 'state') continue;
    for (const exit of vertex.submachine?.exits ?? []) into.push(exitEdge(exit, vertex.id, context));
    for (const inner of vertex.regions) collectEdges(inner, context, into);
  }
}

function exitEdge({ id, point, target, effect }: ExitConnection, source: ElementId, context: Context): GraphEdge {
  const parts = [`exit ${context.nameOf(point)}`];
  if (effect.length > 0) parts.push(`/ ${printActions(effect, context.nameOf)}`);
  return { id, element: id, source, target: target.vertex, label: edgeLabel(parts, context) };
}

function transitionLabel(transition: Transition, context: Context): EdgeLabel {
  const parts = transitionParts(transition, context.nameOf);
  const { entryPoint } = transition;
  return edgeLabel(entryPoint === undefined ? parts : [...parts, `into ${context.nameOf(entryPoint)}`], context);
}

function edgeLabel(parts: readonly string[], { measure }: Context): EdgeLabel {
  const lines = breakLines(parts, longestLabel);
  const widths = [...lines.map((line) => measure(line, 'label')), measure(widestRate, 'figure')];
  return { lines, width: quantised(Math.max(...widths)), height: (lines.length + 1) * 14 };
}

function vertexNode(vertex: Vertex, context: Context): GraphNode {
  return vertex.kind === 'state' ? stateNode(vertex, context) : pseudostateNode(vertex, context);
}

function stateNode(state: State, context: Context): StateNode {
  const { measure } = context;
  const lines = compartments(state, context);
  const { padding, lineHeight } = metrics;
  const submachine = state.submachine === undefined ? '' : ` : ${context.nameOf(state.submachine.machine)}`;
  const name = `${state.name}${submachine}`;
  const nameRow = { name: measure(name, 'name'), counter: measure(widestCounter, 'counter') };
  const nameWidth = nameRow.name + 16 + nameRow.counter;
  const rateWidth = measure(widestRate, 'figure') + 12;
  const lineWidths = lines.map((line) => measure(line.text, 'label') + (line.element === state.id ? 0 : rateWidth));
  const width = quantised(Math.max(metrics.state.least, nameWidth, ...lineWidths) + 2 * padding);
  const compartment = lines.length === 0 ? 0 : lines.length * lineHeight + 9;
  const header = lines.length === 0 ? metrics.state.nameOnly : metrics.state.rule + compartment;
  const regions = state.regions.filter((region) => region.vertices.length > 0);
  const only = regions.length === 1 ? regions[0] : undefined;
  const inside =
    only !== undefined
      ? only.vertices.map((vertex) => vertexNode(vertex, context))
      : regions.map((region) => regionNode(region, context));
  const children = [...state.connectionPoints.map((point) => pseudostateNode(point, context)), ...inside];
  const size = { width, height: header };
  return { id: state.id, element: state.id, shape: 'state', name, lines, children, header, nameRow, size };
}

function compartments(state: State, { nameOf, internal }: Context): readonly CompartmentLine[] {
  const lines: CompartmentLine[] = [];
  const add = (element: string, text: string): void => {
    for (const [index, line] of breakLines([text], longestLine).entries()) {
      lines.push({ element: index === 0 ? element : state.id, text: index === 0 ? line : `  ${line}` });
    }
  };
  if (state.entry.length > 0)
    add(state.id, `entry${taken(state.entryParameters)} / ${printActions(state.entry, nameOf)}`);
  if (state.activity !== undefined)
    add(state.id, `do${taken(state.activity.parameters)} / ${printDoActivity(state.activity, nameOf)}`);
  if (state.exit.length > 0) add(state.id, `exit${taken(state.exitParameters)} / ${printActions(state.exit, nameOf)}`);
  for (const invariant of state.invariants ?? []) add(state.id, `invariant ${printExpression(invariant, nameOf)}`);
  for (const each of internal.get(state.id) ?? []) add(each.id, printTransition(each, nameOf));
  // UML 2.5.1, 14.2.4.5.
  for (const event of state.deferred) {
    add(state.id, `${event.kind === 'signal' ? nameOf(event.signal) : `call ${nameOf(event.operation)}`} / defer`);
  }
  return lines;
}

/** By name, as a trigger lists what it binds. */
function taken(parameters: readonly Variable[] = []): string {
  return parameters.length === 0 ? '' : `(${parameters.map(({ name }) => name).join(', ')})`;
}

function printDoActivity({ takes, uses, actions, invokes }: DoActivity, nameOf: NameOf): string {
  const parts: string[] = [];
  if (invokes !== undefined) parts.push(`ref ${nameOf(invokes.behaviour)}`);
  if (takes !== undefined) parts.push(printExpression(takes, nameOf));
  if (uses.length > 0) {
    const claims = uses.map(({ resource, amount }) =>
      amount === 1 ? nameOf(resource) : `${nameOf(resource)} * ${amount}`,
    );
    parts.push(`using ${claims.join(', ')}`);
  }
  if (actions.length > 0) parts.push(printActions(actions, nameOf));
  return parts.join(' ');
}

function regionNode(region: Region, context: Context): GraphNode {
  const children = region.vertices.map((vertex) => vertexNode(vertex, context));
  const width = quantised(context.measure(region.name, 'label') + 2 * metrics.padding);
  return {
    id: region.id,
    element: region.id,
    shape: 'region',
    name: region.name,
    children,
    size: { width, height: 34 },
  };
}

function pseudostateNode(vertex: FinalState | Pseudostate, { measure }: Context): PseudostateNode {
  const { id, kind } = vertex;
  const base = { id, element: id, shape: kind, name: vertex.name };
  const none = { width: 0, height: 0 };
  const named = (extra: number): { width: number; height: number } => ({
    width: quantised(Math.max(measure(vertex.name, 'label'), extra)),
    height: extra > 0 ? 30 : 14,
  });
  switch (kind) {
    case 'initial':
      return { ...base, size: square(metrics.initial), label: none };
    case 'junction':
      return { ...base, size: square(metrics.junction), label: none };
    case 'choice':
      return { ...base, size: square(metrics.choice), label: named(0) };
    case 'fork':
    case 'join':
      return { ...base, size: metrics.forkBar, label: none };
    case 'shallow-history':
    case 'deep-history':
      return { ...base, size: square(metrics.history), label: none };
    case 'entry-point':
    case 'exit-point':
      return { ...base, size: square(metrics.point), label: named(0) };
    case 'terminate':
      return { ...base, size: square(metrics.terminate), label: none };
    case 'final':
      return { ...base, size: square(metrics.final.outer), label: named(measure(widestCounter, 'figure')) };
  }
}

function square(half: number): { width: number; height: number } {
  return { width: 2 * half, height: 2 * half };
}
