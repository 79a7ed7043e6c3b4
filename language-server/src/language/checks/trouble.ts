/** What callers do about trouble has an effect, and ends before those around them give up. Sees the whole model. */
import type { CallPolicy, Component, Fragment, Interaction, Message, Model, Place } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { callsBetween, componentsOf, fragmentsBelow, partsOf } from './fragments-below.ts';
import { timeText } from './plain-figures.ts';

export function checkTrouble(components: readonly Component[], model: Model, report: Report): void {
  if (components.every((component) => versionsOf(component).every(({ requires }) => requires.length === 0))) return;
  const retried = new Set<string>();
  for (const interaction of model.interactions) {
    if (!fragmentsBelow(interaction.body).some(isRetried)) continue;
    for (const { message, from, to } of callsBetween(interaction, model)) {
      if (isRetried(message)) retried.add(`${from.id} ${to.id}`);
    }
  }
  for (const component of components) {
    for (const version of versionsOf(component)) {
      for (const { policy, label, component: called } of version.requires) {
        if (!retried.has(`${component.id} ${called}`)) checkRetries(policy, label, report);
        checkGivenUp(policy, label, report);
      }
    }
  }
}

function versionsOf(component: Component) {
  return [component, ...component.versions];
}

function isRetried(fragment: Fragment): boolean {
  return fragment.kind === 'message' && (fragment.policy?.retries ?? 0) > 0;
}

export function checkTroubleOfMessages(interaction: Interaction, model: Model, report: Report): void {
  const required = requirementsOf(interaction, model);
  const told = new Set<string>();
  const visit = (fragments: readonly Fragment[], around: readonly Bound[]) => {
    for (const fragment of fragments) {
      const bounds = 'within' in fragment && fragment.within !== undefined ? [...around, boundOf(fragment)] : around;
      if (fragment.kind === 'message') {
        const policy = { ...required.policyOf(fragment), ...fragment.policy };
        if (fragment.policy !== undefined) checkMessage(fragment, fragment.policy, policy, report);
        if (fragment.sort === 'synchronous-call') checkTimeout(fragment, policy, bounds, report);
        checkRequired(fragment, required, told, report);
      }
      for (const part of partsOf(fragment)) visit(part, bounds);
    }
  };
  visit(interaction.body, []);
}

interface Bound {
  readonly maximum: number;
  readonly line: number;
}

function boundOf({ within, label }: { within?: Message['within'] | undefined; label: Place }): Bound {
  return { maximum: within?.maximum ?? Number.POSITIVE_INFINITY, line: label.start.line + 1 };
}

function checkMessage(message: Message, own: CallPolicy, whole: CallPolicy, report: Report): void {
  if (message.sort !== 'synchronous-call') {
    const word = wordsOf(own)[0];
    if (word === undefined) return;
    const text = `Nobody waits for this message, so \`${word}\` has nothing to act on. Send it with \`->\`, or remove it.`;
    report('policy-without-effect', message.label, text);
    return;
  }
  if (own.backoff !== undefined || own.budget !== undefined) checkRetries(whole, message.label, report);
  if (own.cancels === true) checkCancels(whole, message.label, report);
  if ((own.retries ?? 0) > 0) checkGivenUp(whole, message.label, report);
}

function wordsOf(policy: CallPolicy): string[] {
  const words: Readonly<Record<keyof CallPolicy, string>> = {
    timeout: 'timeout',
    retries: 'retry',
    backoff: 'backoff',
    budget: 'budget',
    breaker: 'breaker',
    bulkhead: 'bulkhead',
    hedge: 'hedge',
    cancels: 'cancels',
    deadlinePropagates: 'deadline propagates',
  };
  return (Object.keys(policy) as (keyof CallPolicy)[]).map((key) => words[key]);
}

function checkRetries(policy: CallPolicy, place: Place, report: Report): void {
  checkCancels(policy, place, report);
  if ((policy.retries ?? 0) > 0) return;
  const word = policy.backoff === undefined ? (policy.budget === undefined ? undefined : 'budget') : 'backoff';
  if (word === undefined) return;
  const message = `\`${word}\` says how calls are tried again, but there is no \`retry\`. Add \`retry 2\`, or remove it.`;
  report('policy-without-effect', place, message);
}

function checkCancels(policy: CallPolicy, place: Place, report: Report): void {
  if (policy.cancels !== true || policy.timeout !== undefined || policy.hedge !== undefined) return;
  const message = '`cancels` stops calls that are given up, but no `timeout` or `hedge` gives them up. Add one.';
  report('policy-without-effect', place, message);
}

function checkGivenUp(policy: CallPolicy, place: Place, report: Report): void {
  if ((policy.retries ?? 0) === 0 || policy.timeout !== undefined) return;
  const message =
    'Calls are tried again where a reply says that they failed, but one that hangs is waited for. Add `timeout 1 s`.';
  report('retry-without-timeout', place, message);
}

function checkTimeout(message: Message, policy: CallPolicy, bounds: readonly Bound[], report: Report): void {
  const { timeout } = policy;
  if (timeout?.kind !== 'literal' || typeof timeout.value !== 'number') return;
  const limit = timeout.value;
  const tightest = bounds.reduce<Bound | undefined>(
    (least, bound) => (least === undefined || bound.maximum < least.maximum ? bound : least),
    undefined,
  );
  if (tightest === undefined || tightest.maximum >= limit) return;
  const [given, needed] = [limit, tightest.maximum].map(timeText);
  const text = `This call is given up after ${given}, but \`within ${needed}\` (line ${tightest.line}) is broken by then. Lower the timeout.`;
  report('timeout-above-within', message.label, text);
}

interface Required {
  readonly policyOf: (message: Message) => CallPolicy;
  readonly ends: ReadonlyMap<string, Component>;
}

function requirementsOf(interaction: Interaction, model: Model): Required {
  const ends = componentsOf(interaction, model);
  const policyOf = ({ from, to }: Message): CallPolicy => {
    const called = ends.get(to)?.id;
    return ends.get(from)?.requires.find(({ component }) => component === called)?.policy ?? {};
  };
  return { policyOf, ends };
}

/** Who says whom it needs is read as saying it of all. */
function checkRequired(message: Message, { ends }: Required, told: Set<string>, report: Report): void {
  const from = ends.get(message.from);
  const to = ends.get(message.to);
  if (message.sort !== 'synchronous-call' || from === undefined || to === undefined || from === to) return;
  if (from.requires.length === 0 || from.requires.some(({ component }) => component === to.id)) return;
  const pair = `${from.id} ${to.id}`;
  if (told.has(pair)) return;
  told.add(pair);
  const text = `\`${from.name}\` says whom it requires, but not \`${to.name}\`. Add \`requires ${to.name}\` to it, with what it does about trouble.`;
  report('not-required', message.label, text);
}
