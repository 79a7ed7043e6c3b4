/** What a load asks for is told before anything is simulated, with the figures behind it. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { expectFinding } from './lowered.ts';

const shop = (load: string, more = '') => `component Orders { operation create takes 30 ms  threads 40 }
component Bank external { operation charge delays lognormal(median: 120 ms, p99: 900 ms) }
interaction Checkout { actor u lifeline orders: Orders, bank: Bank u -> orders.create() { orders -> bank.charge() } }
deployment D { node app * 2 { cores 2 deploy Orders } }
scenario S of D { load «Checkout» ${load}  run 1 h ${more} }`;

const desk = (members: string, load = 'at 36/h') => `resource clerk * 2
activity Visit { initial -> ask  ${members}  final done }
scenario S { load «Visit» ${load}  run 1 h }`;

/** Without notes about what is not simulated yet. */
async function warnings(text: string): Promise<string[]> {
  const { problems } = await modelOf(text);
  return problems
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('more than there is', () => {
  test.each([
    [
      'of cores',
      shop('at 200/s'),
      'overloaded',
      /^The cores of `app` would be used to 150 % \(`Orders.create` 150 %\)\. 4 cores can serve 133\/s at 30 ms each; `Checkout` brings 200\/s/,
    ],
    ['of cores at a peak', shop('ramp 1/s -> 200/s over 10 min'), 'overloaded', 'used to 150 % after 10 min'],
    [
      'of people',
      desk('action ask takes 8 min using clerk -> done'),
      'overloaded',
      /`clerk` would be used to 240 % \(`Visit.ask` 240 %\)\. 2 `clerk` can serve 15\/h at 8 min each; `Visit` brings 36\/h/,
    ],
    ['of people, two at a time', desk('action ask takes 2 min using clerk * 2 -> done'), 'overloaded', '120 %'],
    [
      'of people who are held for the whole of the braces',
      desk(
        'structured ask using clerk { initial -> a action a takes 2 min -> b action b takes 2 min -> z final z } -> done',
      ),
      'overloaded',
      '120 %',
    ],
    [
      'of rooms held until they are released',
      desk('acquire ask: clerk -> work action work takes 4 min -> leave release leave: clerk -> done'),
      'overloaded',
      '120 %',
    ],
    [
      'of what is done again and again',
      desk('action ask takes 1 min using clerk -> d decision d { 75 % -> ask else -> done }'),
      'overloaded',
      '120 %',
    ],
    ['without an end', desk('action ask takes 8 min using clerk -> done'), 'overloaded', 'queues grow without an end'],
    [
      'of people for whom not everybody waits',
      desk('action ask takes 8 min using clerk patience 5 min -> gone -> done  final gone'),
      'overloaded',
      /as it is, some wait until their patience ends\.$/,
    ],
    [
      'of cores behind a queue that is full',
      shop('at 200/s').replace('threads 40', 'threads 40 queue 20'),
      'overloaded',
      /as it is, the queue is full and calls are refused\.$/,
    ],
    ['nearly', desk('action ask takes 3 min using clerk -> done'), 'nearly-overloaded', '90 %'],
  ])('%s', async (_, text, code, words) => expectFinding(text, code, words));

  test('of threads, which wait for whom they call', async () => {
    expect(await warnings(shop('at 100/s').replaceAll(/[«»]/g, '').replace('threads 40', 'threads 4'))).toEqual([
      expect.stringMatching(
        /^overloaded: The threads of `Orders` would be used to 256 % .* 8 threads can serve 39\/s at 205 ms each/,
      ),
    ]);
  });
});

const orders = (load: string, way = '3 % -> Review') => `signal Pay(amount: Real)
resource clerk * 6
machine Order(total: Real) {
  initial -> Created
  state Created { on Pay(amount) [amount == total] -> risk }
  choice risk { ${way}  else -> Closed }
  state Review { do takes exp(5 min) using clerk  completion -> Closed }
  final Closed
}
interaction Checkout(total: Real) {
  actor customer  lifeline order: Order(total: total)
  customer ->> order : Pay(amount: total)
}
scenario S { load «Checkout»(total: exp(60)) ${load}  run 1 h }`;

describe('more instances than can be served', () => {
  test.each([
    [
      'are led there by the weight of a branch',
      orders('at 50/s'),
      'more-led-than-served',
      '6 `clerk` can serve 1.2/min at 5 min each, that is 0.040 % of the 50/s that `Checkout` brings: `Order.Review` must be rarer than that, but the model leads 3 % there',
    ],
    [
      'may be led there by a condition of which nothing is known',
      orders('at 50/s', '[elapsed > 1 h] -> Review'),
      'few-can-be-served',
      'that is 0.040 % of the 50/s that `Checkout` brings: `Order.Review` must be rarer than that. How often the guards',
    ],
    [
      'are sure to come',
      orders('at 50/s').replace('[amount == total] ', ''),
      'overloaded',
      '`clerk` would be used to 7 500 % (`Order.Review` 7 500 %). 6 `clerk` can serve 1.2/min at 5 min each',
    ],
  ])('%s', async (_, text, code, words) => expectFinding(text, code, plain(words)));

  test('are not led there where the load is small', async () => {
    expect(await warnings(orders('at 30/min').replaceAll(/[«»]/g, ''))).toEqual([]);
  });

  test('come in the published design of a shop: six clerks at 50 orders a second', async (context) => {
    const file = new URL('../../../../shared/design/models/checkout.twin', import.meta.url);
    if (!existsSync(file)) return context.skip('checkout.twin is not on this machine');
    const { problems } = await modelOf(readFileSync(file, 'utf8'));
    const found = problems.filter(
      ({ code, message }) => code === 'more-led-than-served' && message.includes('`clerk`'),
    );
    expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      // At midnight, when it begins, there are two.
      expect.stringMatching(
        /^warning: 2 `clerk` can serve .* of the 50\/s that `Checkout` brings: `Order.Review` must be rarer/,
      ),
      expect.stringMatching(/^warning: 6 `clerk` can serve .* that `Checkout` brings: `Order.Review` must be rarer/),
    ]);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toContainEqual(
      expect.stringMatching(/^cannot-hold: `p95\(Checkout\) < 300 ms over 5 min` cannot hold/),
    );
  });
});

/** As a pattern that does not mind which blank stands between thousands. */
function plain(words: string): RegExp {
  return new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/(\d) (\d)/g, '$1\\s$2'));
}

describe('not more than there is', () => {
  test.each([
    [
      'where nothing is known of a guard',
      'interaction I(x: Boolean) { actor u lifeline c: C opt [x] { u -> c.run() } }',
      'load I',
    ],
    [
      'where the guard is known to be rare',
      'interaction I(x: Integer) { actor u lifeline c: C opt [x == 1] { u -> c.run() } }',
      'load I(x: mixture(1 %: 1, 99 %: 2))',
    ],
    [
      'where users wait for each other',
      'interaction I { actor u lifeline c: C u -> c.run() }',
      'load I by 3 users thinking 1 s,',
    ],
  ])('%s', async (_, interaction, load) => {
    const arrivals = load.endsWith(',') ? load.slice(0, -1) : `${load} at 60/s`;
    const text = `component C { operation run takes 100 ms }\n${interaction}\ndeployment D { node n { cores 1 deploy C } }\nscenario S of D { ${arrivals} run 1 min }`;
    expect(await warnings(text)).toEqual([]);
  });
});

describe('cannot hold', () => {
  const bound = (expectation: string) =>
    shop('at 1/s', `expect ${expectation}`).replaceAll(/^(.*)«Checkout»/gm, '$1Checkout');
  test.each([
    [
      'a percentile beside a call that takes longer',
      bound('«p95(Checkout)» < 300 ms'),
      '`Bank.charge` alone makes p95 499 ms or more',
    ],
    ['a mean beside the sum of all', bound('«mean(Checkout)» < 100 ms'), 'what is done on the way makes mean'],
    [
      'a utilization below what is asked for',
      shop('at 100/s', 'expect «utilization(app)» < 50 %').replace('«Checkout»', 'Checkout'),
      'ask for 75 % already',
    ],
  ])('%s', async (_, text, words) => expectFinding(text, 'cannot-hold', words));

  test.each([
    ['a percentile above it', 'p95(Checkout) < 600 ms'],
    ['a percentile that few calls decide', 'p50(Checkout) < 200 ms'],
    ['another way round', 'p95(Checkout) > 300 ms'],
  ])('but %s can', async (_, expectation) => {
    expect(await warnings(bound(expectation))).toEqual([]);
  });

  test('what nobody waits for does not count', async () => {
    const text = bound('p95(Checkout) < 300 ms').replace('orders -> bank', 'orders ->> bank');
    expect(await warnings(text)).toEqual([]);
  });
});
