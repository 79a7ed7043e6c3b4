/** Values that a person or a file gives, held against the type that the model declares. Says what is wrong with them in a sentence. */
import type { Model, Value, ValueType, Variable } from '@pollux/engine/model';
import { readQuantity } from '@pollux/language-server/language';
import { UsageError } from '../exit-code.ts';

/** `where` begins the message: `event 3`, `--arg id`. */
export function readValue(model: Model, given: unknown, type: ValueType, where: string): Value {
  switch (type.kind) {
    case 'optional':
      return given === null ? null : readValue(model, given, type.of, where);
    case 'enumeration': {
      const literals = model.enumerations.find(({ id }) => id === type.id)?.literals.map(({ name }) => name) ?? [];
      if (typeof given === 'string' && literals.includes(given)) return given;
      throw new UsageError(`${where}: ${shown(given)} is not one of ${literals.join(', ')}.`);
    }
    case 'list':
      if (Array.isArray(given)) return given.map((item, i) => readValue(model, item, type.of, `${where}[${i}]`));
      throw new UsageError(`${where}: ${shown(given)} is not a list; write […].`);
    case 'data': {
      const data = model.dataTypes.find(({ id }) => id === type.id);
      if (data === undefined || !isObject(given))
        throw new UsageError(
          `${where}: ${shown(given)} is not a ${data?.name ?? 'record'}; write {…} with its attributes.`,
        );
      return Object.fromEntries(
        readArguments(model, given, data.attributes, where).map((value, i) => [data.attributes[i]?.name ?? '', value]),
      );
    }
    case 'primitive':
      return readPrimitive(given, type.name, where);
    case 'unknown':
      throw new UsageError(`${where}: its type is not known.`);
  }
}

/** By position; what is not given is absent. */
export function readArguments(
  model: Model,
  given: Readonly<Record<string, unknown>>,
  declared: readonly Variable[],
  where: string,
): readonly Value[] {
  for (const name of Object.keys(given)) {
    if (declared.some((variable) => variable.name === name)) continue;
    const known = declared.map((variable) => variable.name).join(', ');
    throw new UsageError(`${where}: there is no ${name}; there ${known === '' ? 'are no arguments' : `is: ${known}`}.`);
  }
  return declared.map(({ name, type }) =>
    name in given ? readValue(model, given[name], type, `${where}, ${name}`) : null,
  );
}

/** As it stands behind `--arg name=`: text where the type is one, otherwise as in JSON. */
export function readTextValue(model: Model, text: string, type: ValueType, where: string): Value {
  const plain = type.kind === 'optional' ? type.of : type;
  const isText = plain.kind === 'enumeration' || (plain.kind === 'primitive' && plain.name === 'String');
  if (isText) return readValue(model, text, type, where);
  let given: unknown = text;
  try {
    given = JSON.parse(text);
  } catch {
    // A quantity is written without quotes.
  }
  return readValue(model, given, type, where);
}

/** Microseconds. */
export function readDuration(given: unknown, where: string): number {
  const value = readPrimitive(given, 'Duration', where);
  if (typeof value === 'number' && value >= 0) return value;
  throw new UsageError(`${where}: time does not run backwards.`);
}

function readPrimitive(given: unknown, name: string, where: string): Value {
  const wrong = (expected: string) => new UsageError(`${where}: ${shown(given)} is not ${expected}.`);
  switch (name) {
    case 'Boolean':
      if (typeof given === 'boolean') return given;
      throw wrong('a Boolean: true or false');
    case 'String':
      if (typeof given === 'string') return given;
      throw wrong('a text in quotes');
    case 'Integer':
      if (Number.isSafeInteger(given)) return Number(given);
      throw wrong('a whole number');
    case 'Real':
    case 'Decimal':
      if (typeof given === 'number' && Number.isFinite(given)) return given;
      throw wrong('a number');
    default: {
      const quantity = typeof given === 'string' ? readQuantity(given.trim()) : null;
      if (quantity?.kind === 'known' && quantity.dimension === name && /^\d/.test(String(given).trim()))
        return quantity.value;
      throw wrong(`a ${name}${examples[name] === undefined ? '' : `, for instance "${examples[name]}"`}`);
    }
  }
}

const examples: Readonly<Record<string, string>> = { Duration: '5 s', Rate: '20/s', Percent: '50 %', Bytes: '4 MB' };

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
