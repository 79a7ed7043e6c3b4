import { compileMachine, createRecogniser, MachineStepper } from '@pollux/engine/behavior';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const lines = `
signal Go(n: Integer)
signal Stop
machine M(limit: Integer) {
  var count: Integer = 0
  initial -> Idle
  state Idle {
    entry / log "idle {count}"
    on Go(n) [n > limit] / count += n -> Pick
    on Stop / send Go(n: count / limit) to self -> Idle
    when (count > 20) -> Tired
  }
  choice Pick { [count mod 3 == 0] -> Work  40 % -> Both.right.R2  else -> Fork }
  junction Fork { [limit > 2] -> Pick  else -> Work }
  state Work {
    do takes exp(2 s)
    initial -> Deep
    state Deep { initial -> Deeper  state Deeper { on Go -> out }  final out  on Stop -> Deeper }
    local on Stop -> Deep
    completion -> Both
  }
  state Both {
    region left { initial -> L1  state L1 { on Go -> L2  after 2 s -> L2 }  state L2 { on Go -> done }  final done }
    region right { initial -> R1  state R1 { on Go -> R2 }  state R2 { on Stop -> over  on Go -> Idle }  final over }
    completion -> Tired
  }
  state Tired { after 5 s / count = 0 -> Idle  on Stop -> End }
  final End
}`.split('\n');

/** A text with some words dropped, doubled or swapped: most of them full of mistakes. */
const broken = fc
  .array(fc.record({ line: fc.nat(lines.length - 1), word: fc.nat(12), how: fc.constantFrom('drop', 'swap', 'cut') }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((changes) => {
    const text = lines.map((line) => line.split(' '));
    for (const { line, word, how } of changes) {
      const words = text[line] ?? [];
      const at = word % Math.max(1, words.length);
      if (how === 'drop') words.splice(at, 1);
      if (how === 'cut') text[line] = [];
      if (how === 'swap') words.splice(at, 2, words[at + 1] ?? '', words[at] ?? '');
    }
    return text.map((words) => words.join(' ')).join('\n');
  });

const script = fc.array(fc.record({ signal: fc.constantFrom('Go', 'Stop'), n: fc.integer({ min: 0, max: 9 }) }), {
  maxLength: 15,
});

describe('models with mistakes', () => {
  test('whatever the text, what is left of the machine compiles, runs and is recognised without a throw', async () => {
    let machines = 0;
    await fc.assert(
      fc.asyncProperty(broken, script, fc.integer({ min: 0, max: 5 }), async (text, events, limit) => {
        const { model } = await modelOf(text);
        for (const { id } of model?.machines ?? []) {
          const machine = model && compileMachine(model, id);
          if (!machine) continue;
          machines++;
          const stepper = new MachineStepper(machine, { seed: limit, stepBudget: 1000 });
          const recogniser = createRecogniser(machine, [limit], 0, { limit: 16 });
          stepper.createInstance([limit]);
          for (const { signal, n } of events) {
            stepper.advance(stepper.now + 1_500_000);
            stepper.dispatch(signal, [n]);
            recogniser.observe(signal, [n], stepper.now);
          }
          expect(MachineStepper.restore(machine, stepper.snapshot()).snapshot()).toEqual(stepper.snapshot());
        }
      }),
      { numRuns: 40 },
    );
    expect(machines).toBeGreaterThan(10);
  }, 60_000);
});
