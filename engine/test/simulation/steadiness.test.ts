/** Runs that are too short, or whose warm-up is, are told; what is at rest, or means to change, is not accused. */
import { describe, expect, it } from 'vitest';
import { type Finding, simulate } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';

interface Case {
  readonly takes?: string;
  readonly cores?: string;
  readonly extra?: string;
  readonly scenario: string;
}

async function findings({ takes = 'takes exp(1 ms)', cores = 'cores 1', extra = '', scenario }: Case, seeds: number) {
  const { model, problems } = await modelFrom(`package q
component Server { operation serve() ${takes} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { ${cores}  deploy Server }  ${extra} }
scenario S of D { load Job ${scenario} }`);
  expect(problems).toEqual([]);
  return Array.from({ length: seeds }, (_, seed) =>
    simulate(model, 'q.S', { seed }).findings.filter(({ code }) => code.endsWith('-too-short')),
  );
}

const found = (of: readonly (readonly Finding[])[], code: string): number =>
  of.filter((each) => each.some((finding) => finding.code === code)).length;

/** A line that nobody stands in: it fills with `1 − exp(−t / 1 s)`. */
const filling = { takes: 'delays exp(1 s)', cores: '' };

describe('a warm-up that is too short', () => {
  it('is told with one that is long enough', async () => {
    const seeds = await findings({ ...filling, scenario: 'at 100/s  run 12 s  warmup 1 s  replications 10' }, 10);
    expect(found(seeds, 'warmup-too-short')).toBeGreaterThanOrEqual(8);
    const [finding] = seeds.flat();
    expect(finding).toMatchObject({ severity: 'warning', element: 'q.S' });
    expect(finding?.message).toMatch(
      /^Job has not forgotten how the run began when the warm-up of 1\.0 s ends: [\d.]+ are in progress in the .* after that, [\d.]+ in the second half of what is measured\. To measure the long run, write `run \d+ (s|min) {2}warmup \d+ s`, or longer\.$/,
    );
    const mended = await findings({ ...filling, scenario: 'at 100/s  run 30 s  warmup 5 s  replications 10' }, 10);
    expect(mended.flat()).toEqual([]);
  });

  it('is a note where none is written: the beginning may be what is asked about', async () => {
    const seeds = await findings({ ...filling, scenario: 'at 100/s  run 12 s  replications 10' }, 5);
    expect(found(seeds, 'warmup-too-short')).toBe(5);
    expect(seeds[0]?.[0]).toMatchObject({ severity: 'information' });
    expect(seeds[0]?.[0]?.message).toMatch(/^Job begins with nothing in progress, and no warm-up is left out: /);
  });

  it('is told where the runs show no drift beyond chance, but a memory that is longer', async () => {
    const seeds = await findings({ scenario: 'at 900/s  run 3 s  warmup 100 ms  replications 40' }, 6);
    expect(found(seeds, 'warmup-too-short') + found(seeds, 'run-too-short')).toBeGreaterThanOrEqual(4);
  });
});

describe('a run that is too short for what comes and goes slowly', () => {
  it('is told with how long would be enough', async () => {
    const seeds = await findings({ scenario: 'at 900/s  run 3 s  warmup 500 ms  replications 10' }, 8);
    expect(found(seeds, 'run-too-short')).toBeGreaterThanOrEqual(6);
    const finding = seeds.flat().find(({ code }) => code === 'run-too-short');
    expect(finding?.message).toMatch(
      /^Job: how many are in progress changes slowly, over some \d+ ms, .*Write `run \d+ s {2}warmup \d+ m?s`, or more replications\.$/,
    );
  });
});

describe('nobody is accused', () => {
  it.each([
    ['who is at rest', { scenario: 'at 500/s  run 3 s  warmup 300 ms  replications 10' }],
    ['who goes round', { scenario: 'by 12 users thinking exp(10 ms)  run 2 s  warmup 200 ms  replications 10' }],
    ['who runs like a clock', { takes: 'takes 2 ms', scenario: 'every 7 ms  run 2 s  warmup 200 ms  replications 10' }],
    [
      'who runs so few times that chance looks like a rule',
      { ...filling, scenario: 'at 100/s  run 12 s  warmup 1 s  replications 4' },
    ],
    [
      'whose load rises',
      { ...filling, scenario: 'ramp 10/s -> 200/s over 12 s  run 12 s  warmup 1 s  replications 10' },
    ],
    [
      'whose load swings',
      { ...filling, scenario: 'at 100/s swing 50 % over 20 s  run 12 s  warmup 1 s  replications 10' },
    ],
    [
      'whose timeline changes something',
      { ...filling, scenario: 'at 100/s  run 12 s  warmup 1 s  replications 10  at 6 s load Job * 2' },
    ],
    [
      'whose replicas follow the load',
      {
        takes: 'takes exp(100 ms)',
        cores: 'cores 20',
        extra: 'autoscale Server 1..20 cpu 60 % every 1 s startup 1 s',
        scenario: 'at 100/s  run 12 s  warmup 1 s  replications 5',
      },
    ],
  ] as const)('%s', async (_, of) => {
    expect((await findings(of, 5)).flat()).toEqual([]);
  });
});
