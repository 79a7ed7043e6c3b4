/** Servers with what is known of the work that comes to them: the ground that the formulas of queues stand on. */
import type { Deployment, ElementId, Expression, Fragment, Model, Scenario, Scheduling } from '../../model/index.ts';
import { durationMoment, SECOND } from '../../numeric/index.ts';
import { indexOf } from './model-index.ts';
import { costOf, meanTime } from './placements.ts';
import { meanVisit, type Utilisation } from './utilisation-law.ts';

/** What one operation or action brings to a station, for one load; traffic outside the model has none. */
export interface Visitor {
  readonly load: ElementId;
  /** Mean visits by one arrival of the load, and a second; of users who wait for each other only a lower bound of it. */
  readonly visits: number;
  readonly rate: number;
  /** Moments of the service, seconds; NaN where they are not known. */
  readonly mean: number;
  readonly second: number;
  readonly isExponential: boolean;
  /** Who goes first where that matters; NaN where it is known only in the run. */
  readonly priority: number;
}

export interface Station {
  readonly found: Utilisation;
  /** How many alike stations share the visits, and the servers of each. */
  readonly units: number;
  readonly servers: number;
  /** By priority only where they differ. */
  readonly scheduling: Scheduling;
  readonly visitors: readonly Visitor[];
  /** As far as the text tells, nobody comes twice in one run. */
  readonly isOnce: boolean;
}

/** Undefined where guards leave it open how much comes. */
export function stationOf(
  found: Utilisation,
  model: Model,
  scenario: Scenario,
  deployment: Deployment | undefined,
): Station | undefined {
  const closed = new Set(scenario.loads.filter(({ arrivals }) => arrivals.kind === 'closed').map(({ id }) => id));
  const visitors: Visitor[] = [];
  for (const { element, load, visits, rate, each } of found.by) {
    if (!isKnownExactly(visits) || !isKnownExactly(each)) return undefined;
    if (!closed.has(load) && !isKnownExactly(rate)) return undefined;
    if (visits.high === 0) continue;
    const law = found.kind === 'resource' ? lawOfAction(element, model) : lawOfOperation(element, model, deployment);
    const mean = each.low / SECOND;
    const priority = found.kind === 'cores' ? priorityOf(element, model) : 0;
    visitors.push({ load, visits: visits.low, rate: rate.low, mean, priority, ...momentsOf(law, mean) });
  }
  const background = meanVisit(found);
  if (found.taken > 0 && background !== undefined) {
    const mean = background / SECOND;
    const outside = { load: '', visits: 1, priority: 0, isExponential: true };
    visitors.push({ ...outside, rate: found.taken / mean, mean, second: 2 * mean * mean });
  }
  const node = deployment?.nodes.find(({ id }) => id === found.element);
  const units = found.kind === 'cores' ? (node?.count ?? 1) : 1;
  return {
    found,
    units,
    servers: found.capacity / units,
    scheduling: schedulingOf(node?.scheduling ?? 'fifo', visitors),
    visitors,
    isOnce: found.by.every((one) => isOnce(one, found.kind, model)),
  };
}

function schedulingOf(declared: Scheduling, visitors: readonly Visitor[]): Scheduling {
  if (declared === 'fifo' || declared === 'sharing') return declared;
  const isSame = visitors.every(({ priority }) => priority === visitors[0]?.priority);
  return isSame ? 'fifo' : declared;
}

function priorityOf(operation: ElementId, model: Model): number {
  const { operations } = indexOf(model).providers.get(operation) ?? { operations: [] };
  const priority = operations.find(({ id }) => id === operation)?.priority;
  return priority === undefined ? 0 : numberIn(priority);
}

/** NaN where it is none that the text says. */
function numberIn(expression: Expression): number {
  if (expression.kind === 'unary' && expression.operator === '-') return -numberIn(expression.operand);
  return expression.kind === 'literal' && typeof expression.value === 'number' ? expression.value : Number.NaN;
}

function isOnce({ element, visits }: Utilisation['by'][number], kind: Utilisation['kind'], model: Model): boolean {
  if (kind === 'resource') return visits.high === 1;
  const calls = model.interactions.flatMap(({ body }) => executionsOf(body, element));
  return calls.length === 1 && !model.interactions.some(({ body }) => hasLoop(body));
}

function hasLoop(fragments: readonly Fragment[]): boolean {
  return fragments.some(
    (fragment) =>
      fragment.kind === 'loop' ||
      ('execution' in fragment && hasLoop(fragment.execution)) ||
      ('operands' in fragment && fragment.operands.some(({ body }) => hasLoop(body))),
  );
}

function isKnownExactly({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return Number.isFinite(high) && high - low <= 1e-9 * Math.max(1, high);
}

/** Of a law whose mean is the mean of the visits; of all others nothing is known. */
function momentsOf(law: Expression | undefined, mean: number): Pick<Visitor, 'second' | 'isExponential'> {
  const own = meanTime(law);
  if (law === undefined || own === undefined || Math.abs(own / SECOND - mean) > 1e-9 * mean)
    return { second: Number.NaN, isExponential: false };
  if (law.kind === 'literal') return { second: mean * mean, isExponential: false };
  if (law.kind !== 'draw') return { second: Number.NaN, isExponential: false };
  const { distribution } = law;
  const isExponential =
    distribution.kind === 'exponential' || (distribution.kind === 'gamma' && distribution.shape === 1);
  return { second: durationMoment(distribution, 2) / SECOND / SECOND, isExponential };
}

/** Written in the braces of a call, it stands in place of what the operation declares; where they differ there is no one law. */
function lawOfOperation(
  operation: ElementId,
  model: Model,
  deployment: Deployment | undefined,
): Expression | undefined {
  const component = indexOf(model).providers.get(operation);
  if (component === undefined || component.cache !== undefined) return undefined;
  const deploys = [...(deployment?.nodes.flatMap((node) => node.deploys) ?? []), ...(deployment?.spreads ?? [])];
  const own = deploys.filter((deploy) => deploy.component === component.id);
  if (own.some(({ cache }) => cache !== undefined)) return undefined;
  const declared = own.map(({ version }) => costOf(component, operation, version));
  const written = model.interactions
    .flatMap(({ body }) => executionsOf(body, operation))
    .flatMap((body) => body.filter((fragment) => fragment.kind === 'work').map(({ time }) => time));
  const [first, ...others] = declared;
  if (written.length > 0 || first === undefined || first.fails?.after !== undefined) return undefined;
  return others.every(({ takes }) => takes === first.takes) ? first.takes : undefined;
}

function executionsOf(fragments: readonly Fragment[], operation: ElementId): (readonly Fragment[])[] {
  return fragments.flatMap((fragment) => {
    const inside =
      'execution' in fragment
        ? executionsOf(fragment.execution, operation)
        : 'operands' in fragment
          ? fragment.operands.flatMap(({ body }) => executionsOf(body, operation))
          : [];
    const isOwn = fragment.kind === 'message' && fragment.signature === operation;
    return isOwn ? [fragment.execution, ...inside] : inside;
  });
}

function lawOfAction(action: ElementId, model: Model): Expression | undefined {
  for (const { nodes } of model.activities) {
    const node = nodes.find(({ id }) => id === action);
    if (node?.kind === 'action' && (node.work.kind === 'takes' || node.work.kind === 'delays')) return node.work.time;
  }
  return undefined;
}
