import {
  type CompiledInteraction,
  compileInteraction,
  InteractionRecogniser,
  type InteractionRecognition,
  type ObservedCall,
} from '@pollux/engine/behavior';
import { modelOf } from '@pollux/language-server/language';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DrawnCall, randomRun } from './random-run.ts';

const components = `
component A { operation a() takes 1 ms  operation a2() takes 1 ms }
component B { operation b(): Boolean takes 1 ms  operation b2() takes 1 ms  operation b3() takes 1 ms }
component C { operation c(): Boolean takes 1 ms  operation c2() takes 1 ms }
component F { operation foreign() takes 1 ms }
signal Happened
component Bus broker { topic happened(x: Boolean) }
interaction Used(x: Boolean) { lifeline p: A, q: B  p -> q.b()  alt [x] { return } else { p -> q.b2() }  p -> q.b3() }
machine Thing(id: String) { initial -> On  state On { on Happened -> Off }  final Off }
`;

/** All bodies in one text: reading a text costs more than everything else here. */
async function compiledAll(bodies: readonly { readonly body: string; readonly declarations?: string }[]) {
  const interactions = bodies.map(
    ({ body, declarations = '' }, index) => `
interaction Test${index}(flag: Boolean, other: Boolean) {
  actor someone
  lifeline a: A, b: B, c: C, f: F
  lifeline thing: Thing(id: "t")
  ${declarations}
  ${body}
}`,
  );
  const { model, problems } = await modelOf(`${components}${interactions.join('')}`);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const tests = (model?.interactions ?? []).filter(({ name }) => name.startsWith('Test'));
  return tests.map((interaction) => compileInteraction(interaction, model ?? undefined));
}

async function compiled(body: string, declarations = ''): Promise<CompiledInteraction> {
  const [interaction] = await compiledAll([{ body, declarations }]);
  if (interaction === undefined) throw new Error('the test model has no interaction');
  return interaction;
}

/** `a(b c)`; a call that failed has `!`, one that began with another `=`. */
function calls(text: string): ObservedCall[] {
  const tokens = text.match(/[()]|[\w!=]+/g) ?? [];
  const siblings = (): ObservedCall[] => {
    const found: ObservedCall[] = [];
    for (let token = tokens.shift(); token !== undefined && token !== ')'; token = tokens.shift()) {
      const name = token.replace(/[!=]/g, '');
      const component = name === 'foreign' ? 'F' : name.charAt(0).toUpperCase();
      const children = tokens[0] === '(' && tokens.shift() ? siblings() : [];
      found.push({
        operation: `${component}.${name}`,
        failed: token.includes('!'),
        tied: token.includes('='),
        children,
      });
    }
    return found;
  };
  return siblings();
}

/** `conforms`, or what is wrong: `missing b`, `unexpected b in a`, `disordered b`. */
function told(recognition: InteractionRecognition): string {
  const short = (id: string) => id.replace(/^.*\./, '').replace(/#\d+$/, '');
  if (recognition.verdict !== 'violates') return recognition.verdict;
  return recognition.deviations
    .map((deviation) => {
      if (deviation.kind === 'missing-message') return `missing ${short(deviation.message)}`;
      if (deviation.kind === 'wrong-order') return `disordered ${short(deviation.message)}`;
      return `unexpected ${short(deviation.call.operation)} in ${short(deviation.within)}`;
    })
    .sort()
    .join(', ');
}

async function judged(body: string, observed: string, declarations?: string): Promise<string> {
  return told(new InteractionRecogniser(await compiled(body, declarations)).recognise(calls(observed)));
}

describe('a tree of calls is held against an interaction', () => {
  const cases: readonly (readonly [what: string, body: string, observed: string, verdict: string])[] = [
    [
      'the calls in the order of the text conform',
      'someone -> a.a() { a -> b.b() { b -> c.c() } a -> b.b2() }',
      'a(b(c) b2)',
      'conforms',
    ],
    ['a call that is not there is missing', 'someone -> a.a() { a -> b.b() a -> b.b2() }', 'a(b2)', 'missing b'],
    [
      'a nested call that is not there is missing',
      'someone -> a.a() { a -> b.b() { b -> c.c() } }',
      'a(b)',
      'missing c',
    ],
    [
      'what a missing call would have called is not missing, too',
      'someone -> a.a() { a -> b.b() { b -> c.c() } }',
      'a',
      'missing b',
    ],
    [
      'a call that the model does not show is unexpected',
      'someone -> a.a() { a -> b.b() }',
      'a(b foreign)',
      'unexpected foreign in a',
    ],
    [
      'a call by somebody else is both missing and unexpected',
      'someone -> a.a() { a -> b.b() { b -> c.c() } }',
      'a(b c)',
      'missing c, unexpected c in a',
    ],
    [
      'a call is out of order rather than missing and unexpected',
      'someone -> a.a() { a -> b.b() a -> b.b2() a -> b.b3() }',
      'a(b2 b3 b)',
      'disordered b',
    ],
    [
      'calls that began at the same instant are in no order',
      'someone -> a.a() { a -> b.b() a -> b.b2() }',
      'a(b2= b=)',
      'conforms',
    ],
    [
      'a call stays the same call whatever goes wrong inside of it',
      'someone -> a.a() { a -> b.b() { b -> c.c() b -> c.c2() } }',
      'a(b(foreign foreign foreign))',
      'missing c, missing c2, unexpected foreign in b, unexpected foreign in b, unexpected foreign in b',
    ],
    [
      'a signal to a machine shows no call',
      'someone -> a.a() { a ->> thing : Happened  a -> b.b() }',
      'a(b)',
      'conforms',
    ],
    [
      'one branch of an alt is taken',
      'someone -> a.a() { alt [flag] { a -> b.b() } else { a -> b.b2() } }',
      'a(b2)',
      'conforms',
    ],
    [
      'both branches of an alt are one too many',
      'someone -> a.a() { alt [flag] { a -> b.b() } else { a -> b.b2() } }',
      'a(b b2)',
      'unexpected b in a',
    ],
    [
      'no branch of an alt with else is one too few',
      'someone -> a.a() { alt [flag] { a -> b.b() } else { a -> b.b() } }',
      'a',
      'missing b',
    ],
    ['an alt without else may do nothing', 'someone -> a.a() { alt [flag] { a -> b.b() } }', 'a', 'conforms'],
    [
      'weights say nothing of one trace',
      'someone -> a.a() { alt 99 % { a -> b.b() } else { a -> b.b2() } }',
      'a(b2)',
      'conforms',
    ],
    ['an opt may be there', 'someone -> a.a() { opt [flag] { a -> b.b() } a -> b.b2() }', 'a(b b2)', 'conforms'],
    ['an opt may be left out', 'someone -> a.a() { opt [flag] { a -> b.b() } a -> b.b2() }', 'a(b2)', 'conforms'],
    [
      'an opt is there as a whole',
      'someone -> a.a() { opt [flag] { a -> b.b() a -> b.b2() a -> b.b3() } }',
      'a(b b3)',
      'missing b2',
    ],
    ['a loop turns within its bounds', 'someone -> a.a() { loop 1..3 { a -> b.b() } }', 'a(b b b)', 'conforms'],
    ['a loop turns at least as often as it says', 'someone -> a.a() { loop 2..3 { a -> b.b() } }', 'a(b)', 'missing b'],
    [
      'a loop turns at most as often as it says',
      'someone -> a.a() { loop 1..2 { a -> b.b() } }',
      'a(b b b)',
      'unexpected b in a',
    ],
    [
      'a loop turns as a whole',
      'someone -> a.a() { loop 0..5 { a -> b.b() a -> b.b2() } }',
      'a(b b2 b b2)',
      'conforms',
    ],
    [
      'loops nest',
      'someone -> a.a() { loop 1..3 { a -> b.b() loop 0..2 { a -> b.b2() } } }',
      'a(b b2 b2 b b)',
      'conforms',
    ],
    [
      'the operands of a par interleave',
      'someone -> a.a() { par { a -> b.b() a -> b.b2() } and { a -> c.c() a -> c.c2() } }',
      'a(c b c2 b2)',
      'conforms',
    ],
    [
      'each operand of a par keeps its order',
      'someone -> a.a() { par { a -> b.b() a -> b.b2() } and { a -> c.c() } }',
      'a(b2 c b)',
      'disordered b2',
    ],
    [
      'what follows a par waits for all of it',
      'someone -> a.a() { par { a -> b.b() } and { a -> b.b2() } a -> c.c() }',
      'a(b c b2)',
      'disordered c',
    ],
    [
      'an asynchronous call may begin late',
      'someone -> a.a() { a ->> b.b() a -> b.b2() a -> b.b3() }',
      'a(b2 b3 b)',
      'conforms',
    ],
    [
      'an asynchronous call does not begin before it is sent',
      'someone -> a.a() { a -> b.b2() a ->> b.b() }',
      'a(b b2)',
      'disordered b',
    ],
    [
      'an asynchronous call that never comes is missing',
      'someone -> a.a() { a ->> b.b() a -> b.b2() }',
      'a(b2)',
      'missing b',
    ],
    [
      'a break skips the rest of what encloses it',
      'someone -> a.a() { break [flag] { a -> b.b() } a -> b.b2() }',
      'a(b)',
      'conforms',
    ],
    [
      'a break leaves the whole loop',
      'someone -> a.a() { loop 3..3 { a -> b.b() break [flag] { a -> b.b2() } } a -> b.b3() }',
      'a(b b b2 b3)',
      'conforms',
    ],
    [
      'a return ends the execution',
      'someone -> a.a() { alt [flag] { return } else { a -> b.b() } a -> b.b2() }',
      'a',
      'conforms',
    ],
    [
      'what an execution that failed did not do is not missing',
      'someone -> a.a() { a -> b.b() a -> b.b2() }',
      'a!(b)',
      'conforms',
    ],
    [
      'after a call that failed its caller may give up',
      'someone -> a.a() { a -> b.b() a -> b.b2() }',
      'a(b!)',
      'conforms',
    ],
    [
      'an execution that failed does nothing unexpected either',
      'someone -> a.a() { a -> b.b() }',
      'a!(foreign)',
      'unexpected foreign in a',
    ],
    [
      'nothing comes between the calls of a critical region',
      'someone -> a.a() { par { critical { a -> b.b() a -> b.b2() } } and { a -> b.b3() } }',
      'a(b b3 b2)',
      'disordered b',
    ],
    [
      'what is beside a critical region comes before or after it',
      'someone -> a.a() { par { critical { a -> b.b() a -> b.b2() } a -> c.c() } and { a -> b.b3() a -> c.c2() } }',
      'a(b3 b b2 c2 c)',
      'conforms',
    ],
    [
      'the operands of strict follow each other',
      'someone -> a.a() { strict { a -> b.b() } and { a -> b.b2() } }',
      'a(b2 b)',
      'disordered b2',
    ],
    [
      'the operands of seq follow each other on the same lifeline',
      'someone -> a.a() { seq { a -> b.b() } and { a -> b.b2() } }',
      'a(b2 b)',
      'disordered b2',
    ],
    [
      'the operands of seq are in no order where they share no lifeline',
      'seq { someone -> a.a() } and { b -> c.c() }',
      'c a',
      'conforms',
    ],
    [
      'a break leaves a group and no more',
      'someone -> a.a() { strict { break [flag] { a -> b.b() } a -> b.b2() } a -> b.b3() }',
      'a(b b3)',
      'conforms',
    ],
    [
      'another interaction happens where it is used',
      'someone -> a.a() { ref Used(x: flag) a -> c.c() }',
      'a(b b2 b3 c)',
      'conforms',
    ],
    [
      'a return in an interaction that is used ends only that',
      'someone -> a.a() { ref Used(x: flag) a -> c.c() }',
      'a(b c)',
      'conforms',
    ],
    [
      'what another interaction gets is known in it',
      'someone -> a.a() { ref Used(x: false) ref Used(x: true) }',
      'a(b b2 b3 b b2 b3)',
      'unexpected b2 in a, unexpected b3 in a',
    ],
    [
      'a fallback follows a call that failed',
      'someone -> a.a() { a -> b.b() fallback { a -> c.c() } a -> b.b2() }',
      'a(b! c b2)',
      'conforms',
    ],
    [
      'a fallback follows no call that went well',
      'someone -> a.a() { a -> b.b() fallback { a -> c.c() } a -> b.b2() }',
      'a(b c b2)',
      'unexpected c in a',
    ],
    [
      'after a call that failed comes its fallback or nothing',
      'someone -> a.a() { a -> b.b() fallback { a -> c.c() } a -> b.b2() }',
      'a(b! b2)',
      'unexpected b2 in a',
    ],
    [
      'what follows a publication may be seen with it',
      'someone -> a.a() { a ->> Bus.happened(x: true) a -> b.b() } on Bus.happened(what) -> c.c() { c -> b.b2() }',
      'a(b c(b2))',
      'conforms',
    ],
    [
      'what follows a publication may be seen elsewhere',
      'someone -> a.a() { a ->> Bus.happened(x: true) a -> b.b() } on Bus.happened(what) -> c.c() { c -> b.b2() }',
      'a(b)',
      'conforms',
    ],
    [
      'what follows a publication may be all of a trace',
      'someone -> a.a() { a ->> Bus.happened(x: true) } on Bus.happened(what) -> c.c() { c -> b.b2() }',
      'c',
      'missing b2',
    ],
    ['a found message may be all of a trace', 'someone -> a.a() ? ->> c.c() { c -> b.b() }', 'c(b)', 'conforms'],
    ['a lost message shows nothing', 'someone -> a.a() { a ->> ? : Happened a -> b.b() }', 'a(b)', 'conforms'],
    [
      'a return within an action may end the execution',
      'someone -> a.a() { if flag { return } a -> b.b() }',
      'a',
      'conforms',
    ],
    [
      'each call of an actor may be a trace of its own',
      'someone -> a.a() { a -> b.b() } someone -> a.a2()',
      'a2',
      'conforms',
    ],
    [
      'all calls of an actor may be one trace',
      'someone -> a.a() { a -> b.b() } someone -> a.a2()',
      'a(b) a2',
      'conforms',
    ],
  ];
  let interactions: readonly CompiledInteraction[] = [];
  beforeAll(async () => {
    interactions = await compiledAll(cases.map(([, body]) => ({ body })));
  });
  it.each(cases.map((each, index) => [...each, index] as const))('%s', (_what, _body, observed, verdict, index) => {
    const interaction = interactions[index];
    if (interaction === undefined) throw new Error('the interaction was not compiled');
    expect(told(new InteractionRecogniser(interaction).recognise(calls(observed)))).toBe(verdict);
  });

  it('a guard over what is known decides', async () => {
    const body = 'someone -> a.a() { alt [paid] { a -> b.b() } else { a -> b.b2() } }';
    expect(await judged(body, 'a(b)', 'var paid: Boolean = true')).toBe('conforms');
    expect(await judged(body, 'a(b2)', 'var paid: Boolean = true')).toBe('missing b, unexpected b2 in a');
  });

  it('a reply that was not seen makes its variable unknown', async () => {
    const body = 'someone -> a.a() { paid = a -> c.c()  alt [paid] { a -> b.b() } else { a -> b.b2() } }';
    expect(await judged(body, 'a(c b2)', 'var paid: Boolean = true')).toBe('conforms');
  });

  it('what another operand of a par assigns is not known in this one', async () => {
    const body = 'someone -> a.a() { par { paid = a -> c.c() } and { opt [paid] { a -> b.b() } } }';
    expect(await judged(body, 'a(c)', 'var paid: Boolean = true')).toBe('conforms');
  });

  it('an assignment is followed', async () => {
    const body = 'someone -> a.a() { paid = false  alt [paid] { a -> b.b() } else { a -> b.b2() } }';
    expect(await judged(body, 'a(b)', 'var paid: Boolean = true')).toBe('missing b2, unexpected b in a');
  });

  it('a trace with far too many possibilities is undecided, with a reason', async () => {
    const operands = Array.from({ length: 9 }, () => '{ a -> b.b() loop 0..9 { a -> b.b2() a -> b.b3() } }');
    const recogniser = new InteractionRecogniser(await compiled(`someone -> a.a() { par ${operands.join(' and ')} }`));
    const recognition = recogniser.recognise(calls(`a(${'b3 b2 b '.repeat(40)})`));
    expect(recognition.verdict).toBe('undecided');
    expect(recognition.reason).toContain('too large');
  });

  it('says which branch was taken, as often as one was', async () => {
    const text = 'someone -> a.a() { loop 2..2 { alt [flag] { a -> b.b() } else { a -> b.b2() } } }';
    const { operands, fragments } = new InteractionRecogniser(await compiled(text)).recognise(calls('a(b b2)'));
    expect(fragments.filter((id) => id.includes('alt'))).toHaveLength(2);
    expect(operands.filter((id) => id.endsWith('[flag]'))).toHaveLength(1);
    expect(operands.filter((id) => id.endsWith('else'))).toHaveLength(1);
  });

  it('does not guess a branch that shows nothing', async () => {
    const text = 'someone -> a.a() { alt [flag] { a ->> thing : Happened } else { log "no" } }';
    const { verdict, operands } = new InteractionRecogniser(await compiled(text)).recognise(calls('a'));
    expect({ verdict, operands }).toEqual({ verdict: 'conforms', operands: [] });
  });
});

const rich = `
someone -> a.a() {
  par { r = a -> b.b() { loop 0..3 { b -> c.c() } } } and { opt [flag] { a ->> b.b2() { b -> c.c2() } } a -> c.c() }
  alt [other] { a -> b.b3() break [flag] { a -> c.c2() } } else { loop 1..2 { a ->> b.b3() a -> c.c() } }
  alt [not r] { return } else { a -> c.c() }
  par { critical { a -> b.b() a -> c.c() a -> b.b2() } a -> b.b3() } and { a -> b.b3() critical { a -> c.c2() a -> c.c() } }
  strict { a -> b.b() break [flag] { a -> b.b2() } a -> c.c() } and { ref Used(x: other) }
  a -> b.b() fallback { a -> c.c2() a -> c.c() }
  a -> a.a2()
}`;

const declared = 'var r: Boolean = false';

/** A source of numbers in [0, 1) that fast-check can shrink. */
const draws = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true }));

function run(interaction: CompiledInteraction, numbers: Iterator<number>): DrawnCall[] {
  return randomRun(interaction, () => numbers.next().value ?? 0);
}

describe('what the model generates', () => {
  it('is recognised', async () => {
    const interaction = await compiled(rich, declared);
    const recogniser = new InteractionRecogniser(interaction);
    fc.assert(
      fc.property(draws, (numbers) => {
        expect(told(recogniser.recognise(run(interaction, numbers[Symbol.iterator]())))).toBe('conforms');
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('is not recognised with a call of somebody else in it', async () => {
    const interaction = await compiled(rich, declared);
    const recogniser = new InteractionRecogniser(interaction);
    fc.assert(
      fc.property(draws, fc.nat(), (numbers, where) => {
        const [root] = run(interaction, numbers[Symbol.iterator]());
        if (root === undefined) throw new Error('a run has a first call');
        const foreign: ObservedCall = { operation: 'F.foreign', failed: false, tied: false, children: [] };
        const children: ObservedCall[] = [...root.children];
        children.splice(where % (children.length + 1), 0, foreign);
        expect(told(recogniser.recognise([{ ...root, children }]))).toBe('unexpected foreign in a');
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('is not recognised without one of its calls, and the message says which', async () => {
    const text = `
      someone -> a.a() {
        par { a -> b.b() { loop 1..3 { b -> c.c() } } } and { a ->> b.b2() { b -> c.c2() } }
        alt [flag] { a -> b.b3() } else { a -> a.a2() }
        a -> c.c2()
      }`;
    const interaction = await compiled(text);
    const recogniser = new InteractionRecogniser(interaction);
    fc.assert(
      fc.property(draws, fc.nat(), (numbers, which) => {
        const [root] = run(interaction, numbers[Symbol.iterator]());
        if (root === undefined) throw new Error('a run has a first call');
        const mandatory = root.children.filter(({ operation }) => !/b3|a2/.test(operation));
        const removed = mandatory[which % mandatory.length];
        const children = root.children.filter((child) => child !== removed);
        const { deviations } = recogniser.recognise([{ ...root, children }]);
        expect(deviations).toEqual([{ kind: 'missing-message', message: removed?.message, caller: expect.anything() }]);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
