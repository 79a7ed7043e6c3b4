/** Where nothing may bring what the behaviours of a state take. */
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

const EVENTS = 'signal Pay(amount: Integer) signal Note(text: String) signal Go';

async function found(members: string, others = ''): Promise<string[]> {
  const { problems } = await modelOf(`${EVENTS}\nmachine M() {\n${members}\n}\n${others}`);
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([]);
  return problems.filter(({ code }) => code === 'arguments-not-brought').map(({ message }) => message);
}

const TAKES = 'entry(n: Integer) / log "{n}"';

describe('what is brought whatever happens is no finding', () => {
  test.each([
    ['the only way in carries it', `initial -> A state A { on Pay -> B } state B { ${TAKES} on Go -> A }`],
    [
      'a way through pseudostates',
      `initial -> A state A { on Pay -> c } choice c { else -> B } state B { ${TAKES} on Go -> A }`,
    ],
    [
      'a default entry behind it',
      `initial -> A state A { on Pay -> S } state S { on Go -> A initial -> B state B { ${TAKES} } }`,
    ],
    ['a default', 'initial -> A state A { entry(n: Integer = 1) / log "{n}" after 1 s -> A }'],
    ['a type that may be absent', 'initial -> A state A { entry(n: Integer[0..1]) / log "{n}" after 1 s -> A }'],
    [
      'completion leaves only what has completed',
      `initial -> S state S { on Pay -> S completion -> E  initial -> W state W { on Pay -> B on Go -> D } state B { exit(n: Integer) / log "{n}" on Pay -> D } final D } state E { on Go -> S }`,
    ],
    [
      'what is never tried behind what is always taken',
      `initial -> A state A { on Pay -> B on any -> E } state B { ${TAKES} on Go -> A } state E { after 1 s -> A }`,
    ],
    ['a submachine begins with what enters it', 'initial -> A state A { on Pay -> S } state S : Inner { on Go -> A }'],
  ])('%s', async (_, members) => {
    const inner = 'machine Inner() { initial -> I state I { entry(n: Integer) / log "{n}" on Pay -> I } }';
    expect(await found(members, members.includes('Inner') ? inner : '')).toEqual([]);
  });
});

describe('what may be missing is told', () => {
  test.each([
    ['when an instance begins', `initial -> B state B { ${TAKES} on Pay -> B }`, 'entered when an instance begins'],
    [
      'by a time',
      `initial -> A state A { after 1 s -> B } state B { ${TAKES} on Pay -> B }`,
      'line 3, which carries no',
    ],
    [
      'by an event of another type',
      `initial -> A state A { on Note -> B } state B { ${TAKES} on Pay -> B }`,
      'by `Note` in line 3, which carries other',
    ],
    ['by whatever comes', `initial -> A state A { on any -> B } state B { ${TAKES} on Pay -> B }`, 'entered by'],
    [
      'by a history',
      `initial -> A state A { on Go -> S.history } state S { on Go -> A initial -> B state B { ${TAKES} } history }`,
      'line 3',
    ],
    [
      'where a state around is left',
      `initial -> S state S { initial -> B state B { exit(n: Integer) / log "{n}" on Pay -> B } after 1 s -> E } state E { on Go -> S }`,
      '`B` may be left by the transition in line 3',
    ],
    ['by a do-activity', 'initial -> B state B { do(n: Integer) / log "{n}" on Pay -> B }', 'nothing brings `n` then'],
  ])('%s', async (_, members, part) => {
    const messages = await found(members);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(part);
  });

  test('an extending machine hears of its own transition into what it inherits', async () => {
    const base = `machine B { initial -> A state A { on Pay -> S } state S { ${TAKES} on Pay -> S } }`;
    const { problems } = await modelOf(`${EVENTS}\n${base}\nmachine M extends B { state A { after 1 s -> S } }`);
    const told = problems.filter(({ code }) => code === 'arguments-not-brought');
    expect(told.map(({ place }) => place.start.line)).toEqual([2]);
  });
});

describe('parameters of behaviours are names like others', () => {
  test.each([
    [
      'one that hides a variable',
      'var n: Integer = 0 initial -> A state A { entry(n: Integer = 1) / log "{n}" on Go -> A }',
      'hidden-variable',
    ],
    [
      'two of one name',
      'initial -> A state A { exit(n: Integer = 1, n: Integer = 2) / log "{n}" on Go -> A }',
      'duplicate-name',
    ],
    [
      'a second behaviour beside one that takes something',
      'initial -> A state A { entry(n: Integer = 1) / log "{n}" entry / log "b" on Go -> A }',
      'duplicate-name',
    ],
    ['one that is assigned', 'initial -> A state A { entry(n: Integer = 1) / n = 2 on Go -> A }', 'wrong-kind'],
    [
      'one that another behaviour of the state names',
      'initial -> A state A { entry(n: Integer = 1) / log "x" exit / { if n > 1 { log "y" } } on Go -> A }',
      'unresolved-name',
    ],
    [
      'a default of another type',
      'initial -> A state A { entry(n: Integer = "a") / log "x" on Go -> A }',
      'wrong-type',
    ],
  ])('%s', async (_, members, code) => {
    const { problems } = await modelOf(`${EVENTS}\nmachine M() {\n${members}\n}`);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});
