import type { Known } from '@pollux/engine/expressions';
import { durationText, valueText } from '@pollux/engine/expressions';
import type { PrimitiveName } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exact, parsed, partly } from './expression-kit.ts';

interface Example {
  readonly text: string;
  readonly type: string;
  readonly with?: string;
  readonly slots?: readonly Known[];
  readonly is: Known;
}

describe('the value of an expression', () => {
  const examples: readonly Example[] = [
    { text: '1 + 2 * 3', type: 'Integer', is: 7 },
    { text: '(1 + 2) * 3', type: 'Integer', is: 9 },
    { text: '7 / 2', type: 'Real', is: 3.5 },
    { text: '7 mod 3', type: 'Integer', is: 1 },
    { text: '(0 - 7) mod 7', type: 'Integer', is: 0 },
    { text: '-n', type: 'Integer', with: 'n: Integer', slots: [0], is: 0 },
    { text: 'n + 1', type: 'Integer', with: 'n: Integer', slots: [41], is: 42 },
    { text: 'n - m', type: 'Integer', with: 'n: Integer, m: Integer', slots: [5, 7], is: -2 },
    { text: 'n >= 3 and n < 5', type: 'Boolean', with: 'n: Integer', slots: [4], is: true },
    { text: 'n >= 3 and n < 5', type: 'Boolean', with: 'n: Integer', slots: [5], is: false },
    { text: 'n == 1 or n != 1', type: 'Boolean', with: 'n: Integer', slots: [9], is: true },
    { text: 'n > 1 implies n > 0', type: 'Boolean', with: 'n: Integer', slots: [2], is: true },
    { text: 'not (n > 1)', type: 'Boolean', with: 'n: Integer', slots: [2], is: false },
    { text: 'if n > 1 then 10 else 20', type: 'Integer', with: 'n: Integer', slots: [1], is: 20 },
    { text: 'min(n, 3)', type: 'Integer', with: 'n: Integer', slots: [7], is: 3 },
    { text: 'max(n, 3)', type: 'Integer', with: 'n: Integer', slots: [7], is: 7 },
    { text: 'abs(n)', type: 'Integer', with: 'n: Integer', slots: [-7], is: 7 },
    { text: 'floor(x)', type: 'Integer', with: 'x: Real', slots: [-1.5], is: -2 },
    { text: 'ceil(x)', type: 'Integer', with: 'x: Real', slots: [-0.5], is: 0 },
    { text: 'round(x)', type: 'Integer', with: 'x: Real', slots: [2.5], is: 3 },
    { text: 's == "a"', type: 'Boolean', with: 's: String', slots: ['a'], is: true },
    { text: '90 s + 30 s', type: 'Duration', is: 120_000_000 },
  ];
  test.each(examples)('$text is $is (with $slots)', async (example) => {
    const expression = await parsed(example.text, example.type, example.with);
    const slots = example.slots ?? [];
    expect(exact(expression, slots)).toBe(example.is);
    expect(partly(expression, slots)).toBe(example.is);
  });
});

describe('what ends a step', () => {
  const examples = [
    { text: 'n / m', type: 'Real', slots: [1, 0], code: 'division-by-zero' },
    { text: 'n mod m', type: 'Integer', slots: [1, 0], code: 'division-by-zero' },
    { text: 'n * m', type: 'Integer', slots: [2 ** 30, 2 ** 30], code: 'overflow' },
    { text: 'n + 1', type: 'Integer', slots: [Number.MAX_SAFE_INTEGER, 0], code: 'overflow' },
    { text: 'n + m', type: 'Integer', slots: [null, 1], code: 'absent-value' },
    { text: 'n > m', type: 'Boolean', slots: [1, null], code: 'absent-value' },
    { text: 'n > 5', type: 'Boolean', slots: [null, 1], code: 'absent-value' },
    { text: 'not (n > 0 and m > 0)', type: 'Boolean', slots: [1, null], code: 'absent-value' },
  ];
  test.each(examples)('$text with $slots: $code', async ({ text, type, slots, code }) => {
    const expression = await parsed(text, type, 'n: Integer, m: Integer');
    expect(exact(expression, slots)).toBe(code);
    expect(partly(expression, slots)).toBeUndefined();
  });

  test('the right side is not evaluated where the left decides', async () => {
    const guarded = await parsed('m != 0 and n / m > 1', 'Boolean', 'n: Integer, m: Integer');
    expect(exact(guarded, [4, 0])).toBe(false);
    const either = await parsed('m == 0 or n / m > 1', 'Boolean', 'n: Integer, m: Integer');
    expect(exact(either, [4, 0])).toBe(true);
  });

  test('an absent value may be compared', async () => {
    const expression = await parsed('n == m', 'Boolean', 'n: Integer, m: Integer');
    expect(exact(expression, [null, null])).toBe(true);
    expect(exact(expression, [null, 0])).toBe(false);
  });
});

describe('values that are not known', () => {
  const [T, F, U] = [true, false, undefined];
  const truth = (operator: string, rows: readonly (readonly [Known, Known, Known])[]) =>
    rows.map(([a, b, is]) => ({ operator, a, b, is }));
  test.each([
    ...truth('and', [
      [T, T, T],
      [T, F, F],
      [T, U, U],
      [F, U, F],
      [U, F, F],
      [U, T, U],
      [U, U, U],
    ]),
    ...truth('or', [
      [F, F, F],
      [T, U, T],
      [U, T, T],
      [F, U, U],
      [U, F, U],
      [U, U, U],
    ]),
    ...truth('implies', [
      [F, U, T],
      [U, T, T],
      [T, U, U],
      [U, F, U],
      [T, F, F],
    ]),
  ])('$a $operator $b is $is', async ({ operator, a, b, is }) => {
    const expression = await parsed(`p ${operator} q`, 'Boolean', 'p: Boolean, q: Boolean');
    expect(partly(expression, [a, b])).toBe(is);
  });

  test('both sides of an undecided condition may agree', async () => {
    const expression = await parsed('if p then n else m', 'Integer', 'p: Boolean, n: Integer, m: Integer');
    expect(partly(expression, [undefined, 3, 3])).toBe(3);
    expect(partly(expression, [undefined, 3, 4])).toBeUndefined();
  });

  test('more knowledge never changes an answer that was certain', async () => {
    const expression = await parsed(
      'if p and n > 2 then n * m > 6 or not q else q implies m / n > 1',
      'Boolean',
      'p: Boolean, q: Boolean, n: Integer, m: Integer',
    );
    const number = fc.integer({ min: -3, max: 6 });
    fc.assert(
      fc.property(
        fc.tuple(fc.boolean(), fc.boolean(), number, number),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (values, seen) => {
          const answer = partly(
            expression,
            values.map((value, i) => (seen[i] ? value : undefined)),
          );
          if (answer === undefined) return;
          const truth = exact(expression, values);
          // A run that ends with an error gives no answer to contradict.
          if (typeof truth === 'boolean') expect(answer).toBe(truth);
        },
      ),
    );
  });
});

describe('values as text', () => {
  test.each([
    [0, '0 s'],
    [900_000_000, '15 min'],
    [61_500_000, '61.5 s'],
    [250_000, '250 ms'],
    [1500, '1.5 ms'],
    [12.5, '12.5 us'],
    [86_400_000_000, '1 d'],
    [-2_000_000, '-2 s'],
  ])('%d microseconds: %s', (microseconds, text) => {
    expect(durationText(microseconds)).toBe(text);
  });

  test.each<[number | string | boolean | null, PrimitiveName, string]>([
    [0.995, 'Percent', '99.5 %'],
    [40, 'Rate', '40/s'],
    [1.5, 'Real', '1.5'],
    ['abc', 'String', 'abc'],
    [true, 'Boolean', 'true'],
    [null, 'Integer', 'null'],
  ])('%s as %s: %s', (value, name, text) => {
    expect(valueText(value, { kind: 'primitive', name })).toBe(text);
  });
});
