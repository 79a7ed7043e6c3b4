import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../src/simulation/analytic/index.ts';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom } from '../models.ts';
import { covers } from '../published.ts';
import { runStation } from './bench-of-stations.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Kind {
  readonly takes: string;
  readonly rate: number;
  readonly priority: string;
}

/** `p.Server` with an operation a kind on one node; the kinds arrive on their own, each as an interaction `p.J0`, `p.J1`, … */
async function run(node: string, kinds: readonly Kind[], time = '30 s') {
  const { model, problems } = await modelFrom(`package p
component Server {
  ${kinds.map(({ takes, priority }, at) => `operation o${at}() takes ${takes} ${priority}`).join('\n  ')}
}
${kinds.map((_, at) => `interaction J${at} { actor user lifeline s: Server  user -> s.o${at}() }`).join('\n')}
deployment D { node n { ${node}  deploy Server } }
scenario S of D {
  ${kinds.map(({ rate }, at) => `load J${at} at ${rate}/s`).join('\n  ')}
  run ${time}  warmup 2 s  replications 10  seed 5
}`);
  expect(problems).toEqual([]);
  return { result: simulate(model, 'p.S'), solution: analyse(model, model.scenarios[0]!) };
}

const three: readonly Kind[] = [
  { takes: 'exp(1 ms)', rate: 200, priority: 'priority 9' },
  { takes: 'exp(1 ms)', rate: 300, priority: '' },
  { takes: 'exp(1 ms)', rate: 300, priority: 'priority (-2)' },
];
/** Load of each class and those above it. */
const sums = [0, 0.2, 0.5, 0.8];

/** Different laws: the mean squares are 2, 1/3 · 4 and 4, in square milliseconds. */
const general: readonly Kind[] = [
  { takes: 'exp(1 ms)', rate: 200, priority: 'priority 3' },
  { takes: 'uniform(0 ms, 2 ms)', rate: 300, priority: 'priority 2' },
  { takes: '2 ms', rate: 100, priority: 'priority 1' },
];
const generalSums = [0, 0.2, 0.5, 0.7];
const residuals = [200 * 2, 300 * (4 / 3), 100 * 4].map((sum) => (sum * 1e-6) / 2);

describe('cores by priority', () => {
  it('let the greater go first, and work under way end: M/M/1 by the formula of Cobham', async () => {
    const { result } = await run('cores 1 priority', three);
    for (let k = 0; k < 3; k++) {
      const wait = (0.8 * 0.001) / ((1 - sums[k]!) * (1 - sums[k + 1]!));
      covers(measure(result, `p.J${k}`, 'mean'), 0.001 + wait);
      covers(measure(result, `p.Server.o${k}`, 'wait'), wait);
    }
    expect(result.findings).toEqual([]);
  });

  it('of any law of work: M/G/1 by the formula of Cobham', async () => {
    const { result, solution } = await run('cores 1 priority', general, '40 s');
    const residual = residuals.reduce((sum, one) => sum + one, 0);
    for (let k = 0; k < 3; k++) {
      const wait = residual / ((1 - generalSums[k]!) * (1 - generalSums[k + 1]!));
      covers(measure(result, `p.Server.o${k}`, 'wait'), wait);
      const mean = k === 2 ? 0.002 : 0.001;
      expect(solution.behaviours[k]).toMatchObject({ form: 'M/G/1 priorities', exact: true });
      expect(solution.behaviours[k]?.response.low).toBeCloseTo(wait + mean, 9);
    }
    expect(result.findings).toEqual([]);
  });

  it('of several cores with one exponential law: M/M/c', async () => {
    const kinds = three.map((kind) => ({ ...kind, rate: kind.rate * 3 }));
    const { result, solution } = await run('cores 3 priority', kinds, '15 s');
    // Erlang's delay formula for 3 cores and 2.4 Erlangs: 0.6472 wait.
    const a = 2.4;
    const full = (a ** 3 / 6) * (3 / (3 - a));
    const residual = (full / (1 + a + a ** 2 / 2 + full)) * (0.001 / 3);
    for (let k = 0; k < 3; k++) {
      const wait = residual / ((1 - sums[k]!) * (1 - sums[k + 1]!));
      covers(measure(result, `p.Server.o${k}`, 'wait'), wait);
      expect(solution.behaviours[k]).toMatchObject({ form: 'M/M/c priorities', exact: true });
      expect(solution.behaviours[k]?.response.low).toBeCloseTo(wait + 0.001, 9);
    }
    expect(result.findings).toEqual([]);
  });

  it('may be taken from lesser work, which goes on later where it stopped: M/G/1, preemptive', async () => {
    const { result, solution } = await run('cores 1 preemptive priority', general, '40 s');
    let residual = 0;
    for (let k = 0; k < 3; k++) {
      residual += residuals[k]!;
      const mean = k === 2 ? 0.002 : 0.001;
      const [above, own] = [1 - generalSums[k]!, 1 - generalSums[k + 1]!];
      const response = mean / above + residual / (above * own);
      covers(measure(result, `p.J${k}`, 'mean'), response);
      covers(measure(result, `p.Server.o${k}`, 'wait'), response - mean);
      expect(solution.behaviours[k]).toMatchObject({ form: 'M/G/1 preemptive', exact: true });
      expect(solution.behaviours[k]?.response.low).toBeCloseTo(response, 9);
    }
    covers(measure(result, 'p.D.n', 'utilization'), 0.7);
    expect(result.findings).toEqual([]);
  });

  it('may be taken on several cores: the greatest see M/M/c of their own', async () => {
    const kinds = three.map((kind) => ({ ...kind, rate: kind.rate * 3 }));
    const { result, solution } = await run('cores 3 preemptive priority', kinds, '15 s');
    // M/M/3 with 0.6 Erlangs.
    const a = 0.6;
    const full = (a ** 3 / 6) * (3 / (3 - a));
    const wait = full / (1 + a + a ** 2 / 2 + full) / (3000 - 600);
    covers(measure(result, 'p.Server.o0', 'wait'), wait);
    expect(solution.stations[0]).toMatchObject({ form: 'M/M/c preemptive', exact: true });
    expect(solution.behaviours[0]?.response.low).toBeCloseTo(wait + 0.001, 9);
    for (let k = 1; k < 3; k++) covers(measure(result, `p.J${k}`, 'mean'), solution.behaviours[k]!.response.low);
    // Work of one mean: who goes first makes no difference to how many wait.
    covers(measure(result, 'p.D.n', 'queue'), solution.stations[0]!.queue!);
    expect(result.findings).toEqual([]);
  });

  it('serve the greater even where the lesser never get to it', async () => {
    const kinds = [three[0]!, { ...three[2]!, rate: 1500 }];
    const { result } = await run('cores 1 preemptive priority', kinds, '20 s');
    covers(measure(result, 'p.J0', 'mean'), 0.001 / 0.8);
    expect(result.findings.map(({ code }) => code)).toContain('saturated');
  });
});

describe('a priority', () => {
  it('may come from what a request carries, a number or a literal of an enumeration, the first goes first', async () => {
    for (const [type, low, high] of [
      ['Integer', '1', '2'],
      ['Level', 'Level.calm', 'Level.urgent'],
    ]) {
      const { model, problems } = await modelFrom(`package p
enum Level { urgent, calm }
component Server { operation serve(level: ${type}) takes exp(1 ms) priority level }
interaction Low { actor user lifeline s: Server  user -> s.serve(${low}) }
interaction High { actor user lifeline s: Server  user -> s.serve(${high}) }
deployment D { node n { cores 1 priority  deploy Server } }
scenario S of D { load Low at 400/s  load High at 400/s  run 20 s  warmup 2 s  replications 10  seed 5 }`);
      expect(problems).toEqual([]);
      const result = simulate(model, 'p.S');
      covers(measure(result, 'p.High', 'mean'), 0.001 + 0.0008 / 0.6);
      covers(measure(result, 'p.Low', 'mean'), 0.001 + 0.0008 / (0.6 * 0.2));
      const { behaviours, reasons } = analyse(model, model.scenarios[0]!);
      expect(behaviours.map(({ form }) => form)).toEqual([null, null]);
      expect(reasons.map(({ message }) => message)).toContainEqual(expect.stringContaining('known only in the run'));
    }
  });

  it('that is the same for all makes it first come, first served', async () => {
    const same = three.map((kind) => ({ ...kind, priority: 'priority 4' }));
    const { solution, result } = await run('cores 1 preemptive priority', same, '20 s');
    expect(solution.stations[0]).toMatchObject({ form: 'M/M/c', exact: true });
    expect(result.findings).toEqual([]);
  });

  it('among users who go round has no formula, and none is said', async () => {
    const { model } = await modelFrom(`package p
component Server { operation a() takes exp(1 ms) priority 1  operation b() takes exp(1 ms) }
interaction A { actor user lifeline s: Server  user -> s.a() }
interaction B { actor user lifeline s: Server  user -> s.b() }
deployment D { node n { cores 1 priority  deploy Server } }
scenario S of D { load A by 3 users thinking exp(2 ms)  load B by 3 users thinking exp(2 ms)  run 10 s }`);
    const { stations, behaviours, reasons } = analyse(model, model.scenarios[0]!);
    expect([stations[0]?.form, behaviours[0]?.form, behaviours[1]?.form]).toEqual([null, null, null]);
    expect(reasons.map(({ message }) => message)).toContainEqual(expect.stringContaining('priorities among users'));
  });

  it('of work that was interrupted keeps its place among equals', () => {
    const jobs = [
      { at: 0, work: 10 },
      { at: 1, work: 10 },
      { at: 4, work: 3, priority: 1 },
    ];
    expect(runStation('preemptive-priority', 1, jobs).ended).toEqual([13, 23, 7]);
    expect(runStation('priority', 1, jobs).ended).toEqual([10, 23, 13]);
  });
});
