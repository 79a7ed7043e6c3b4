/** Interactions in the model, and what is said where they cannot be as written. */
import type { Fragment } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Go(n: Integer)
machine M(id: String) { initial -> A  state A { on Go(n) [n > 1] -> Z } final Z }
component Events broker { topic placed(id: String) }
component B { operation run(n: Integer): Boolean takes 1 ms }
component X external { operation run: Boolean delays 1 ms }
component C { operation work(id: String): Boolean takes 1 ms }
`;
const lines = `actor u lifeline c: C, b: B, x: X lifeline m: M(id: "m") lifeline old[id]: M  var ok: Boolean`;
const all = (members: string) => `${world}interaction I(id: String) { ${lines} ${members} }`;
/** In the braces of a call to c. */
const inside = (members: string) => all(`u -> c.work(id) { ${members} }`);

async function body(text: string): Promise<readonly Fragment[]> {
  return (await lower(text)).interactions[0]?.body ?? [];
}

describe('a message', () => {
  test.each([
    ['u -> c.work(id)', { sort: 'synchronous-call', from: 'I.u', to: 'I.c', signature: 'C.work' }],
    ['u ->> c.work(id)', { sort: 'asynchronous-call', from: 'I.u', to: 'I.c', signature: 'C.work' }],
    ['ok = u -> c.work(id)', { sort: 'synchronous-call', result: 'I.ok' }],
    ['u ->> m : Go(n: 1)', { sort: 'signal', to: 'I.m', signature: 'Go', arguments: [{ parameter: 'Go.n' }] }],
    ['u ->> Events.placed(id)', { sort: 'publication', to: 'Events', signature: 'Events.placed' }],
    ['u ->> ?', { sort: 'lost', to: '', signature: '', arguments: [] }],
    ['u ->> ? : Go(1)', { sort: 'lost', to: '', signature: 'Go' }],
    ['? ->> m : Go(1)', { sort: 'found', from: '', to: 'I.m', signature: 'Go' }],
    ['? ->> c.work(id) { c -> b.run(1) }', { sort: 'found', execution: [{ from: 'I.c', to: 'I.b' }] }],
    ['u -> c.work(id) within 800 ms', { within: { maximum: 8e5 } }],
    ['u -> c.work(id) within 1 ms .. 200 ms', { within: { minimum: 1000, maximum: 2e5 } }],
    ['u -> c.work(id) within 1 s for 90 %', { within: { maximum: 1e6, share: 0.9 } }],
    ['u -> c.work(id) timeout 1 s retry 2', { policy: { timeout: { value: 1e6 }, retries: 2 } }],
    [
      'u -> c.work(id) { c -> x.run() fallback { c ->> m : Go(1) } }',
      { execution: [{ execution: [], fallback: [{ sort: 'signal', from: 'I.c' }] }] },
    ],
  ])('%s', async (text, expected) => {
    const [message] = await body(all(text));
    expect(bare(message)).toMatchObject({ kind: 'message', ...expected });
  });

  test('a broker may have a lifeline of its own', async () => {
    const [message] = await body(all('lifeline events: Events u ->> events.placed(id)'));
    expect(message).toMatchObject({ sort: 'publication', to: 'I.events' });
  });
});

test('a consumer knows what it consumes by its own names', async () => {
  const [, consumer] = await body(
    all('u ->> Events.placed(id) on Events.placed(which) -> c.work(which) timeout 1 s { c -> b.run(1) }'),
  );
  expect(bare(consumer)).toMatchObject({
    kind: 'consumer',
    broker: 'Events',
    topic: 'Events.placed',
    bindings: [{ name: 'which' }],
    to: 'I.c',
    operation: 'C.work',
    arguments: [{ parameter: 'C.work.id', value: { kind: 'variable' } }],
    policy: { timeout: { value: 1e6 } },
    execution: [{ from: 'I.c' }],
  });
});

describe('in the braces of a call', () => {
  test.each([
    ['create m', { kind: 'create', lifeline: 'I.m' }],
    ['destroy m from c', { kind: 'destroy', lifeline: 'I.m', from: 'I.c' }],
    ['takes 3 ms', { kind: 'work', sort: 'takes', time: { value: 3000 } }],
    ['delays exp(3 ms)', { kind: 'work', sort: 'delays', time: { kind: 'draw' } }],
    ['invariant not m.in(Z)', { kind: 'invariant', condition: { operand: { kind: 'in', lifeline: 'I.m' } } }],
    ['assert ok', { kind: 'action', action: { kind: 'assert' } }],
    ['return ok', { kind: 'return', value: { kind: 'variable' } }],
    ['ok = true', { kind: 'action', action: { kind: 'assign', variable: 'I.ok' } }],
    ['send Go(1) to m delayed 1 s', { kind: 'action', action: { kind: 'send', delay: { value: 1e6 } } }],
    [
      'ok = call B.run(1)',
      { kind: 'action', action: { kind: 'call', operation: 'B.run', result: { variable: 'I.ok' } } },
    ],
    ['alt [ok] 98 % { c -> b.run(1) } else { }', { kind: 'alt', operands: [{ weight: 0.98 }, { isElse: true }] }],
    ['opt [ok] { c -> b.run(1) }', { kind: 'opt' }],
    ['loop 1..3 { c -> b.run(1) }', { kind: 'loop', minimum: 1, maximum: 3 }],
    ['loop 0..* [ok] { ok = c -> b.run(1) }', { kind: 'loop', minimum: 0, maximum: null }],
    ['par { c -> b.run(1) } and { c -> x.run() }', { kind: 'par', operands: [{}, {}] }],
    ['break [ok] { return ok }', { kind: 'break' }],
    ['critical { c -> b.run(1) }', { kind: 'critical' }],
    ['strict { c -> b.run(1) } and { c -> x.run() }', { kind: 'strict', operands: [{}, {}] }],
    ['seq both: { c -> b.run(1) } and { c -> x.run() }'.replace('both: ', ''), { kind: 'seq' }],
    ['neg { c -> b.run(1) }', { kind: 'neg' }],
    ['assert { c -> b.run(1) }', { kind: 'assert', operands: [{ body: [{ to: 'I.b' }] }] }],
    ['ignore Go, B.run { c -> x.run() }', { kind: 'ignore', messages: ['Go', 'B.run'] }],
    ['consider Events.placed { c -> x.run() }', { kind: 'consider', messages: ['Events.placed'] }],
  ])('%s', async (text, expected) => {
    const [call] = await body(inside(text));
    expect(bare(call?.kind === 'message' ? call.execution[0] : undefined)).toMatchObject(expected);
  });

  test('another interaction is referred to, with its arguments', async () => {
    const model = await lower(
      `${inside('ref J(id: id)')} interaction J(id: String) { actor u lifeline c: C u -> c.work(id) }`,
    );
    const [call] = model.interactions[0]?.body ?? [];
    expect(bare(call?.kind === 'message' ? call.execution : [])).toMatchObject([
      { kind: 'ref', interaction: 'J', arguments: [{ parameter: 'J.id' }] },
    ]);
  });
});

describe('is not written so', () => {
  test.each([
    [
      'an operation that the component lacks',
      all('u -> c.«walk»(1)'),
      'unresolved-name',
      'no operation called `walk` in `C`',
    ],
    ['a call of a component', all('u -> «C».work(id)'), 'no-lifeline', 'Add `lifeline c: C`'],
    ['a signal that is called', all('u «->» m : Go(1)'), 'wrong-arrow', 'u ->> m : Go'],
    ['a call of a topic', all('u «->» Events.placed(id)'), 'wrong-arrow', 'u ->> Events.placed'],
    ['a lost call', all('u «->» ?'), 'wrong-arrow', 'u ->> ?'],
    ['a reply of what is published', all('«ok» = u ->> Events.placed(id)'), 'wrong-arrow', 'reply'],
    [
      'braces of a publication',
      all('u ->> Events.placed(id) «{ c -> b.run(1) }»'),
      'wrong-arrow',
      'on Events.placed -> …',
    ],
    ['braces of a found signal', all('? ->> m : Go(1) «{ c -> b.run(1) }»'), 'wrong-arrow', 'Remove them'],
    [
      'a fallback that nobody takes',
      all('u ->> x.run() fallback «{ u -> c.work(id) }»'),
      'wrong-arrow',
      'Nobody waits',
    ],
    [
      'another sender in a fallback',
      inside('c -> x.run() fallback { «u» ->> m : Go(1) }'),
      'sender-elsewhere',
      'c ->>',
    ],
    ['a signal without what it carries', all('«? ->> m : Go»'), 'wrong-arguments', 'needs `n`'],
    ['a bound in the wrong order', all('u -> c.work(id) «within 5 s .. 1 s»'), 'out-of-range', 'Swap'],
    ['a bound of nothing', all('u -> c.work(id) within «0 s»'), 'out-of-range', 'above 0'],
    ['a bound for nobody', all('u -> c.work(id) within 1 s for «0 %»'), 'out-of-range', 'above 0 %'],
    ['a bound that depends on the run', all('u -> c.work(id) within «exp(1 s)»'), 'not-a-constant', 'before the run'],
    ['two bounds', all('u -> c.work(id) within 1 s «within 2 s»'), 'repeated-clause', '`within`'],
    ['work of nobody', all('«takes» 3 ms u -> c.work(id)'), 'misplaced-clause', 'braces'],
    ['work of others', all('u -> x.run() { «takes» 3 ms }'), 'external-work', 'delays'],
    ['a component that is created', inside('create «b»'), 'wrong-kind', 'only instances of machines'],
    ['an existing instance that is created', inside('create «old»'), 'wrong-kind', 'existing instance'],
    ['a creator elsewhere', inside('create m from «u»'), 'sender-elsewhere', 'create m'],
    [
      'a key of another type',
      `${world}interaction J { actor u lifeline o[«3»]: M u ->> o : Go(1) }`,
      'wrong-type',
      'String',
    ],
    ['a component among messages to ignore', inside('ignore «B» { c -> b.run(1) }'), 'wrong-kind', 'is a component'],
    [
      'a consumer with too many names',
      all('u ->> Events.placed(id) on Events.placed(a, «b2») -> c.work(a)'),
      'wrong-arguments',
      'placed(id: String)',
    ],
    ['a consumer of no topic', all('on Events.«sent» -> c.work(id)'), 'unresolved-name', 'topic'],
    ['a reply of another type', inside('return «3»'), 'wrong-type', 'Boolean'],
    [
      'a value of an interaction that is told to a fallback',
      inside('c -> x.run() fallback { return «3» }'),
      'wrong-type',
      'Boolean',
    ],
    ['a loop with a share', inside('loop 0..* «20 %» { c -> b.run(1) }'), 'wrong-kind', 'break 20 %'],
    ['a loop that runs backwards', inside('loop 3..«1» { c -> b.run(1) }'), 'out-of-range', 'Swap'],
    ['a state that the machine lacks', inside('invariant m.in(«Q»)'), 'unresolved-name', 'state'],
  ])('%s', async (_, text, code, words) => expectFinding(text, code, words));
});
