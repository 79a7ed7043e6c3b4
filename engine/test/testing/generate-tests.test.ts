/** Generated tests: they read, they pass, and together they take every transition that can be taken. */
import { generateTests, runTest } from '@pollux/engine/testing';
import { modelOf } from '@pollux/language-server/language';
import { expect, test } from 'vitest';

/** What is generated for the first machine, and what comes of running it. */
async function generated(text: string, bound?: number) {
  const { model } = await modelOf(text);
  const machine = model?.machines[0];
  if (model === null || machine === undefined) throw new Error('no machine in the text');
  const proposal = generateTests(model, machine.id, bound === undefined ? {} : { bound });
  if (proposal === null) throw new Error('nothing was generated');
  const whole = await modelOf(`${text}\n${proposal.tests.map((each) => each.text).join('\n')}`);
  const errors = whole.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const ran =
    whole.model?.tests.flatMap(({ id }) => (whole.model === null ? [] : (runTest(whole.model, id) ?? []))) ?? [];
  const taken = new Set<string>();
  for (const { coverage } of ran) {
    for (const { machine: id, transitions } of coverage) {
      if (id === machine.id) for (const { element, count } of transitions) if (count > 0) taken.add(element);
    }
  }
  return { ...proposal, errors, verdicts: ran.map(({ verdict, message }) => `${verdict}${message}`), taken };
}

const order = `signal Pay(ok: Boolean, amount: Real)
signal Cancel
signal Odd
machine Order(id: String, total: Real) {
  var attempts: Integer = 0
  operation ask(limit: Integer): Integer
  initial -> Created
  state Created {
    on Pay(ok, amount) [ok and amount == total] -> Risk
    on Pay(ok) [not ok] / attempts += 1
    on Cancel -> Cancelled
    on call ask(limit) [limit > 7] / return attempts
    after 15 min -> Expired
    when (attempts >= 3) -> Blocked
  }
  choice Risk { [total > 500] -> Review  3 % -> Review  else -> Paid }
  state Review { do takes exp(4 min)  completion -> Paid }
  state Paid { on any -> Cancelled }
  state Blocked { after 24 h -> Cancelled }
  final Cancelled, Expired
}
`;

test('the tests of an order read, pass, and take every transition', async () => {
  const { errors, verdicts, taken, transitions, unreached, complete, tests } = await generated(order);
  expect(errors).toEqual([]);
  expect(verdicts).toEqual(tests.map(() => 'pass'));
  expect([unreached, taken.size]).toEqual([[], transitions]);
  expect(complete).toBe(true);
  expect(tests.length).toBeLessThanOrEqual(7);
});

test('a test is a shortest way, with what holds at its end', async () => {
  const { tests } = await generated(
    'signal Go\nmachine M { initial -> A  state A { on Go -> B }  state B { after 5 s -> C }  final C }',
  );
  expect(tests.map(({ text }) => text)).toEqual([
    'test m_c of M {\n  send Go\n  after 5 s\n  expect ended with in(C)\n}\n',
  ]);
});

test('what cannot be reached is said', async () => {
  const { unreached, complete, verdicts } = await generated(
    'signal Go\nmachine M { var n: Integer = 0  initial -> A  state A { on Go [n > 0] -> B }  state B { on Go -> A } }',
  );
  expect(unreached.map(({ element }) => element)).toEqual(['M.A/on(Go)->B', 'M.B/on(Go)->A']);
  expect(complete).toBe(true);
  expect(verdicts).toEqual(['pass']);
});

test('a search that is cut off says that there may be more', async () => {
  const counting = `signal Go
machine M { var n: Integer = 0  initial -> A  state A { on Go / n += 1  when (n > 40) -> B }  state B }`;
  expect(await generated(counting, 10)).toMatchObject({
    complete: false,
    unreached: [{ element: 'M.A/when(n > 40)->B' }],
  });
  expect(await generated(counting)).toMatchObject({ complete: true, unreached: [], verdicts: ['pass'] });
});

test.each([
  [
    'regions, a fork, a join and histories',
    `signal E
signal F
machine M { initial -> f  fork f -> X.a.A1, X.b.B1
  state X { region a { initial -> A1  state A1 { on E -> A2 }  state A2 { on F -> j }  history }
            region b { initial -> B1  state B1 { on E -> B2 }  state B2 { on F -> j }  deep history }
    on call leave -> Out }
  operation leave()
  state Out { on E -> X.a.history  on F -> X.b.deep_history }
  join j -> Done
  final Done }`,
  ],
  [
    'a submachine and inheritance',
    `signal E
signal F
machine Special extends Base { state B { on F -> C }  state C : Sub { exit out -> A } }
machine Base { initial -> A  state A { on E -> B }  state B }
machine Sub { initial -> S1  state S1 { on E -> S2 }  state S2 { on F -> out }  exit point out }`,
  ],
  [
    'values of every kind of type',
    `enum Colour { red, green }
data Part { name: String, colour: Colour = Colour.red, weight: Real }
signal Add(part: Part, at: Duration, colour: Colour, note: String[0..1])
machine M(first: Part) { initial -> A
  state A { on Add(part, at) [part.weight > 12.5 and at > 3 s] -> B  on Add(part, at, colour) [colour == Colour.green and part.name != "a"] -> C }
  state B  state C }`,
  ],
])('%s are covered', async (_, text) => {
  const { errors, verdicts, unreached, tests, taken, transitions } = await generated(text);
  expect(errors).toEqual([]);
  expect(unreached).toEqual([]);
  expect(verdicts).toEqual(tests.map(() => 'pass'));
  expect(taken.size).toBe(transitions);
});

test('the same machine gives the same tests', async () => {
  expect(JSON.stringify((await generated(order)).tests)).toBe(JSON.stringify((await generated(order)).tests));
});
