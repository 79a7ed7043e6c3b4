import { describe, expect, it } from 'vitest';
import { compileScenario, simulate } from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

interface Written {
  readonly operation?: string;
  readonly component?: string;
  readonly caller?: string;
  readonly load: string;
  readonly run?: string;
}

const text = ({ operation = 'takes 10 ms', component = '', caller = '', load, run = 'run 20 s' }: Written) => `package t
component Gateway { operation ask() requires Orders { ${caller} } }
component Orders { operation place() ${operation}  ${component} }
interaction Buy { actor user  lifeline g: Gateway, o: Orders  user -> g.ask() { g -> o.place() } }
deployment D { node front { deploy Gateway }  node n { cores 1  deploy Orders } }
scenario S of D { load Buy ${load}  ${run}  replications 1  seed 1 }`;

describe('a system that cannot carry its load', () => {
  it.each<[string, Written, string, string, RegExp]>([
    ['on its cores', { load: 'at 150/s' }, 'saturated', 't.D.n', /queue grows by \d+(\.\d)?\/s/],
    [
      'of threads',
      { operation: 'delays 10 ms', component: 'threads 1', load: 'at 150/s' },
      'line-grows',
      't.Orders',
      /^The line at Orders\.threads grows by \d+(\.\d)?\/s/,
    ],
    [
      'far beyond',
      { load: 'at 1000000/s', run: 'run 1 d' },
      'overloaded',
      't.S',
      /1\s000\s000 arrivals had been refused/,
    ],
    [
      'with a full queue',
      { component: 'threads 1 queue 5', load: 'at 150/s' },
      'calls-refused',
      't.Orders',
      /its queue was full/,
    ],
    [
      'that is asked again and again',
      { operation: 'takes 10 ms fails 100 %', caller: 'retry 1000', load: 'at 20/s', run: 'run 60 s' },
      'saturated',
      't.D.n',
      /queue grows by/,
    ],
  ])('%s: the run ends, with what grows and where', async (_, written, code, element, words) => {
    const { model } = await modelFrom(text(written));
    const { findings, counters } = simulate(model, 't.S');
    const found = findings.find((each) => each.code === code);
    expect(found, findings.map(({ message }) => message).join('\n')).toMatchObject({ element });
    expect(found?.message).toMatch(words);
    expect(counters.finished + counters.failed + counters.refused + counters.unfinished).toBe(counters.started);
  });
});

describe('a load that brings nothing', () => {
  it.each(['at 0/s', 'ramp 0/s -> 0/s over 10 s', 'by 0 users', 'every 0 s', 'at { "00:00": 0/s } daily'])(
    '%s: is told before anything runs',
    async (load) => {
      const { model, problems } = await modelFrom(text({ load }));
      const { problems: found } = compileScenario(model, 't.S');
      const told = [...problems, ...found.map(({ message }) => message)];
      expect(told.length).toBeGreaterThan(0);
    },
  );

  it('within the time of the run is told after it', async () => {
    const { model } = await modelFrom(text({ load: 'at 1/h', run: 'run 1 s' }));
    const { findings, counters } = simulate(model, 't.S');
    expect(counters.started).toBe(0);
    expect(findings.map(({ code }) => code)).toContain('nothing-measured');
  });
});
