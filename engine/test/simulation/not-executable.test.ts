import { describe, expect, it } from 'vitest';
import { notExecutable, simulate } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';

interface Parts {
  readonly component?: string;
  readonly machine?: string;
  readonly body?: string;
  readonly node?: string;
  readonly deployment?: string;
  readonly scenario?: string;
  readonly top?: string;
}

/** What stands in question is on a line of its own: the sixth of what it is part of. */
function text(parts: Parts): string {
  return `package t
signal Ping
machine Light { initial -> Off
  state Off { on Ping -> On ${parts.machine ?? ''} }
  state On { on Ping -> Off } }
component A { operation go() takes 1 ms
  ${parts.component ?? ''} }
component B { operation go() takes 1 ms }
interaction Job { actor user  lifeline a: A, light: Light
  user -> a.go() { a ->> light : Ping
    ${parts.body ?? ''} } }
deployment D {
  node n { cores 1 deploy A ${parts.node ?? ''} }
  node m { cores 1 deploy B }
  ${parts.deployment ?? ''}
}
${parts.top ?? ''}
scenario S of D { load Job at 10/s  run 10 s  replications 2  seed 1
  ${parts.scenario ?? ''} }
`;
}

/** Some of it is an error of the text too: whoever has the model alone must not run it either. */
async function simulated(parts: Parts) {
  const { model } = await modelFrom(text(parts));
  return simulate(model, 't.S');
}

describe('a scenario that needs what is not executed yet is refused, with the line', () => {
  const cases: readonly (readonly [what: string, parts: Parts, line: number])[] = [
    ['a fragment of a property', { body: 'neg { a -> a.go() }' }, 11],
    ['an interaction that uses itself', { body: 'opt { ref Job }' }, 11],
    [
      'a publication that comes back to who consumes it',
      { top: 'component Bus broker { topic t() }', body: 'a ->> Bus.t() on Bus.t() -> a.go() { a ->> Bus.t() }' },
      11,
    ],
    ['a replayed load', { scenario: 'load Job replay "x.csv"' }, 19],
  ];
  it.each(cases)('%s', async (_, parts, line) => {
    const { findings, replications } = await simulated(parts);
    const refused = findings.filter(({ code }) => code === 'not-executable');
    expect(refused.length).toBeGreaterThan(0);
    for (const { message, severity } of refused) {
      expect(severity).toBe('error');
      expect(message).toMatch(new RegExp(`^Line ${line}: `));
    }
    expect(replications).toBe(0);
  });

  it('once a construct, however often it is written', async () => {
    const { findings } = await simulated({
      body: 'neg { a -> a.go() } neg { a -> a.go() } opt { ref Job }',
    });
    const refused = findings.filter(({ code }) => code === 'not-executable');
    expect(refused.map(({ message }) => message.includes('1 more place'))).toEqual([true, false]);
  });

  it('but not for what it does not set in motion', async () => {
    const top = `component C { operation go() takes 1 ms threads 5 queue priority 1 }
interaction Other { actor user lifeline c: C  user -> c.go() }
deployment E { node n { cores 1 fails every exp(1 h) repaired in exp(1 min) } }`;
    const { findings, replications } = await simulated({ top });
    expect(findings).toEqual([]);
    expect(replications).toBe(2);
  });

  it('nor for what no figure depends on', async () => {
    const { replications, findings } = await simulated({
      node: 'memory 8 GiB',
      deployment: 'cost n 0.1/h',
      scenario: 'vary n.cores in [1, 2]',
    });
    expect(replications).toBe(2);
    expect(findings).toEqual([]);
  });
});

describe('an expectation that nobody can judge', () => {
  it.each(['max(saturation(n)) < 100 %', 'p95(errors(Job)) < 1 %'])(
    '%s is undecided, with the reason',
    async (demand) => {
      const { expectations } = await simulated({ scenario: `expect ${demand}` });
      expect(expectations).toHaveLength(1);
      expect(expectations[0]).toMatchObject({
        verdict: 'undecided',
        value: null,
        reason: expect.stringMatching(/not .*yet/i),
      });
    },
  );

  it('is decided where the mean of what is measured is asked for', async () => {
    const { expectations } = await simulated({ scenario: 'expect mean(wait(n)) < 1 s' });
    expect(expectations[0]).toMatchObject({ verdict: 'met' });
  });
});

describe('all that is not executed in a model', () => {
  it('is listed with its place, whoever does not execute it', async () => {
    const { model } = await modelFrom(
      text({
        node: 'memory 8 GiB',
        top: `policy Rules { only A calls B }
twin Live of D { source prometheus "http://localhost:9090" every 15 s  sampled 10 % }
activity Wait { initial -> rest  action rest takes 1 s -> over  final over }
test works of Light { send Ping expect in(On) }
test waits of Wait { never over }`,
      }),
    );
    const listed = notExecutable(model).map(({ construct, by, effect }) => `${construct} ${by} ${effect}`);
    expect(listed.sort()).toEqual([
      'activity twin quiet',
      'memory simulation quiet',
      'policy both quiet',
      'sampled twin quiet',
      'source twin quiet',
    ]);
    for (const { element, place, message } of notExecutable(model)) {
      expect([element === '', place.uri === '', message === '']).toEqual([false, false, false]);
    }
  });
});
