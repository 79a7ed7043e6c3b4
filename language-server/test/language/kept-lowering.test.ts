/** What is kept of the lowering before an edit is what lowering the edited text from scratch gives. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { EmptyFileSystemProvider, type LangiumDocument, URI } from 'langium';
import { describe, expect, test } from 'vitest';
import { KeptLowering } from '../../src/language/lower/kept-lowering.ts';
import type { Problem } from '../../src/language/problems/problem.ts';
import { createTwinServices } from '../../src/language/services.ts';
import { shopText } from '../shop-text.ts';

const ticket = readFileSync(new URL('../../../samples/train-ticket/train-ticket.twin', import.meta.url), 'utf8');

const files = new Map<string, string>();

class FilesInMemory extends EmptyFileSystemProvider {
  override async readFile(...[uri]: [URI?]): Promise<string> {
    return files.get(uri?.path.slice(1, -'.twin'.length) ?? '') ?? '';
  }
}

const services = createTwinServices(() => new FilesInMemory());
const { LangiumDocuments, DocumentBuilder } = services.shared.workspace;
const { ModelBuilder } = services.model;

type Texts = Readonly<Record<string, string>>;

async function open(texts: Texts): Promise<void> {
  await DocumentBuilder.update([], LangiumDocuments.all.map(({ uri }) => uri).toArray());
  files.clear();
  for (const [name, text] of Object.entries(texts)) files.set(name, text);
  const uris = Object.keys(texts).map((name) => URI.parse(`file:///${name}.twin`));
  const documents = await Promise.all(uris.map((uri) => LangiumDocuments.getOrCreateDocument(uri)));
  await DocumentBuilder.build(documents, { validation: true });
}

async function write(name: string, text: string): Promise<void> {
  files.set(name, text);
  await DocumentBuilder.update([URI.parse(`file:///${name}.twin`)], []);
}

function told(problems: readonly Problem[]): unknown[] {
  return problems.map(({ code, message, place }) => ({ code, message, place }));
}

/** Of every file, what was kept and made after the last edit, beside what is made of the same trees by somebody new to them. */
function expectSameAsFromScratch(): void {
  for (const document of LangiumDocuments.all) {
    const { model, problems } = ModelBuilder.fileOf(document);
    const fresh: Problem[] = [];
    expect(model).toEqual(new KeptLowering(LangiumDocuments).lower(document, fresh));
    expect(told(problems)).toEqual(told(fresh));
  }
}

function documentOf(name: string): LangiumDocument {
  const document = LangiumDocuments.getDocument(URI.parse(`file:///${name}.twin`));
  if (document === undefined) throw new Error(`There is no ${name}.`);
  return document;
}

const filler = Array.from({ length: 6 }, (_, index) => `signal Filler${index}(x: Integer)\n`).join('');

describe('an edit changes what is made of', () => {
  test.each<[string, Texts, string, [old: string, fresh: string]]>([
    [
      'machines that bind what a signal carries',
      {
        a: `signal Go(x: Integer)\n${filler}machine M {\n var y: Integer = 0\n initial -> A\n state A { on Go(z) / y = z -> A }\n}\n`,
      },
      'a',
      ['x: Integer', 'w: Boolean'],
    ],
    [
      'machines that are built on a machine that is built on the edited one',
      {
        a: `machine A {\n var v: Integer = 0\n initial -> S\n state S\n}\n${filler}machine B extends A { }\nmachine C extends B {\n state T { when (v > 1) -> S }\n}\n`,
      },
      'a',
      ['var v: Integer = 0', 'var v: Duration = 0 s'],
    ],
    [
      'a declaration that gets a comment right behind the one before it',
      { a: `${filler}machine M { initial -> A state A }\nsignal Last(x: Real)\nsignal End\n` },
      'a',
      ['}\nsignal Last', '}/** The last. */\nsignal Last'],
    ],
    [
      'every declaration below a line that comes in',
      { a: `signal Zero\n${filler}machine M { initial -> A state A }\n` },
      'a',
      ['signal Zero', 'signal Zero\n'],
    ],
    [
      'those that have the name of one that gets another name',
      {
        a: `signal Same(x: Real)\n${filler}signal Same(y: Real)\n${filler.replaceAll('Filler', 'More')}signal Same(z: Real)\n`,
      },
      'a',
      ['Same(x', 'Other(x'],
    ],
    [
      'everything when the package gets another name',
      { a: `package p\n${filler}machine M { initial -> A state A }\n` },
      'a',
      ['package p', 'package q'],
    ],
    [
      'a declaration whose name finds another one now',
      {
        a: `${filler}signal Gone\n${filler.replaceAll('Filler', 'More')}machine M {\n initial -> A\n state A { on Gone -> A }\n}\n`,
      },
      'a',
      ['signal Gone', 'signal Lost'],
    ],
    [
      'files that import the edited one, and those that import these',
      {
        a: 'data D { x: Integer }\n',
        b: 'import "a.twin"\nsignal Go(d: D)\n',
        c: `import "b.twin"\n${filler}machine M {\n initial -> A\n state A { on Go(d) [d.x > 1] -> A }\n}\n`,
      },
      'a',
      ['x: Integer', 'x: Duration'],
    ],
    [
      'files that import each other',
      {
        a: `import "b.twin"\n${filler}data D { x: Integer }\n${filler.replaceAll('Filler', 'More')}machine M {\n initial -> A\n state A { on Go(d) [d.x > 1] -> A }\n}\n`,
        b: 'import "a.twin"\nsignal Go(d: D)\n',
      },
      'a',
      ['x: Integer', 'x: Duration'],
    ],
  ])('%s', async (_, texts, name, [old, fresh]) => {
    await open(texts);
    const text = texts[name] ?? '';
    expect(text).toContain(old);
    // Once to be known, once to be remembered, once to be kept.
    for (const _ of [1, 2]) {
      await write(name, `${text}// once more\n`);
      await write(name, text);
    }
    expectSameAsFromScratch();
    await write(
      name,
      text.replace(old, () => fresh),
    );
    expectSameAsFromScratch();
    await write(name, text);
    expectSameAsFromScratch();
  });
});

test('declarations that have nothing to do with an edit are not lowered again', async () => {
  await open({ shop: shopText });
  const edits = ['attempts = 0', 'attempts = 1', 'attempts = 2'].map((fresh) =>
    shopText.replace('attempts = 0', () => fresh),
  );
  const [, before, after] = await edits.reduce<Promise<unknown[][]>>(async (made, text) => {
    const models = await made;
    await write('shop', text);
    const { machines, components, signals, deployments } = ModelBuilder.fileOf(documentOf('shop')).model;
    return [...models, [machines[0], components.at(-1), signals[0], deployments[0]]];
  }, Promise.resolve([]));
  expect(after?.[0]).not.toBe(before?.[0]);
  expect(after?.filter((made, index) => made === before?.[index]).length).toBeGreaterThanOrEqual(2);
});

const words = [...new Set(`${shopText} ${ticket}`.match(/\w+|[^\s\w]+/g) ?? [])];
const base = 'package base\ndata Money { amount: Real }\nsignal Paid(sum: Money)\n';
const using = `package using\nimport "base.twin"\n${shopText.replace(/^package.*\n/, '')}
machine Purse {
  var total: Real = 0
  initial -> Open
  state Open { on Paid(sum) / total += sum.amount -> Open }
}
`;
const workspaces: readonly Texts[] = [{ shop: shopText }, { ticket }, { base, using }];

const typed = fc.record({
  texts: fc.constantFrom(...workspaces),
  edits: fc.array(
    fc.record({
      file: fc.nat(7),
      at: fc.nat(1_000_000),
      /** How many words are taken away, and what comes instead. */
      words: fc.nat(2),
      fresh: fc.oneof(
        fc.constantFrom('', '\n', ' ', '/** Said. */', '/* said */', '7'),
        fc.constantFrom(...words),
        fc.constant(undefined),
      ),
    }),
    { minLength: 2, maxLength: 8 },
  ),
});

/** Words from the n-th on are replaced; by themselves, twice, where nothing comes instead. */
function edited(text: string, at: number, count: number, fresh: string | undefined): string {
  const all = [...text.matchAll(/\w+|[^\s\w]/g)];
  const first = all[at % Math.max(1, all.length)];
  if (first === undefined) return `${text}${fresh ?? ''}`;
  const last = count === 0 ? undefined : all[Math.min(all.length, (at % all.length) + count) - 1];
  const end = last === undefined ? first.index : last.index + last[0].length;
  const old = text.slice(first.index, end);
  return `${text.slice(0, first.index)}${fresh ?? `${old} ${old}`}${text.slice(end)}`;
}

test('whatever the edits, and in whichever file', async () => {
  await fc.assert(
    fc.asyncProperty(typed, async ({ texts, edits }) => {
      await open(texts);
      const names = Object.keys(texts);
      for (const { file, at, words: count, fresh } of edits) {
        const name = names[file % names.length] ?? '';
        const before = files.get(name) ?? '';
        await write(name, edited(before, at, count, fresh));
        expectSameAsFromScratch();
        // Taken back, as often as not: most edits break the text, and broken texts have less to be kept.
        if (at % 2 === 0) await write(name, before);
        expectSameAsFromScratch();
      }
    }),
    { numRuns: Number(process.env.EDIT_RUNS ?? 25) },
  );
}, 300_000);
