import { expect, test } from 'vitest';
import { inlineNames } from '../../../src/debug/inline-names.ts';

test.each([
  ['on Pay(ok) [not ok] / attempts += 1', ['attempts']],
  ['attempts = attempts + total', ['attempts', 'total']],
  ['log "total {attempts}" // attempts', []],
  ['cart.total = 3', []],
  ['send Pay(total: 3)', []],
  ['var attempts: Integer = 0', ['attempts']],
  ['subtotal = 3 /* total */', []],
])('`%s` names %j', (text, expected) => {
  expect(inlineNames([text], 7, new Set(['attempts', 'total'])).map(({ name }) => name)).toEqual(expected);
});

test('a name is where it stands', () => {
  expect(inlineNames(['', '  total = 1'], 7, new Set(['total']))).toEqual([{ name: 'total', line: 8, character: 2 }]);
});
