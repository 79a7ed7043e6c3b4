import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'fine.twin': `signal Go
      machine Fine() { initial -> A  state A { on Go -> B }  state B { on Go -> over }  final over }`,
    'stuck.twin': `package p  signal Go  signal Stop
      machine Stuck() { initial -> A  state A { on Go -> B  on Stop -> C }  state B {}  final C  state Lost { on Go -> C } }
      machine Fine() { initial -> A  state A { on Go -> over }  final over }`,
    'endless.twin': 'signal Up  machine Count() { var n: Integer = 0  initial -> A  state A { on Up / n += 1 } }',
    'none.twin': 'signal Go',
  });
});
afterAll(() => workspace.remove());

describe('pollux verify', () => {
  it('ends with 0 where everything was tried and nothing is wrong', async () => {
    const { code, out } = await workspace.run('verify', 'fine.twin');
    expect(code).toBe(0);
    expect(out).toBe('Fine: 3 states, complete\n');
  });

  it('ends with 1 where a machine can get stuck, and shows the shortest way', async () => {
    const { code, out } = await workspace.run('verify', 'stuck.twin');
    expect(code).toBe(1);
    expect(out).toContain(
      'stuck.twin:2:83 deadlock Nothing can happen any more in B, and it is not an end.\n    create → Go\n',
    );
    expect(out).toMatch(/stuck.twin:2:\d+ unreachable Lost cannot be reached/);
    expect(out).toContain('discarded');
    expect(out).toMatch(/\nFine: 2 states, complete\n$/);
  });

  it('tells scripts the same', async () => {
    const { code, out } = await workspace.run('verify', 'stuck.twin', '--machine', 'Stuck', '--format', 'json');
    expect(code).toBe(1);
    const { schema, machines } = JSON.parse(out) as { schema: number; machines: { findings: { kind: string }[] }[] };
    expect(schema).toBe(1);
    expect(machines).toMatchObject([
      { machine: 'p.Stuck', complete: true, bound: null, bounds: [], states: 3, depth: expect.any(Number) },
    ]);
    expect(machines[0]?.findings.find(({ kind }) => kind === 'deadlock')).toMatchObject({
      severity: 'error',
      element: 'p.Stuck.B',
      file: 'stuck.twin',
      line: 2,
      trace: [
        { create: {}, choices: [], logs: [] },
        { signal: 'p.Go', args: {}, choices: [], logs: [] },
      ],
    });
  });

  it('hands its findings to code hosts, each with its way', async () => {
    const { code, out } = await workspace.run('verify', 'stuck.twin', '--format', 'sarif');
    expect(code).toBe(1);
    const { version, runs } = JSON.parse(out);
    expect(version).toBe('2.1.0');
    const [{ tool, results }] = runs;
    const deadlock = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'deadlock');
    expect(tool.driver.rules[deadlock.ruleIndex].id).toBe('deadlock');
    expect(deadlock).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'stuck.twin' }, region: { startLine: 2 } } }],
      codeFlows: [
        {
          threadFlows: [
            { locations: [{ location: { message: { text: 'create' } } }, { location: { message: { text: 'Go' } } }] },
          ],
        },
      ],
    });
    expect(results.find(({ ruleId }: { ruleId: string }) => ruleId === 'discard').level).toBe('note');
  });

  it('ends with 2 where a bound was hit, and says which', async () => {
    const { code, out } = await workspace.run('verify', 'endless.twin', '--states', '50');
    expect(code).toBe(2);
    expect(out).toContain('not complete: there are more states than were visited');
  });

  it('has nothing to do where there is no machine', async () => {
    const { code, error } = await workspace.run('verify', 'none.twin');
    expect([code, error]).toEqual([3, 'pollux: none.twin declares no machine, so there is nothing to verify.\n']);
  });
});
