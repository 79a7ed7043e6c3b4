/**
 * An interaction used by another under names of its own: what is used twice remembers twice. Lifelines that stand for the
 * same part are the same lifeline (UML 2.5.1, 17.7.3.2). Knows nothing of what the fragments mean.
 */
import type { ElementId, Fragment, Interaction, Lifeline, Variable } from '../../model/index.ts';
import { renamed } from '../machine/rename-elements.ts';

export interface InlinedInteraction {
  readonly parameters: readonly Variable[];
  readonly variables: readonly Variable[];
  /** Only those that the using interaction does not have. */
  readonly lifelines: readonly Lifeline[];
  readonly body: readonly Fragment[];
  /** The element that each new name stands for. */
  readonly originals: ReadonlyMap<ElementId, ElementId>;
}

export function inlined(
  other: Interaction,
  use: ElementId,
  lifelines: readonly { readonly id: ElementId; readonly name: string; readonly represents: Lifeline['represents'] }[],
): InlinedInteraction {
  const names = new Map<ElementId, ElementId>();
  const originals = new Map<ElementId, ElementId>();
  const { parameters, variables, lifelines: own, body } = other;
  for (const id of idsIn([parameters, variables, own, body])) {
    const name = `${use}/${id}`;
    names.set(id, name);
    originals.set(name, id);
  }
  const free = [...lifelines];
  const added: Lifeline[] = [];
  for (const lifeline of own) {
    const same = free.findIndex((each) => standsForSame(each, lifeline) && each.name === lifeline.name);
    const index = same >= 0 ? same : free.findIndex((each) => standsForSame(each, lifeline));
    const [found] = index >= 0 ? free.splice(index, 1) : [];
    if (found === undefined) added.push(lifeline);
    else names.set(lifeline.id, found.id);
  }
  const inside = renamed({ parameters, variables, lifelines: added, body }, (id) => names.get(id) ?? id);
  return { ...inside, originals };
}

/** A new instance of a machine is the same only under the same name: another name means another instance. */
function standsForSame(a: Pick<Lifeline, 'name' | 'represents'>, b: Pick<Lifeline, 'name' | 'represents'>): boolean {
  const [one, other] = [a.represents, b.represents];
  if (one.kind === 'actor') return other.kind === 'actor' && a.name === b.name;
  if (one.kind === 'component') return other.kind === 'component' && one.component === other.component;
  return other.kind === 'machine' && one.machine === other.machine && a.name === b.name;
}

function idsIn(value: unknown, found: ElementId[] = []): readonly ElementId[] {
  if (Array.isArray(value)) for (const item of value) idsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('id' in value && 'place' in value && typeof value.id === 'string') found.push(value.id);
    for (const item of Object.values(value)) idsIn(item, found);
  }
  return found;
}
