/** What is said of a deadlock: the circle, and since when. Knows nothing of how it was found. */
import type { Program } from '../behavior/interaction/index.ts';
import type { ElementId, Model } from '../model/index.ts';
import { formatSeconds, SECOND } from '../numeric/index.ts';
import type { Deadlock, Held } from './deadlocks.ts';

export interface ToldDeadlock extends Pick<Deadlock, 'place' | 'since'> {
  readonly element: ElementId;
  /** Of what is held. */
  readonly name: string;
  /** What its holders wait for, one after the other. */
  readonly way: string;
  readonly message: string;
}

/** Null where what is held belongs to no component. */
export function deadlockText(
  { circle, place, since }: Deadlock,
  model: Model,
  messages: Program['messages'],
): ToldDeadlock | null {
  const [first, ...others] = circle.map((held) => nameOf(held, model, messages));
  if (first?.element == null) return null;
  const moment = formatSeconds(since / SECOND);
  const way = others.map(({ name }) => name).join(', whose holders wait for ');
  const isMixed = circle.some(({ what }) => what === 'resource');
  const who = isMixed ? 'those who wait' : 'calls that wait';
  const end = isMixed ? 'A `timeout` of a call, or a `patience`,' : 'A `timeout`';
  const where = circle[0]!.what === 'resource' ? '' : ' in a replica';
  const message = `Deadlock at ${first.name}: since ${moment} all of it${where} is held by ${who} for ${way}, and nothing there goes on. ${end} would end the wait.`;
  return { element: first.element, name: first.name, way, place, since, message };
}

function nameOf(
  held: Held,
  model: Model,
  messages: Program['messages'],
): { readonly name: string; readonly element: ElementId | null } {
  if (held.what === 'resource') {
    const { id, name } = model.resources[held.resource]!;
    return { name: held.node === '' ? name : `${name} at \`${lastOf(held.node)}\``, element: id };
  }
  const { component, caller } = messages[held.message]!;
  const element = held.what === 'threads' ? component : caller;
  const owner = element === null ? '' : lastOf(element);
  const name = held.what === 'bulkhead' ? `${owner}.bulkhead to ${lastOf(component ?? '')}` : `${owner}.${held.what}`;
  return { name, element };
}

function lastOf(element: ElementId): string {
  return element.slice(element.lastIndexOf('.') + 1);
}
