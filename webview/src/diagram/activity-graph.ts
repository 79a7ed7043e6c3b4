/**
 * An activity as a graph: actions, control nodes and flows; UML 2.5.1 clauses 15 and 16. Partitions stand in parentheses above the
 * name (15.6.4), as lanes would tear apart what belongs together. The resources that it uses stand beside it, in a table of their own.
 */
import type {
  Activity,
  ActivityEdge,
  ActivityNode,
  Claim,
  ElementId,
  Model,
  Resource,
  ResourceUse,
} from '@pollux/engine/model';
import {
  allNodes,
  type DiagramGraph,
  type EdgeLabel,
  type GraphEdge,
  type GraphNode,
  type PseudostateNode,
  type ResourcesNode,
  type StateNode,
} from './graph.ts';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import { printActions } from './print-action.ts';
import { printExpression } from './print-expression.ts';
import { printPercent, printTimeOfDay } from './print-quantity.ts';
import { breakLines } from './print-transition.ts';
import { type MeasureText, quantised } from './text.ts';

/** Longest lines, in characters. */
const longestLabel = 26;
const longestLine = 34;
/** Room for the figures of a run. */
const widestCounter = '8 888';
const widestFigures = 'p95 88 min, wait 88 min';
const widestInLine = '8 888 in line';

interface Context {
  readonly nameOf: NameOf;
  readonly measure: MeasureText;
}

export function activityGraph(activity: Activity, model: Model, nameOf: NameOf, measure: MeasureText): DiagramGraph {
  const context = { nameOf, measure };
  const { id, name, nodes, edges } = activity;
  const used = new Set(usesOf(nodes).map(({ resource }) => resource));
  const resources = model.resources.filter((resource) => used.has(resource.id));
  const drawn = [
    ...nodes.map((node) => graphNode(node, context)),
    ...(resources.length === 0 ? [] : [resourcesNode(activity, resources, context)]),
  ];
  // A text with errors may lack what a flow leads to.
  const known = new Set([...allNodes(drawn)].map((node) => node.id));
  const lines = [...edges.map((each) => flow(each, context)), ...nodes.flatMap((node) => edgesOf(node, context))];
  return {
    element: id,
    kind: 'activity',
    name,
    direction: 'DOWN',
    nodes: drawn,
    edges: lines.filter(({ source, target }) => known.has(source) && known.has(target)),
  };
}

/** All claims, also those inside. */
export function usesOf(nodes: readonly ActivityNode[]): readonly ResourceUse[] {
  return nodes.flatMap((node) => [
    ...('uses' in node ? node.uses : []),
    ...('nodes' in node ? usesOf(node.nodes) : []),
  ]);
}

/** Of what is inside, of who loses patience, of what interrupts. */
function edgesOf(node: ActivityNode, context: Context): readonly GraphEdge[] {
  const edges: GraphEdge[] = [];
  if ('patience' in node && node.patience !== undefined) {
    const { limit, abandoned } = node.patience;
    const parts = [`patience ${printExpression(limit, context.nameOf)}`];
    edges.push(edge(`${node.id}/patience`, node.id, node.id, abandoned, parts, context));
  }
  if ('nodes' in node) {
    edges.push(...node.edges.map((inner) => flow(inner, context)));
    edges.push(...node.nodes.flatMap((inner) => edgesOf(inner, context)));
  }
  if (node.kind === 'interruptible') {
    for (const each of node.interrupts) {
      const { id, signals, bindings, target } = each;
      const names = bindings.length === 0 ? '' : `(${bindings.map(({ name }) => name).join(', ')})`;
      const parts = [`${signals.map(context.nameOf).join(', ')}${names}`, ...conditions(each, context)];
      edges.push(edge(id, id, node.id, target, parts, context));
    }
  }
  return edges;
}

function flow(each: ActivityEdge, context: Context): GraphEdge {
  const { id, source, target, weight, isElse } = each;
  const parts = [...(weight === undefined ? [] : [printPercent(weight)]), ...(isElse ? ['[else]'] : [])];
  return edge(id, id, source, target, [...parts, ...conditions(each, context)], context);
}

function conditions({ guard, effect }: Pick<ActivityEdge, 'guard' | 'effect'>, { nameOf }: Context): readonly string[] {
  return [
    ...(guard === undefined ? [] : [`[${printExpression(guard, nameOf)}]`]),
    ...(effect.length === 0 ? [] : [`/ ${printActions(effect, nameOf)}`]),
  ];
}

function edge(
  id: string,
  element: ElementId,
  source: ElementId,
  target: ElementId,
  parts: readonly string[],
  { measure }: Context,
): GraphEdge {
  const lines = breakLines(parts, longestLabel);
  const width = lines.length === 0 ? 0 : quantised(Math.max(...lines.map((line) => measure(line, 'label'))));
  const label: EdgeLabel = { lines, width, height: lines.length * 14 };
  return { id, element, source, target, label };
}

function graphNode(node: ActivityNode, context: Context): GraphNode {
  switch (node.kind) {
    case 'initial':
      return control(node, 'initial', 'initial node', 2 * metrics.initial, false, context);
    case 'decision':
      return control(node, 'choice', 'decision', 2 * metrics.choice, true, context);
    case 'merge':
      return control(node, 'choice', 'merge', 2 * metrics.choice, false, context);
    case 'fork':
    case 'join':
      return { ...control(node, node.kind, node.kind, 0, false, context), size: metrics.forkBar };
    case 'activity-final':
      return control(node, 'final', 'activity final', 2 * metrics.final.outer, true, context);
    case 'flow-final':
      return control(node, 'exit-point', 'flow final', 2 * metrics.final.outer, true, context);
    case 'structured':
      return shape(node, 'structured', [inPartition(node, context), held(node, context)], node.nodes, context);
    case 'interruptible':
      return shape(node, 'interruptible', [], node.nodes, context);
    case 'buffer':
      return shape(node, 'buffer', ['«centralBuffer»'], [], context);
    case 'acquire':
      return shape(node, 'action', ['«acquire»', claims(node.uses, context)], [], context);
    case 'release':
      return shape(node, 'action', ['«release»', claims(node.uses, context)], [], context);
    case 'send':
      return shape(node, 'send', [sent(node, context)], [], context);
    case 'accept':
      return shape(node, 'accept', [accepted(node, context)], [], context);
    case 'action':
      return shape(
        node,
        'action',
        [inPartition(node, context), ...work(node, context), held(node, context)],
        [],
        context,
      );
  }
}

function control(
  { id, name }: ActivityNode,
  as: PseudostateNode['shape'],
  word: string,
  side: number,
  isNamed: boolean,
  { measure }: Context,
): PseudostateNode {
  const room = as === 'final' || as === 'exit-point' ? measure(widestCounter, 'figure') : 0;
  const width = quantised(Math.max(measure(name, 'label'), room));
  const label = isNamed && name !== '' ? { width, height: room > 0 ? 30 : 14 } : { width: 0, height: 0 };
  return { id, element: id, shape: as, word, name: isNamed ? name : '', size: { width: side, height: side }, label };
}

function shape(
  { id, name, kind }: ActivityNode,
  form: NonNullable<StateNode['form']>,
  texts: readonly string[],
  inside: readonly ActivityNode[],
  context: Context,
): StateNode {
  const { measure } = context;
  const { padding, lineHeight, state } = metrics;
  const written = texts.filter((text) => text !== '').flatMap((text) => breakLines([text], longestLine));
  // The last line is kept for figures.
  const hasFigures = form !== 'buffer' && form !== 'interruptible' && kind !== 'release';
  const lines = [...written, ...(hasFigures ? [''] : [])].map((text) => ({ element: id, text }));
  const nameRow = { name: measure(name, 'name'), counter: measure(widestCounter, 'counter') };
  const least = hasFigures ? measure(widestFigures, 'figure') : 0;
  const widths = lines.map(({ text }) => measure(text, 'label'));
  const width = quantised(Math.max(state.least, nameRow.name + 16 + nameRow.counter, least, ...widths) + 2 * padding);
  const header = lines.length === 0 ? state.nameOnly : state.rule + lines.length * lineHeight + 9;
  const children = inside.map((node) => graphNode(node, context));
  return {
    id,
    element: id,
    shape: 'state',
    form,
    name,
    lines,
    children,
    header,
    nameRow,
    size: { width, height: header },
  };
}

function inPartition({ partition }: { readonly partition?: ElementId }, { nameOf }: Context): string {
  return partition === undefined ? '' : `(${nameOf(partition)})`;
}

function work(
  { work: done, batch }: Extract<ActivityNode, { kind: 'action' }>,
  { nameOf }: Context,
): readonly string[] {
  const limit = batch?.limit === undefined ? '' : ` or after ${printExpression(batch.limit, nameOf)}`;
  return [...(batch === undefined ? [] : [`batch ${batch.size}${limit}`]), what()];

  function what(): string {
    switch (done.kind) {
      case 'nothing':
        return '';
      case 'takes':
      case 'delays':
        return `${done.kind} ${printExpression(done.time, nameOf)}`;
      case 'call':
        return `call ${done.operation.split('.').slice(-2).join('.')}`;
      case 'invoke':
        return `ref ${nameOf(done.behaviour)}`;
    }
  }
}

function held({ uses }: Claim, context: Context): string {
  return uses.length === 0 ? '' : `using ${claims(uses, context)}`;
}

function claims(uses: readonly ResourceUse[], { nameOf }: Context): string {
  const words = uses.map(({ resource, amount, priority }) => {
    const many = amount === 1 ? '' : ` * ${amount}`;
    const first = priority === undefined ? '' : ` priority ${printExpression(priority, nameOf)}`;
    return `${nameOf(resource)}${many}${first}`;
  });
  return words.join(', ');
}

function sent({ signal, delay }: Extract<ActivityNode, { kind: 'send' }>, { nameOf }: Context): string {
  return `${nameOf(signal)}${delay === undefined ? '' : ` delayed ${printExpression(delay, nameOf)}`}`;
}

function accepted({ event, guard }: Extract<ActivityNode, { kind: 'accept' }>, { nameOf }: Context): string {
  const when = guard === undefined ? '' : ` [${printExpression(guard, nameOf)}]`;
  switch (event.kind) {
    case 'signal': {
      const bindings = event.bindings.map(({ name }) => name).join(', ');
      return `${event.signals.map(nameOf).join(', ')}${bindings === '' ? '' : `(${bindings})`}${when}`;
    }
    case 'time':
      return `after ${printExpression(event.delay, nameOf)}${when}`;
    case 'clock':
      return `at ${printTimeOfDay(event.timeOfDay)}${when}`;
    case 'change':
      return `when (${printExpression(event.condition, nameOf)})${when}`;
  }
}

function resourcesNode({ id }: Activity, resources: readonly Resource[], { measure }: Context): ResourcesNode {
  const rows = resources.map(({ id: element, name, count }) => ({ element, text: `${name} × ${count}` }));
  const { share, bar, gap } = metrics.resources;
  const figures = share + bar.width + gap + measure(widestInLine, 'figure') + gap;
  const width = quantised(
    Math.max(...rows.map(({ text }) => measure(text, 'component'))) + figures + 2 * metrics.padding,
  );
  const { header, line } = metrics.cube;
  const height = header + rows.length * line + 10;
  return { id: `${id}/resources`, element: id, shape: 'resources', rows, size: { width, height } };
}
