/** What instances of machines ask for, by how often their states are visited: counted by hand beside each machine. */
import { describe, expect, test } from 'vitest';
import { servedShares, utilisations } from '../../../src/simulation/analytic/index.ts';
import { modelFrom } from '../models.ts';

interface Case {
  readonly body: string;
  /** Messages of the interaction to `it`. */
  readonly messages?: string;
  readonly more?: string;
  readonly load?: string;
}

/** One instance a second; a visit to `Desk` takes a clerk for 1 s: the busy clerks are the visits of one instance. */
const text = ({ body, messages = 'u ->> it : Go(yes: true)', more = '', load = 'at 1/s' }: Case): string => `package m
signal Go(yes: Boolean)
signal Stop
resource clerk * 100
${more}
machine M(size: Real = 1) { ${body.replaceAll('DESK', 'state Desk { do takes exp(1 s) using clerk  completion -> End }')}  final End }
interaction I(size: Real = 1, yes: Boolean = true) { actor u  lifeline it: M(size: size)  ${messages} }
scenario S { load I ${load}  run 1 min }`;

async function visits(one: Case): Promise<readonly [number, number] | undefined> {
  const { model, problems } = await modelFrom(text(one));
  expect(problems).toEqual([]);
  const found = utilisations(model, model.scenarios[0]!).find(({ kind }) => kind === 'resource');
  return found === undefined
    ? undefined
    : [Number(found.offered.low.toFixed(6)), Number(found.offered.high.toFixed(6))];
}

const desk = 'initial -> Wait  state Wait { on Go -> Desk }  DESK';

describe('a state is visited', () => {
  test.each<[string, Case, readonly [number, number] | undefined]>([
    ['at once', { body: 'initial -> Desk  DESK' }, [1, 1]],
    ['when the message comes', { body: desk }, [1, 1]],
    ['as often as the message comes', { body: desk, messages: 'opt 30 % { u ->> it : Go(yes: true) }' }, [0.3, 0.3]],
    [
      'by the weights of a choice',
      { body: 'initial -> c  choice c { 25 % -> Desk  else -> End }  DESK' },
      [0.25, 0.25],
    ],
    [
      'by a law that the load draws from',
      {
        body: 'initial -> c  choice c { [size > 5] -> Desk  else -> End }  DESK',
        load: '(size: uniform(0, 10)) at 1/s',
      },
      [0.5, 0.5],
    ],
    [
      'again and again',
      {
        body: 'initial -> Desk  state Desk { do takes exp(1 s) using clerk  completion -> c }  choice c { 75 % -> Desk  else -> End }',
      },
      [4, 4],
    ],
    [
      'by what the message carries',
      {
        body: 'initial -> Wait  state Wait { on Go(yes) [yes] -> Desk  on Go(yes) [not yes] -> End }  DESK',
        load: '(yes: chance(40 %)) at 1/s',
        messages: 'u ->> it : Go(yes: yes)',
      },
      [0.4, 0.4],
    ],
    [
      'perhaps, where nothing is known of the guard',
      { body: 'var n: Integer = 0  initial / n = 3 -> Wait  state Wait { on Go [n > 3] -> Desk }  DESK' },
      [0, 1],
    ],
    [
      'never, where the signal never comes',
      { body: 'initial -> Wait  state Wait { on Stop -> Desk }  DESK' },
      undefined,
    ],
    ['after a time', { body: 'initial -> Wait  state Wait { after 5 s -> Desk }  DESK' }, [1, 1]],
    [
      'by a message before a timer that is longer than the interaction',
      { body: 'initial -> Wait  state Wait { on Go -> Desk  after 15 min -> End }  DESK' },
      [1, 1],
    ],
    [
      'when the shorter of two timers ends',
      { body: 'initial -> Wait  state Wait { after 5 s -> Desk  after 9 s -> End }  DESK' },
      [1, 1],
    ],
    [
      'in each region beside each other',
      {
        body: `initial -> Both  state Both {
          region a { initial -> A  state A { do takes exp(1 s) using clerk  completion -> aEnd }  final aEnd }
          region b { initial -> B  state B { do takes exp(1 s) using clerk  completion -> bEnd }  final bEnd }
          completion -> Desk }  DESK`,
      },
      [3, 3],
    ],
    [
      'behind a join, once',
      {
        body: `initial -> Both  state Both {
          region a { initial -> A  state A { completion -> ready } }
          region b { initial -> B  state B { on Go -> ready } } }
          join ready -> Desk  DESK`,
      },
      [1, 1],
    ],
    [
      'inside a submachine',
      {
        body: 'initial -> Sub  state Sub : N { exit out -> End }',
        more: 'machine N { initial -> Desk  state Desk { do takes exp(1 s) using clerk  completion -> out }  exit point out }',
      },
      [1, 1],
    ],
    ['by an instance that is made with `create`', { body: 'initial -> Desk  DESK', messages: 'create it' }, [1, 1]],
  ])('%s', async (_, one, expected) => {
    expect(await visits(one)).toEqual(expected);
  });

  test('for less time where a message may end it', async () => {
    const body = 'initial -> Desk  state Desk { do takes exp(1 s) using clerk  completion -> End  on Stop -> End }';
    const messages = 'u ->> it : Go(yes: true)\n opt 20 % { u ->> it : Stop }';
    const [low, high] = (await visits({ body, messages })) ?? [0, 0];
    expect([low, high]).toEqual([0.8, 1]);
  });

  test('for less time where a timer ends it', async () => {
    const body = 'initial -> Desk  state Desk { do takes exp(1 s) using clerk  completion -> End  after 1 s -> End }';
    const [low] = (await visits({ body })) ?? [0, 0];
    // E[min(T, 1)] = 1 - 1/e = 0.632; the sum stays below.
    expect(low).toBeGreaterThan(0.62);
    expect(low).toBeLessThan(0.6322);
  });
});

test('what an instance does takes the cores of the component that owns it', async () => {
  const { model } = await modelFrom(`package m
machine M { initial -> A  state A { do takes exp(2 s)  completion -> End }  final End }
component C { operation work() takes 1 ms  owns M }
interaction I { actor u  lifeline it: M, c: C  create it  u -> c.work() }
deployment D { node n { cores 4  deploy C } }
scenario S of D { load I at 1/s  run 1 min }`);
  const [found] = utilisations(model, model.scenarios[0]!);
  expect(found).toMatchObject({ element: 'm.D.n', kind: 'cores' });
  expect(found?.offered.low).toBeCloseTo(2.001, 9);
});

describe('the share that can be served', () => {
  const body = (way: string) =>
    `var n: Integer = 0  initial / n = 3 -> Wait  state Wait { on Go [n > 3] -> c }  choice c { ${way}  else -> End }
     DESK`;
  const of = async (way: string, load: string) => {
    const { model } = await modelFrom(text({ body: body(way), load }));
    return servedShares(model, model.scenarios[0]!);
  };

  test('is smaller than what the text leads there', async () => {
    // 100 clerks serve 100/s, a hundredth of 10 000/s.
    const [found, ...others] = await of('3 % -> Desk', 'at 10000/s');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ element: 'm.clerk', state: 'm.M.Desk', capacity: 100 });
    expect(found?.served).toBeCloseTo(100, 9);
    expect(found?.share).toBeCloseTo(0.01, 9);
    expect(found?.led).toBeCloseTo(0.03, 9);
  });

  test('is no question where everything that may come can be served', async () => {
    expect(await of('3 % -> Desk', 'at 3000/s')).toEqual([]);
  });

  test('is told without a comparison where the text does not say how often', async () => {
    const [found] = await of('[n == 7] -> Desk', 'at 1000/s');
    expect(found?.share).toBeCloseTo(0.1, 9);
    expect(found?.led).toBe(0);
  });
});
