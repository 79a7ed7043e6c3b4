import { type CompiledMachine, createRecogniser, MachineStepper, type StepperSnapshot } from '@pollux/engine/behavior';
import type { ElementId, Value } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compiled } from './stepping.ts';

/** Hierarchy, regions, timers, do-activities, choices by guard and by weight, changes, sends to itself, variables. */
const text = `
  signal Go(n: Integer)
  signal Flip
  signal Stop
  signal Own(k: Integer)
  signal Foreign
  machine M(limit: Integer) {
    var count: Integer = 0
    initial -> Idle
    state Idle {
      entry / log "idle {count}"
      on Go(n) [n > limit] / count += n -> Pick
      on Go(n) [n <= limit] / count += 1
      when (count > 20) -> Tired
    }
    choice Pick { [count mod 3 == 0] -> Work  40 % -> Work.right.R2  else -> Slow }
    state Work {
      exit / log "work done"
      region left { initial -> L1  state L1 { on Flip -> L2  after 2 s -> L2 }  state L2 { on Flip -> done }  final done }
      region right { initial -> R1  state R1 { on Flip / send Own(k: count) to self -> R2 }  state R2 { on Own(k) [k > 3] -> over  after 4 s -> over }  final over }
      on Stop -> Idle
      completion -> Idle
    }
    state Slow { do takes uniform(1 s, 3 s)  completion / send Own(k: 1) to self delayed 1500 ms -> Idle  on Stop -> Tired }
    state Tired { after 5 s / count = 0 -> Idle  on Stop -> End }
    final End
  }`;
const machine: CompiledMachine = await compiled(text);

type Stimulus = { signal: ElementId; values: readonly Value[]; wait: number };
const stimulus: fc.Arbitrary<Stimulus> = fc.record({
  signal: fc.constantFrom('Go', 'Flip', 'Stop', 'Own', 'Foreign'),
  values: fc.tuple(fc.integer({ min: 0, max: 9 })),
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6_000_000 })),
});
const script = fc.record({
  seed: fc.integer({ min: 0, max: 1 << 30 }),
  limit: fc.integer({ min: 0, max: 9 }),
  stimuli: fc.array(stimulus, { maxLength: 25 }),
});

function begin(seed: number, limit: number): MachineStepper {
  const stepper = new MachineStepper(machine, { seed });
  stepper.createInstance([limit]);
  return stepper;
}

/** Everything that happens, and for each event whether it was taken. */
function play(stepper: MachineStepper, stimuli: readonly Stimulus[]) {
  const occurrences = [];
  const observed: (Stimulus & { time: number; taken: boolean; before: readonly ElementId[] })[] = [];
  for (const event of stimuli) {
    occurrences.push(...stepper.advance(stepper.now + event.wait));
    const before = stepper.states();
    const step = stepper.dispatch(event.signal, event.values);
    const taken = step.length > 0 && step[0]?.kind !== 'discard';
    observed.push({ ...event, time: stepper.now, taken, before });
    occurrences.push(...step);
  }
  return { occurrences, observed };
}

describe('laws of machines', () => {
  test('the same seed and events give the same run', () => {
    fc.assert(
      fc.property(script, ({ seed, limit, stimuli }) => {
        const first = begin(seed, limit);
        const second = begin(seed, limit);
        expect(play(first, stimuli)).toEqual(play(second, stimuli));
        expect(first.snapshot()).toEqual(second.snapshot());
      }),
      { numRuns: 150 },
    );
  });

  test('saving, writing as JSON and restoring changes nothing', () => {
    fc.assert(
      fc.property(script, fc.nat(25), ({ seed, limit, stimuli }, cut) => {
        const straight = begin(seed, limit);
        play(straight, stimuli.slice(0, cut));
        const saved = JSON.parse(JSON.stringify(straight.snapshot())) as StepperSnapshot;
        const restored = MachineStepper.restore(machine, saved);
        expect(restored.snapshot()).toEqual(straight.snapshot());
        const rest = stimuli.slice(cut);
        expect(play(restored, rest).occurrences).toEqual(play(straight, rest).occurrences);
        expect(restored.snapshot()).toEqual(straight.snapshot());
      }),
      { numRuns: 150 },
    );
  });

  test('what the machine does is recognised, however much of the values is seen', () => {
    fc.assert(
      fc.property(script, fc.boolean(), fc.boolean(), ({ seed, limit, stimuli }, sawLimit, sawValues) => {
        const stepper = begin(seed, limit);
        const recogniser = createRecogniser(machine, [sawLimit ? limit : undefined], 0);
        for (const event of play(stepper, stimuli).observed) {
          if (!event.taken) continue;
          const verdict = recogniser.observe(event.signal, sawValues ? event.values : [], event.time);
          expect(verdict.verdict).not.toBe('rejected');
        }
        if (stepper.status === 'live') {
          const possible = recogniser.possibleStates(stepper.now);
          for (const vertex of stepper.snapshot().configuration)
            if (vertex !== null) expect(possible).toContain(vertex);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a signal that nothing in the run could take is rejected, and the rest is still accepted', () => {
    fc.assert(
      fc.property(script, fc.nat(25), ({ seed, limit, stimuli }, at) => {
        const recogniser = createRecogniser(machine, [limit], 0);
        const observed = play(begin(seed, limit), stimuli).observed.filter((event) => event.taken);
        for (const event of observed.slice(0, at)) recogniser.observe(event.signal, event.values, event.time);
        const time = observed[at - 1]?.time ?? 0;
        expect(recogniser.observe('Foreign', [], time).verdict).not.toBe('accepted');
        for (const event of observed.slice(at)) {
          expect(recogniser.observe(event.signal, event.values, event.time).verdict).not.toBe('rejected');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('an event that a known state does not take is rejected where everything was seen', () => {
    let rejections = 0;
    fc.assert(
      fc.property(script, ({ seed, limit, stimuli }) => {
        const recogniser = createRecogniser(machine, [limit], 0);
        for (const event of play(begin(seed, limit), stimuli).observed) {
          const certain = recogniser.certainStates(event.time);
          const known = event.before.length > 0 && event.before.every((state) => certain.includes(state));
          // What was discarded unseen by us would be taken for the work of another possible state.
          if (!event.taken && !known) continue;
          const verdict = recogniser.observe(event.signal, event.values, event.time).verdict;
          expect(verdict).toBe(event.taken ? 'accepted' : 'rejected');
          if (!event.taken) rejections++;
        }
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(rejections).toBeGreaterThan(20);
  });
});
