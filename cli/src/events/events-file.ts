/** Reads `EVENTS.json`: what is sent to a machine, and how long nothing is. Knows the file's shape; leaves what the events do to the engine. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CompiledMachine } from '@pollux/engine/behavior';
import type { ElementId, Model, Variable } from '@pollux/engine/model';
import type { ScriptStep } from '@pollux/engine/verification';
import { UsageError } from '../exit-code.ts';
import { reason } from '../read-model.ts';
import { readArguments, readDuration } from './value-reader.ts';

export async function readEvents(
  path: string,
  folder: string,
  model: Model,
  compiled: CompiledMachine,
): Promise<readonly ScriptStep[]> {
  let text: string;
  try {
    text = await readFile(resolve(folder, path), 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reason(error)}`);
  }
  let events: unknown;
  try {
    events = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(events)) throw new UsageError(`${path} must hold an array of events: [ {"signal": "…"}, … ].`);
  return events.map((event: unknown, i) => readEvent(event, `${path}, event ${i + 1}`, model, compiled));
}

const FORMS = '{"signal": "…", "args": {…}}, {"call": "…", "args": {…}} or {"after": "5 s"}';

function readEvent(event: unknown, where: string, model: Model, compiled: CompiledMachine): ScriptStep {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new UsageError(`${where} is no event; write ${FORMS}.`);
  const { signal, call, after, args = {}, ...rest } = event as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new UsageError(`${where}: nobody knows "${unknown}"; write ${FORMS}.`);
  const given = [signal, call, after].filter((part) => part !== undefined);
  if (given.length !== 1) throw new UsageError(`${where} must say one of signal, call and after: ${FORMS}.`);
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    throw new UsageError(`${where}: args must be an object: {"name": value, …}.`);
  const values = args as Readonly<Record<string, unknown>>;
  if (after !== undefined) return { kind: 'wait', time: readDuration(after, `${where}, after`) };
  const named = signal === undefined ? compiled.operations : compiled.signals;
  const index = indexOf(named, signal ?? call, signal === undefined ? 'operation' : 'signal', where);
  const declared: readonly Variable[] =
    signal === undefined ? (compiled.operations[index]?.parameters ?? []) : (compiled.signals[index]?.attributes ?? []);
  return {
    kind: 'event',
    event: signal === undefined ? compiled.signals.length + index : index,
    values: readArguments(model, values, declared, where),
  };
}

function indexOf(
  elements: readonly { readonly id: ElementId; readonly name: string }[],
  name: unknown,
  what: string,
  where: string,
): number {
  let index = elements.findIndex(({ id }) => id === name);
  if (index < 0) index = elements.findIndex((element) => element.name === name);
  if (index >= 0) return index;
  const known = [...new Set(elements.map((element) => element.name))].join(', ');
  throw new UsageError(`${where}: there is no ${what} ${String(name)}${known === '' ? '' : `; there are: ${known}`}.`);
}

/** The parameters that were given as `--arg name=value`. */
export function givenNames(pairs: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const pair of pairs) {
    const [name = '', ...value] = pair.split('=');
    if (value.length === 0 || name.trim() === '') throw new UsageError(`--arg ${pair}: write --arg name=value.`);
    if (given.has(name.trim())) throw new UsageError(`--arg ${name.trim()} is given twice.`);
    given.set(name.trim(), value.join('='));
  }
  return given;
}
