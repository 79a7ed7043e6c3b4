import type { Interaction, Model } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../src/diagram/names.ts';
import { layOutSequence, type SequenceLayout } from '../src/diagram/sequence-layout.ts';
import { fixedWidth } from '../src/diagram/text.ts';
import { notationScene } from '../src/render/scene.ts';
import { auditScenes } from './audit-scene.ts';
import { modelFrom, shopModel } from './page/fixtures.ts';

function laidOut(model: Model, name: string): SequenceLayout {
  const interaction = model.interactions.find((each) => each.name === name) as Interaction;
  return layOutSequence(interaction, namesOf(model), fixedWidth, undefined, model.interactions);
}

const sample = (body: string): string => `package p
signal Ping
machine M { initial -> A  state A { on Ping -> B } final B }
component A { operation f(x: Integer): Boolean takes exp(1 ms) }
component B { operation g(x: Integer): Boolean takes exp(1 ms)  operation h() takes exp(1 ms) }
component Bus broker { topic placed(x: Integer) }
interaction Other(x: Integer) { lifeline b: B  ? ->> b.h() }
interaction I(x: Integer) {
  actor user
  lifeline a: A, b: B
  lifeline m: M
  var done: Boolean = true
  user -> a.f(x) { ${body} }
}`;

describe('the shop', () => {
  it('has its messages in the order of the text, top down', async () => {
    const layout = laidOut(await shopModel(), 'Checkout');
    const rows = layout.arrows.map((arrow) => arrow.points[0]?.y ?? 0);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });

  it('has its lifelines in the order of the text, left to right', async () => {
    const layout = laidOut(await shopModel(), 'Checkout');
    expect(layout.lifelines.map((each) => each.name)).toEqual(['customer', 'web', 'orders', 'stock', 'bank', 'order']);
    expect(layout.lifelines.map((each) => each.x)).toEqual(
      layout.lifelines.map((each) => each.x).toSorted((a, b) => a - b),
    );
  });

  it('creates the machine by its first message: the head stands in that row', async () => {
    const layout = laidOut(await shopModel(), 'Checkout');
    const order = layout.lifelines.find((each) => each.name === 'order');
    const create = layout.arrows.find((arrow) => arrow.kind === 'create');
    expect(create?.points[1]).toEqual({ x: order?.head.x, y: (order?.head.y ?? 0) + 18 });
    expect(create?.text).toBe('Pay(ok: paid)');
  });

  it('has nested frames inside the frames around them, and the loop with its bounds', async () => {
    const model = await shopModel();
    const [par, opt] = laidOut(model, 'Checkout').frames;
    expect([par?.keyword, opt?.keyword]).toEqual(['par', 'opt']);
    expect((opt?.box.x ?? 0) - (par?.box.x ?? 0)).toBeGreaterThan(0);
    expect(laidOut(model, 'Browse').frames[0]?.keyword).toBe('loop (1, 3)');
  });

  it('marks the bound of the whole call left of its bar', async () => {
    const [constraint] = laidOut(await shopModel(), 'Checkout').constraints;
    expect(constraint?.text).toBe('{0..2 s}');
  });
});

it('a reply carries the result of a call, and the returned value of an execution', async () => {
  const layout = laidOut(await modelFrom(sample('done = a -> b.g(x)  return done')), 'I');
  expect(layout.arrows.filter((arrow) => arrow.kind === 'reply').map((arrow) => arrow.text)).toEqual(['done', 'done']);
});

it('a head stays on top, its line a ghost at first, where a choice decides whether its first message is sent', async () => {
  const layout = laidOut(await modelFrom(sample('alt [x > 1] { a ->> m : Ping } else { a -> b.h() }')), 'I');
  const machine = layout.lifelines.find((each) => each.name === 'm');
  expect(machine?.head.y).toBe(layout.lifelines[1]?.head.y);
  expect(machine?.ghostUntil).toBe(layout.arrows.find((arrow) => arrow.text === 'Ping')?.points[0]?.y);
});

it('a signal that an action sends to a lifeline is a message too', async () => {
  const layout = laidOut(await modelFrom(sample('a -> b.h()  send Ping to m delayed 2 s')), 'I');
  const sent = layout.arrows.find((arrow) => arrow.text === 'Ping {after 2 s}');
  expect(sent?.kind).toBe('asynchronous');
  expect(layout.notes).toEqual([]);
});

it('argument lists shorten where the room is narrow', async () => {
  const model = await shopModel();
  const interaction = model.interactions[0] as Interaction;
  const narrow = layOutSequence(interaction, namesOf(model), fixedWidth, 500);
  expect(narrow.arrows[0]?.text).toBe('checkout(…)');
  expect(narrow.width).toBeLessThan(laidOut(model, 'Checkout').width);
});

describe('every fragment has its notation', () => {
  const drawn = async (body: string) => laidOut(await modelFrom(sample(body)), 'I');

  it.each([
    ['critical { a -> b.h() }', 'critical'],
    ['strict { a -> b.h() } and { a -> b.h() }', 'strict'],
    ['ignore Ping { a -> b.h() }', 'ignore {Ping}'],
    ['consider Ping, B.h { a -> b.h() }', 'consider {Ping, h}'],
    ['a -> b.h() fallback { a -> a.f(x) }', 'fallback'],
  ])('%s is a frame with its operator', async (body, keyword) => {
    expect((await drawn(body)).frames.map((frame) => frame.keyword)).toEqual([keyword]);
  });

  it('a use of another interaction is a frame over the lifelines that take part', async () => {
    const layout = await drawn('ref Other(x: 7)');
    const [frame] = layout.frames;
    expect([frame?.keyword, frame?.text]).toEqual(['ref', 'Other(7)']);
    const x = (name: string): number => layout.lifelines.find((each) => each.name === name)?.x ?? Number.NaN;
    expect(frame?.box.x).toBeLessThan(x('a'));
    expect((frame?.box.x ?? 0) + (frame?.box.width ?? 0)).toBeGreaterThan(x('b'));
    expect((frame?.box.x ?? 0) + (frame?.box.width ?? 0)).toBeLessThan(x('m'));
  });

  it('lost and found messages end in a filled circle', async () => {
    const layout = await drawn('a ->> ? : Ping  ? ->> b.h()');
    const circles = notationScene(layout, fixedWidth).groups.flatMap(({ marks }) =>
      marks.flatMap((mark) => (mark.kind === 'circle' && mark.look === 'solid' ? [mark.centre] : [])),
    );
    const [lost, found] = ['lost', 'found'].map((kind) => layout.arrows.find((arrow) => arrow.kind === kind)?.points);
    expect(circles).toEqual([lost?.at(-1), found?.at(0)]);
  });

  it('an instance that is destroyed ends in a cross', async () => {
    const layout = await drawn('create m  a ->> m : Ping  destroy m  a -> b.h()');
    const line = layout.lifelines.find((each) => each.name === 'm');
    expect(line?.ends).toBe(true);
    expect(line?.bottom).toBe(layout.arrows.find((arrow) => arrow.text === '«destroy»')?.points[0]?.y);
    expect(line?.head.y).toBeGreaterThan(layout.lifelines[1]?.head.y ?? 0);
  });

  it('work at its place stands beside its bar', async () => {
    expect((await drawn('a -> b.h()  takes 3 ms')).notes.map(({ text }) => text)).toEqual(['takes 3 ms']);
  });
});

describe('whatever is nested', () => {
  const step = fc.constantFrom(
    ...['a -> b.g(x)', 'done = a -> b.g(x)', 'a ->> b.h()', 'a -> b.h()', 'a ->> ? : Ping', '? ->> b.h()'],
    ...['ref Other(x: 7)', 'takes 3 ms', 'a ->> Bus.placed(x)', 'create m', 'destroy m', 'a ->> m : Ping'],
  );
  const { block } = fc.letrec<{ block: string; fragment: string }>((tie) => ({
    fragment: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      step,
      tie('block').map((body) => `opt [x > 3] { ${body} }`),
      tie('block').map((body) => `loop 1..3 { ${body} }`),
      fc.tuple(tie('block'), tie('block')).map(([one, two]) => `alt [done] 98 % { ${one} } else { ${two} }`),
      tie('block').map((body) => `a -> b.h() fallback { ${body} }`),
      fc
        .tuple(fc.constantFrom('critical', 'neg', 'assert', 'ignore Ping', 'consider Ping, B.h'), tie('block'))
        .map(([keyword, body]) => `${keyword} { ${body} }`),
      fc
        .tuple(fc.constantFrom('strict', 'seq'), tie('block'), tie('block'))
        .map(([keyword, one, two]) => `${keyword} { ${one} } and { ${two} }`),
      fc.tuple(tie('block'), tie('block')).map(([one, two]) => `par { ${one} } and { ${two} }`),
    ),
    block: fc.array(tie('fragment'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n')),
  }));

  it('no text meets a stroke or a text, and the rows follow the text', async () => {
    await fc.assert(
      fc.asyncProperty(block, async (body) => {
        const layout = laidOut(await modelFrom(sample(body)), 'I');
        expect(auditScenes([notationScene(layout, fixedWidth)])).toEqual([]);
        const rows = layout.arrows.map((arrow) => arrow.points[0]?.y ?? 0);
        expect(rows).toEqual(rows.toSorted((a, b) => a - b));
      }),
      { numRuns: 40, seed: 7 },
    );
  }, 120_000);
});
