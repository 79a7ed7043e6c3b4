/** What the loads of a scenario ask of nodes, threads and resources, held against what there is: before anything is simulated. */
import type { Element, ElementId, Load, Model, Scenario } from '@pollux/engine/model';
import { formatShare } from '@pollux/engine/numeric';
import { type ServedShare, servedShares, type Utilisation, utilisations } from '@pollux/engine/simulation/analytic';
import type { Report } from '../problems/problem.ts';
import { countText, rateText, shareText, timeText } from './plain-figures.ts';

const SECOND = 1e6;
const NEARLY = 0.8;

export function checkCapacity(scenario: Scenario, model: Model, report: Report): void {
  const all = utilisations(model, scenario);
  for (const found of all) {
    const { low } = found.utilisation;
    const load = loadsOf(scenario).find(({ id }) => id === found.by[0]?.load);
    if (low < NEARLY || load === undefined) continue;
    report(low >= 1 ? 'overloaded' : 'nearly-overloaded', load.label, messageOf(found, load, model));
  }
  for (const share of servedShares(model, scenario, all)) {
    const load = loadsOf(scenario).find(({ id }) => id === share.load);
    if (load === undefined) continue;
    const code = share.led > share.share ? 'more-led-than-served' : 'few-can-be-served';
    report(code, load.label, shareMessage(share, load, model));
  }
  checkDemands(scenario, all, report);
}

function shareMessage({ element, state, at, share, arrivals, led, ...found }: ServedShare, load: Load, model: Model) {
  const name = nameOf(element, model);
  const where = at === undefined ? ' on average' : at === 0 ? '' : ` after ${timeText(at)}`;
  const visited = nameOf(state, model);
  const figures = `${servedText(found.each, found, name, found.served)}${where}, that is ${shareText(share)} of the ${rateText(arrivals)} that \`${nameOf(load.behaviour, model)}\` brings: \`${visited}\` must be rarer than that`;
  return led > share
    ? `${figures}, but the model leads ${shareText(led)} there if the events on the way come with guards that hold. It needs more of them, or a rarer way there.`
    : `${figures}. How often the guards of the events on the way hold is not known.`;
}

/** `expect utilization(app) < 80 %` beside a load that brings more. */
function checkDemands(scenario: Scenario, all: readonly Utilisation[], report: Report): void {
  const asked = scenario.expectations.filter(({ measure }) => measure.statistic === 'utilization');
  for (const { measure, demand, label, text } of asked) {
    if (demand.kind !== 'bound' || !demand.operator.startsWith('<')) continue;
    const found = all.find(({ element, kind }) => element === measure.element && kind !== 'threads');
    if (found === undefined || (found.at !== undefined && !isSteady(scenario)) || found.utilisation.low <= demand.bound)
      continue;
    const message = `\`${text}\` cannot hold: the loads ask for ${formatShare(found.utilisation.low)} already. Loosen the bound, or give it more capacity.`;
    report('cannot-hold', label, message);
  }
}

function isSteady({ loads, timeline }: Scenario): boolean {
  return (
    timeline.length === 0 &&
    loads.every(
      ({ arrivals, batch }) => batch === undefined && (arrivals.kind === 'poisson' || arrivals.kind === 'renewal'),
    )
  );
}

function loadsOf(scenario: Scenario): Load[] {
  return [
    ...scenario.loads,
    ...scenario.timeline.flatMap(({ change }) => (change.kind === 'load' ? [change.load] : [])),
  ];
}

function messageOf(found: Utilisation, load: Load, model: Model): string {
  const { element, kind, utilisation, capacity, taken, by, at } = found;
  const name = nameOf(element, model);
  const where = at === undefined ? ' on average' : at === 0 ? '' : ` after ${timeText(at)}`;
  const share = formatShare(utilisation.low);
  const least = utilisation.high > utilisation.low ? ' at least' : '';
  const askers = by
    .filter((one) => one.load === load.id && one.offered.low >= 0.01 * capacity)
    .slice(0, 3)
    .map((one) => `\`${nameOf(one.element, model)}\` ${formatShare(one.offered.low / capacity)}`)
    .join(', ');
  const rate = by.reduce((sum, one) => sum + one.rate.low, 0);
  const isAlone = by.every((one) => one.load === load.id && one.element === by[0]?.element);
  const brings = isAlone ? `\`${nameOf(load.behaviour, model)}\` brings` : 'the loads bring';
  const each = (found.offered.low * SECOND) / rate;
  const beside = taken > 0 ? ` beside the background load, which takes ${formatShare(taken / capacity)}` : '';
  const figures = Number.isFinite(each)
    ? `${servedText(each, found, name, ((capacity - taken) * SECOND) / each)}${beside}; ${brings} ${rateText(rate)}. `
    : '';
  const needed = `${Math.ceil((found.offered.low + taken) / NEARLY)}`;
  const advice =
    utilisation.low >= 1
      ? `It needs about ${needed} ${unitOf(kind)}, or less load: as it is, ${endOf(found, model)}.`
      : 'Waiting times grow steeply from here on.';
  return `${titleOf(kind, name)} would be used to ${share}${least}${where} (${askers}). ${figures}${advice}`;
}

/** What becomes of those who are more than can be served. */
function endOf({ by }: Utilisation, model: Model): string {
  const asks = (id: string): boolean => by.some(({ element }) => element === id);
  const leave = model.activities.some(({ nodes }) =>
    nodes.some((node) => asks(node.id) && 'patience' in node && node.patience !== undefined),
  );
  if (leave) return 'some wait until their patience ends';
  const refuses = model.components.some(
    ({ operations, queue }) => queue?.capacity !== undefined && operations.some(({ id }) => asks(id)),
  );
  return refuses ? 'the queue is full and calls are refused' : 'queues grow without an end';
}

/** How many of them can be served by all there are. */
function servedText(
  each: number,
  { capacity, kind }: Pick<Utilisation, 'capacity' | 'kind'>,
  name: string,
  served: number,
): string {
  const who = `${countText(capacity)} ${kind === 'resource' ? `\`${name}\`` : kind}`;
  return `${who} can serve ${rateText(served)} at ${timeText(each)} each`;
}

function unitOf(kind: Utilisation['kind']): string {
  return kind === 'resource' ? 'of them' : kind;
}

function titleOf(kind: Utilisation['kind'], name: string): string {
  if (kind === 'cores') return `The cores of \`${name}\``;
  return kind === 'threads' ? `The threads of \`${name}\`` : `\`${name}\``;
}

/** Operations and actions with whose they are: `Orders.create`. */
function nameOf(id: ElementId, model: Model): string {
  const isTop = (list: readonly Element[]): boolean => list.some((element) => element.id === id);
  const steps = id.split('.');
  const isNode = model.deployments.some(({ nodes }) => isTop(nodes));
  if (
    isNode ||
    isTop(model.components) ||
    isTop(model.resources) ||
    isTop(model.interactions) ||
    isTop(model.activities)
  ) {
    return steps.at(-1) ?? id;
  }
  return steps.slice(-2).join('.');
}
