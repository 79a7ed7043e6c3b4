import {
  attempt,
  compileActions,
  compileActionsPartly,
  compileExpression,
  compilePartly,
  dataTypesOf,
  Frame,
  type Known,
  type Scope,
  slotScope,
  valueText,
} from '@pollux/engine/expressions';
import type { Action, Expression, Value } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assign,
  at,
  attributeOf,
  binary,
  construct,
  contains,
  decimal,
  list,
  literal,
  modelWithData,
  place,
  real,
  size,
  variable,
} from './build-expression.ts';

const duration = { kind: 'primitive', name: 'Duration' } as const;
const dataTypes = dataTypesOf(modelWithData({ a: real, b: real, inner: { kind: 'data', id: 'T' }, wait: duration }));
const scope = (names: readonly string[]): Scope => ({ ...slotScope(names), dataTypes });

function frameWith(slots: readonly Known[]): Frame {
  const frame = new Frame();
  frame.slots = [...slots];
  return frame;
}

function exact(expression: Expression, slots: readonly Known[] = []): unknown {
  const evaluate = compileExpression(expression, scope(['x', 'y']));
  const outcome = attempt(() => evaluate(frameWith(slots)));
  return 'problem' in outcome ? outcome.problem.code : outcome.value;
}

function partly(expression: Expression, slots: readonly Known[] = []): Known {
  return compilePartly(expression, scope(['x', 'y']))(frameWith(slots));
}

function run(actions: readonly Action[], slots: readonly Known[], isPartial = false, budget = 1000): Frame {
  const frame = frameWith(slots);
  frame.budget = budget;
  (isPartial ? compileActionsPartly : compileActions)(actions, scope(['x', 'y']))?.(frame);
  return frame;
}

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(true, false, null, 'a', 'b'),
    fc.integer({ min: -2, max: 2 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] }),
  ),
})).value;

const copy = (whole: Value): Value => JSON.parse(JSON.stringify(whole));

describe('records and lists', () => {
  test('are equal where everything in them is', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(exact(binary(variable('x'), '==', variable('y')), [a, copy(a)])).toBe(true);
        const equal = exact(binary(variable('x'), '==', variable('y')), [a, b]);
        expect(exact(binary(variable('x'), '!=', variable('y')), [a, b])).toBe(!equal);
        expect(exact(binary(variable('y'), '==', variable('x')), [a, b])).toBe(equal);
      }),
    );
  });

  test('differ in one attribute that differs, and an attribute that is not given is absent', () => {
    const same = binary(variable('x'), '==', variable('y'));
    expect(
      exact(same, [
        { a: 1, b: 2 },
        { a: 1, b: 3 },
      ]),
    ).toBe(false);
    expect(exact(same, [{ a: 1 }, { a: 1, b: null }])).toBe(true);
    expect(exact(same, [[1, 2], [1]])).toBe(false);
  });

  test('a list knows its size, what it holds and what stands at a place counted from 0', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), value, fc.integer({ min: -1, max: 5 }), (list, item, index) => {
        expect(exact(size(variable('x')), [list])).toBe(list.length);
        const holds = list.some((each) => exact(binary(variable('x'), '==', variable('y')), [each, item]));
        expect(exact(contains(variable('x'), variable('y')), [list, item])).toBe(holds);
        const inside = index >= 0 && index < list.length;
        expect(exact(at(variable('x'), variable('y')), [list, index])).toEqual(inside ? list[index] : 'index-outside');
      }),
    );
  });

  test('what is outside of a list is named with its line', () => {
    const evaluate = compileExpression(at(variable('x'), literal(2)), scope(['x']));
    const outcome = attempt(() => evaluate(frameWith([['a', 'b']])));
    expect(outcome).toEqual({
      problem: { code: 'index-outside', message: 'There is nothing at 2: the list has 2 values, 0 to 1.', place },
    });
  });

  test.each<[string, Expression]>([
    ['the attribute of an absent record', attributeOf(variable('x'), 'a')],
    ['the attribute of an absent attribute', attributeOf(attributeOf(variable('y'), 'inner'), 'a')],
    ['arithmetic on an absent attribute', binary(attributeOf(variable('y'), 'b'), '+', literal(1), real)],
    ['the size of an absent list', size(variable('x'))],
  ])('%s ends the step', (_, expression) => {
    expect(exact(expression, [null, { a: 1 }])).toBe('absent-value');
    expect(partly(expression, [null, { a: 1 }])).toBeUndefined();
  });

  test('read as text as they are written', () => {
    const record = { a: 1.5, b: null, inner: { a: 2, wait: 250_000 }, wait: 60_000_000 };
    const text = valueText(record, { kind: 'data', id: 'shop.T' }, dataTypesOf(modelWithData({})));
    expect(text).toBe('T(a: 1.5, inner: (a: 2, wait: 250000), wait: 60000000)');
    expect(valueText(record, { kind: 'data', id: 'T' }, dataTypes)).toBe(
      'T(a: 1.5, inner: T(a: 2, wait: 250 ms), wait: 1 min)',
    );
    expect(valueText(['a', 'b'], { kind: 'unknown' })).toBe('["a", "b"]');
  });
});

describe('an attribute of a variable', () => {
  test('is replaced without changing the record that others hold', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (a, b, after) => {
        const held = Object.freeze({ a, inner: Object.freeze({ a, b }) });
        const { slots } = run([assign('x', '=', literal(after), ['inner', 'b'])], [held]);
        expect(slots[0]).toEqual({ a, inner: { a, b: after } });
        expect(held).toEqual({ a, inner: { a, b } });
      }),
    );
  });

  test('can be added to and taken from', () => {
    const amount = literal(2, real);
    expect(run([assign('x', '+=', amount, ['a'])], [{ a: 5 }]).slots[0]).toEqual({ a: 7 });
    expect(run([assign('x', '-=', amount, ['a'])], [{ a: 5 }], true).slots[0]).toEqual({ a: 3 });
  });

  test('cannot be assigned where the record is absent', () => {
    const outcome = attempt(() => run([assign('x', '=', literal(1), ['a'])], [null]));
    expect('problem' in outcome && outcome.problem.code).toBe('absent-value');
  });

  test('that is not known is the only one that is not known', () => {
    const { slots } = run([assign('x', '=', variable('y'), ['a'])], [{ a: 1, b: 2 }, undefined], true);
    expect(partly(attributeOf(variable('x'), 'a'), slots)).toBeUndefined();
    expect(partly(attributeOf(variable('x'), 'b'), slots)).toBe(2);
    expect(partly(binary(variable('x'), '==', literal({ a: 9, b: 2 })), slots)).toBeUndefined();
    expect(partly(binary(variable('x'), '==', literal({ a: 9, b: 3 })), slots)).toBe(false);
  });
});

const whole = (a: number, b: number): Value => ({ a, b, inner: null, wait: null });

/** What may be asked of a record and a number, with answers that depend on every part. */
const questions: readonly Expression[] = [
  binary(construct({ a: variable('x'), b: literal(1) }), '==', construct({ a: literal(2), b: variable('y') })),
  binary(attributeOf(construct({ a: variable('x'), b: variable('y') }), 'b'), '>', literal(0)),
  binary(construct({ a: variable('x'), b: variable('y') }), '!=', literal(whole(1, 2))),
  contains(literal([1, 2]), variable('x')),
  contains(list(variable('y'), literal(2)), variable('x')),
  binary(list(variable('x'), literal(1)), '==', list(literal(2), variable('y'))),
  contains(literal([whole(1, 1)]), construct({ a: variable('x'), b: variable('y') })),
  binary(at(literal([0, 1, 2]), variable('x')), '==', variable('y')),
];

test('who knows less never answers otherwise than who knows all', () => {
  const number = fc.integer({ min: -1, max: 3 });
  fc.assert(
    fc.property(fc.tuple(number, number), fc.tuple(fc.boolean(), fc.boolean()), (values, seen) => {
      for (const question of questions) {
        const answer = partly(
          question,
          values.map((each, i) => (seen[i] ? each : undefined)),
        );
        const truth = exact(question, values);
        const mustAnswer = answer !== undefined || seen.every(Boolean);
        if (mustAnswer && typeof truth === 'boolean') expect(answer).toBe(truth);
      }
    }),
  );
});

describe('actions', () => {
  const each = (body: readonly Action[], collection = variable('x'), name = 'item'): Action => ({
    kind: 'for',
    variable: name,
    collection,
    body,
    place,
  });
  const stop: Action = { kind: 'return', value: variable('item'), place };
  const when = (condition: Expression, then: readonly Action[], otherwise: readonly Action[] = []): Action => ({
    kind: 'if',
    condition,
    then,
    otherwise,
    place,
  });

  test('a loop takes every value of a list in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.boolean(), (list, isPartial) => {
        const body = [
          assign('y', '=', binary(binary(variable('y'), '*', literal(2), real), '+', variable('item'), real)),
        ];
        const { slots } = run([each(body)], [list, 0], isPartial);
        expect(slots[1]).toBe(list.reduce((sum, item) => sum * 2 + item, 0));
      }),
    );
  });

  test('a loop within a loop has a variable of its own', () => {
    const inner = each([assign('y', '+=', variable('other', real))], variable('item'), 'other');
    expect(run([each([inner])], [[[1, 2], [3]], 0]).slots[1]).toBe(6);
  });

  test('a loop over a list that is not known leaves what it assigns unknown', () => {
    expect(run([each([assign('y', '=', literal(1))])], [undefined, 0], true).slots[1]).toBeUndefined();
  });

  test('a loop costs steps', () => {
    const outcome = attempt(() => run([each([])], [[1, 2, 3, 4]], false, 3));
    expect('problem' in outcome && outcome.problem.code).toBe('step-budget');
  });

  test('a return ends everything around it with its value', () => {
    const actions = [
      each([when(binary(variable('item'), '>', literal(2)), [stop]), assign('y', '+=', literal(1, real))]),
      assign('y', '=', literal(-1)),
    ];
    for (const isPartial of [false, true]) {
      const frame = run(actions, [[1, 2, 3, 4], 0], isPartial);
      expect([frame.returned, frame.reply, frame.slots[1]]).toEqual([true, 3, 2]);
    }
    const frame = run(actions, [[1], 0]);
    expect([frame.returned, frame.reply, frame.slots[1]]).toEqual([false, null, -1]);
  });

  test('a return that may not have been met leaves unknown what follows', () => {
    const actions = [when(variable('x'), [{ ...stop, value: literal(1) } as Action]), assign('y', '=', literal(7))];
    const frame = run(actions, [undefined, 0], true);
    expect([frame.returned, frame.reply, frame.slots[1]]).toEqual([false, undefined, undefined]);
    expect(run(actions, [undefined, 7], true).slots[1]).toBe(7);
  });
});

describe('decimals', () => {
  const sum = binary(variable('x', decimal), '+', variable('y', decimal), decimal);

  test('add and subtract exactly, whatever the order', () => {
    const cents = fc.integer({ min: -900_000_000, max: 900_000_000 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (amounts) => {
        const total = amounts.reduce((before, amount) => exact(sum, [before, amount / 100]) as number, 0);
        expect(total).toBe(amounts.reduce((before, amount) => before + amount, 0) / 100);
      }),
    );
  });

  test('a thousand times 0.1 is 100, and a third has six places', () => {
    const loop: Action = {
      kind: 'while',
      condition: binary(variable('y'), '<', literal(1000)),
      body: [assign('x', '+=', literal(0.1, decimal)), assign('y', '+=', literal(1, real))],
      place,
    };
    expect(run([loop], [0, 0], false, 2000).slots[0]).toBe(100);
    expect(exact(binary(literal(1), '/', literal(3), decimal))).toBe(0.333333);
    expect(exact(binary(literal(-1), '*', literal(0.0000001), decimal))).toBe(0);
  });

  test('end the step where they are too large to be exact', () => {
    expect(exact(sum, [9_007_199_254, 1])).toBe('overflow');
  });
});
