/** Texts that are too large or too deep are told so once; what is intact stands. */
import { describe, expect, test } from 'vitest';
import { formatText, modelOf } from '../../src/language/index.ts';

/** Only the errors: that something is unused or leads nowhere is not the matter here. */
async function errorsOf(text: string) {
  const { model, problems } = await modelOf(text);
  return { model, problems: problems.filter(({ severity }) => severity === 'error') };
}

const component = 'component C { operation f() takes 1 ms }';
const machine = (body: string) => `machine M { var x: Boolean = true  initial -> A  state A { ${body} } }`;
const value = (text: string) => `machine M { var x: Boolean = ${text}  initial -> A  state A { } }`;

/** `levels` openings, something inside, as many closings. */
function nested(open: string, levels: number, inside: string, close: string): string {
  return open.repeat(levels) + inside + close.repeat(levels);
}

describe('nesting', () => {
  const constructs: [string, (levels: number) => string][] = [
    [
      'states',
      (n) =>
        `machine M { ${Array.from({ length: n }, (_, i) => `initial -> A${i} state A${i} { `).join('')}${'} '.repeat(n)}}`,
    ],
    ['calls', (n) => `${component} interaction I { lifeline c: C ${nested('c -> c.f() { ', n, '', '} ')}}`],
    ['fragments', (n) => `${component} interaction I { lifeline c: C ${nested('opt { ', n, 'c -> c.f()', '} ')}}`],
    ['actions', (n) => machine(`entry / { ${nested('if x { ', n, 'x = false ', '} ')}}`)],
    ['parentheses', (n) => value(nested('(', n, 'true', ')'))],
    ['lists', (n) => value(`${nested('[', n, '1', ']')} == []`)],
    ['function calls', (n) => value(`${nested('min(', n, '1', ', 2)')} > 0`)],
  ];

  test.each(constructs)('of %s 40 deep is fine', async (_, make) => {
    const { problems } = await errorsOf(make(40));
    expect(problems).toEqual([]);
  });

  test.each(constructs.flatMap(([name, make]) => [100, 1000, 20_000].map((n) => [name, n, make] as const)))(
    'of %s %i deep is said once, at its place, and what follows stands',
    async (_, levels, make) => {
      const text = `signal Before\n${make(levels)}\nsignal After`;
      const { model, problems } = await errorsOf(text);
      expect(model?.signals.map(({ id }) => id)).toEqual(['Before', 'After']);
      const [found, ...more] = problems;
      expect(more).toEqual([]);
      expect(found).toMatchObject({ code: 'too-deep', message: expect.stringMatching(/more than 64 deep/) });
      const { start } = found?.place ?? { start: { line: 0, character: 0 } };
      expect(start.line).toBe(1);
      expect('({[').toContain(text.split('\n')[1]?.[start.character]);
    },
  );

  test.each<[string, string]>([
    ['not', value(`${'not '.repeat(5000)}true`)],
    ['signs', value(`${'- '.repeat(5000)}1 > 0`)],
    ['if … else if in a value', value(`${'if true then true else '.repeat(5000)}true`)],
    ['sums', value(`${'1 + '.repeat(2000)}1 > 0`)],
    ['else if in actions', machine(`entry / { if x { x = true } ${'else if x { x = false } '.repeat(5000)} }`)],
  ])('a chain of %s that ends the stack is said at its place, and what follows stands', async (_, text) => {
    const { model, problems } = await errorsOf(`signal Before\n${text}\nsignal After`);
    expect(model?.signals.map(({ id }) => id)).toEqual(['Before', 'After']);
    const found = problems.filter(({ code }) => code === 'too-deep');
    expect(found).toEqual([expect.objectContaining({ message: expect.stringMatching(/Take it apart/) })]);
    expect(found[0]?.place.start.line).toBe(1);
  });

  test('a chain on lines of its own costs those lines, not the machine', async () => {
    const { model, problems } = await errorsOf(
      `machine M {\n  var x: Boolean = ${'not '.repeat(5000)}true\n  initial -> A\n  state A { }\n}`,
    );
    expect(problems.map(({ code }) => code)).toEqual(['too-deep']);
    expect(model?.machines[0]?.regions[0]?.vertices.map(({ name }) => name)).toContain('A');
  });

  test('after a text that ended the stack, the next one is read as ever', async () => {
    await errorsOf(value(`${'not '.repeat(5000)}true`));
    const { model, problems } = await errorsOf('signal A\nsignal B');
    expect(problems).toEqual([]);
    expect(model?.signals).toHaveLength(2);
  });

  test('brackets that are never closed leave the next declarations standing', async () => {
    const { model } = await errorsOf(`signal Before\nmachine M ${'{ '.repeat(500)}\nsignal After`);
    expect(model?.signals.map(({ id }) => id)).toEqual(['Before', 'After']);
  });
});

describe('size', () => {
  const line = 'signal A // something\n';
  const ofBytes = (bytes: number) => line + '/'.repeat(bytes - line.length);

  test('up to the limit a file is read', async () => {
    const { model, problems } = await errorsOf(ofBytes(2_000_000));
    expect(problems).toEqual([]);
    expect(model?.signals).toHaveLength(1);
  });

  test.each([
    [2_000_001, '2.1 MB'],
    [10_000_000, '10 MB'],
    [10_485_760, '10.5 MB'],
  ])('a file of %i bytes gets one message with its size, the limit and what to do', async (bytes, shown) => {
    const { model, problems } = await errorsOf(ofBytes(bytes));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'too-large', severity: 'error' });
    expect(problems[0]?.message).toContain(`This file has ${shown}, and at most 2 MB are read`);
    expect(problems[0]?.message).toContain('Split it into several files');
    expect(problems[0]?.place.start).toEqual({ line: 0, character: 0 });
    expect(model?.signals).toEqual([]);
  });

  test('what counts is bytes, not characters', async () => {
    const { problems } = await errorsOf(`//${'ü'.repeat(1_000_000)}`);
    expect(problems.map(({ code }) => code)).toEqual(['too-large']);
  });

  test('a file that is too large is not formatted', () => {
    expect(formatText(ofBytes(3_000_000)).problem?.message).toContain('This file has 3 MB');
  });
});
