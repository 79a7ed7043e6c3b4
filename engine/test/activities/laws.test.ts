import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileScenario, mergeReplications, runReplication } from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { modelFrom } from '../simulation/models.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Steps of a way from one node to the next: `from` stands for the name before, `to` for the one behind. */
const step = fc.constantFrom(
  'action FROM takes exp(1 s) using nurse -> TO',
  'action FROM takes exp(1 s) using nurse * 2, bed priority n -> TO',
  'action FROM delays exp(1 s) using bed patience exp(1 s) -> gone -> TO',
  'action FROM / n += 1 -> TO',
  'action FROM ref Inner(k: n) using bed -> TO',
  'action FROM call Lab.analyse() -> TO',
  'action FROM ref Rest(k: n) -> TO',
  'decision FROM { 30 % -> TO  else -> TO }',
  'decision FROM { [n > 3] -> TO  else / n += 1 -> TO }',
  'acquire FROM: bed -> TO',
  'acquire FROM: nurse * 2 patience 2 s -> gone -> TO',
  'release FROM: bed -> TO',
  'accept FROM after exp(1 s) -> TO',
  'accept FROM: Go(by) -> TO',
  'accept FROM when (n > 2) -> TO',
  'send FROM: Go(by: 1) to self -> TO',
  'send FROM: Go(by: 9) to Visit(n) delayed 1 s -> TO',
  'buffer FROM: Integer -> TO',
  'fork FROM -> TO, TO',
  'structured FROM using nurse { initial -> i1  action i1 takes exp(1 s) -> i2  flow final i2 } -> TO',
  'structured FROM { initial -> i1  fork i1 -> i2, i3  action i2 takes exp(1 s) using bed -> i4  accept i3 after 1 s -> i4  final i4 } -> TO',
);

const models = fc
  .record({
    ways: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    load: fc.constantFrom('at 0.5/s', 'at 4/s', 'by 5 users thinking exp(1 s)', 'every 2 s'),
    joins: fc.boolean(),
    interrupts: fc.boolean(),
    shifts: fc.constantFrom('', '{ from "00:01" to "00:02": 1 }'),
  })
  .map(({ ways, load, joins, interrupts, shifts }) => {
    const goal = joins && ways.length > 1 ? 'meet' : 'done';
    const nodes = ways.flatMap((steps, way) =>
      steps.map((text, i) => {
        const to = i + 1 < steps.length ? `w${way}s${i + 1}` : goal;
        const inside = text.replaceAll(/\bi(\d)/g, `w${way}s${i}i$1`);
        return inside.replaceAll('FROM', `w${way}s${i}`).replaceAll('TO', to);
      }),
    );
    const begin =
      ways.length === 1 ? 'initial -> w0s0' : `initial -> f  fork f -> ${ways.map((_, w) => `w${w}s0`).join(', ')}`;
    const body = interrupts ? `interruptible r { ${nodes.join('\n')}\n on Go(by) [by > 5] -> gone }` : nodes.join('\n');
    return `package t
signal Go(by: Integer)
resource nurse * 3 ${shifts}
resource bed * 2
component Lab { operation analyse() delays exp(1 s) fails 10 % threads 2 queue 2 }
machine Rest(k: Integer) { initial -> On  state On { do takes exp(1 s) using nurse  completion -> over  after 3 s -> over }  final over }
activity Inner(k: Integer) { initial -> a  action a takes exp(1 s) using nurse patience 1 s -> none -> done  final done, none }
activity Visit(m: Integer) {
  var n: Integer = 1
  ${begin}
  ${body}
  ${goal === 'meet' ? 'join meet -> done' : ''}
  final done, gone
}
scenario S { load Visit(m: mixture(50 %: 1, 50 %: 2)) ${load}  run 120 s  warmup 20 s  replications 2  seed 4 }
`;
  });

describe('activities whatever they are', () => {
  it('start as many as end, fail, are refused or go on; hold what there is and no more; and say the same again', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        const { model } = await modelFrom(text);
        const { value, problems } = compileScenario(model, 't.S');
        if (value === null) throw new Error(problems.map(({ message }) => message).join('\n'));
        const results = [0, 1].map((index) => runReplication(value, index));
        const merged = mergeReplications(value, results);
        const { started, finished, failed, refused, unfinished } = merged.counters;
        expect(started).toBe(finished + failed + refused + unfinished);
        for (const count of [started, finished, failed, refused, unfinished]) expect(count).toBeGreaterThanOrEqual(0);
        for (const { measured, resources, timed } of results) {
          for (const [at, busy] of resources.busy.entries()) {
            expect(busy).toBeGreaterThanOrEqual(0);
            expect(busy).toBeLessThanOrEqual(resources.present[at]! * (1 + 1e-12));
          }
          for (const { concurrency } of timed) expect(concurrency).toBeGreaterThanOrEqual(0);
          expect(measured).toBe(100e6);
        }
        // Another kernel, the same bytes.
        const again = compileScenario(model, 't.S').value!;
        expect(JSON.stringify(runReplication(again, 0))).toBe(JSON.stringify(results[0]));
      }),
      { numRuns: 40 },
    );
  });

  it('give back all that they hold when they end', async () => {
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        // Nobody comes after a while, and whoever waits for a signal is let go by the end of the invocation.
        const bounded = text
          .replaceAll(/accept (\w+): Go\(by\)/g, 'accept $1 after 1 s')
          .replaceAll(/ when \(n > 2\)/g, ' after 1 s');
        const { model } = await modelFrom(
          bounded.replace(/load (Visit\(.*?\)\)) [^\n]*?run 120 s/, 'at 0 s load $1 at 1/s for 30 s  run 2 h'),
        );
        const { value, problems } = compileScenario(model, 't.S');
        if (value === null) throw new Error(problems.map(({ message }) => message).join('\n'));
        const kernel = new Kernel(value, 1 << 12);
        const run = kernel.run(0, {});
        const { activities } = run;
        if (
          activities === null ||
          run.incidents.list().some(({ code }) => code === 'deadlock' || code === 'step-budget')
        )
          return;
        if (activities.runtime.store.live > 0) return;
        looked++;
        expect([...activities.resources.held]).toEqual([0, 0]);
        expect([...activities.resources.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 40 },
    );
    expect(looked).toBeGreaterThan(20);
  });
});
