/**
 * What `launch.json` says about a run, read against the model: the machine, its arguments, the script of events. Whatever is
 * wrong there comes back as a sentence.
 */
import type { Model, Value, Variable } from '@pollux/engine/model';
import type { Fragment, FragmentAnswer } from '@pollux/language-server/protocol';
import { MachineDebugger, type MachineProgram } from './machine-debugger.ts';
import type { Happening } from './moment.ts';

/** `{ "signal": "Pay", "args": { "ok": true } }`, `{ "call": "close" }`, `{ "after": "5 s" }`, or the same in the language: `send Pay(ok: true)`. */
export interface LaunchArguments {
  readonly machine: string;
  readonly arguments?: unknown;
  readonly events?: unknown;
}

/** Reads an expression or a step where the machine stands. */
export type ReadOf = (machine: string, text: string) => Promise<FragmentAnswer>;

class Unreadable extends Error {}

export async function launchProgram(
  model: Model,
  launch: LaunchArguments,
  readOf: ReadOf,
): Promise<MachineProgram | { readonly problem: string }> {
  try {
    return await read(model, launch, readOf);
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

async function read(model: Model, launch: LaunchArguments, readOf: ReadOf): Promise<MachineProgram> {
  const found = model.machines.filter(({ id, name }) => id === launch.machine || name === launch.machine);
  const machine = found.find(({ id }) => id === launch.machine) ?? found[0];
  if (machine === undefined) {
    const known = model.machines.map(({ name }) => name).join(', ');
    throw new Unreadable(
      `The model has no machine ${launch.machine}${known === '' ? '' : `; it has: ${known}`}. Mend "machine" in launch.json.`,
    );
  }
  const bare: MachineProgram = { model, machine: machine.id, values: [], script: [] };
  // Values are read as of an instance that knows nothing yet.
  const blank = MachineDebugger.of(bare, () => undefined);
  if (blank === null) throw new Unreadable(`${machine.name} cannot be run.`);
  const { moment, evaluator } = blank;
  const fragment = async (text: string, what: string): Promise<Fragment> => {
    const answer = await readOf(machine.id, text);
    if ('problem' in answer) throw new Unreadable(`${what}: ${answer.problem}`);
    return answer.fragment;
  };

  const script: Happening[] = [];
  for (const [index, item] of listOf(launch.events).entries()) {
    const what = `Event ${index + 1} of the script`;
    const happening = happeningOf(blank, await fragment(stepText(item, what, model), what));
    if ('problem' in happening) throw new Unreadable(`${what}: ${happening.problem}`);
    script.push(happening);
  }
  const values: Value[] = [];
  const given = recordOf(launch.arguments, '"arguments"');
  // Inherited ones first, as the compiled machine has them.
  const parameters = blank.machine.compiled.variables.slice(0, blank.machine.compiled.parameterCount);
  const surplus = Object.keys(given).find((name) => !parameters.some((parameter) => parameter.name === name));
  if (surplus !== undefined) {
    const known = parameters.map(({ name }) => name).join(', ') || 'none';
    throw new Unreadable(`${machine.name} has no parameter ${surplus}; its parameters: ${known}. Mend "arguments".`);
  }
  for (const parameter of parameters) {
    const value = given[parameter.name];
    if (value === undefined || value === null) {
      values.push(null);
      continue;
    }
    const what = `The argument ${parameter.name}`;
    const read = await fragment(literalText(value, parameter, what, model), what);
    if (read.kind !== 'expression') throw new Unreadable(`${what} is no value.`);
    const result = evaluator.evaluate(read.expression, moment);
    if ('problem' in result) throw new Unreadable(`${what}: ${result.problem.message}`);
    values.push(result.value);
  }
  return { ...bare, values, script };
}

/** A step as something that happens, with its values as of now. */
export function happeningOf(debug: MachineDebugger, fragment: Fragment): Happening | { readonly problem: string } {
  const { evaluator, moment } = debug;
  switch (fragment.kind) {
    case 'send':
    case 'call': {
      const element = fragment.kind === 'send' ? fragment.signal : fragment.operation;
      const values = evaluator.argumentsOf(element, fragment.arguments, moment);
      return 'message' in values ? { problem: values.message } : { kind: 'event', element, values };
    }
    case 'after': {
      const result = evaluator.evaluate(fragment.delay, moment);
      if ('problem' in result) return { problem: result.problem.message };
      return typeof result.value === 'number' && result.value >= 0
        ? { kind: 'after', delay: result.value }
        : { problem: 'Time does not pass backwards.' };
    }
    case 'given':
      return { problem: 'A machine calls nobody whose answer it waits for: nothing stands in.' };
    case 'test':
    case 'expression':
      return { problem: 'A step is needed: `send Pay(ok: true)`, `call close()` or `after 5 s`.' };
  }
}

function stepText(item: unknown, what: string, model: Model): string {
  if (typeof item === 'string') return item;
  const { signal, call, after, args } = recordOf(item, what);
  if (typeof after === 'string') return `after ${after}`;
  const name = typeof signal === 'string' ? signal : call;
  if (typeof name !== 'string') {
    throw new Unreadable(
      `${what} is none: write {"signal": "Pay", "args": {…}}, {"call": "close"} or {"after": "5 s"}.`,
    );
  }
  const operations = model.machines.flatMap((machine) => machine.operations);
  const declared =
    typeof signal === 'string'
      ? model.signals.find((each) => each.id === name || each.name === name)?.attributes
      : operations.find((each) => each.name === name)?.parameters;
  const given = Object.entries(recordOf(args, `"args" of ${what}`)).map(([key, value]) => {
    const parameter = declared?.find((each) => each.name === key);
    return `${key}: ${literalText(value, parameter, `${what}, ${key}`, model)}`;
  });
  const short = name.slice(name.lastIndexOf('.') + 1);
  return `${typeof signal === 'string' ? 'send' : 'call'} ${short}${given.length === 0 ? '' : `(${given.join(', ')})`}`;
}

/** A value of JSON as the language writes it. A text where none is needed is taken as it is: `"5 s"`. */
function literalText(value: unknown, parameter: Variable | undefined, what: string, model: Model): string {
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

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new Unreadable('"events" is neither a list of events nor the name of a file that holds one.');
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new Unreadable(`${what} must stand in braces: {"name": value}.`);
}
