import {
  type CompiledMachine,
  compileMachine,
  createRecogniser,
  flag,
  MachineStepper,
  type Occurrence,
  type StepperSnapshot,
} from '@pollux/engine/behavior';
import type { ElementId, Value } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPERATION, randomMachine, SIGNALS } from './random-machine.ts';
import { SECOND } from './stepping.ts';

interface Stimulus {
  readonly event: number;
  readonly n: number;
  readonly wait: number;
}

const stimuli = fc.array(
  fc.record({ event: fc.nat(SIGNALS.length), n: fc.nat(9), wait: fc.constantFrom(0, 0, SECOND, 2.5 * SECOND) }),
  { maxLength: 15 },
);

async function compiled(text: string): Promise<CompiledMachine> {
  const { model } = await modelOf(text);
  const machine = model?.machines.find(({ name }) => name === 'M');
  const result = model && machine ? compileMachine(model, machine.id) : null;
  if (result === null) throw new Error(`does not compile: ${text}`);
  return result;
}

const STEP_BUDGET = 300;

function begin(machine: CompiledMachine): { stepper: MachineStepper; beginning: readonly Occurrence[] } {
  const stepper = new MachineStepper(machine, { seed: 5, stepBudget: STEP_BUDGET });
  return { stepper, beginning: stepper.createInstance([3]) };
}

function dispatch(machine: CompiledMachine, stepper: MachineStepper, { event, n }: Stimulus) {
  const operation = machine.operations.find(({ name }) => name === OPERATION)?.id;
  const signal = SIGNALS[event];
  const element: ElementId = signal ?? operation ?? '';
  const values: readonly Value[] = signal === undefined ? [] : [n];
  const occurrences = stepper.dispatch(element, values);
  return { element, values, occurrences };
}

/** Everything that happens, event by event, with waits between. */
function play(machine: CompiledMachine, stepper: MachineStepper, script: readonly Stimulus[]): Occurrence[] {
  return script.flatMap((stimulus) => [
    ...stepper.advance(stepper.now + stimulus.wait),
    ...dispatch(machine, stepper, stimulus).occurrences,
  ]);
}

/** In each region of an active state one vertex is active at most, and nothing outside active states is. */
function isWellFormed(machine: CompiledMachine, stepper: MachineStepper): boolean {
  const configuration = stepper.snapshot().configuration;
  return configuration.every((id, strand) => {
    if (id === null) return true;
    const vertex = machine.vertexIndex.get(id);
    if (vertex === undefined) return false;
    const around = machine.strandParent[strand]!;
    // What waits at a join waits in a strand of its own.
    const isVertex = (machine.flags[vertex]! & (flag.state | flag.final)) !== 0;
    if (isVertex ? machine.strandOf[vertex] !== strand : machine.joinStrands[vertex]!.length === 0) return false;
    return around < 0 || configuration[around] !== null;
  });
}

describe('machines of every kind', () => {
  test('run without a throw, in configurations that are well formed', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, stimuli, async (text, script) => {
        const machine = await compiled(text);
        const { stepper } = begin(machine);
        for (const stimulus of script) {
          if (stepper.status !== 'live') return;
          // A fork into places that cannot be active together, which the editor refuses, keeps no promise but to come to an end.
          if (!text.includes('fork ')) expect(isWellFormed(machine, stepper), text).toBe(true);
          play(machine, stepper, [stimulus]);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  }, 60_000);

  test('go on from a snapshot that was written as JSON as if nothing had been', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, stimuli, fc.nat(15), async (text, script, cut) => {
        const machine = await compiled(text);
        const { stepper } = begin(machine);
        play(machine, stepper, script.slice(0, cut));
        const saved = JSON.parse(JSON.stringify(stepper.snapshot())) as StepperSnapshot;
        const restored = MachineStepper.restore(machine, saved, { stepBudget: STEP_BUDGET });
        expect(restored.snapshot()).toEqual(saved);
        const rest = script.slice(cut);
        expect(play(machine, restored, rest)).toEqual(play(machine, stepper, rest));
        expect(restored.snapshot()).toEqual(stepper.snapshot());
      }),
      { numRuns: 60, seed: 12 },
    );
  }, 60_000);

  test('are recognised in what they take and what they defer', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(randomMachine, stimuli, async (text, script) => {
        const machine = await compiled(text);
        const { stepper, beginning } = begin(machine);
        if (beginning.some(({ kind }) => kind === 'error')) return;
        const recogniser = createRecogniser(machine, [3], 0);
        for (const stimulus of script) {
          const before = stepper.advance(stepper.now + stimulus.wait);
          const { element, values, occurrences } = dispatch(machine, stepper, stimulus);
          if (stepper.status === 'failed' || [...before, ...occurrences].some(({ kind }) => kind === 'error')) return;
          if (occurrences[0]?.kind === 'discard' || occurrences.length === 0) continue;
          const verdict = recogniser.observe(element, values, stepper.now).verdict;
          expect(verdict, text).not.toBe('rejected');
          if (verdict === 'accepted') accepted++;
        }
      }),
      { numRuns: 150, seed: 13 },
    );
    expect(accepted).toBeGreaterThan(100);
  }, 60_000);
});
