/** Refactorings, as examples (`«…»` is selected, `|` is the cursor), and over whole samples: what they leave has no new errors. */
import { readdirSync, readFileSync } from 'node:fs';
import { AstUtils, EmptyFileSystem } from 'langium';
import { parseHelper } from 'langium/test';
import { describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { problemCodes } from '../../src/language/index.ts';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { messagesOf, type Opened, open, type Texts, taken } from './code-actions.ts';

interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function unmarked(marked: string): Marked {
  const cursor = marked.indexOf('|');
  if (cursor >= 0) return { text: marked.replace('|', ''), start: cursor, end: cursor };
  return { text: marked.replace('«', '').replace('»', ''), start: marked.indexOf('«'), end: marked.indexOf('»') - 1 };
}

async function offered({ text, start, end }: Marked, files: Texts = {}): Promise<CodeAction[]> {
  const opened = await open({ ...files, 'model.twin': text });
  return opened.actions({ start: opened.positionAt(start), end: opened.positionAt(end) }, ['refactor']);
}

async function check(marked: string, title: string, after: string, files: Texts = {}): Promise<void> {
  const place = unmarked(marked);
  const texts = { ...files, 'model.twin': place.text };
  const actions = await offered(place, files);
  const action = actions.find((candidate) => candidate.title === title);
  expect(action, `offered: ${actions.map((candidate) => candidate.title).join(' | ')}`).toBeDefined();
  if (action === undefined) return;
  const result = taken(texts, action);
  expect(result['model.twin']).toBe(after);
  expect(messagesOf(await open(result))).toEqual(messagesOf(await open(texts)));
}

const machine = (members: string) => `signal Go\nmachine M {\n  initial -> A\n${members}\n}`;
const interaction = (body: string) =>
  `component Orders { operation create takes 3 ms }\ninteraction I {\n  actor customer\n  lifeline orders: Orders\n${body}\n}`;

describe('extract state', () => {
  test.each([
    [
      'puts states with their transitions into a composite state that begins at the first',
      machine('  «state A { on Go -> B }\n  state B { on Go -> C }»\n  state C'),
      'Extract 2 vertices into a composite state',
      machine(
        '  state Extracted {\n    initial -> A\n    state A { on Go -> B }\n    state B { on Go -> C }\n  }\n  state C',
      ),
    ],
    [
      'lengthens the dotted paths that led through the owner',
      machine('  state A { on Go -> B.X }\n  state B { initial -> X  «state X»  state Y { on Go -> B } }').replace(
        'state X»  state',
        'state X { on Go -> Y }»  state',
      ),
      'Extract `X` into a composite state',
      machine(
        '  state A { on Go -> B.Extracted.X }\n  state B { initial -> X  state Extracted { initial -> X state X { on Go -> Y } }  state Y { on Go -> B } }',
      ),
    ],
  ])('%s', (_, marked, title, after) => check(marked, title, after));

  test.each([
    ['of a final state', machine('  «state A { on Go -> B }\n  final B»')],
    ['of half a state', machine('  «state A { on» Go -> A }')],
    ['of transitions alone', machine('  state A { «on Go -> A» }')],
    ['of nothing', machine('  |state A { on Go -> A }')],
    ['in a text with syntax errors', machine('  «state A { on Go -> A }» state {')],
  ])('is not offered %s', async (_, marked) => {
    const titles = (await offered(unmarked(marked))).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Extract'))).toEqual([]);
  });
});

describe('wrap', () => {
  test.each([
    [
      'the states of a composite state in a region',
      machine('  state |A {\n    on Go -> C\n    initial -> B\n    state B\n  }\n  state C { on Go -> A }'),
      'Wrap the states of `A` in a region',
      machine(
        '  state A {\n    on Go -> C\n    region main {\n      initial -> B\n      state B\n    }\n  }\n  state C { on Go -> A }',
      ),
    ],
    [
      'a message in a fragment',
      interaction('  «customer -> orders.create()»'),
      'Wrap in `opt`',
      interaction('  opt [true] {\n    customer -> orders.create()\n  }'),
    ],
    [
      'messages on one line',
      interaction('  customer -> orders.create() { «orders -> orders.create()  orders -> orders.create()» }'),
      'Wrap in `alt`',
      interaction(
        '  customer -> orders.create() { alt [true] { orders -> orders.create()  orders -> orders.create() } else { } }',
      ),
    ],
    [
      'messages in a loop',
      interaction('  «customer -> orders.create()\n\n  customer -> orders.create()»'),
      'Wrap in `loop`',
      interaction('  loop 1 {\n    customer -> orders.create()\n\n    customer -> orders.create()\n  }'),
    ],
    [
      'messages beside what is still to be written',
      interaction('  «customer -> orders.create()»'),
      'Wrap in `par`',
      interaction('  par {\n    customer -> orders.create()\n  } and { }'),
    ],
  ])('%s', (_, marked, title, after) => check(marked, title, after));

  test('no region where the states stand apart', async () => {
    const marked = machine('  state |A { initial -> B  on Go -> A  state B }');
    expect((await offered(unmarked(marked))).map(({ title }) => title)).toEqual([]);
  });

  test('no fragment around a lifeline', async () => {
    expect(await offered(unmarked(interaction('  «var ok: Boolean = true»')))).toEqual([]);
  });
});

test('introduce component: with the operations that are called', async () => {
  const before =
    'interaction I {\n  actor customer\n  lifeline |orders\n  var ok: Boolean = false\n  ok = customer -> orders.create("o-1")\n  customer -> orders.close()\n}';
  const [action] = await offered(unmarked(before));
  expect(action?.title).toBe('Introduce component `Orders` for `orders`');
  const after = action && taken({ 'model.twin': before.replace('|', '') }, action)['model.twin'];
  expect(after).toBe(
    `component Orders {\n  operation create(value1: String): Boolean\n  operation close\n}\n\n${before.replace('|orders', 'orders: Orders')}`,
  );
  expect(messagesOf(await open({ 'model.twin': after ?? '' }))).toEqual([]);
});

describe('inline', () => {
  test.each([
    [
      'a variable that is read once',
      machine('  var |limit: Integer = 2 + 1\n  var k: Integer = 0\n  state A { on Go [k < limit] / k += 1 -> A }'),
      'Inline `limit`',
      machine('  var k: Integer = 0\n  state A { on Go [k < (2 + 1)] / k += 1 -> A }'),
    ],
    [
      'a junction with one branch',
      machine('  state A { on Go -> J }\n  junction |J { -> B }\n  state B'),
      'Inline `J`',
      machine('  state A { on Go -> B }\n  state B'),
    ],
  ])('%s', (_, marked, title, after) => check(marked, title, after));

  test.each([
    ['a variable that is assigned', machine('  var |k: Integer = 0\n  state A { on Go / k = 3 -> A }')],
    ['a variable that is read twice', machine('  var |k: Integer = 0\n  state A { on Go [k < 2 and k > 0] -> A }')],
    ['a variable that is drawn', machine('  var |k: Duration = exp(3 s)\n  state A { after k -> A }')],
    ['a variable in a log text', machine('  var |k: Integer = 0\n  state A { on Go [k < 2] / log "{k}" -> A }')],
    ['a branch with an effect', machine('  state A { on Go -> J }\n  junction |J { / log "x" -> B }\n  state B')],
    ['one of two branches', machine('  state A { on Go -> J }\n  choice |J { 5 % -> B  else -> A }\n  state B')],
  ])('leaves %s', async (_, marked) => {
    expect(await offered(unmarked(marked))).toEqual([]);
  });
});

/** Each text of the samples, beside the others of its folder. */
function samples(): (readonly [string, string, Texts])[] {
  const root = new URL('../../../samples/', import.meta.url);
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    const folder = new URL(`${name}/`, root);
    const names = readdirSync(folder).filter((file) => file.endsWith('.twin'));
    const texts = Object.fromEntries(names.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
    return Object.entries(texts).map(([file, text]) => [`${name}/${file}`, text, texts] as const);
  });
}

const whole: readonly (readonly [string, string, Texts])[] = [
  ...samples(),
  ...Object.entries(problemCodes).map(([code, { mended, files = {} }]) => [code, mended, files] as const),
];

/** Messages name lines and elements, which a refactoring may change. */
function countsOf({ diagnostics }: Opened): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { code } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

const kinds = /^(State|Message|Variable|Choice|Junction|Lifeline|Alt|Opt|Loop|Par)$/;

describe('over whole texts: whatever is selected, what is offered leaves no more findings of any kind', () => {
  const parse = parseHelper(createTwinLspServices(EmptyFileSystem).twin);

  /** Some members, each with the one behind it, and the cursor in front of each. */
  async function selections(text: string): Promise<(readonly [number, number])[]> {
    const places = AstUtils.streamAllContents((await parse(text)).parseResult.value)
      .filter(({ $type }) => kinds.test($type))
      .flatMap(({ $cstNode }) => ($cstNode === undefined ? [] : [[$cstNode.offset, $cstNode.end] as const]))
      .toArray();
    const step = Math.ceil(places.length / 25);
    return places.flatMap(([start, end], position) =>
      position % step === 0 ? [[start, end] as const, [start, places[position + 1]?.[1] ?? end], [start, start]] : [],
    );
  }

  test.each(whole)('%s', { timeout: 120_000 }, async (_, text, files) => {
    const texts = { ...files, 'model.twin': text };
    const chosen = await selections(text);
    const opened = await open(texts);
    const before = countsOf(opened);
    const actions: (readonly [string, CodeAction])[] = [];
    for (const [start, end] of chosen) {
      const range = { start: opened.positionAt(start), end: opened.positionAt(end) };
      for (const action of await opened.actions(range, ['refactor'])) actions.push([`${start}..${end}`, action]);
    }
    for (const [place, action] of actions) {
      const after = await open(taken(texts, action));
      const more = [...countsOf(after)].filter(([code, count]) => count > (before.get(code) ?? 0));
      expect(more, `${action.title} at ${place}\n${messagesOf(after).join('\n')}`).toEqual([]);
    }
  });
});
