/** A test run once before a spectator: what it is told, in which order, and that the same way gives the same run. */
import { compileMachine } from '@pollux/engine/behavior';
import type { Model, TestCase, TestStep } from '@pollux/engine/model';
import { type Outcome, playTest, runTest, type Spectator, type Way } from '@pollux/engine/testing';
import { expect, test } from 'vitest';
import { modelOf } from '../../../language-server/src/language/index.ts';

const text = `package shop
signal Pay(ok: Boolean)
machine Order { initial -> Created  state Created { on Pay(ok) [ok] -> Paid } final Paid }
component Shop { operation checkout(): Boolean }
component Bank { operation charge(): Boolean delays 1 s returns chance(50 %) }
interaction Checkout {
  actor customer
  lifeline shop: Shop, bank: Bank
  lifeline order: Order
  var paid: Boolean = false
  customer -> shop.checkout() {
    par { paid = shop -> bank.charge() }
    and { shop ->> order : Pay(ok: false) }
    opt [paid] { shop ->> order : Pay(ok: true) }
    return paid
  }
}
test declined of Checkout { after 500 ms  expect not paid  expect ended with not paid }
test never_paid of Checkout { expect ended with not paid }
`;

async function opened(name: string): Promise<{ model: Model; test: TestCase }> {
  const { model } = await modelOf(text);
  const found = model?.tests.find((each) => each.name === name);
  if (model === null || found === undefined) throw new Error(`no test ${name}`);
  return { model, test: found };
}

function played(model: Model, test: TestCase, way: Way, at = -1, interjection?: TestStep) {
  const told: string[] = [];
  const deepest = { executions: 0, branches: 0 };
  let interject = (_: TestStep): void => undefined;
  let executions = (): number => 0;
  const tell = (line: string): void => {
    if (told.push(line) - 1 === at && interjection !== undefined) interject(interjection);
  };
  const spectator: Spectator = {
    compile: (machine) => compileMachine(model, machine),
    begins: (subject, does) => {
      interject = does;
      executions = () => subject.executions.length;
    },
    tested: ({ text }) => tell(`test ${text}`),
    reached: ({ element, depth, branch }) => {
      deepest.executions = Math.max(deepest.executions, executions());
      if (branch.from !== null) deepest.branches++;
      tell(`${'  '.repeat(depth)}${element.slice('shop.Checkout'.length)}`);
    },
    occurred: ({ kind, element }) => {
      if (kind === 'transition') tell(`took ${element.slice('shop.Order.'.length)}`);
    },
    noted: () => undefined,
    decided: (taken, count) => tell(`way ${taken + 1} of ${count}`),
    settled: () => undefined,
  };
  const outcome: Outcome = playTest(model, test, spectator, { way, toTheEnd: false });
  return { told, outcome, deepest };
}

test('each step is told before it is done, with what is around it', async () => {
  const { model, test } = await opened('declined');
  const { told, outcome, deepest } = played(model, test, { seed: 1, decisions: [] });
  const steps = told.filter((line) => !line.startsWith('way') && !line.startsWith('took'));
  expect(steps.map((line) => line.replace(/^( *).*?([^/]*)$/, '$1$2'))).toMatchInlineSnapshot(`
    [
      "customer->shop.checkout",
      "  par(shop->bank.charge)",
      "    shop->bank.charge",
      "    shop->>order:Pay",
      "test after 500 ms",
      "test expect not paid",
      "test expect ended with not paid",
      "  opt[paid]",
      "    shop->>order:Pay#2",
      "  return",
    ]
  `);
  expect(deepest).toEqual({ executions: 2, branches: 2 });
  expect(outcome.verdict).toBe('fail');
});

test('the way of a verdict leads to it again', async () => {
  for (const name of ['declined', 'never_paid']) {
    const { model, test } = await opened(name);
    const result = runTest(model, test.id);
    if (result?.way == null) throw new Error('it was not run');
    const again = played(model, test, result.way);
    expect(again.outcome.message).not.toBe('');
    expect(result.message.endsWith(again.outcome.message)).toBe(true);
    expect(again.outcome.trace).toEqual(result.trace);
    expect(again.told).toEqual(played(model, test, result.way).told);
  }
});

test('a stand-in that is put in on the way answers from then on', async () => {
  const { model, test } = await opened('never_paid');
  const passing = await modelOf(
    text.replace('test never_paid of Checkout {', 'test never_paid of Checkout { given Bank.charge returns false '),
  );
  const given = passing.model?.tests.find(({ name }) => name === 'never_paid')?.steps[0];
  const way = { seed: 1, decisions: [] };
  expect(played(model, test, way).outcome.verdict).toBe('fail');
  expect(played(model, test, way, 0, given).outcome.verdict).toBe('pass');
});
