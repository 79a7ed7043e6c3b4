/** Loads that go up and down: as a sine, in steps, on a ramp. What is measured is a part of the time, or whole periods. */
import type { AccuracyCase, Check, Family, RunLength } from '../accuracy-case.ts';
import { truth } from './truth.ts';

/** The length is given: it is the moment that counts. */
const from = (warmup: number, run: number): RunLength => ({ run, warmup });

/** Delays without cores: as many as come are served at once. */
function endless(law: string, load: string, length: RunLength, more = ''): string {
  return truth(
    `component Server { operation serve() delays ${law} }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { deploy Server } }`,
    `load Job ${load}  ${more}`,
    length,
  );
}

function mean(of: (t: number) => number, begin: number, end: number): number {
  const STEPS = 20_000;
  const step = (end - begin) / STEPS;
  let total = 0;
  for (let i = 0; i < STEPS; i++) total += of(begin + (i + 0.5) * step);
  return total / STEPS;
}

function moment(
  name: string,
  rate: number,
  law: string,
  load: string,
  present: (t: number) => number,
  [begin, end]: readonly [number, number],
  more = '',
): AccuracyCase {
  return {
    name: `${name}, ${begin} s to ${end} s`,
    rate,
    visits: 1,
    text: () => endless(law, load, from(begin, end - begin), more),
    checks: [{ element: 'truth.Job', measure: 'concurrency', exact: mean(present, begin, end) }],
  };
}

const RATE = 20_000;
const PERIOD = 4;
const SWING = 0.6;

/** Of M(t)/M/∞ the mean number follows the load with a lag, as a sine of its own. */
function sine(t: number, work: number): number {
  const [turn, serve] = [(2 * Math.PI) / PERIOD, 1 / work];
  const swing = (SWING / (serve ** 2 + turn ** 2)) * (serve * Math.sin(turn * t) - turn * Math.cos(turn * t));
  return RATE * (work + swing);
}

/** Of M(t)/D/∞ those are present that came within the time that a job takes. */
function sineOfConstant(t: number, work: number): number {
  const turn = (2 * Math.PI) / PERIOD;
  return RATE * (work + (SWING / turn) * (Math.cos(turn * (t - work)) - Math.cos(turn * t)));
}

function followed(): readonly AccuracyCase[] {
  const load = `at ${RATE}/s swing ${100 * SWING} % over ${PERIOD} s`;
  const parts = [
    [8, 9],
    [9, 10],
    [10, 11],
  ] as const;
  return parts.flatMap((part) => [
    moment('exp(0.5 s)', RATE, 'exp(0.5 s)', load, (t) => sine(t, 0.5), part),
    moment('always 1 s', RATE, '1 s', load, (t) => sineOfConstant(t, 1), part),
  ]);
}

/** From nothing, with work of a mean of 1 s: n' = λ(t) - n. */
function integrated(rate: (t: number) => number, t: number): number {
  const STEPS = 4000;
  const step = t / STEPS;
  let total = 0;
  for (let i = 0; i < STEPS; i++) total += step * rate((i + 0.5) * step) * Math.exp(-(t - (i + 0.5) * step));
  return total;
}

function stepped(): readonly AccuracyCase[] {
  const ramp = (t: number): number => (t < 4 ? 2000 + 2000 * t : 10_000);
  const steps = (t: number): number => (t < 2 ? 10_000 : t < 3 ? 40_000 : 5000);
  const factor = (t: number): number => (t < 3 ? 10_000 : t < 5 ? 30_000 : 10_000);
  const at = (rate: (t: number) => number): ((t: number) => number) => {
    const known = Array.from({ length: 201 }, (_, i) => integrated(rate, (i * 8) / 200));
    return (t) => {
      const [place, i] = [(t * 200) / 8, Math.floor((t * 200) / 8)];
      return (known[i] ?? 0) + (place - i) * ((known[i + 1] ?? 0) - (known[i] ?? 0));
    };
  };
  const stepped = 'at { "00:00:00": 10000/s  "00:00:02": 40000/s  "00:00:03": 5000/s }';
  return [
    moment('ramp', 10_000, 'exp(1 s)', 'ramp 2000/s -> 10000/s over 4 s', at(ramp), [2, 4]),
    moment('ramp', 10_000, 'exp(1 s)', 'ramp 2000/s -> 10000/s over 4 s', at(ramp), [4, 6]),
    moment('steps', 10_000, 'exp(1 s)', stepped, at(steps), [2, 3]),
    moment('steps', 10_000, 'exp(1 s)', stepped, at(steps), [3, 5]),
    moment('three times as much', 10_000, 'exp(1 s)', 'at 10000/s', at(factor), [3, 5], 'at 3 s load Job * 3 for 2 s'),
    moment('as before again', 10_000, 'exp(1 s)', 'at 10000/s', at(factor), [5, 7], 'at 3 s load Job * 3 for 2 s'),
  ];
}

/** M(t)/M/c over whole periods, by the differential equations of its chain. */
function crowded(servers: number, rate: number, swing: number, period: number): AccuracyCase {
  const MOST = 120;
  const STEP = 0.04;
  let shares = new Float64Array(MOST + 1);
  shares[0] = 1;
  let [present, waiting, arrived] = [0, 0, 0];
  const derivative = (p: Float64Array, t: number): Float64Array => {
    const come = rate * (1 + swing * Math.sin((2 * Math.PI * t) / period));
    const change = new Float64Array(MOST + 1);
    for (let n = 0; n <= MOST; n++) {
      const up = n < MOST ? come * (p[n] ?? 0) : 0;
      const down = Math.min(n, servers) * (p[n] ?? 0);
      change[n] = (change[n] ?? 0) - up - down;
      if (n < MOST) change[n + 1] = (change[n + 1] ?? 0) + up;
      if (n > 0) change[n - 1] = (change[n - 1] ?? 0) + down;
    }
    return change;
  };
  const ahead = (p: Float64Array, change: Float64Array, step: number): Float64Array =>
    p.map((share, n) => share + step * (change[n] ?? 0));
  /** What is left of the empty beginning. */
  const FORGOTTEN = 400;
  const PERIODS = Math.ceil(FORGOTTEN / period);
  const steps = Math.round(period / STEP);
  for (let round = 0; round < PERIODS; round++) {
    for (let i = 0; i < steps; i++) {
      const t = i * STEP;
      const first = derivative(shares, t);
      const second = derivative(ahead(shares, first, STEP / 2), t + STEP / 2);
      const third = derivative(ahead(shares, second, STEP / 2), t + STEP / 2);
      const last = derivative(ahead(shares, third, STEP), t + STEP);
      shares = shares.map(
        (share, n) =>
          share + (STEP / 6) * ((first[n] ?? 0) + 2 * (second[n] ?? 0) + 2 * (third[n] ?? 0) + (last[n] ?? 0)),
      );
      if (round < PERIODS - 1) continue;
      shares.forEach((share, n) => {
        present += (share * n) / steps;
        waiting += (share * Math.max(0, n - servers)) / steps;
      });
      arrived += rate / steps;
    }
  }
  const checks: Check[] = [
    { element: 'truth.Job', measure: 'concurrency', exact: present },
    { element: 'truth.Job', measure: 'mean', exact: present / arrived },
    { element: 'truth.D.n', measure: 'queue', exact: waiting },
  ];
  return {
    name: `c = ${servers}, λ = ${rate} (1 + ${swing} sin(2πt / ${period} s))`,
    rate,
    visits: 1,
    text: ({ run }) =>
      truth(
        `component Server { operation serve() takes exp(1 s) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { cores ${servers}  deploy Server } }`,
        `load Job at ${rate}/s swing ${100 * swing} % over ${period} s`,
        { run: period * Math.ceil(run / period), warmup: period * PERIODS },
      ),
    checks,
  };
}

export function changing(): readonly Family[] {
  return [
    { title: 'Sinusoidal load', source: 'Eick, Massey and Whitt 1993 (M(t)/G/∞)', cases: followed() },
    {
      title: 'Sinusoidal load on few cores',
      source: 'Green and Kolesar 1991 (M(t)/M/c), by the differential equations of the chain',
      cases: [crowded(1, 0.6, 0.5, 20), crowded(4, 2.8, 0.9, 10), crowded(2, 1.6, 1, 5)],
    },
    { title: 'Ramps and steps', source: 'Eick, Massey and Whitt 1993 (M(t)/M/∞ from nothing)', cases: stepped() },
  ];
}
