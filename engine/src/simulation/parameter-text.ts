/** What is set or varied, in the notation of the language, from its id alone. Knows no model. */
import type { ElementId } from '../model/index.ts';

/** `Orders.replicas`, `Orders.create.takes`; of a load by what it starts: `Checkout.rate`; of a requirement by whom it calls: `Orders.Bank.timeout`. */
export function parameterText(element: ElementId, name: string): string {
  const own = lastName(element);
  const [, from, requires] = /^(.*)\/requires\((.*)\)/.exec(own) ?? [];
  if (from !== undefined) return `${from}.${requires}.${name}`;
  const [, limited] = /\/limit\((.*)\)/.exec(element) ?? [];
  if (limited !== undefined) return `${limited}.${name}`;
  const [, behaviour] = /\/load\(([\w.]+)/.exec(element) ?? [];
  if (behaviour !== undefined) return `${lastName(behaviour)}.${name}`;
  const isOfOperation = name === 'takes' || name === 'delays' || name === 'fails';
  return `${isOfOperation ? element.split('.').slice(-2).join('.') : own}.${name}`;
}

function lastName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
