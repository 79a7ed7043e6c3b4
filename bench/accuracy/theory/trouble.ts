/** What callers do about trouble, links and brokers: attempts, hedges, breakers, limits, lines of a link, partitions. */
import type { AccuracyCase, Check, Family } from '../accuracy-case.ts';
import { busyAtArrival } from './arrivals.ts';
import { percent, sum, truth } from './truth.ts';

const RATE = 100;
const call = (
  operation: string,
  clauses: string,
  more = '',
): string => `component Bank external { operation pay() ${operation} }
component Shop { operation buy()  requires Bank { ${clauses} } }
interaction Job { actor user  lifeline shop: Shop, bank: Bank  user -> shop.buy() { shop -> bank.pay() } }
deployment D { node n { deploy Shop } ${more} }`;

function attempted(
  name: string,
  operation: string,
  clauses: string,
  checks: readonly Check[],
  rate = RATE,
  more = '',
): AccuracyCase {
  return {
    name,
    rate,
    visits: 1,
    text: (length) => truth(call(operation, clauses, more), `load Job at ${rate}/s`, length),
    checks,
  };
}

const job = (measure: string, exact: number): Check => ({ element: 'truth.Job', measure, exact });
const bank = (measure: string, exact: number): Check => ({ element: 'truth.Bank.pay', measure, exact });

/** Each attempt fails with the share `failing`, and takes `work` on average either way. */
function retried(failing: number, retries: number): readonly AccuracyCase[] {
  const attempts = (1 - failing ** (retries + 1)) / (1 - failing);
  const lost = failing ** (retries + 1);
  const PAUSE = 0.2;
  /** Of those that go well at attempt k: k - 1 pauses, doubled or not. */
  const pauses = (pause: (k: number) => number): number => {
    let [total, wait] = [0, 0];
    for (let k = 0; k <= retries; k++) {
      total += failing ** k * (1 - failing) * wait;
      wait += pause(k);
    }
    return total / (1 - lost);
  };
  const well = sum(Array.from({ length: retries + 1 }, (_, k) => (k + 1) * failing ** k * (1 - failing))) / (1 - lost);
  const name = `${percent(failing)} fail, retry ${retries}`;
  const operation = `delays exp(0.1 s)  fails ${percent(failing)}`;
  return [
    attempted(name, operation, `retry ${retries}`, [
      job('errors', lost),
      job('mean', 0.1 * well),
      bank('rate', RATE * attempts),
      bank('concurrency', RATE * attempts * 0.1),
    ]),
    attempted(`${name}, backoff`, operation, `retry ${retries} backoff ${PAUSE} s`, [
      job('mean', 0.1 * well + pauses(() => PAUSE)),
    ]),
    attempted(`${name}, doubled, jitter`, operation, `retry ${retries} backoff ${PAUSE} s exponential jitter`, [
      job('mean', 0.1 * well + pauses((k) => (PAUSE * 2 ** k) / 2)),
    ]),
  ];
}

function timedOut(work: number, timeout: number, retries: number, cancels: boolean): AccuracyCase {
  const late = Math.exp(-timeout / work);
  const attempts = (1 - late ** (retries + 1)) / (1 - late);
  const within = work - (timeout * late) / (1 - late);
  const lost = late ** (retries + 1);
  const before = sum(Array.from({ length: retries + 1 }, (_, k) => k * late ** k * (1 - late))) / (1 - lost);
  return attempted(
    `exp(${work} s), timeout ${timeout} s, retry ${retries}${cancels ? ', cancels' : ''}`,
    `delays exp(${work} s)`,
    `timeout ${timeout} s  retry ${retries} ${cancels ? 'cancels' : ''}`,
    [
      job('errors', lost),
      job('mean', within + before * timeout),
      bank('concurrency', RATE * attempts * (cancels ? work * (1 - late) : work)),
    ],
  );
}

function hedged(work: number, wait: number, cancels: boolean): AccuracyCase {
  const slow = Math.exp(-wait / work);
  const mean = work * (1 - slow) + (slow * work) / 2;
  const far = (share: number): number => {
    const x = -work * Math.log(1 - share);
    return x <= wait ? x : (x + wait) / 2;
  };
  const later = cancels ? (slow * work) / 2 : slow * work;
  const first = cancels ? mean : work;
  return attempted(
    `exp(${work} s), hedge ${wait} s${cancels ? ', cancels' : ''}`,
    `delays exp(${work} s)`,
    `hedge ${wait} s ${cancels ? 'cancels' : ''}`,
    [
      job('mean', mean),
      job('p50', far(0.5)),
      job('p95', far(0.95)),
      job('p99', far(0.99)),
      bank('rate', RATE * (1 + slow)),
      bank('concurrency', RATE * (first + later)),
    ],
  );
}

/** Calls that take no time: a breaker that opens after so many failures one after the other. */
function broken(failing: number, needed: number, open: number): AccuracyCase {
  const untilOpen = (1 - failing ** needed) / ((1 - failing) * failing ** needed);
  /** After each time: a trial that fails opens it again, one that goes well begins a new count. */
  const calls = 1 + (1 - failing) * untilOpen;
  const failures = failing * calls;
  const held = RATE * open;
  const attemptedShare = calls / (calls + held);
  return attempted(
    `${percent(failing)} fail, 100 % of ${needed} for ${open} s`,
    `fails ${percent(failing)}`,
    `breaker 100 % of ${needed} for ${open} s`,
    [job('errors', (held + failures) / (calls + held)), bank('rate', RATE * attemptedShare)],
  );
}

/** A full bucket lets so many through at once: the same as M/D/1/K, whose place is free when a token has come back. */
function limited(rate: number, allowed: number, burst: number): AccuracyCase {
  const load = rate / allowed;
  const come = (count: number): number => {
    let share = Math.exp(-load);
    for (let k = 1; k <= count; k++) share *= load / k;
    return share;
  };
  // How many are left when one goes: of M/D/1, cut off at the burst.
  const left = [1];
  for (let n = 0; n + 1 < burst; n++) {
    let flow = left[n] ?? 0;
    flow -= (left[0] ?? 0) * come(n);
    for (let k = 1; k <= n; k++) flow -= (left[k] ?? 0) * come(n - k + 1);
    left.push(flow / come(0));
  }
  const none = (left[0] ?? 0) / sum(left);
  const passed = rate / (none + load);
  return attempted(
    `${rate}/s at a limit of ${allowed}/s burst ${burst}`,
    '',
    '',
    [job('errors', 1 - passed / rate), bank('throughput', passed)],
    rate,
    `limit Bank ${allowed}/s burst ${burst}`,
  );
}

/** Messages of one size at random over a line: M/D/1. */
function sent(load: number): AccuracyCase {
  const [sending, latency] = [0.008, 0.03];
  const rate = load / sending;
  const wait = (load * sending) / (2 * (1 - load));
  return {
    name: `ρ = ${load}, 1 kB over 1 Mbps`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `component Shop { operation buy() }
component Bank { operation pay()  size 1 kB reply 0 B }
interaction Job { actor user  lifeline shop: Shop, bank: Bank  user -> shop.buy() { shop -> bank.pay() } }
deployment D { node n { deploy Shop }  node m { deploy Bank }  n -- m { bandwidth 1 Mbps  latency 30 ms } }`,
        `load Job at ${rate}/s`,
        length,
      ),
    checks: [job('mean', wait + sending + 2 * latency), job('concurrency', rate * (wait + sending + 2 * latency))],
  };
}

/** Requests and replies are lost alike. */
function lossy(loss: number, retries: number): AccuracyCase {
  const failing = 1 - (1 - loss) ** 2;
  const attempts = (1 - failing ** (retries + 1)) / (1 - failing);
  const before =
    sum(Array.from({ length: retries + 1 }, (_, k) => k * failing ** k * (1 - failing))) /
    (1 - failing ** (retries + 1));
  return {
    name: `${percent(loss)} lost, retry ${retries}`,
    rate: RATE,
    visits: 1,
    text: (length) =>
      truth(
        `component Shop { operation buy()  requires Bank { timeout 1 s  retry ${retries} } }
component Bank { operation pay() }
interaction Job { actor user  lifeline shop: Shop, bank: Bank  user -> shop.buy() { shop -> bank.pay() } }
deployment D { node n { deploy Shop }  node m { deploy Bank }  n -- m { loss ${percent(loss)}  latency 10 ms } }`,
        `load Job at ${RATE}/s`,
        length,
      ),
    checks: [
      job('errors', failing ** (retries + 1)),
      job('mean', 0.02 + before),
      bank('throughput', RATE * attempts * (1 - loss)),
    ],
  };
}

/** Each partition is a queue of its own, served by one: M/M/1 for random keys, E_k/M/1 in turns. */
function partitioned(partitions: number, load: number, keyed: boolean): AccuracyCase {
  const rate = load * partitions;
  const busy = keyed ? load : busyAtArrival(1, (s) => (rate / (rate + s)) ** partitions);
  const response = 1 / (1 - busy);
  return {
    name: `${partitions} partitions ${keyed ? 'by key' : 'in turns'}, ρ = ${load}`,
    rate,
    visits: 1,
    text: (length) =>
      truth(
        `component Events broker { topic placed(id: Integer) partitions ${partitions} ${keyed ? 'key id' : ''} }
component Shop { operation buy() }
component Desk { operation pack(id: Integer) delays exp(1 s) }
interaction Job(id: Integer) { actor user  lifeline shop: Shop, desk: Desk
  user -> shop.buy() { shop ->> Events.placed(id) }
  on Events.placed(which) -> desk.pack(which)
}
deployment D { node n { deploy Shop  deploy Desk } }`,
        `load Job(id: ${keyed ? 'zipf(1000000, 0)' : '1'}) at ${rate}/s`,
        length,
      ),
    checks: [
      { element: 'truth.Events.placed', measure: 'mean', exact: response },
      { element: 'truth.Events.placed', measure: 'wait', exact: response - 1 },
      { element: 'truth.Events.placed', measure: 'queue', exact: rate * (response - 1) },
      { element: 'truth.Desk.pack', measure: 'concurrency', exact: rate },
    ],
  };
}

export function trouble(): readonly Family[] {
  return [
    {
      title: 'Further attempts',
      source: 'geometric series',
      cases: [...retried(0.3, 2), ...retried(0.6, 4)],
    },
    {
      title: 'Timeouts and further attempts',
      source: 'geometric series; Little 1961',
      cases: [timedOut(0.5, 0.3, 2, false), timedOut(0.5, 0.3, 2, true), timedOut(0.2, 0.5, 0, true)],
    },
    {
      title: 'Hedges',
      source: 'Dean and Barroso 2013: the earlier of two',
      cases: [hedged(0.5, 0.4, false), hedged(0.5, 0.4, true), hedged(1, 2, false)],
    },
    {
      title: 'Breakers',
      source: 'renewal and reward (Ross 1996, 3.6)',
      cases: [broken(0.2, 1, 0.1), broken(0.5, 3, 0.2), broken(0.8, 5, 1)],
    },
    {
      title: 'Limits of a rate',
      source: 'Berger 1991: a bucket of tokens is M/D/1/K',
      cases: [limited(100, 100, 1), limited(80, 100, 3), limited(150, 100, 10)],
    },
    {
      title: 'Links',
      source: 'Pollaczek 1930 (M/D/1); geometric series',
      cases: [sent(0.5), sent(0.8), lossy(0.1, 3)],
    },
    {
      title: 'Partitions of a topic',
      source: 'Kleinrock 1975 (M/M/1, E_k/M/1)',
      cases: [partitioned(4, 0.7, true), partitioned(3, 0.8, false), partitioned(1, 0.6, false)],
    },
  ];
}
