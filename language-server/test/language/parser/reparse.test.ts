/** Parsing what changed gives what parsing the whole text gives: the same trees, places and errors. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import type * as ast from '../../../src/generated/ast.ts';
import { reparse } from '../../../src/language/parser/reparse.ts';
import { createTwinServices } from '../../../src/language/services.ts';
import { told } from './told-tree.ts';

const { LangiumParser } = createTwinServices(() => EmptyFileSystem.fileSystemProvider()).parser;
const parse = (text: string) => LangiumParser.parse<ast.TwinFile>(text);

const samples = ['shop/shop', 'train-ticket/train-ticket'].map((name) =>
  readFileSync(new URL(`../../../../samples/${name}.twin`, import.meta.url), 'utf8'),
);

const small = `package small
import "other.twin"

/** What happens. */
signal Paid(ok: Boolean)
signal Done // at last
enum Kind { a, b }

/* Two
   lines. */
machine Order(id: String) {
  initial -> Open
  state Open { on Paid -> Closed }
  final Closed
}
component Shop { operation sell(id: String) takes 3 ms }
machine Bill { initial -> Open state Open { on Done -> Closed } final Closed }
interaction Sell(id: String) {
  actor customer
  lifeline shop: Shop
  customer -> shop.sell(id)
}
enum Last { c }
`;
const texts = [small, small.replaceAll('\n', '\r\n'), ...samples];

const pieces = [
  ...[
    'x',
    ' ',
    '\n',
    '{',
    '}',
    '(',
    ')',
    '"',
    '/*',
    '*/',
    '//',
    '/** doc */',
    '->',
    ':',
    '.',
    ',',
    '5 ms',
    '%',
    '§',
    '~',
  ],
  ...[
    'machine M {',
    'signal S\n',
    'enum',
    'state',
    'import "a.twin"\n',
    'package p\n',
    'else',
    'final End\n',
    '\r',
    '\n\n\n',
  ],
  ...[
    'machine N { initial -> A state A }\n',
    'component C { }',
    'on Paid -> Closed\n',
    'entity',
    'E\n}\nenum F { g }\nenum H {',
  ],
];

/** Edits near one another, as one types. */
const typed = fc.record({
  text: fc.constantFrom(...texts.slice(0, 2), ...texts),
  near: fc.nat(1_000_000),
  edits: fc.array(
    fc.record({
      by: fc.integer({ min: -25, max: 25 }),
      jump: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(1_000_000) }),
      removed: fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(200) }),
      inserted: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.string({ maxLength: 3 })),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

/** A mark `‸` stands where text is put in; `⟦…⟧` is taken out. */
function edited(marked: string, inserted: string): { before: string; after: string } {
  const before = marked.replace(/[‸⟦⟧]/g, '');
  return { before, after: marked.replace(/⟦[^⟧]*⟧|‸/, inserted) };
}

/** Room around it, so that a part is worth it. */
function amid(marked: string): string {
  const filler = (name: string) => `machine ${name} {\n  initial -> A\n  state A { after 5 min -> B }\n  final B\n}\n`;
  return `package p\nimport "q.twin"\n\n${['A', 'B', 'C'].map(filler).join('\n')}${marked}\n${['D', 'E', 'F'].map(filler).join('')}`;
}

const enough: readonly (readonly [string, string, string])[] = [
  ['a letter in a name', 'machine M { initial -> Op‸en state Open }', 'x'],
  ['a line more in a body', 'machine M {\n  initial -> A\n  state A‸\n}', '\n  state B'],
  ['a line less in a body', 'machine M {\n  initial -> A\n⟦  final B\n⟧  state A\n}', ''],
  ['a line broken off in a body', 'machine M {\n  initial -> A\n  state A { on ‸ }\n}', 'Pa'],
  ['a wrong line mended', 'machine M {\n  initial -> A\n  state A { on‸ }\n}', ' S -> A'],
  ['a character that means nothing', 'machine M { initial -> A‸ state A }', '§'],
  ['a declaration more', 'enum K { a }‸', '\nsignal S\n/** New. */\nsignal T'],
  ['a declaration less', 'enum K { a }\n⟦enum L { b }\n⟧enum M { c }', ''],
  ['the name of a declaration', 'enum ⟦Kind⟧ { a }', 'Sort'],
  ['a comment above a declaration', '/** Wh‸at. */\nenum K { a }', 'y'],
  ['a comment behind a declaration', 'enum K { a } // fi‸rst', 'ne'],
  ['a brace too many', 'machine M { initial -> A ‸ state A }', '{'],
  ['a late import', 'enum K { a }\n‸\nenum L { b }', 'import "r.twin"'],
  ['two declarations on one line', 'enum K { a }⟦\n⟧', ' '],
  ['blank lines between declarations', 'enum K { a }\n‸\nenum L { b }', '\n\n\n'],
];

const inDoubt: readonly (readonly [string, string, string])[] = [
  ['a comment left open', 'machine M { initial -> A ‸ state A }', '/*'],
  ['a brace too few', 'machine M { initial -> A state A ⟦}⟧', ''],
];

describe('where the change lies in declarations whose borders stand, a part of the text is parsed', () => {
  test.each(enough)('%s', (_, marked, inserted) => {
    const { before, after } = edited(amid(marked), inserted);
    const part = reparse(parse(before), after, parse);
    expect(part).toBeDefined();
    if (part !== undefined) expect(told(part)).toBe(told(parse(after)));
  });
});

describe('where borders are in doubt, the whole text is parsed', () => {
  test.each(inDoubt)('%s', (_, marked, inserted) => {
    const { before, after } = edited(amid(marked), inserted);
    expect(reparse(parse(before), after, parse) === undefined).toBe(true);
  });
  test('a change of the package', () => {
    const text = amid('enum K { a }');
    expect(reparse(parse(text), text.replace('package p', 'package pp'), parse) === undefined).toBe(true);
  });
  test('a declaration before it that is not closed', () => {
    const text = amid('machine M\nenum K { a }\nenum L { b }');
    expect(reparse(parse(text), text.replace('enum L', 'enum LL'), parse) === undefined).toBe(true);
  });
  test('an error elsewhere', () => {
    const text = amid('enum K { a }').replace('initial -> A', 'initial ->');
    expect(reparse(parse(text), text.replace('enum K', 'enum L'), parse) === undefined).toBe(true);
  });
});

/** How often a part was enough: the law would hold idly if never. */
let parts = 0;
let all = 0;

describe('parsing what changed', () => {
  const runs = Number(process.env.REPARSE_RUNS ?? 40);
  test('gives what parsing the whole text gives, edit after edit', () => {
    fc.assert(
      fc.property(typed, ({ text: start, near, edits }) => {
        let text = start;
        let result = parse(text);
        let at = near % (text.length + 1);
        for (const { by, jump, removed, inserted } of edits) {
          at = jump > 0 ? jump % (text.length + 1) : Math.min(text.length, Math.max(0, at + by));
          text = text.slice(0, at) + inserted + text.slice(at + removed);
          all++;
          const part = reparse(result, text, parse);
          if (part === undefined) result = parse(text);
          else {
            parts++;
            expect(told(part)).toBe(told(parse(text)));
            result = part;
          }
        }
      }),
      { numRuns: runs },
    );
    expect(parts / all).toBeGreaterThan(0.2);
  }, 3_600_000);
});
