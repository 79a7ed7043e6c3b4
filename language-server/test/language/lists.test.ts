/** Several values are written in brackets: what fits, of which type, and what is reported. */
import { describe, expect, test } from 'vitest';
import { formatText, modelOf } from '../../src/language/index.ts';

const declared = `data Line { article: String, count: Integer = 1 }
data Cart { lines: Line[1..2], tags: String[*] }
signal Order(cart: Cart)
`;

async function initialOf(type: string, value: string) {
  const { model, problems } = await modelOf(
    `${declared}machine M { var x: ${type} = ${value}  initial -> A  state A { on Order(cart) -> A } }`,
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { initial: model?.machines[0]?.variables[0]?.initial, errors };
}

describe('a list of values', () => {
  test('has its values in their order, each of the type that is wanted', async () => {
    const { initial, errors } = await initialOf('Line[1..3]', '[Line("tiles", 24), Line("lamps")]');
    expect(errors).toEqual([]);
    expect(initial).toMatchObject({
      kind: 'list',
      type: { kind: 'list', of: { kind: 'data', id: 'Line' }, lower: 2, upper: 2 },
      items: [
        { kind: 'construct', values: [{ value: { value: 'tiles' } }, { value: { value: 24 } }] },
        { kind: 'construct', values: [{ value: { value: 'lamps' } }, { value: { value: 1 } }] },
      ],
    });
  });

  test.each([
    ['Integer[*]', '[]'],
    ['Real[2]', '[1, 2.5]'],
    ['Duration[1..*]', '[5 ms, exp(1 s)]'],
    ['Cart', 'Cart(lines: [Line("tiles")], tags: ["new", "heavy"])'],
    ['Integer[*]', '[if 1 < 2 then 1 else 2, (3), -4]'],
  ])('%s = %s is right', async (type, value) => {
    expect((await initialOf(type, value)).errors).toEqual([]);
  });

  test.each([
    ['Integer[*]', '[1, "two"]', /type Integer is needed here, but this is of type String/],
    ['Integer', '[1]', /type Integer is needed here, but this is of type Integer\[1..1\]/],
    ['Integer[3]', '[1, 2]', /Integer\[3..3\] is needed here, but this list has 2 values/],
    ['Line[1..2]', '[]', /Line\[1..2\] is needed here, but this list has 0 values/],
    [
      'Cart',
      'Cart(lines: [Line("a"), Line("b"), Line("c")])',
      /Line\[1..2\] is needed here, but this list has 3 values/,
    ],
  ])('%s = %s is reported', async (type, value, message) => {
    const { errors } = await initialOf(type, value);
    expect(errors.map(({ code }) => code)).toEqual(['wrong-type']);
    expect(errors[0]?.message).toMatch(message);
  });

  test('keeps apart from the guard behind it', async () => {
    const { model, problems } = await modelOf(`signal Go(parts: Integer[*])
machine M { var x: Integer[*] = []  initial -> A  state A { on Go(parts) [parts == [1, 2]] / x = [3] -> B  when (x == [3]) [x.size > 0] -> A } state B { on Go(parts) [parts.contains(1)] -> A } }`);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [first, second] = (model?.machines[0]?.regions[0]?.transitions ?? []).filter(({ source }) =>
      source.endsWith('.A'),
    );
    expect(first?.guard).toMatchObject({ kind: 'binary', right: { kind: 'list' } });
    expect(second?.guard).toMatchObject({ kind: 'binary', left: { kind: 'size' } });
  });

  test('is set without blanks inside its brackets', () => {
    const text = 'machine M { var x: Integer[*] = [ 1,2 ,3 ]  initial -> A  state A }';
    expect(formatText(text).text).toContain('= [1, 2, 3]');
  });
});
