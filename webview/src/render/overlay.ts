/**
 * What is laid over a diagram: figures and contradictions by element, whether they were seen live or simulated. Knows
 * where an element's divergences are to be shown, and nothing of how.
 */
import type { ElementId, Model, Node } from '@pollux/engine/model';
import { formatCount, formatFigure, formatRate, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { Answers, SimulationResult } from '@pollux/engine/simulation';
import type { Divergence, TwinState } from '@pollux/engine/twin';
import { callsOf, visitMessages } from '../diagram/calls.ts';

export interface ElementFigures {
  readonly instances?: number;
  readonly total?: number;
  /** Per second. */
  readonly rate?: number;
  /** Fractions. */
  readonly share?: number;
  readonly errors?: number;
  readonly utilization?: number;
  /** Mean number in progress. */
  readonly concurrency?: number;
  /** Mean seconds in line. */
  readonly wait?: number;
  /** Mean number in line. */
  readonly queue?: number;
  /** Seconds. */
  readonly p50?: number;
  readonly p95?: number;
  readonly predicted?: { readonly p50: number; readonly p95: number };
}

export interface Overlay {
  readonly mode: 'live' | 'simulated';
  /** Figures of a moment, not of a whole run: counters say what is in a state now. */
  readonly isMoment: boolean;
  /** Where it was deployed: another deployment has no figures. Undefined where it runs nowhere. */
  readonly deployment: ElementId | undefined;
  /** The source has fallen silent: figures are old, and lose the hue of observation. */
  readonly stale: boolean;
  readonly figures: ReadonlyMap<ElementId, ElementFigures>;
  /** Open divergences by the element of a diagram that shows them. */
  readonly divergences: ReadonlyMap<ElementId, readonly Divergence[]>;
  /** Elements with a missed expectation, and what is saturated while one is missed: the bottleneck. */
  readonly missed: ReadonlySet<ElementId>;
  /** Half width of the band of tolerance around the prediction, as a fraction; null where none is written. */
  readonly tolerance: number | null;
  /** Where work waits most, with the cause in a sentence; null where nothing is in the way. */
  readonly bottleneck: { readonly element: ElementId; readonly sentence: string } | null;
  /** What is struck by a fault now, by element of a diagram. */
  readonly troubles: ReadonlyMap<ElementId, Trouble>;
}

export interface Trouble {
  /** As it stands beside the element: `app[2] crashed`. */
  readonly text: string;
  /** None of it works. */
  readonly isDown: boolean;
}

export function liveOverlay(model: Model, state: TwinState, stale: boolean): Overlay {
  const figures = new Map<ElementId, ElementFigures>(Object.entries(state.figures));
  const twin = model.twins.find((each) => each.id === state.twin);
  completeFigures(model, figures, twin?.deployment);
  const divergences = new Map<ElementId, Divergence[]>();
  for (const divergence of state.divergences) {
    if (divergence.status !== 'open') continue;
    for (const element of placesOf(model, divergence.element)) {
      divergences.set(element, [...(divergences.get(element) ?? []), divergence]);
    }
  }
  const tolerances = (twin?.expectations ?? []).flatMap(({ demand }) =>
    demand.kind === 'simulation' ? [demand.tolerance] : [],
  );
  return {
    mode: 'live',
    isMoment: true,
    deployment: twin?.deployment,
    stale,
    figures,
    divergences,
    missed: new Set(),
    tolerance: tolerances[0] ?? null,
    bottleneck: null,
    troubles: new Map(),
  };
}

/** `answers`: what was explained of the same run, if it was. */
export function simulatedOverlay(model: Model, result: SimulationResult, answers: Answers | null = null): Overlay {
  const figures = new Map<ElementId, Record<string, number>>();
  for (const { element, measure, value, samples } of result.measures) {
    if (value === null) continue;
    const own = figures.get(element) ?? {};
    figures.set(element, own);
    own[measure === 'count' ? 'total' : measure] = value;
    if (measure === 'count' && result.simulated_s > 0) own.rate ??= samples / result.simulated_s;
  }
  const completed = figures as Map<ElementId, ElementFigures>;
  const deployment = model.scenarios.find(({ id }) => id === result.scenario)?.deployment;
  completeFigures(model, completed, deployment);
  const expectations = new Map(
    model.scenarios.flatMap((each) => each.expectations).map((each) => [each.id, each.measure.element]),
  );
  const missed = new Set<ElementId>();
  for (const { element, verdict } of result.expectations) {
    const measured = expectations.get(element);
    if (verdict === 'missed' && measured !== undefined) missed.add(measured);
  }
  if (missed.size > 0) {
    for (const { code, element } of result.findings) if (code === 'saturated') missed.add(element);
  }
  return {
    mode: 'simulated',
    isMoment: false,
    deployment,
    stale: false,
    figures: completed,
    divergences: new Map(),
    missed,
    tolerance: null,
    bottleneck: missed.size > 0 ? bottleneckOf(result, answers) : null,
    troubles: new Map(),
  };
}

/** As it was explained; else what is saturated. */
function bottleneckOf({ scenario, findings }: SimulationResult, answers: Answers | null): Overlay['bottleneck'] {
  const first = answers?.result.scenario === scenario ? answers.bottlenecks[0] : undefined;
  if (first !== undefined) return { element: first.element, sentence: first.sentence };
  const saturated = findings.find(({ code }) => code === 'saturated');
  return saturated === undefined ? null : { element: saturated.element, sentence: saturated.message };
}

/**
 * What follows exactly from other figures: a message has those of its operation where it is the only one that calls it,
 * the first message of an interaction has the interaction's, a component the sum of its operations' rates.
 */
export function completeFigures(
  model: Model,
  figures: Map<ElementId, ElementFigures>,
  deployed: ElementId | undefined,
): void {
  const senders = new Map<ElementId, ElementId[]>();
  for (const interaction of model.interactions) {
    const first = interaction.body[0];
    visitMessages(interaction.body, (message) => {
      senders.set(message.signature, [...(senders.get(message.signature) ?? []), message.id]);
      if (message !== first || figures.has(message.id)) return;
      const whole = figures.get(interaction.id);
      if (whole !== undefined) figures.set(message.id, whole);
    });
  }
  for (const [operation, messages] of senders) {
    const own = figures.get(operation);
    const only = messages.length === 1 ? messages[0] : undefined;
    if (own !== undefined && only !== undefined && !figures.has(only)) figures.set(only, own);
  }
  for (const component of model.components) {
    const rates = component.operations.flatMap((operation) => figures.get(operation.id)?.rate ?? []);
    const known = figures.get(component.id);
    if (rates.length === 0 || known?.rate !== undefined) continue;
    figures.set(component.id, { ...known, rate: rates.reduce((sum, rate) => sum + rate, 0) });
  }
  const deployment = model.deployments.find(({ id }) => id === deployed);
  for (const link of deployment?.links ?? []) {
    const rate = linkRate(model, deployment?.nodes ?? [], link.ends, figures);
    if (rate !== null) figures.set(link.id, { rate });
  }
}

/** Messages a second between two kinds of node, both ways; null where it cannot be told from the figures. */
function linkRate(
  model: Model,
  nodes: readonly Node[],
  ends: readonly [ElementId, ElementId],
  figures: ReadonlyMap<ElementId, ElementFigures>,
): number | null {
  const hosts = (component: ElementId): readonly ElementId[] =>
    nodes.filter((node) => node.deploys.some((each) => each.component === component)).map((node) => node.id);
  let sum: number | null = null;
  for (const call of callsOf(model)) {
    const [from, to] = [hosts(call.from), hosts(call.to)];
    if (from.length !== 1 || to.length !== 1) continue;
    const joins = (from[0] === ends[0] && to[0] === ends[1]) || (from[0] === ends[1] && to[0] === ends[0]);
    const rate = figures.get(call.message)?.rate;
    if (joins && rate !== undefined) sum = (sum ?? 0) + rate;
  }
  return sum;
}

/** The elements of diagrams at which a contradiction of `element` is shown. */
export function placesOf(model: Model, element: ElementId): readonly ElementId[] {
  const expectation = [...model.twins, ...model.scenarios]
    .flatMap((each) => each.expectations)
    .find((each) => each.id === element);
  if (expectation !== undefined) return placesOf(model, expectation.measure.element);
  const interaction = model.interactions.find((each) => each.id === element);
  if (interaction !== undefined) return interaction.body[0] === undefined ? [] : [interaction.body[0].id];
  const component = model.components.find(
    (each) => each.id === element || each.operations.some((operation) => operation.id === element),
  );
  if (component === undefined) return [element];
  const deployed = model.deployments.flatMap((each) => each.nodes).flatMap((node) => node.deploys);
  const places: ElementId[] = deployed.filter((each) => each.component === component.id).map((each) => each.id);
  if (component.external) places.push(component.id);
  if (element === component.id) return places;
  for (const { body } of model.interactions) {
    visitMessages(body, (message) => {
      if (message.signature === element) places.push(message.id);
    });
  }
  return places;
}

/** The end of the sentence about an element: `, 25 627 instances, 1 divergence`. */
export function describeFigures(overlay: Overlay, element: ElementId): string {
  const figures = overlay.figures.get(element);
  const parts: string[] = [];
  if (figures?.instances !== undefined) parts.push(`${formatCount(figures.instances)} instances`);
  if (figures?.rate !== undefined) parts.push(formatRate(figures.rate));
  if (figures?.p95 !== undefined) parts.push(`p95 ${formatSeconds(figures.p95)}`);
  if (figures?.utilization !== undefined) parts.push(`${formatShare(figures.utilization)} busy`);
  if (figures?.queue !== undefined && figures.queue > 0) parts.push(`${formatFigure(figures.queue)} in line`);
  const trouble = overlay.troubles.get(element);
  if (trouble !== undefined) parts.push(trouble.text);
  const open = overlay.divergences.get(element)?.length ?? 0;
  if (open > 0) parts.push(`${open} ${open === 1 ? 'divergence' : 'divergences'}`);
  return parts.map((part) => `, ${part}`).join('');
}
