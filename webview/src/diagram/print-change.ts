/** What happens on a scenario's timeline, as its text would write it. */
import {
  type AnyElement,
  type Change,
  type ElementId,
  indexElements,
  type Model,
  type Parameter,
} from '@pollux/engine/model';
import { isDistribution } from '@pollux/engine/numeric';
import { settableText, unitOf } from '@pollux/engine/simulation/experiment';
import { type NameOf, namesOf } from './names.ts';
import { printLaw } from './print-expression.ts';
import { plain, printExactDuration, printPercent, printRate } from './print-quantity.ts';

/** `at 2 min crash app[2] for 30 s`. */
export function printTimelineEvent(time: number, change: Change, model: Model): string {
  return `at ${printExactDuration(time)} ${printChange(change, model)}`;
}

/** `crash app[2] for 30 s`, or without its duration; loads and rollouts in short. */
export function printChange(change: Change, model: Model, isTimed = true): string {
  const nameOf = namesOf(model);
  const lasting = (each: { duration?: number }): string =>
    isTimed && each.duration !== undefined ? ` for ${printExactDuration(each.duration)}` : '';
  switch (change.kind) {
    case 'crash':
      return `crash ${struck(change, nameOf)}${lasting(change)}`;
    case 'slow':
      return `slow ${struck(change, nameOf)} by ${plain(change.factor)}${lasting(change)}`;
    case 'partition':
      return `partition ${nameOf(change.from)} from ${nameOf(change.to)}${lasting(change)}`;
    case 'set':
      return `set ${parameterName(change.parameter, model)} = ${parameterValue(change)}${lasting(change)}`;
    case 'scale':
      return `scale ${nameOf(change.component)} to ${change.replicas}`;
    case 'rollout':
      return `rollout ${nameOf(change.component)} to "${change.version}"`;
    case 'load':
      return `load ${nameOf(change.load.behaviour)}${lasting(change)}`;
    case 'load-factor':
      return `load ${nameOf(change.behaviour)} * ${plain(change.factor)}${lasting(change)}`;
    case 'send':
      return `send ${nameOf(change.action.signal)}`;
  }
}

function struck({ subject, index }: { subject: ElementId; index?: number }, nameOf: NameOf): string {
  return index === undefined ? nameOf(subject) : `${nameOf(subject)}[${index}]`;
}

/** `Orders.threads`, `Orders.create.takes`, `Orders.Bank.timeout`, `nurse`. */
export function parameterName({ element, name }: Parameter, model: Model): string {
  const known: AnyElement | undefined = indexElements(model).get(element);
  if (known?.kind === 'resource') return known.name;
  if (known?.kind === 'requirement' || known?.kind === 'limit') return settableText({ element, name });
  const own = known?.kind === 'operation' ? element.split('.').slice(-2).join('.') : namesOf(model)(element);
  return `${own}.${name}`;
}

function parameterValue({ parameter, value }: Extract<Change, { kind: 'set' }>): string {
  if (typeof value !== 'number') return isDistribution(value) ? printLaw(value) : '…';
  switch (unitOf(parameter.name)) {
    case 'time':
      return printExactDuration(value);
    case 'share':
      return printPercent(value);
    case 'rate':
      return printRate(value);
    case 'count':
      return plain(value);
  }
}
