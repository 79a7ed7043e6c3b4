/** What a text becomes, and what is said about it, in forms that read well in a table. */
import type { Model } from '@pollux/engine/model';
import { expect } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

/** The model of a text without errors. */
export async function lower(text: string): Promise<Model> {
  const { model, problems } = await modelOf(text);
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return model as Model;
}

const dropped = new Set(['place', 'label', 'type', 'documentation']);

/** Plain data without places and types. */
export function bare(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item) => (dropped.has(key) ? undefined : item)));
}

/** The text marked `«…»` has exactly that finding, at the mark, with those words; notes on other things are left aside. */
export async function expectFinding(marked: string, code: string, words: string | RegExp): Promise<void> {
  const text = marked.replace('«', '').replace('»', '');
  const { problems } = await modelOf(text);
  const found = problems.filter((problem) => problem.code === code || problem.severity !== 'information');
  expect(found.map((problem) => `${problem.code}: ${problem.message}`)).toEqual([expect.stringContaining(`${code}: `)]);
  expect(found[0]?.message).toMatch(words);
  const start = marked.indexOf('«');
  expect(found[0]?.place.start).toEqual(positionOf(text, start));
  expect(found[0]?.place.end).toEqual(positionOf(text, marked.indexOf('»') - 1));
}

function positionOf(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
