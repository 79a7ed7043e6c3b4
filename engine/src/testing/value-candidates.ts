/**
 * Values worth trying for the parameters of a machine's events: those that its own conditions speak of and their
 * neighbours, each with the text that gives it. Knows nothing of events.
 */
import type { CompiledMachine } from '../behavior/index.ts';
import { durationText } from '../expressions/index.ts';
import type { ElementId, Model, Value, ValueType } from '../model/index.ts';
import { MINUTE, SECOND } from '../numeric/index.ts';

export interface Candidate {
  readonly value: Value;
  readonly text: string;
}

/** For one parameter, at most. */
const MOST = 12;
/** For the parameters of one event together, at most. */
const MOST_TOGETHER = 128;

export class Candidates {
  readonly #model: Model;
  readonly #numbers: readonly number[];
  readonly #durations: readonly number[];
  readonly #strings: readonly string[];

  constructor(model: Model, { machine }: CompiledMachine) {
    this.#model = model;
    const numbers: number[] = [];
    const durations: number[] = [];
    const strings: string[] = [];
    collect([machine.regions, machine.variables, machine.parameters], (value, type) => {
      if (typeof value === 'string' && isPrimitive(type, 'String')) strings.push(value);
      if (typeof value === 'number') (isPrimitive(type, 'Duration') ? durations : numbers).push(value);
    });
    const [above, below] = [1, -1].map((step) => numbers.map((number) => number + step));
    this.#numbers = unique([1, 0, ...numbers, ...(above ?? []), ...(below ?? [])]).slice(0, MOST);
    const longer = durations.map((duration) => duration + SECOND);
    this.#durations = unique([SECOND, ...durations, ...longer, MINUTE]).slice(0, MOST);
    this.#strings = unique(['a', ...strings, 'b']).slice(0, MOST);
  }

  /** Empty where no text of the language gives a value of the type. */
  of(type: ValueType, depth = 0): readonly Candidate[] {
    switch (type.kind) {
      case 'primitive':
        return this.#primitive(type.name);
      case 'enumeration': {
        const declared = this.#model.enumerations.find(({ id }) => id === type.id);
        const literals = declared?.literals ?? [];
        return literals.map(({ name }) => ({ value: name, text: `${declared?.name ?? ''}.${name}` }));
      }
      case 'optional':
        return this.of(type.of, depth);
      case 'data':
        return depth > 2 ? [] : this.#records(type.id, depth);
      case 'list':
      case 'unknown':
        return [];
    }
  }

  /** Combinations for several parameters; empty where one of them has no values. */
  together(
    parameters: readonly { readonly name: string; readonly type: ValueType }[],
    depth = 0,
  ): readonly { readonly values: readonly Value[]; readonly text: string }[] {
    const each = parameters.map(({ type }) => this.of(type, depth));
    const count = each.reduce((product, { length }) => product * length, 1);
    const stride = strideOver(count);
    return Array.from({ length: Math.min(count, MOST_TOGETHER) }, (_, index) => {
      let rest = count > MOST_TOGETHER ? (index * stride) % count : index;
      const chosen = each.map((candidates) => {
        const candidate = candidates[rest % candidates.length];
        rest = Math.floor(rest / candidates.length);
        return candidate;
      });
      return {
        values: chosen.map((candidate) => candidate?.value ?? null),
        text: parameters.map(({ name }, i) => `${name}: ${chosen[i]?.text ?? ''}`).join(', '),
      };
    });
  }

  #primitive(name: string): readonly Candidate[] {
    switch (name) {
      case 'Boolean':
        return [true, false].map((value) => ({ value, text: String(value) }));
      case 'Integer':
        return this.#numbers.filter(Number.isInteger).map((value) => ({ value, text: String(value) }));
      case 'Real':
      case 'Decimal':
        return this.#numbers.map((value) => ({ value, text: String(value) }));
      case 'Duration':
        return this.#durations.map((value) => ({ value, text: durationText(value) }));
      case 'String':
        return this.#strings.map((value) => ({ value, text: JSON.stringify(value) }));
      default:
        return [];
    }
  }

  /** Attributes that have a default, or need no value, keep it, unless they have few values. */
  #records(id: ElementId, depth: number): readonly Candidate[] {
    const data = this.#model.dataTypes.find((candidate) => candidate.id === id);
    const needed = (data?.attributes ?? []).filter(
      ({ initial, type }) =>
        type.kind === 'enumeration' || (initial === undefined && type.kind !== 'list' && type.kind !== 'optional'),
    );
    const name = data?.name ?? '';
    return this.together(needed, depth + 1)
      .slice(0, 2 * MOST)
      .map(({ values, text }) => ({
        value: Object.fromEntries(
          (data?.attributes ?? []).map((attribute) => {
            const at = needed.indexOf(attribute);
            const { initial, type } = attribute;
            const byDefault = initial?.kind === 'literal' ? initial.value : type.kind === 'list' ? [] : null;
            return [attribute.name, at < 0 ? byDefault : (values[at] ?? null)];
          }),
        ),
        text: `${name}(${text})`,
      }));
  }
}

/** Steps that come to every one of so many, far from the last each time. */
function strideOver(count: number): number {
  const share = (a: number, b: number): number => (b === 0 ? a : share(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (share(stride, count) !== 1) stride++;
  return stride;
}

function isPrimitive(type: ValueType | undefined, name: string): boolean {
  return type?.kind === 'primitive' && type.name === name;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** Every literal anywhere inside. */
function collect(part: unknown, found: (value: unknown, type: ValueType | undefined) => void): void {
  if (Array.isArray(part)) for (const item of part) collect(item, found);
  else if (typeof part === 'object' && part !== null) {
    const node = part as { kind?: unknown; value?: unknown; type?: ValueType };
    if (node.kind === 'literal') found(node.value, node.type);
    else for (const [key, item] of Object.entries(part)) if (key !== 'place' && key !== 'label') collect(item, found);
  }
}
