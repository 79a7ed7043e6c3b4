/** The pure parts of the Test Explorer: what is shown, said and covered. */
import type { Model } from '@pollux/engine/model';
import { generateTests, runTest, type TestResult } from '@pollux/engine/testing';
import { modelOf } from '@pollux/language-server/language';
import { beforeAll, expect, test } from 'vitest';
import { lenses } from '../../../src/lenses.ts';
import { fileCoverage } from '../../../src/testing/file-coverage.ts';
import { insertedText, proposalSentence } from '../../../src/testing/proposal-text.ts';
import { testPlaces } from '../../../src/testing/test-places.ts';
import { runOutput, shownVerdict } from '../../../src/testing/test-verdict.ts';

const text = `package shop
signal Go
machine M { var n: Integer = 0
  initial -> A
  state A { on Go [n == 0] -> B  on Go [n >= 0] -> C }
  state B
  state C
  state Never { on Go -> A } }
machine Other extends M { state B { on Go -> A } }
activity Visit { initial -> look  action look takes 1 s -> gone  final gone }
/** Says where it goes.
 * And more. */
test goes of M { send Go  expect in(B) }
test stays of M { expect in(A)  after 5 s  expect n == 1 }
test moves of Other { expect in(A) }
test visits of Visit { never look }
`;
let model: Model;
let results: Record<string, TestResult>;

beforeAll(async () => {
  const read = (await modelOf(text)).model;
  if (read === null) throw new Error('the fixture has no model');
  model = read;
  results = Object.fromEntries(
    model.tests.flatMap(({ id, name }) => {
      const result = runTest(read, id);
      return result === null ? [] : [[name, result]];
    }),
  );
});

const resultOf = (name: string): TestResult => {
  const result = results[name];
  if (result === undefined) throw new Error(`no result of ${name}`);
  return result;
};

test('the tests of a text are shown with what they test and where they stand', () => {
  expect(testPlaces(model, model.uri).map(({ id, name, of, place }) => [id, name, of, place.start.line])).toEqual([
    ['shop.goes', 'goes', 'M', 12],
    ['shop.stays', 'stays', 'M', 13],
    ['shop.moves', 'moves', 'Other', 14],
    ['shop.visits', 'visits', 'Visit', 15],
  ]);
  expect(testPlaces(model, model.uri)[0]?.documentation).toMatch(/^Says where it goes\./);
});

test('tests of an imported text are shown there', () => {
  expect(testPlaces(model, 'file:///other.twin')).toEqual([]);
});

test('each test has a lens that runs it', () => {
  const facts = { uri: model.uri, model, lastRuns: new Map(), twin: null, attached: null };
  const run = lenses(facts).filter(({ command }) => command === 'pollux.runTest');
  expect(run.map(({ element, title, arguments: given }) => [element.name, title, given])).toEqual(
    model.tests.map(({ name, id }) => [name, 'Run test', [model.uri, id]]),
  );
});

test.each([
  ['moves', { kind: 'passed' }],
  [
    'stays',
    {
      kind: 'failed',
      message: 'It does not hold: n == 0.',
      expected: 'expect n == 1',
      found: 'n == 0',
      place: expect.objectContaining({ start: { line: 13, character: 43 } }),
    },
  ],
  ['goes', { kind: 'errored', message: expect.stringMatching(/^Inconclusive\. In 1 of 2 ways/), found: 'in C' }],
  ['visits', { kind: 'failed', message: 'look was entered at 0 s.', expected: 'never look' }],
])('the verdict of %s is shown with what was found', (name, expected) => {
  expect(shownVerdict(resultOf(name))).toMatchObject(expected);
});

test('the output says what happened, on lines of their own', () => {
  expect(runOutput(resultOf('stays')).split('\r\n')).toEqual([
    'stays: fail',
    '         0 s  transition M/initial->A',
    '         0 s  enter A',
    '         0 s  expect in(A)',
    '         0 s  after 5 s',
    '         5 s  expect n == 1',
    '',
    '',
  ]);
  expect(runOutput(resultOf('goes'))).toMatch(/^goes: inconclusive, 2 ways\r\n/);
});

test('what several runs took is added up where it stands', () => {
  const [file, ...others] = fileCoverage([resultOf('goes'), resultOf('stays')]);
  expect(others).toEqual([]);
  expect(file?.states.map(({ name, count, place }) => [name, count, place.start.line])).toEqual([
    ['A', 3, 4],
    ['B', 1, 5],
    ['C', 1, 6],
    ['Never', 0, 7],
  ]);
  expect(file?.transitions.map(({ count }) => count)).toEqual([3, 1, 1, 0]);
});

test('what a machine inherits is covered where it is declared', () => {
  const [file] = fileCoverage([resultOf('moves'), resultOf('stays')]);
  expect(file?.states.find(({ name }) => name === 'A')).toMatchObject({ count: 2, place: { start: { line: 4 } } });
});

test.each([
  ['', ''],
  ['signal Go', '\n\n'],
  ['signal Go\n', '\n'],
  ['signal Go\n\n', ''],
])('proposed tests stand behind what is there, an empty line between (%j)', (before, gap) => {
  const proposal = generateTests(model, 'shop.M');
  if (proposal === null) throw new Error('nothing was proposed');
  expect(insertedText(proposal, before)).toBe(`${gap}${proposal.tests.map((each) => each.text).join('\n')}`);
});

test('what is said about a proposal names what was not reached', () => {
  const proposal = generateTests(model, 'shop.M');
  if (proposal === null) throw new Error('nothing was proposed');
  expect(proposalSentence(proposal, 'M')).toBe(
    '1 test for M: 3 of 4 transitions. Not reached: Never/on(Go)->A; no value that was tried leads there.',
  );
  expect(proposalSentence({ ...proposal, unreached: [] }, 'M')).toBe(
    '1 test for M: together all 4 transitions. They are selected for review.',
  );
});
