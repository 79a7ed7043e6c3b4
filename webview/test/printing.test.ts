import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitMessages } from '../src/diagram/calls.ts';
import { namesOf } from '../src/diagram/names.ts';
import { printMessage, printOperand, printWithin } from '../src/diagram/print-message.ts';
import { plain, printDuration, printPercent } from '../src/diagram/print-quantity.ts';
import { breakLines, printTransition } from '../src/diagram/print-transition.ts';
import { modelFrom } from './page/fixtures.ts';

async function labelOf(transition: string): Promise<string | undefined> {
  const model = await modelFrom(`package p
signal Pay(ok: Boolean, amount: Real)
signal Refund
signal Cancel
machine M(total: Real) {
  var attempts: Integer = 0
  var tries: Integer[*] = []
  initial -> A
  state A { ${transition} }
  state B
}`);
  const machine = model.machines[0];
  const found = machine?.regions[0]?.transitions.find((each) => each.source.endsWith('.A'));
  return found === undefined ? undefined : printTransition(found, namesOf(model));
}

describe('the label of a transition is what was written, in short form', () => {
  it.each([
    ['on Cancel -> B', 'Cancel'],
    ['on Pay(ok, amount) [ok and amount == total] -> B', 'Pay(ok, amount) [ok and amount == total]'],
    ['on Pay(ok) [not ok] / attempts += 1 -> B', 'Pay(ok) [not ok] / attempts += 1'],
    ['after 15 min -> B', 'after 15 min'],
    ['after 1.5 s / log "gave up" -> B', 'after 1.5 s / log'],
    ['on Cancel / { attempts = 0  send Refund to self } -> B', 'Cancel / attempts = 0; send Refund'],
    ['on Pay(ok, amount) [amount == 1] / tries = [1, 2] -> B', 'Pay(ok, amount) [amount == 1] / tries = [1, 2]'],
    ['on Pay(ok) [(attempts + 1) * 2 > 4 and not ok] -> B', 'Pay(ok) [(attempts + 1) * 2 > 4 and not ok]'],
  ])('%s', async (text, label) => {
    expect(await labelOf(text)).toBe(label);
  });

  it('breaks before a part that does not fit, and inside a part at its blanks', () => {
    expect(breakLines(['Pay(ok)', '[ok]', '/ attempts += 1'], 26)).toEqual(['Pay(ok) [ok]', '/ attempts += 1']);
    expect(breakLines(['[ok and amount == total]'], 12)).toEqual(['[ok and', 'amount ==', 'total]']);
  });
});

describe('messages and operands', () => {
  it('are written with their arguments, and briefly without', async () => {
    const model = await modelFrom(`package p
signal Pay(ok: Boolean)
signal Done
machine M { initial -> A  state A { on Pay(ok) -> B } final B }
component C { operation charge(id: String, total: Real): Boolean takes exp(1 ms) }
interaction I(id: String, total: Real) {
  lifeline a: C, b: C
  lifeline m: M
  var paid: Boolean = true
  a -> b.charge(id, 2 * total)
  paid = a -> b.charge(id, total)
  a ->> m : Pay(ok: not paid)
  a ->> m : Done
}`);
    const nameOf = namesOf(model);
    const labels: string[] = [];
    const brief: string[] = [];
    visitMessages(model.interactions[0]?.body ?? [], (message) => {
      labels.push(printMessage(message, nameOf));
      brief.push(printMessage(message, nameOf, true));
    });
    expect(labels).toEqual(['charge(id, 2 * total)', 'paid = charge(id, total)', 'Pay(ok: not paid)', 'Done']);
    expect(brief).toEqual(['charge(…)', 'paid = charge(…)', 'Pay(…)', 'Done']);
  });

  it('show bounds of duration as UML does', () => {
    expect(printWithin({ maximum: 2_000_000 })).toBe('{0..2 s}');
    expect(printWithin({ minimum: 1_000, maximum: 200_000, share: 0.999 })).toBe('{1 ms..200 ms 99.9 %}');
  });

  it('show guard, else and weight of an operand', () => {
    const operand = { id: 'o', name: '', kind: 'operand', body: [], isElse: true, weight: 0.02 } as never;
    expect(printOperand(operand, (id) => id)).toBe('[else] 2 %');
  });
});

describe('quantities', () => {
  it.each([
    [1_800_000_000, '30 min'],
    [90_000_000, '90 s'],
    [200_000, '200 ms'],
    [1_500_000, '1.5 s'],
    [400, '400 us'],
    [86_400_000_000, '1 d'],
    [0, '0 s'],
  ])('%d µs is written %s', (microseconds, text) => {
    expect(printDuration(microseconds)).toBe(text);
  });

  it('a percentage carries no noise of binary fractions', () => {
    expect(printPercent(0.07)).toBe('7 %');
    expect(printPercent(0.999)).toBe('99.9 %');
  });

  it('a duration that is printed means the same duration', () => {
    const units: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, min: 6e7, h: 3.6e9, d: 8.64e10 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(...Object.keys(units)), (count, unit) => {
        const microseconds = count * (units[unit] as number);
        const [value, name] = printDuration(microseconds).split(' ');
        expect(Number(value) * (units[name as string] as number)).toBeCloseTo(microseconds, 3);
      }),
    );
  });

  it('six significant digits are kept', () => {
    expect(plain(0.1 + 0.2)).toBe('0.3');
  });
});
