/** Elements in words, as the text writes them: for cards and lists. */
import {
  type AnyElement,
  type ElementId,
  indexElements,
  type Message,
  type Model,
  type Transition,
} from '@pollux/engine/model';
import type { DivergenceKind } from '@pollux/engine/twin';
import { type NameOf, namesOf } from '../diagram/names.ts';
import { printMessage } from '../diagram/print-message.ts';
import { printTransition } from '../diagram/print-transition.ts';

/** What kind of contradiction, and in which sense. */
export const kindWords: Readonly<Record<DivergenceKind, readonly [string, string]>> = {
  'illegal-transition': ['Illegal transition', 'observed, not in the model'],
  'unknown-event': ['Unknown event', 'observed, not in the model'],
  'unexpected-message': ['Unexpected message', 'observed, not in the model'],
  'missing-message': ['Missing message', 'in the model, not seen'],
  'wrong-order': ['Wrong order', 'observed in another order than the model'],
  latency: ['Latency', 'outside what the simulation predicts'],
  'error-rate': ['Error rate', 'outside what the model says'],
  'constraint-violated': ['Constraint violated', 'observed against the constraint'],
  'expectation-breached': ['Expectation breached', 'observed against the expectation'],
  'unmodelled-operation': ['Unmodelled operation', 'observed, not in the model'],
};

export function writtenElement(model: Model, id: ElementId): string {
  const element = indexElements(model).get(id);
  if (element === undefined) return id;
  return written(element, namesOf(model));
}

function written(element: AnyElement, nameOf: NameOf): string {
  switch (element.kind) {
    case 'transition': {
      const transition = element as unknown as Transition;
      const target = transition.target === undefined ? '' : ` -> ${nameOf(transition.target)}`;
      return `${nameOf(transition.source)}: ${printTransition(transition, nameOf)}${target}`.trim();
    }
    case 'message': {
      const message = element as unknown as Message;
      const arrow = message.sort === 'synchronous-call' ? '->' : '->>';
      const isCall = message.sort.endsWith('call') || message.sort === 'publication';
      const [from, to] = [message.from, message.to].map((end) => (end === '' ? '?' : nameOf(end)));
      const label = printMessage(message, nameOf);
      return `${from} ${arrow} ${to}${label === '' ? '' : `${isCall ? '.' : ' : '}${label}`}`;
    }
    case 'operation':
      return ownerAndName(element.id);
    case 'expectation':
      return `expect ${element.name === '' ? '' : `${element.name}: `}${(element as unknown as { text: string }).text}`;
    default:
      return element.name === '' ? element.id : `${element.kind} ${element.name}`;
  }
}

/** `shop.Orders.create` → `Orders.create`. */
function ownerAndName(id: ElementId): string {
  return id.split('.').slice(-2).join('.');
}
