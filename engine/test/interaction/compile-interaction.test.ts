import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { compileInteraction, flatten, op, type Step } from '../../src/behavior/interaction/index.ts';
import type { Model } from '../../src/model/index.ts';

const text = `package t
signal Ping(n: Integer)
machine Light(id: String) { initial -> Off  state Off { on Ping -> On }  state On { on Ping -> Off } }
component A { operation go(x: Integer): Boolean takes 1 ms  operation far() delays 2 ms fails 1 % after 1 ms }
interaction Job(x: Integer, unused: Real) {
  actor user
  lifeline a: A
  lifeline light: Light(id: "l")
  var yes: Boolean = false
  yes = user -> a.go(x) {
    par { a -> a.far() } and { a ->> light : Ping(n: x) }
    loop 1..3 { alt [yes] 20 % { return true } else { break [x > 1] { a -> a.far() } } }
    return false
  }
}`;

async function job(): Promise<Model> {
  const { model, problems } = await modelOf(text);
  expect(problems).toEqual([]);
  return model!;
}

/** The tree as words: kinds of steps, messages by name, nested. */
function shape(steps: readonly Step[]): unknown[] {
  return steps.map((step) => {
    if (step.kind === 'message') return [step.message.sort, ...shape(step.message.execution)];
    if ('operands' in step) return [step.kind, ...step.operands.map((operand) => shape(operand.body))];
    if ('operand' in step) return [step.kind, ...shape(step.operand.body)];
    return step.kind;
  });
}

describe('a compiled interaction', () => {
  it('is the tree of its fragments', async () => {
    const { body } = compileInteraction((await job()).interactions[0]!);
    expect(shape(body)).toEqual([
      [
        'synchronous-call',
        ['parallel', [['synchronous-call']], [['signal']]],
        ['loop', ['alternative', ['return'], [['break', ['synchronous-call']]]]],
        'return',
      ],
    ]);
  });

  it('numbers slots, lifelines, messages and operands in the order of the text', async () => {
    const compiled = compileInteraction((await job()).interactions[0]!);
    expect(compiled.slots.map(({ variable, kind }) => [variable.name, kind])).toEqual([
      ['x', 'parameter'],
      ['unused', 'parameter'],
      ['yes', 'variable'],
    ]);
    expect(compiled.lifelines.map(({ name }) => name)).toEqual(['user', 'a', 'light']);
    for (const list of [compiled.slots, compiled.lifelines, compiled.messages, compiled.operands]) {
      expect(list.map(({ index }) => index)).toEqual([...list.keys()]);
    }
    const [go, far, ping] = compiled.messages;
    expect([go!.result, go!.enclosing, far!.enclosing, ping!.enclosing]).toEqual([2, undefined, 0, 0]);
    expect([ping!.from, ping!.to]).toEqual([1, 2]);
  });
});

describe('a program', () => {
  it('has an entry and an end for every message, and every target lies within it', async () => {
    const model = await job();
    const { code, messages, interactions } = flatten(model, model.interactions);
    expect(messages.map(({ index }) => index)).toEqual([...messages.keys()]);
    for (const message of messages) {
      if (message.machine >= 0) continue;
      expect(code[message.end]).toBe(op.end);
      expect(code[message.end + 1]).toBe(message.index);
      expect(message.entry).toBeLessThan(message.end);
    }
    expect(code[interactions[0]!.finish]).toBe(op.finish);
  });

  it('knows which parameters anyone reads', async () => {
    const model = await job();
    const [program] = flatten(model, model.interactions).interactions;
    expect(program!.isUsed).toEqual([true, false, true]);
  });

  it('has costs as constants where nothing is drawn', async () => {
    const model = await job();
    const { messages } = flatten(model, model.interactions);
    const [go, far] = messages;
    expect(go!.takes).toEqual({ kind: 'constant', value: 1000 });
    expect(far!.fails).toEqual({ probability: 0.01, after: { kind: 'constant', value: 1000 } });
    expect(far!.toItself).toBe(true);
  });
});
