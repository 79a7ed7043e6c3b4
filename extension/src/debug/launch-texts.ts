/** What `launch.json` and files of events hold, as texts of the language. Whatever is wrong there is a sentence. */
import type { Model, Variable } from '@pollux/engine/model';
import { eventItem } from '@pollux/engine/verification';

export class Unreadable extends Error {}

/** `{ "signal": "Pay", "args": { "ok": true } }`, `{ "call": "close" }`, `{ "after": "5 s" }`, or the same in the language. */
export function stepText(item: unknown, what: string, model: Model): string {
  if (typeof item === 'string') return item;
  const read = eventItem(item, what);
  if ('problem' in read) throw new Unreadable(read.problem);
  if (read.kind === 'after') {
    if (typeof read.time === 'string') return `after ${read.time}`;
    throw new Unreadable(`${what}, after: write a time in quotes: {"after": "5 s"}.`);
  }
  const { kind, name, args, to } = read;
  const operations = model.machines.flatMap((machine) => machine.operations);
  const declared =
    kind === 'signal'
      ? model.signals.find((each) => each.id === name || each.name === name)?.attributes
      : operations.find((each) => each.name === name)?.parameters;
  const given = Object.entries(args).map(([key, value]) => {
    const parameter = declared?.find((each) => each.name === key);
    return `${key}: ${literalText(value, parameter, `${what}, ${key}`, model)}`;
  });
  const short = name.slice(name.lastIndexOf('.') + 1);
  const list = given.length === 0 ? '' : `(${given.join(', ')})`;
  return `${kind === 'signal' ? 'send' : 'call'} ${short}${list}${to === undefined ? '' : ` to ${to}`}`;
}

/** A value of JSON as the language writes it. A text where none is needed is taken as it is: `"5 s"`. */
export function literalText(value: unknown, parameter: Variable | undefined, what: string, model: Model): string {
  const type = parameter?.type.kind === 'optional' ? parameter.type.of : parameter?.type;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') {
    throw new Unreadable(
      `${what}: write a number, a text, true or false; records and lists as the language has them, in quotes.`,
    );
  }
  if (type?.kind === 'enumeration' && !value.includes('.')) {
    const name = model.enumerations.find(({ id }) => id === type.id)?.name ?? type.id;
    return `${name}.${value}`;
  }
  return type === undefined || (type.kind === 'primitive' && type.name === 'String') ? JSON.stringify(value) : value;
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new Unreadable('"events" is neither a list of events nor the name of a file that holds one.');
}

export function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new Unreadable(`${what} must stand in braces: {"name": value}.`);
}
