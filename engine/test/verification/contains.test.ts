import { type CompiledMachine, compileMachine } from '@pollux/engine/behavior';
import { exploreMachine, openEnvironment, type ScriptStep } from '@pollux/engine/verification';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATION, randomMachine, SIGNALS } from '../machine/random-machine.ts';
import { stepped } from './exploring.ts';
import { simulated } from './simulating.ts';

const events = fc.array(
  fc.record({ event: fc.nat(SIGNALS.length), n: fc.nat(9), wait: fc.constantFrom(0, 0, 1_000_000, 2_500_000) }),
  { maxLength: 4 },
);

async function compiled(text: string): Promise<CompiledMachine> {
  const { model } = await modelOf(text);
  const machine = model?.machines.find(({ name }) => name === 'M');
  const result = model && machine ? compileMachine(model, machine.id) : null;
  if (result === null) throw new Error(`does not compile: ${text}`);
  return result;
}

function scriptOf(
  machine: CompiledMachine,
  stimuli: readonly { event: number; n: number; wait: number }[],
): ScriptStep[] {
  const call = machine.signals.length + machine.operations.findIndex(({ name }) => name === OPERATION);
  return stimuli.flatMap(({ event, n, wait }): ScriptStep[] => {
    const signal = machine.signals.findIndex(({ name }) => name === SIGNALS[event]);
    const sent: ScriptStep = { kind: 'event', event: signal < 0 ? call : signal, values: signal < 0 ? [] : [n] };
    return wait > 0 ? [{ kind: 'wait', time: wait }, sent] : [sent];
  });
}

/** A machine that says something at random places, all of it. */
const talkative = randomMachine.map((text) =>
  text.replaceAll('v += 1', '{ v += 1  log "v{v}" }').replaceAll('{ { v += 1  log "v{v}" }', '{ v += 1  log "v{v}"'),
);

describe('exploring machines of every kind', () => {
  test('contains whatever stepping and simulating say, and nothing that was changed', async () => {
    let compared = 0;
    let orders = 0;
    let mutated = 0;
    let simulations = 0;
    let differing = 0;
    await fc.assert(
      fc.asyncProperty(talkative, events, fc.nat(3), async (text, stimuli, seed) => {
        const machine = await compiled(text);
        const steps = scriptOf(machine, stimuli);
        const limits = { states: 300, outcomes: 60, waiting: 20 };
        const explored = exploreMachine(
          machine,
          { kind: 'script', steps },
          { beginnings: [[3]], limits, traces: 1000 },
        );
        if (!explored.complete) return;
        const { logs, stepper } = stepped(machine, steps, [3], seed);
        // What one budget of steps calls endless another may not.
        if (stepper.problem?.code === 'step-budget') return;
        const traces = new Set(explored.traces.map((trace) => trace.join('\n')));
        expect([...traces], text).toContain(logs.join('\n'));
        for (const order of [seed, seed + 10]) {
          const run = simulated(machine, steps, [3], order);
          if (run.problems.includes('step-budget')) continue;
          expect([...traces], text).toContain(run.logs.join('\n'));
          simulations++;
          differing += run.logs.join('\n') === logs.join('\n') ? 0 : 1;
        }
        compared++;
        orders += traces.size > 1 ? 1 : 0;
        if (logs.length === 0) return;
        expect(traces.has([...logs, 'never said'].join('\n'))).toBe(false);
        expect(traces.has(logs.with(0, 'never said').join('\n'))).toBe(false);
        mutated++;
      }),
      { numRuns: 60, seed: 21, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(30);
    expect(mutated).toBeGreaterThan(10);
    expect(simulations).toBeGreaterThan(60);
    expect(differing).toBeGreaterThan(1);
    expect(orders).toBeGreaterThan(2);
  }, 60_000);

  test('ends without a throw in an open world, and every way it shows begins with the beginning', async () => {
    let findings = 0;
    await fc.assert(
      fc.asyncProperty(randomMachine, async (text) => {
        const { model } = await modelOf(text);
        const machine = await compiled(text);
        if (model === null) return;
        const limits = { states: 150, outcomes: 20 };
        const explored = exploreMachine(machine, openEnvironment(model, machine), { beginnings: [[3]], limits });
        expect(explored.complete).toBe(explored.bound === null);
        for (const { kind, trace } of explored.findings) {
          expect(trace[0]?.kind, kind).toBe(kind === 'unreachable' ? undefined : 'create');
          findings++;
        }
      }),
      { numRuns: 40, seed: 22, endOnFailure: true },
    );
    expect(findings).toBeGreaterThan(40);
  }, 60_000);
});
