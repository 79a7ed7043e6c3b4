import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compileScenario,
  mergeReplications,
  runReplication,
  type SimulationResult,
} from '../../../src/simulation/index.ts';
import * as limits from '../../../src/simulation/run-limits.ts';
import { modelFrom } from '../models.ts';

interface Written {
  readonly top?: string;
  readonly serve?: string;
  readonly inside?: string;
  readonly node?: string;
  readonly behind?: string;
  readonly load?: string;
  readonly run?: string;
}

const text = ({
  top = '',
  serve = '',
  inside = '',
  node = '',
  behind = '',
  load = 'at 10/s',
  run = 'run 30 d',
}: Written) =>
  `package t
${top}
component Server { operation serve() ${serve} }
interaction Job { actor client  lifeline server: Server ${top.includes('machine') ? ', m: M' : ''}  client -> server.serve() { ${inside} } }
deployment D { node n { cores 1  deploy Server ${node} } ${behind} }
scenario S of D { load Job ${load}  ${run}  replications 1  seed 1 }`;

async function simulated(written: Written, events?: number): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(text(written));
  expect(problems).toEqual([]);
  const compiled = compileScenario(model, 't.S').value!;
  return mergeReplications(compiled, [runReplication(compiled, 0, events === undefined ? {} : { events })]);
}

const found = ({ findings }: SimulationResult, code: string) => findings.find((each) => each.code === code);

describe('work that would go on for years of computing', () => {
  it.each<[string, Written, string, string]>([
    ['background load of microseconds', { serve: 'takes 1 us', behind: 'load nightly on n 50 %' }, 't.D.n', 'on n'],
    [
      'a user who never rests',
      { serve: 'takes 1 us', load: 'by 1 users thinking 0 s' },
      't.Job/client->server.serve',
      'work of Server.serve',
    ],
    ['arrivals of nanoseconds', { load: 'every 1 ns' }, 't.Job', 'arrivals of Job'],
    [
      'a machine that ticks',
      {
        top: 'machine M { initial -> A  state A { after 1 us -> B }  state B { after 1 us -> A } }',
        inside: 'create m',
        load: 'at 1/s',
      },
      't.M',
      'timers of M',
    ],
    [
      'a node that breaks down again and again',
      { node: 'fails every 1 us repaired in 0 s', load: 'at 1/h' },
      't.S',
      'changes on the timeline',
    ],
  ])(
    '%s: the run ends after so many events, with what was measured and where it was busy',
    async (_, written, element, where) => {
      const result = await simulated(written, 300_000);
      const finding = found(result, 'event-limit');
      expect(finding).toMatchObject({ severity: 'warning', element });
      expect(finding?.message).toContain(where);
      expect(finding?.message).toMatch(/^A run was ended at .*events had happened/);
      const { started, finished, failed, refused, unfinished, events } = result.counters;
      expect(events).toBeGreaterThanOrEqual(300_000);
      expect(events).toBeLessThan(400_000);
      expect(finished + failed + refused + unfinished).toBe(started);
    },
  );

  it('says so where nothing was measured yet', async () => {
    const result = await simulated(
      { serve: 'takes 1 us', load: 'by 1 users thinking 0 s', run: 'run 30 d  warmup 1 d' },
      10_000,
    );
    expect(found(result, 'event-limit')).toMatchObject({ severity: 'error' });
    expect(found(result, 'event-limit')?.message).toContain('before anything was measured');
    expect(result.counters.finished).toBe(0);
  });

  it('can be cancelled at any time', async () => {
    const { model } = await modelFrom(text({ serve: 'takes 1 us', behind: 'load nightly on n 50 %' }));
    let looks = 0;
    const run = runReplication(compileScenario(model, 't.S').value!, 0, { cancelled: () => ++looks > 3 });
    expect(run.finished).toBe(false);
    expect(run.events).toBeLessThan(10_000);
  });
});

describe('work that takes no time', () => {
  it.each<[string, Written, string]>([
    ['of users who always fail', { serve: 'fails 100 %', load: 'by 3 users thinking 0 s' }, 'arrivals of Job'],
    ['on a core', { serve: 'takes 0 s', load: 'by 3 users thinking 0 s' }, 'Job'],
  ])('%s: the run ends, and says when, where, and what to do', async (_, written, where) => {
    const finding = found(await simulated(written), 'standstill');
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toMatch(/^Time stands still at 0 s: /);
    expect(finding?.message).toContain(where);
    expect(finding?.message).toContain('`thinking`');
  });

  it('in a loop: the run ends at that loop', async () => {
    const finding = found(await simulated({ inside: 'loop 1000000 { }' }), 'endless-loop');
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toContain('without time passing');
  });

  it('whose arrivals do not fail is no trouble', async () => {
    const result = await simulated({ load: 'at 100/s', run: 'run 100 s' });
    expect(result.findings).toEqual([]);
    expect(result.counters.finished).toBe(result.counters.started);
  });
});

it('the limits of a run are those that the reference tells', () => {
  const reference = fs.readFileSync(new URL('../../../../docs/language.md', import.meta.url), 'utf8');
  const [, section = ''] = reference.split('### Limits of a run');
  const written = section.split('\n#')[0]!;
  const {
    EVENT_LIMIT,
    STANDSTILL,
    REFUSAL_LIMIT,
    TOKEN_LIMIT,
    ARRIVAL_SHARE,
    TURN_LIMIT,
    USER_LIMIT,
    INSTANCE_LIMIT,
    ENDLESS_LIMIT,
  } = limits;
  const shown = [
    EVENT_LIMIT,
    STANDSTILL,
    REFUSAL_LIMIT,
    TOKEN_LIMIT,
    TOKEN_LIMIT * ARRIVAL_SHARE,
    TURN_LIMIT,
    USER_LIMIT,
    INSTANCE_LIMIT,
    ENDLESS_LIMIT,
  ];
  for (const limit of shown) expect(written).toContain(`| ${limit.toLocaleString('en')} |`);
});
