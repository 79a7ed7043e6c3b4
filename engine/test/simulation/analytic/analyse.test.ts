/** Which formulas apply to a scenario, what they say, and what stands in their way. */
import { describe, expect, it, test } from 'vitest';
import { analyse, type Solution } from '../../../src/simulation/analytic/index.ts';
import { modelFrom, station } from '../models.ts';
import { publishedCases } from '../published.ts';
import { closedNetworks, forkedNetworks, jacksonNetworks, type Network, networkText } from '../published-networks.ts';

async function solve(text: string): Promise<Solution> {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  return analyse(model, model.scenarios[0]!);
}

const server = (takes: string, cores: number, load: string) => solve(station({ takes, cores, load, run: '1 min' }));

const network = (of: Network) => solve(networkText(of, 'run 1 min'));

describe('a single station', () => {
  test.each([
    ['exponential work', 'exp(1 ms)', 1, 'M/M/c', true, 0.001 * (0.7 / 0.3)],
    ['constant work', '1 ms', 1, 'M/G/1', true, (0.001 * (0.7 / 0.3)) / 2],
    ['work of an Erlang law', 'erlang(4, 1 ms)', 1, 'M/G/1', true, 0.001 * (0.7 / 0.3) * 0.625],
    ['constant work on several cores', '4 ms', 4, 'G/G/c', false, null],
  ])('with %s', async (_, takes, cores, form, exact, wait) => {
    const { stations, behaviours, bottleneck, headroom } = await server(takes, cores, 'at 700/s');
    expect(stations[0]).toMatchObject({ element: 'q.D.n', form, exact });
    expect(stations[0]?.utilisation.low).toBeCloseTo(0.7, 9);
    expect(behaviours[0]).toMatchObject({ element: 'q.Job', form, exact });
    if (wait !== null) expect(stations[0]?.wait).toBeCloseTo(wait, 9);
    expect(behaviours[0]?.response.low).toBeCloseTo((stations[0]?.wait ?? 0) + 0.001 * (takes === '4 ms' ? 4 : 1), 9);
    expect([bottleneck, headroom?.toFixed(6)]).toEqual(['q.D.n', (1 / 0.7).toFixed(6)]);
    expect(stations[0]?.saturation).toBeCloseTo(1000, 6);
  });

  it('that is overloaded has no steady state', async () => {
    const { stations, behaviours, reasons } = await server('exp(1 ms)', 1, 'at 1300/s');
    expect(stations[0]).toMatchObject({ form: null, wait: null });
    expect(behaviours[0]?.throughput.low).toBeCloseTo(1000, 6);
    expect(reasons.map(({ message }) => message)).toContain(
      'It is asked for more than there is: queues grow without an end.',
    );
  });

  it('is approximate where arrivals are not random', async () => {
    const { stations } = await server('exp(1 ms)', 1, 'every 2 ms');
    // Exactly 0.2550 ms: the root of σ = e^(-2 (1 - σ)) over 1 less it.
    expect(stations[0]).toMatchObject({ form: 'G/G/c', exact: false });
    expect(Math.abs((stations[0]?.wait ?? 0) / 0.000255 - 1)).toBeLessThan(0.01);
  });

  // Exactly: E_k/M/1 and E_10/M/1 by their roots, the shortest of two and of three by the Markov chain, very many by Mitzenmacher 2001.
  test.each([
    ['in turns', 'round_robin', 3, 0.7, 2.3577, 0.05],
    ['in turns', 'round_robin', 10, 0.8, 2.9223, 0.05],
    ['to the least busy', 'least_connections', 2, 0.7, 2.1082, 0.1],
    ['to the least busy', 'least_connections', 3, 0.8, 2.2856, 0.1],
    ['to the less busy of two', 'two_choices', 2, 0.8, 2.9557, 0.1],
    ['to the less busy of two', 'two_choices', 400, 0.7, 1.6145, 0.01],
  ])('that calls go to %s (%s over %i) is told nearly', async (_, strategy, count, load, response, off) => {
    const { behaviours, stations } = await solve(`package q
component Server { operation serve() takes exp(1 s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n * ${count} { cores 1  deploy Server }  balance Server by ${strategy} }
scenario S of D { load Job at ${load * count}/s  run 1 min }`);
    expect(stations[0]).toMatchObject({ form: 'G/G/c', exact: false });
    expect(Math.abs((behaviours[0]?.response.low ?? 0) / response - 1)).toBeLessThan(off);
  });

  const served = (node: string, message: string): string => `package q
component Server { operation serve() takes exp(1 s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() ${message} }
deployment D { node n { cores 1  deploy Server  ${node} } }
scenario S of D { load Job at 0.7/s  run 1 min }`;
  const visited = (action: string): string => `package q
resource bed
activity Job { initial -> treat  action treat takes exp(1 s) using bed ${action} -> seen  final seen, unseen }
deployment D { }
scenario S of D { load Job at 0.7/s  run 1 min }`;

  test.each([
    ['calls are given up soon', served('', 'timeout 2 s'), false],
    ['calls are hardly ever given up', served('', 'timeout 30 s'), true],
    ['people leave soon', visited('patience 2 s -> unseen'), false],
    ['people hardly ever leave', visited('patience 1 h -> unseen'), true],
    ['the node is often down', served('fails every exp(20 s) repaired in exp(5 s)', ''), false],
    ['the node is hardly ever down', served('fails every exp(30 d) repaired in exp(10 min)', ''), true],
    ['work is done for several at once', visited('').replace('takes', 'batch 4 takes'), false],
  ])('where %s, only what is nearly right is told', async (_, text, isNearly) => {
    const { behaviours, stations, reasons } = await solve(text);
    expect([stations[0]?.exact, behaviours[0]?.exact]).toEqual([false, false]);
    expect([stations[0]?.form, behaviours[0]?.form].every((form) => (form !== null) === isNearly)).toBe(true);
    expect(reasons.length).toBeGreaterThan(0);
  });

  it('is shared by all: only the mean counts', async () => {
    const { model } = await modelFrom(
      station({ takes: 'uniform(0 ms, 2 ms)', cores: 1, rate: '700/s', run: '1 min' }).replace(
        'cores 1',
        'cores 1 sharing',
      ),
    );
    const { stations } = analyse(model, model.scenarios[0]!);
    expect(stations[0]).toMatchObject({ form: 'M/G/c sharing', exact: true });
    expect(stations[0]?.response).toBeCloseTo(0.001 / 0.3, 9);
  });

  for (const name of ['mm1', 'mmc']) {
    it(`has the published figures of ${name}`, async (context) => {
      const cases = publishedCases(name);
      if (cases === null) return context.skip(`the cases of ${name} are not on this machine`);
      for (const { lam, mu, c, W, Lq } of cases) {
        const { stations, behaviours } = await server(`exp(${1 / mu!} s)`, c ?? 1, `at ${lam}/s`);
        expect(behaviours[0]?.response.low).toBeCloseTo(W!, 6);
        expect(stations[0]?.queue).toBeCloseTo(Lq!, 5);
      }
    });
  }
});

describe('a station with an end', () => {
  const limited = (takes: string, cores: number, limits: string, rate: number) =>
    solve(`package q
component Server { operation serve() takes ${takes}  ${limits} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { ${cores > 0 ? `cores ${cores}` : ''}  deploy Server } }
scenario S of D { load Job at ${rate}/s  run 1 min }`);

  it('has the published figures of M/M/c/K', async (context) => {
    const cases = publishedCases('mmcK_erlangB');
    if (cases === null) return context.skip('the cases of mmcK_erlangB are not on this machine');
    for (const { lam, mu, c, K, P_block, W_accepted } of cases) {
      const { stations, behaviours } = await limited(`exp(${1 / mu!} s)`, 0, `threads ${c}  queue ${K! - c!}`, lam!);
      const threads = stations.find(({ kind }) => kind === 'threads');
      expect(threads).toMatchObject({ form: K === c ? 'M/G/c/c' : 'M/M/c/K', exact: true });
      expect(threads?.refused).toBeCloseTo(P_block!, 9);
      expect(behaviours[0]?.response.low).toBeCloseTo(W_accepted!, 9);
    }
  });

  it('turns as many away whatever the law, where nobody waits', async () => {
    const [random, steady] = await Promise.all(
      ['exp(1 s)', '1 s'].map((takes) => limited(takes, 0, 'threads 10  queue 0', 5)),
    );
    expect(steady?.stations[0]?.refused).toBeCloseTo(random?.stations[0]?.refused ?? 0, 12);
    expect(steady?.stations[0]?.refused).toBeCloseTo(0.018384570336648, 9);
  });

  it('is left by those without patience: Erlang A', async () => {
    const { stations, behaviours } = await solve(`resource nurse * 2
activity Visit { initial -> care  action care takes exp(10 min) using nurse patience exp(10 min) -> gone -> done  final done, gone }
scenario S { load Visit at 18/h  run 1 d }`);
    // Patience as long as the work: as many present as with endless nurses, a Poisson law of mean 3.
    const present = [0, 1].reduce((sum, n) => sum + (2 - n) * (Math.exp(-3) * 3 ** n), 0);
    expect(stations[0]).toMatchObject({ element: 'nurse', form: 'M/M/c+M', exact: true });
    expect(stations[0]?.number).toBeCloseTo(3, 9);
    expect(stations[0]?.queue).toBeCloseTo(3 - (2 - present), 9);
    expect(behaviours[0]?.exact).toBe(false);
  });
});

describe('a network', () => {
  it('has the published response times of Jackson', async (context) => {
    const networks = jacksonNetworks();
    if (networks === null) return context.skip('the cases of jackson_open are not on this machine');
    for (const { published, hasLoop, network: of } of networks) {
      if (hasLoop) continue;
      const { stations, behaviours } = await network(of);
      expect(behaviours[0]).toMatchObject({ form: 'Jackson network', exact: true });
      expect(behaviours[0]!.response.low / published.response_end_to_end).toBeCloseTo(1, 6);
      for (const [at, expected] of published.W.entries())
        expect(stations.find(({ element }) => element === `n.D.n${at}`)!.response! / expected).toBeCloseTo(1, 6);
    }
  });

  it('of users who wait for each other has the published throughput of mean value analysis', async (context) => {
    const networks = closedNetworks();
    if (networks === null) return context.skip('the cases of closed_mva_single_class are not on this machine');
    for (const { published, network: of } of networks) {
      const { servers, X, R, Q_k } = published;
      const { stations, behaviours } = await network(of);
      expect(behaviours[0]).toMatchObject({ form: 'mean value analysis', exact: true });
      expect(behaviours[0]!.throughput.low / X).toBeCloseTo(1, 6);
      expect(behaviours[0]!.response.low / R).toBeCloseTo(1, 6);
      for (const [at, number] of Q_k.entries())
        if (servers[at] !== 0)
          expect(stations.find(({ element }) => element === `n.D.n${at}`)!.number! / number).toBeCloseTo(1, 5);
    }
  });

  it('that forks to two queues and joins has the published response of Flatto and Hahn', async (context) => {
    const networks = forkedNetworks();
    if (networks === null) return context.skip('the cases of fork_join_mm1 are not on this machine');
    for (const { response, network: of } of networks) {
      const { behaviours } = await network(of);
      expect(behaviours[0]).toMatchObject({ form: 'fork-join', exact: true });
      expect(behaviours[0]?.response.low).toBeCloseTo(response, 6);
    }
  });

  it('of two kinds of users is analysed by class', async () => {
    const { behaviours } = await solve(`package n
component C { operation read() takes exp(10 ms)  operation write() takes exp(10 ms) }
interaction Read { actor u  lifeline c: C  u -> c.read() }
interaction Write { actor u  lifeline c: C  u -> c.write()  u -> c.write() }
deployment D { node n { cores 1  deploy C } }
scenario S of D { load Read by 5 users thinking exp(1 s)  load Write by 3 users thinking exp(2 s)  run 1 min }`);
    expect(behaviours.map(({ form, exact }) => [form, exact])).toEqual([
      ['mean value analysis', true],
      ['mean value analysis', true],
    ]);
    expect(behaviours[0]?.throughput.low).toBeGreaterThan(4.8);
    expect(behaviours[0]?.throughput.low).toBeLessThan(5);
  });
});

describe('what stands in the way is said', () => {
  it('a rollout leaves the figures those of the versions deployed before, and a deployed version has its own', async () => {
    const search = (deployed: string, timeline: string): Promise<Solution> =>
      solve(`package t
component Search { operation find takes exp(20 ms)  version "2" { operation find takes exp(5 ms) } }
interaction Finding { actor user  lifeline search: Search  user -> search.find() }
deployment D { node one { cores 2  deploy Search ${deployed} } }
scenario S of D { load Finding at 60/s  ${timeline}  run 20 min }`);
    const usedBy = async (deployed: string, timeline: string) =>
      (await search(deployed, timeline)).stations.find(({ element }) => element === 't.D.one')?.utilisation.low;
    const rolled = await search('', 'at 1 min rollout Search to "2" blue_green');
    expect(rolled.reasons.map(({ message }) => message)).toEqual([
      expect.stringMatching(/Search comes to version "2" .* those of the versions deployed before/),
    ]);
    expect(rolled.behaviours[0]).toMatchObject({ exact: false });
    expect(await usedBy('', 'at 1 min rollout Search to "2" blue_green')).toBeCloseTo(0.6, 6);
    expect(await usedBy('{ version "2" }', '')).toBeCloseTo(0.15, 6);
  });

  const two = (body: string, more = '', load = 'at 10/s') =>
    solve(`package n
component A { operation go() takes exp(10 ms)  ${more} }
component B { operation go() takes exp(10 ms) }
interaction Job { actor u  lifeline a: A, b: B  ${body} }
deployment D { node n { cores 1  deploy A }  node m { cores 1  deploy B } }
scenario S of D { load Job ${load}  run 1 min }`);
  test.each([
    [
      'an asynchronous message',
      'u -> a.go() { a ->> b.go() }',
      '',
      'at 10/s',
      'An asynchronous message is worked on beside what goes on.',
    ],
    [
      'a timeout',
      'u -> a.go() { a -> b.go() }',
      'requires B { timeout 1 s }',
      'at 10/s',
      'A call that lasts long is given up, or made twice.',
    ],
    ['threads', 'u -> a.go() { a -> b.go() }', 'threads 3', 'at 10/s', 'Its threads or its queue are limited.'],
    [
      'a ramp',
      'u -> a.go()  u -> b.go()',
      '',
      'ramp 1/s -> 10/s over 1 min',
      'This load changes, comes in batches, or nobody knows it before the run.',
    ],
    [
      'a guard of which nothing is known',
      'var x: Boolean = true  x = x  opt [x] { u -> a.go() }  u -> b.go()',
      '',
      'at 10/s',
      null,
    ],
  ])('%s', async (_, body, more, load, message) => {
    const { reasons, stations, behaviours } = await two(body, more, load);
    if (message !== null) expect(reasons.map((reason) => reason.message)).toContain(message);
    if (message !== null) expect([...stations, ...behaviours].filter(({ exact }) => exact)).toEqual([]);
  });

  test.each([
    ['a bulkhead', 'requires B { bulkhead 1 }', ''],
    ['a breaker', 'requires B { breaker 50 % of 20 for 10 s }', ''],
    ['a limit', '', 'limit A 5/s'],
    ['a full queue', 'threads 3  queue 2', ''],
  ])('%s loses work: what is asked for is the most that may come', async (_, more, inDeployment) => {
    const { stations } = await solve(`package n
component A { operation go() takes exp(10 ms)  ${more} }
component B { operation go() takes exp(20 ms) }
interaction Job { actor u  lifeline a: A, b: B  u -> a.go() { a -> b.go() } }
deployment D { node n { cores 1  deploy A }  node m { cores 1  deploy B }  ${inDeployment} }
scenario S of D { load Job at 10/s  run 1 min }`);
    const cores = stations.filter(({ kind }) => kind === 'cores');
    expect(cores.map(({ utilisation }) => utilisation)).toEqual([
      { low: 0, high: 0.2 },
      { low: 0, high: 0.1 },
    ]);
  });

  it('users who wait for threads that are held meanwhile are left to the simulation; enough threads stand in nobody’s way', async () => {
    const layered = (threads: string, deployed = '') =>
      solve(`package n
component A { operation go() takes exp(10 ms)  ${threads} }
component B { operation go() takes exp(10 ms) }
interaction Job { actor u  lifeline a: A, b: B  u -> a.go() { a -> b.go() } }
deployment D { node n { cores 1  deploy A ${deployed} }  node m { cores 1  deploy B } }
scenario S of D { load Job by 6 users thinking exp(20 ms)  run 1 min }`);
    const held = await layered('threads 3');
    expect(held.behaviours[0]?.form).toBeNull();
    expect(held.reasons.map(({ message }) => message)).toContain(
      'Users wait for its threads, which are held while it waits for others: no form here is for that.',
    );
    const [free, enough, deployed] = await Promise.all([
      layered(''),
      layered('threads 6'),
      layered('threads 3', '{ threads 6 }'),
    ]);
    expect(enough.behaviours[0]).toMatchObject({ form: 'mean value analysis', exact: true });
    expect(enough.behaviours).toEqual(free.behaviours);
    expect(deployed.behaviours).toEqual(free.behaviours);
  });

  it('but a nested call that is waited for does not: the caller frees its core', async () => {
    const { behaviours, reasons } = await two('u -> a.go() { a -> b.go() }');
    expect(reasons).toEqual([]);
    expect(behaviours[0]).toMatchObject({ form: 'Jackson network', exact: true });
    expect(behaviours[0]?.response.low).toBeCloseTo((2 * 0.01) / 0.9, 9);
  });
});
