/** `drop expired` needs somebody who gives up, and `within` somebody who says when. Sees the whole model. */
import type {
  CallPolicy,
  Capacity,
  Component,
  Element,
  Fragment,
  Interaction,
  Message,
  Model,
} from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { componentsOf, fragmentsBelow, partsOf } from './fragments-below.ts';

type WithQueue = Capacity & Pick<Element, 'label'>;

/** `isShared`: another file imports this one, and may call what is declared here. */
export function checkExpiry(
  { components, deployments }: Pick<Model, 'components' | 'deployments'>,
  model: Model,
  isShared: boolean,
  report: Report,
): void {
  if (isShared) return;
  const deploys = deployments.flatMap(({ nodes, spreads }) => [...nodes.flatMap((node) => node.deploys), ...spreads]);
  for (const component of model.components) {
    const declared = components.includes(component) ? [component, ...component.versions] : [];
    const deployed = deploys.filter(({ component: what }) => what === component.id);
    const dropping = [...declared, ...deployed].filter(({ queue }) => queue?.discipline.kind === 'drop-expired');
    if (dropping.length === 0) continue;
    const calls = callsOf(component, model);
    // Nobody calls it yet: there is nothing to be said about how.
    if (calls === null || calls.length === 0) continue;
    for (const one of dropping) reportOn(one, component, calls, report);
  }
}

function reportOn(one: WithQueue, { name }: Component, calls: readonly Call[], report: Report): void {
  const isBounded = one.queue?.discipline.kind === 'drop-expired' && one.queue.discipline.within !== undefined;
  if (!calls.some(({ around }) => around.some(givesUp))) {
    const message = `Nobody who calls \`${name}\` ever gives up, so \`drop expired\` drops nobody. Give those calls a \`timeout\`, or remove it.`;
    report('never-expires', one.label, message);
  } else if (isBounded && !calls.some(({ own }) => own.deadlinePropagates === true)) {
    const message = `Nobody tells \`${name}\` when he gives up, so \`within\` makes no difference to \`drop expired\`. Add \`deadline propagates\` beside the \`timeout\`, or remove \`within\`.`;
    report('never-expires', one.label, message);
  }
}

interface Call {
  readonly own: CallPolicy;
  /** Its own, and those of the calls around it. */
  readonly around: readonly CallPolicy[];
}

function givesUp({ timeout, hedge }: CallPolicy): boolean {
  return timeout !== undefined || hedge !== undefined;
}

/** Null where some of them are part of what stands elsewhere, where somebody around may give up. */
function callsOf(called: Component, model: Model): readonly Call[] | null {
  const calls: Call[] = [];
  for (const interaction of model.interactions) {
    const found = callsIn(interaction, called, model);
    if (found.length > 0 && isPartOfAnother(interaction, model)) return null;
    calls.push(...found);
  }
  return calls;
}

function callsIn(interaction: Interaction, called: Component, model: Model): readonly Call[] {
  const ends = componentsOf(interaction, model);
  const policyOf = (message: Message): CallPolicy => {
    const from = ends.get(message.from);
    const to = ends.get(message.to)?.id;
    const required = [from, ...(from?.versions ?? [])].flatMap((one) => one?.requires ?? []);
    const policies = required.filter(({ component }) => component === to).map(({ policy }) => policy);
    return Object.assign({}, ...policies, message.policy);
  };
  const calls: Call[] = [];
  const visit = (fragments: readonly Fragment[], around: readonly CallPolicy[]): void => {
    for (const fragment of fragments) {
      const own = fragment.kind === 'message' ? policyOf(fragment) : undefined;
      const all = own === undefined ? around : [...around, own];
      const isCall = fragment.kind === 'message' && fragment.sort === 'synchronous-call';
      if (isCall && own !== undefined && ends.get(fragment.to) === called) calls.push({ own, around: all });
      for (const part of partsOf(fragment)) visit(part, all);
    }
  };
  visit(interaction.body, []);
  return calls;
}

function isPartOfAnother({ id }: Interaction, model: Model): boolean {
  const isMethod = model.components.some(({ operations }) => operations.some(({ method }) => method === id));
  return (
    isMethod ||
    model.interactions.some(({ body }) =>
      fragmentsBelow(body).some((fragment) => fragment.kind === 'ref' && fragment.interaction === id),
    )
  );
}
