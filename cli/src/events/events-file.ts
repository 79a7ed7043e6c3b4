/** Reads `EVENTS.json`: what is sent to a machine, and how long nothing is. Knows the file's shape; leaves what the events do to the engine. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CompiledMachine } from '@pollux/engine/behavior';
import type { ElementId, Model, Variable } from '@pollux/engine/model';
import { eventItem, type ScriptStep } from '@pollux/engine/verification';
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

function readEvent(event: unknown, where: string, model: Model, compiled: CompiledMachine): ScriptStep {
  const item = eventItem(event, where);
  if ('problem' in item) throw new UsageError(item.problem);
  if (item.kind === 'after') return { kind: 'wait', time: readDuration(item.time, `${where}, after`) };
  if (item.to !== undefined) throw new UsageError(`${where}: one machine is stepped; leave out "to".`);
  const isSignal = item.kind === 'signal';
  const named = isSignal ? compiled.signals : compiled.operations;
  const index = indexOf(named, item.name, isSignal ? 'signal' : 'operation', where);
  const declared: readonly Variable[] = isSignal
    ? (compiled.signals[index]?.attributes ?? [])
    : (compiled.operations[index]?.parameters ?? []);
  return {
    kind: 'event',
    event: isSignal ? index : compiled.signals.length + index,
    values: readArguments(model, item.args, declared, where),
  };
}

function indexOf(
  elements: readonly { readonly id: ElementId; readonly name: string }[],
  name: string,
  what: string,
  where: string,
): number {
  let index = elements.findIndex(({ id }) => id === name);
  if (index < 0) index = elements.findIndex((element) => element.name === name);
  if (index >= 0) return index;
  const known = [...new Set(elements.map((element) => element.name))].join(', ');
  throw new UsageError(`${where}: there is no ${what} ${name}${known === '' ? '' : `; there are: ${known}`}.`);
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
