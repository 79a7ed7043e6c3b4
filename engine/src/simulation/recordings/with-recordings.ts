/**
 * A model with what its recordings hold: laws of recorded values, and arrivals that are replayed. Whoever has files gives their texts;
 * what cannot be read stays out, with the reason, and refuses to run. Knows no files.
 */
import type { Model } from '../../model/index.ts';
import { readNumbers, type Wanted } from './read-numbers.ts';

/** A file, as the model writes its path, and the document that it is beside. */
export interface RecordingName {
  readonly file: string;
  readonly uri: string;
}

/** The text, or why there is none. */
export type RecordingText = { readonly text: string } | { readonly problem: string };

/** Those that a model names, each once. */
export function recordingsOf(model: Model): readonly RecordingName[] {
  const found = new Map<string, RecordingName>();
  walk(model, model.uri, (part, uri) => {
    if (!isRecorded(part)) return part;
    found.set(`${uri}\n${part.file}`, { file: part.file, uri });
    return part;
  });
  return [...found.values()];
}

export function withRecordings(model: Model, textOf: (name: RecordingName) => RecordingText): Model {
  const known = new Map<string, readonly number[] | string>();
  const numbersOf = (name: RecordingName, wanted: Wanted): readonly number[] | string => {
    const key = `${wanted}\n${name.uri}\n${name.file}`;
    let numbers = known.get(key);
    if (numbers === undefined) {
      const found = textOf(name);
      numbers = 'problem' in found ? found.problem : readNumbers(found.text, wanted);
      known.set(key, numbers);
    }
    return numbers;
  };
  return walk(model, model.uri, (part, uri) => {
    if (!isRecorded(part)) return part;
    const wanted = part.kind === 'replay' ? 'moment' : part.isTime === true ? 'time' : 'number';
    const numbers = numbersOf({ file: part.file, uri }, wanted);
    if (typeof numbers === 'string') return { ...part, unread: numbers };
    return part.kind === 'replay' ? { ...part, times: offsets(numbers) } : { ...part, values: numbers };
  });
}

interface Recorded {
  readonly kind: 'empirical' | 'replay';
  readonly file: string;
  readonly isTime?: boolean;
}

function isRecorded(part: object): part is Recorded {
  if (!('kind' in part && 'file' in part)) return false;
  return (part.kind === 'empirical' || part.kind === 'replay') && typeof part.file === 'string';
}

/** In the order of time. Dates count from the first of them, offsets from the beginning of the recording. */
function offsets(moments: readonly number[]): readonly number[] {
  const sorted = moments.toSorted((a, b) => a - b);
  const [first = 0] = sorted;
  // Nothing that is recorded lasts for years.
  const begin = first > 1e14 ? first : 0;
  return sorted.map((moment) => moment - begin);
}

/** Copies what changes, from the inside out; all else stays the same object. */
function walk<T>(part: T, around: string, change: (part: object, uri: string) => object): T {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) {
    const items = part.map((item) => walk(item, around, change));
    return (items.every((item, i) => item === part[i]) ? part : items) as T;
  }
  const uri = placeOf(part) ?? around;
  let copy: object | undefined;
  for (const [key, inner] of Object.entries(part)) {
    const changed = walk(inner, uri, change);
    if (changed !== inner) copy = { ...(copy ?? part), [key]: changed };
  }
  return change(copy ?? part, uri) as T;
}

function placeOf(part: object): string | undefined {
  if (!('place' in part)) return undefined;
  const { place } = part;
  if (typeof place !== 'object' || place === null || !('uri' in place)) return undefined;
  return typeof place.uri === 'string' ? place.uri : undefined;
}
