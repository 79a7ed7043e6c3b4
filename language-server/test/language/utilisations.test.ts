/** The utilisation law over whole texts: demands by visits and means, spread over nodes, bounds where guards decide. */
import type { Model } from '@pollux/engine/model';
import { type Utilisation, utilisations } from '@pollux/engine/simulation/analytic';
import { describe, expect, test } from 'vitest';
import { lower } from './lowered.ts';

async function found(text: string): Promise<readonly Utilisation[]> {
  const model: Model = await lower(text);
  return model.scenarios.flatMap((scenario) => utilisations(model, scenario));
}

/** `cores D.n 0.3` or, with bounds, `cores D.n 0.1..0.3`. */
async function figures(text: string): Promise<string[]> {
  const figure = (value: number) => String(Number(value.toPrecision(6)));
  return (await found(text)).map(({ kind, element, utilisation: { low, high } }) => {
    const ends = [low, high].map(figure);
    return `${kind} ${element} ${ends[0] === ends[1] ? ends[0] : ends.join('..')}`;
  });
}

const system = (
  operation: string,
  body: string,
  nodes = 'node n { cores 1 deploy C deploy B }',
  load = 'at 10/s',
  parameters = '',
) =>
  `component C { operation run takes 10 ms ${operation} } component B { operation work: Boolean takes 20 ms returns chance(75 %) }
component X external { operation run delays 1 s }
interaction I${parameters} { actor u lifeline c: C, b: B, x: X var ok: Boolean ${body} }
deployment D { ${nodes} }
scenario S of D { load I ${load} run 1 h }`;

describe('visits', () => {
  test.each([
    ['a call', 'u -> c.run()', '0.1'],
    ['a nested call', 'u -> c.run() { c -> b.work() }', '0.3'],
    ['an asynchronous call', 'u -> c.run() { c ->> b.work() }', '0.3'],
    ['what is external has no cores', 'u -> c.run() { c -> x.run() }', '0.1'],
    ['a weighted branch', 'u -> c.run() { opt 25 % { c -> b.work() } }', '0.15'],
    ['the rest of a weight', 'u -> c.run() { alt 25 % { } else { c -> b.work() } }', '0.25'],
    ['what both branches ask for', 'u -> c.run() { alt [ok == ok] { c -> b.work() } else { c -> b.work() } }', '0.3'],
    ['a reply with a known chance', 'ok = u -> b.work() opt [ok] { u -> c.run() }', '0.275'],
    ['and its opposite', 'ok = u -> b.work() opt [not ok] { u -> c.run() }', '0.225'],
    ['a loop between bounds', 'loop 1..3 { u -> c.run() }', '0.2'],
    ['a loop that turns twice', 'loop 2 { u -> c.run() }', '0.2'],
    ['parts beside each other', 'par { u -> c.run() } and { u -> b.work() }', '0.3'],
    ['behind a break', 'break 50 % { } u -> c.run()', '0.05'],
    ['behind a break of a branch', 'opt 100 % { break 50 % { } u -> b.work() } u -> c.run()', '0.2'],
    ['behind a return', 'u -> c.run() { opt 50 % { return } c -> b.work() }', '0.2'],
    ['behind a return of another execution', 'u -> c.run() { return } u -> b.work()', '0.3'],
    ['work at its place', 'u -> c.run() { takes 50 ms }', '0.5'],
  ])('%s', async (_, body, expected) => {
    expect(await figures(system('', body))).toEqual([`cores D.n ${expected}`]);
  });

  test.each([
    ['a guard of which nothing is known', 'u -> c.run() { opt [p] { c -> b.work() } }', '0.1..0.3'],
    ['a weight behind it', 'u -> c.run() { opt [p] 50 % { c -> b.work() } }', '0.1..0.2'],
    ['a loop behind it', 'loop 1..3 [p] { u -> c.run() }', '0.1..0.3'],
  ])('bounds: %s', async (_, body, expected) => {
    expect(await figures(system('', body, undefined, 'at 10/s', '(p: Boolean)'))).toEqual([`cores D.n ${expected}`]);
  });
});

describe('what an operation says', () => {
  test.each([
    ['fails after its work', 'fails 50 %', 'u -> c.run() { c -> b.work() }', '0.2'],
    ['fails fast', 'fails 50 % after 1 ms', 'u -> c.run()', '0.05'],
    ['a cache', 'cache 80 % hit takes 1 ms', 'u -> c.run() { c -> b.work() }', '0.068'],
    ['a method', 'operation more takes 5 ms method J', 'u -> c.more()', '0.15'],
  ])('%s', async (_, members, body, expected) => {
    const text = `${system(members, body)} interaction J { actor v lifeline d: C v -> d.run() }`;
    expect(await figures(text)).toEqual([`cores D.n ${expected}`]);
  });

  test('a retry is another visit', async () => {
    const text = system('fails 50 %', 'u -> b.work() { b -> c.run() retry 1 timeout 9 s }');
    expect(await figures(text)).toEqual(['cores D.n 0.35']);
  });
});

describe('places', () => {
  test.each([
    ['two nodes share', 'node n * 2 { cores 1 deploy C }', ['cores D.n 0.05']],
    [
      'by their replicas',
      'node n { cores 1 deploy C * 3 } node m { cores 1 deploy C }',
      ['cores D.n 0.075', 'cores D.m 0.025'],
    ],
    [
      'a total over several',
      'node n * 3 { cores 1 } node m { cores 1 } deploy C * 4 across n, m',
      ['cores D.n 0.025', 'cores D.m 0.025'],
    ],
    ['traffic beside the model', 'node n { cores 1 deploy C } load other on n 50 %', ['cores D.n 0.6']],
    ['a node without cores', 'node n { deploy C }', []],
    ['a version', 'node n { cores 1 deploy C { version "2" } }', ['cores D.n 0.3']],
    ['threads', 'node n { cores 1 deploy C * 2 { threads 2 } }', ['cores D.n 0.1', 'threads C 0.025']],
  ])('%s', async (_, nodes, expected) => {
    expect((await figures(system('version "2" { operation run takes 30 ms }', 'u -> c.run()', nodes))).sort()).toEqual(
      [...expected].sort(),
    );
  });

  test('a thread is held while its call is waited for', async () => {
    expect(await figures(system('threads 40', 'u -> c.run() { c -> x.run() }'))).toEqual([
      'threads C 0.2525',
      'cores D.n 0.1',
    ]);
  });
});

describe('loads', () => {
  test.each([
    ['every 50 ms', '0.2'],
    ['ramp 1/s -> 30/s over 1 min', '0.3'],
    ['at { "00:00": 5/s  "00:30": 40/s }', '0.4'],
    ['at { "00:00": 5/s  "12:00": 40/s } daily', '0.05'],
  ])('%s', async (load, expected) => {
    expect(await figures(system('', 'u -> c.run()', undefined, load))).toEqual([`cores D.n ${expected}`]);
  });

  test('users do not overload anything by themselves', async () => {
    const [one] = await found(system('', 'u -> c.run()', undefined, 'by 1000 users thinking 1 s'));
    expect(one?.utilisation.low).toBeLessThanOrEqual(1);
    expect(one?.utilisation.high).toBeCloseTo((1000 * 0.01) / 1.01, 6);
  });

  test('who asks is told, the most first', async () => {
    const [one] = await found(system('', 'u -> c.run() { loop 2 { c -> b.work() } }'));
    expect(
      one?.by.map(({ element, rate, offered, each }) => [element, rate.low, Number(offered.low.toFixed(9)), each.low]),
    ).toEqual([
      ['B.work', 20, 0.4, 20000],
      ['C.run', 10, 0.1, 10000],
    ]);
  });
});

describe('resources', () => {
  const visit = (members: string, load = 'at 60/h', shifts = '') =>
    `resource nurse * 4 ${shifts} activity Visit(urgent: Boolean) { initial -> a ${members} final z } activity Other { initial -> b action b takes 2 min -> done final done } scenario S { load Visit ${load} run 24 h }`;
  test.each([
    ['an action', 'action a takes 2 min using nurse -> z', '0.5'],
    ['two at once', 'action a takes 1 min using nurse * 2 -> z', '0.5'],
    ['a decision by weights', 'decision a { 50 % -> b else -> z } action b takes 2 min using nurse -> z', '0.25'],
    [
      'ways that meet again',
      'decision a { [urgent] -> b else -> c } action b takes 9 min -> m action c takes 9 min -> m merge m -> d action d takes 2 min using nurse -> z',
      '0.5',
    ],
    [
      'a fork and its join',
      'fork a -> b, c action b takes 1 min using nurse -> j action c takes 1 min using nurse -> j join j -> d action d takes 1 min using nurse -> z',
      '0.75',
    ],
    ['a circle', 'action a takes 1 min using nurse -> d decision d { 50 % -> a else -> z }', '0.5'],
    [
      'braces that hold',
      'structured a using nurse { initial -> b fork b -> c, d action c takes 1 min -> j action d takes 2 min -> j join j -> y final y } -> z',
      '0.5..0.75',
    ],
    [
      'held until it is released',
      'acquire a: nurse -> b action b takes 2 min -> c release c: nurse -> d action d takes 9 min -> z',
      '0.5',
    ],
    ['held while another activity runs', 'action a ref Other using nurse -> z', '0.5'],
  ])('%s', async (_, members, expected) => {
    expect(await figures(visit(members))).toEqual([`resource nurse ${expected}`]);
  });

  test('fewer at night', async () => {
    const [one] = await found(
      visit('action a takes 2 min using nurse -> z', 'at 60/h', '{ from "22:00" to "06:00": 2 }'),
    );
    expect([one?.utilisation.low, one?.capacity]).toEqual([1, 2]);
  });

  test('what lasts longer than a peak is held against the mean', async () => {
    const load = 'at { "00:00": 1/h  "12:00": 3/h } daily';
    const [one] = await found(visit('action a takes 2 h using nurse -> z', load));
    expect([one?.utilisation.low, one?.at]).toEqual([1, undefined]);
  });
});
