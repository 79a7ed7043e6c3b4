/** A message's label: `paid = charge(id, total)`, `Pay(ok: paid)`; and what stands on its reply. */
import type { Action, Argument, Expression, Message, Operand } from '@pollux/engine/model';
import type { NameOf } from './names.ts';
import { printExpression } from './print-expression.ts';
import { printDuration, printPercent } from './print-quantity.ts';

/** Longest label of a message in characters; argument lists shorten first. */
const longest = 30;

/** `brief`: without what the argument list says. */
export function printMessage(message: Message, nameOf: NameOf, brief = false): string {
  if (message.signature === '') return '';
  const name = nameOf(message.signature);
  const result = message.result === undefined ? '' : `${nameOf(message.result)} = `;
  const isSignal = message.sort === 'signal' || message.sort === 'lost' || message.sort === 'found';
  const list = message.arguments.map((argument) => printArgument(argument, isSignal, nameOf)).join(', ');
  if (list === '') return `${result}${name}${isSignal ? '' : '()'}`;
  const whole = `${result}${name}(${list})`;
  return whole.length <= longest && !brief ? whole : `${result}${name}(…)`;
}

function printArgument({ parameter, value }: Argument, named: boolean, nameOf: NameOf): string {
  const text = printExpression(value, nameOf);
  const name = nameOf(parameter);
  return named && name !== text ? `${name}: ${text}` : text;
}

/** A signal sent by an action: `Delivered {after 2 s}`; a long delay, or a brief label, only says that there is one. */
export function printSend(
  { signal, arguments: list, delay }: Extract<Action, { kind: 'send' }>,
  nameOf: NameOf,
  brief = false,
): string {
  const text = list.map((argument) => printArgument(argument, true, nameOf)).join(', ');
  const label = text === '' ? nameOf(signal) : `${nameOf(signal)}(${text})`;
  if (delay === undefined) return label;
  const whole = `${label} {after ${printExpression(delay, nameOf)}}`;
  return !brief && whole.length <= longest ? whole : `${brief ? nameOf(signal) : label} {delayed}`;
}

/** `{0..2 s}`; the share stands behind where it is not all. */
export function printWithin(within: NonNullable<Message['within']>): string {
  const minimum = within.minimum === undefined || within.minimum === 0 ? '0' : printDuration(within.minimum);
  const share = within.share === undefined ? '' : ` ${printPercent(within.share)}`;
  return `{${minimum}..${printDuration(within.maximum)}${share}}`;
}

export function printOperand(operand: Operand, nameOf: NameOf): string {
  const parts: string[] = [];
  if (operand.guard !== undefined) parts.push(`[${printExpression(operand.guard, nameOf)}]`);
  if (operand.isElse) parts.push('[else]');
  if (operand.weight !== undefined) parts.push(printPercent(operand.weight));
  return parts.join(' ');
}

export function printReturn(value: Expression | undefined, nameOf: NameOf): string {
  return value === undefined ? '' : printExpression(value, nameOf);
}
