/** Tests of machines: their steps, what they expect, and what UML leaves open. */
import { describe, expect, test } from 'vitest';
import { result, results, told } from './run-text.ts';

const order = `signal Pay(ok: Boolean, amount: Real = 10)
signal Cancel
machine Order(id: String, total: Real) {
  var attempts: Integer = 0
  operation ask(limit: Integer): Integer
  initial -> Created
  state Created {
    on Pay(ok, amount) [ok and amount == total] -> Paid
    on Pay(ok) [not ok] / attempts += 1
    on Cancel -> Passing
    on call ask(limit) / { attempts += limit  return attempts }
    after 15 min -> Expired
    when (attempts >= 3) -> Blocked
  }
  state Passing { completion -> Blocked }
  state Blocked { on Cancel / attempts = 1 mod (attempts - attempts) }
  state Paid
  final Expired
}
`;
const of = (steps: string, rest = '') => `${order}test t of Order(id: "o-1", total: 10) ${rest} { ${steps} }`;

describe('a test passes', () => {
  test.each([
    ['where an event changes nothing', 'send Pay(ok: false, amount: 10) expect in(Created) and attempts == 1'],
    ['on the way that a guard opens', 'send Pay(true, 10) expect in(Paid)'],
    ['where time passes', 'after 15 min expect in(Expired) expect ended never Blocked'],
    ['just before time is up', 'after 14 min expect in(Created) after 1 min expect ended with attempts == 0'],
    [
      'where a change is noticed',
      'send Pay(false) send Pay(false) expect in(Created) send Pay(false) expect in(Blocked)',
    ],
    ['where an operation is called', 'call ask(2) expect attempts == 2 call ask(limit: 1) expect in(Blocked)'],
    ['in every order where there is only one', 'send Cancel expect in(Blocked)'],
    ['where what never holds never held', 'send Pay(false) never (attempts > 1) never Paid'],
    ['with time as the model sees it', 'after 2 min expect elapsed == 2 min and now == 2 min'],
  ])('%s', async (_, steps) => {
    expect(told(await result(of(steps)))).toBe('pass');
    expect(told(await result(of(steps, 'in every order')))).toBe('pass');
  });
});

describe('a test fails and says what it found', () => {
  test.each([
    ['expect in(Paid)', 'fail | It does not hold: in Created. | expect in(Paid) ≠ in Created'],
    [
      'send Pay(false) expect attempts == 2 and total == 10',
      'fail | It does not hold: attempts == 1, total == 10. | expect attempts == 2 and total == 10 ≠ attempts == 1, total == 10',
    ],
    ['expect ended', 'fail | It has not ended: Created. | expect ended ≠ still going on: Created'],
    [
      'after 15 min expect ended with id == "x"',
      'fail | It does not hold: id == o-1. | expect ended with id == "x" ≠ id == o-1',
    ],
    ['send Cancel never Passing', 'fail | Passing was entered at 0 s. | never Passing ≠ entered Passing at 0 s'],
    [
      'never (attempts > 0) send Pay(false)',
      'fail | It held at 0 s: attempts == 1. | never (attempts > 0) ≠ attempts == 1',
    ],
    ['never Created', 'fail | Created was entered at 0 s. | never Created ≠ entered Created at 0 s'],
  ])('%s', async (steps, expected) => expect(told(await result(of(steps)))).toBe(expected));

  test('with the failing step, its place, and what happened until then', async () => {
    const text = of('send Pay(false) expect in(Paid) send Cancel');
    const { place, step, trace } = await result(text);
    const line = text.split('\n').findIndex((each) => each.startsWith('test t'));
    expect(place?.start).toEqual({ line, character: text.split('\n')[line]?.indexOf('expect') });
    expect(step).toMatch(/^t\//);
    expect(trace.map((entry) => entry.text)).toEqual([
      'transition Order/initial->Created',
      'enter Created',
      'send Pay(false)',
      'transition Created/on(Pay)',
      'expect in(Paid)',
    ]);
  });
});

test('a run-time error names its line', async () => {
  const outcome = await result(of('send Cancel send Cancel expect in(Blocked)'));
  expect(told(outcome)).toBe('error | Line 16: Remainder of a division by zero.');
  expect(outcome.place?.start.line).toBe(15);
});

const regions = `signal Go
machine Two {
  var last: String = ""
  initial -> Both
  state Both {
    region a { initial -> A1  state A1 { on Go / last = "a" -> A2 } state A2 }
    region b { initial -> B1  state B1 { on Go / last = "b" -> B2 } state B2 }
  }
}
machine Competing {
  var n: Integer = 0
  initial -> Here
  state Here { on Go [n >= 0] -> Left  on Go [n <= 0] -> Right }
  state Left
  state Right
}
machine Together { initial -> Both  state Both {
  region a { initial -> A1  state A1 { after 1 s -> A2 } state A2 }
  region b { initial -> B1  state B1 { after 1 s [in(A1)] -> B2 } state B2 } } }
machine Lucky { initial -> c  choice c { 30 % -> Won  else -> Lost }  state Won  state Lost }
machine Entering { var last: String = ""  initial -> Both  state Both {
  region a { initial -> A  state A { entry / last = "a" } }
  region b { initial -> B  state B { entry / last = "b" } } } }
machine Doing { var n: Integer = 1  initial -> Both  state Both {
  region a { initial -> A  state A { do / n = n * 2 } }
  region b { initial -> B  state B { do / n += 3 } } } }
machine Drawn { initial -> Busy  state Busy { do takes uniform(1 s, 3 s) completion -> Done }  state Done }
`;

describe('what UML leaves open', () => {
  test.each([
    ['Two', 'send Go expect last == "b"', 'order of regions'],
    ['Competing', 'send Go expect in(Left)', 'competing transitions'],
    ['Together', 'after 1 s expect in(B2)', 'timers that are due together'],
    ['Lucky', 'expect in(Lost)', 'weighted branches'],
    ['Entering', 'expect last == "b"', 'order in which regions are entered'],
    ['Doing', 'expect n == 5', 'order of do-activities'],
    ['Drawn', 'after 2 s expect in(Done)', 'drawn times'],
  ])('%s: %s is inconclusive because of the %s', async (machine, steps) => {
    const { verdict, message, outcomes } = await result(`${regions}test t of ${machine} { ${steps} }`);
    expect(verdict).toBe('inconclusive');
    expect(message).toMatch(
      /^In \d+ of \d+ ways in which what is left open can be decided, an order or chance decides/,
    );
    expect(outcomes).toBeGreaterThan(1);
    const strict = await result(`${regions}test t of ${machine} in every order { ${steps} }`);
    expect(strict.verdict).toBe('fail');
  });

  test.each([
    ['Two', 'send Go expect in(A2) and in(B2) and (last == "a" or last == "b")'],
    ['Competing', 'send Go expect in(Left) or in(Right)'],
    ['Doing', 'expect n == 5 or n == 8'],
    ['Lucky', 'expect in(Lost) or in(Won)'],
    ['Drawn', 'expect in(Busy) after 3 s expect in(Done)'],
  ])('%s: where all ways agree the test passes', async (machine, steps) => {
    expect(told(await result(`${regions}test t of ${machine} in every order { ${steps} }`))).toBe('pass');
  });

  test('more ways than are looked at leave a test of every order open', async () => {
    const text = `${regions}test t of Two in every order { send Go expect in(A2) }`;
    expect(await result(text)).toMatchObject({ verdict: 'pass', outcomes: 6, complete: true });
    expect(await result(text, 1)).toMatchObject({ verdict: 'inconclusive', outcomes: 1, complete: false });
  });
});

test('a test of a machine that inherits names the states of the one it extends', async () => {
  const text = `signal Go
machine Base { var n: Integer = 0 initial -> A  state A { on Go / n += 1 -> B } state B }
machine Special extends Base { state B { after 1 s -> C } state C }
test good of Special { expect in(A) send Go expect in(B) and n == 1 after 1 s expect in(C) }
test bad of Special { send Go never B }`;
  expect((await results(text)).map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
});

test('coverage tells what every state and transition was used for', async () => {
  const { coverage } = await result(of('send Pay(false) send Cancel expect in(Blocked)'));
  const [machine] = coverage;
  const used = (list: readonly { element: string; count: number }[] = []) =>
    list.map(({ element, count }) => `${element.slice('Order.'.length)} ${count}`);
  expect(used(machine?.states)).toEqual(['Created 1', 'Passing 1', 'Blocked 1', 'Paid 0', 'Expired 0']);
  expect(used(machine?.transitions).filter((line) => line.endsWith(' 0'))).toHaveLength(5);
});

test('the same test gives the same bytes', async () => {
  const text = `${regions}test t of Drawn { after 2 s expect in(Done) }`;
  expect(JSON.stringify(await result(text))).toBe(JSON.stringify(await result(text)));
});
