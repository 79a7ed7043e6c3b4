/** Machines that inherit or stand for others: their parts have other ids when they run, and the same places in the text. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Debugged, event, stack } from './debugged.ts';

const text = `package shop
signal Go(n: Integer)
machine Base {
  var count: Integer = 0
  initial -> One
  state One {
    on Go(n) / count += n -> Two
  }
  state Two
}
machine Special extends Base {
  var more: Integer = 1
  state Two { entry / more = count }
}
machine Whole {
  initial -> Part
  state Part : Base
}
`;
let debugged: Debugged;

beforeAll(async () => {
  debugged = await Debugged.open(text);
});
afterAll(() => debugged.close());

test.each([
  ['shop.Special', ['takes One/on(Go)->Two', 'Special']],
  ['shop.Whole', ['takes Part.One/on(Go)->Two', 'Part', 'Whole']],
])('a breakpoint with a condition on what %s takes over stops there', async (machine, expected) => {
  const { debug } = debugged.start(machine, [event('shop.Go', 1), event('shop.Go', 2)]);
  await debugged.stopAt(debug, 'on Go(n)', { condition: 'n == 1 and count == 0 and not in(Two)' });
  expect(debug.start(false).reason).toBe('breakpoint');
  expect(stack(debug)).toEqual(expected);
});
