/**
 * Which values to try where nothing is said: all there are of Booleans and enumerations, of numbers and texts those that the
 * machine itself mentions and their neighbours. Knows types and literals; says where that is not all.
 */
import { behavioursOf, type CompiledMachine, carriedBy, conforms } from '../behavior/index.ts';
import type { ElementId, Model, Value, ValueType, Variable } from '../model/index.ts';
import { type Environment, eventsHandled, type SentEvent } from './environment.ts';

/** So many values of one number or text, and so many combinations for one event. */
const VALUES = 8;
const COMBINATIONS = 64;
const DEEPEST = 3;

interface Tried {
  readonly values: readonly Value[];
  readonly isSampled: boolean;
}

export function openEnvironment(model: Model, compiled: CompiledMachine): Extract<Environment, { kind: 'open' }> {
  const numbers = literals(compiled.machine);
  const { signals, operations } = compiled;
  let isSampled = false;
  const read = readAttributes(compiled);
  const events = eventsHandled(compiled).flatMap((event): SentEvent[] => {
    const attributes: readonly Variable[] =
      signals[event]?.attributes ?? operations[event - signals.length]?.parameters ?? [];
    const tried = attributes.map(
      ({ type }, position): Tried =>
        read.has(`${event}/${position}`)
          ? triedOf(model, type, numbers)
          : { values: [plainValue(type)], isSampled: false },
    );
    const combined = combinations(tried);
    isSampled ||= combined.isSampled;
    return combined.all.map((values) => ({ event, values }));
  });
  return { kind: 'open', events, isSampled };
}

/** For the parameters of a machine that were not given. */
export function triedArguments(
  model: Model,
  compiled: CompiledMachine,
  given: ReadonlyMap<ElementId, Value>,
): { readonly all: readonly (readonly Value[])[]; readonly isSampled: boolean } {
  const numbers = literals(compiled.machine);
  return combinations(
    compiled.variables.slice(0, compiled.parameterCount).map(({ id, type }): Tried => {
      const value = given.get(id);
      return value === undefined ? triedOf(model, type, numbers) : { values: [value], isSampled: false };
    }),
  );
}

function combinations(tried: readonly Tried[]): { all: readonly (readonly Value[])[]; isSampled: boolean } {
  let all: (readonly Value[])[] = [[]];
  let isSampled = tried.some((one) => one.isSampled);
  for (const { values } of tried) {
    all = all.flatMap((before) => values.map((value) => [...before, value]));
    if (all.length > COMBINATIONS) {
      all = all.slice(0, COMBINATIONS);
      isSampled = true;
    }
  }
  return { all, isSampled };
}

function triedOf(model: Model, type: ValueType, mentioned: readonly Value[], depth = 0): Tried {
  switch (type.kind) {
    case 'enumeration': {
      const literal = model.enumerations.find(({ id }) => id === type.id)?.literals ?? [];
      return { values: literal.map(({ name }) => name), isSampled: false };
    }
    case 'optional': {
      const { values, isSampled } = triedOf(model, type.of, mentioned, depth);
      return { values: [null, ...values], isSampled };
    }
    case 'primitive': {
      if (type.name === 'Boolean') return { values: [true, false], isSampled: false };
      if (type.name === 'String') {
        const texts = mentioned.filter((value) => typeof value === 'string');
        return { values: [...new Set(['', ...texts])].slice(0, VALUES), isSampled: true };
      }
      const numbers = mentioned
        .filter((value) => typeof value === 'number')
        .flatMap((value) => [value, value + 1, value - 1]);
      return { values: [...new Set([0, 1, ...numbers])].slice(0, VALUES), isSampled: true };
    }
    case 'list':
      return { values: [[]], isSampled: true };
    case 'data': {
      // Data types may hold each other: deeper down nothing is there.
      const attributes = depth > DEEPEST ? [] : (model.dataTypes.find(({ id }) => id === type.id)?.attributes ?? []);
      const { all } = combinations(attributes.map((attribute) => triedOf(model, attribute.type, mentioned, depth + 1)));
      const records = all.slice(0, VALUES).map((values) => {
        return Object.fromEntries(attributes.map(({ name }, i) => [name, values[i] ?? null]));
      });
      return { values: records, isSampled: true };
    }
    default:
      return { values: [null], isSampled: true };
  }
}

function plainValue(type: ValueType): Value {
  if (type.kind !== 'primitive') return null;
  if (type.name === 'Boolean') return false;
  return type.name === 'String' ? '' : 0;
}

/** `event/position` of what some trigger binds to a name, or some state takes. */
function readAttributes({ transitions, vertices, signals, operations }: CompiledMachine): ReadonlySet<string> {
  const read = new Set<string>();
  const taken = vertices.flatMap((vertex) => (vertex.kind === 'state' ? behavioursOf(vertex) : []));
  carriedBy(signals, operations).forEach((carried, event) => {
    for (const { parameters } of taken) {
      if (conforms(carried, parameters)) for (const position of parameters.keys()) read.add(`${event}/${position}`);
    }
  });
  for (const { trigger } of transitions) {
    if (trigger.kind !== 'signal' && trigger.kind !== 'call') continue;
    const named = trigger.kind === 'signal' ? trigger.signals : [trigger.operation];
    for (const id of named) {
      const signal = signals.findIndex((candidate) => candidate.id === id);
      const event = signal >= 0 ? signal : signals.length + operations.findIndex((operation) => operation.id === id);
      trigger.bindings.forEach((_, position) => {
        read.add(`${event}/${position}`);
      });
    }
  }
  return read;
}

/** Values that the machine's own text mentions. */
function literals(machine: unknown): readonly Value[] {
  const found = new Set<Value>();
  const open: unknown[] = [machine];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null) continue;
    if ('kind' in part && part.kind === 'literal' && 'value' in part) found.add(part.value as Value);
    for (const inner of Object.values(part)) if (typeof inner === 'object') open.push(inner);
  }
  return [...found];
}
