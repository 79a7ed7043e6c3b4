/** The formatter: examples of its rules, and the laws it keeps on any layout. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DefaultLexer, EmptyFileSystem } from 'langium';
import { describe, expect, it, test } from 'vitest';
import { formatEdits, formatText } from '../../src/language/format/format-text.ts';
import { applyEdits } from '../../src/language/format/layout.ts';
import { modelOf } from '../../src/language/load-model.ts';
import { createTwinServices } from '../../src/language/services.ts';

const samples = new URL('../../../samples/', import.meta.url);
const sampleFiles = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.twin') && !path.includes('node_modules') && !path.startsWith('out'),
);
const texts = sampleFiles.map((path) => readFileSync(new URL(path, samples), 'utf8'));
const lexer = new DefaultLexer(createTwinServices(EmptyFileSystem.fileSystemProvider));

/** Tokens and comments with their kinds; blanks inside a comment of several lines are layout. */
function tokensOf(text: string): string[] {
  const { tokens, hidden, errors } = lexer.tokenize(text);
  expect(errors).toEqual([]);
  return [...tokens, ...hidden]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ tokenType, image }) => `${tokenType.name} ${image.replace(/\s+/g, ' ').trim()}`);
}

function formatted(text: string): string {
  const result = formatText(text);
  expect(result.problem).toBeUndefined();
  return result.text ?? '';
}

describe('the samples', () => {
  it('are there', () => {
    expect(sampleFiles).toEqual(expect.arrayContaining(['shop/shop.twin', 'train-ticket/train-ticket.twin']));
  });

  it.each(sampleFiles)('%s is formatted', (path) => {
    const text = readFileSync(new URL(path, samples), 'utf8');
    expect(formatted(text)).toBe(text);
  });
});

/** Inside a state of a machine. */
function inState(line: string): string {
  const text = formatted(`signal S(a: Real)\nmachine M(x: Real) {\nvar h: Real = 1\nstate A {\n${line}\n}\n}\n`);
  return text.split('\n').slice(4, -3).join('\n');
}

describe('within a line', () => {
  test.each([
    ['arrows', 'on S->A', '    on S -> A'],
    ['blanks behind an arrow', 'on S ->   A', '    on S -> A'],
    ['a division', 'on S / h = x/h', '    on S / h = x / h'],
    ['a division by a name like a unit', 'on S / h = 10 /h', '    on S / h = 10 / h'],
    ['a rate', 'on S / h = 10/s', '    on S / h = 10/s'],
    ['a difference', 'on S / h = h-1', '    on S / h = h - 1'],
    ['a negative number', 'on S / h=-1', '    on S / h = -1'],
    ['a comparison', 'on S [x<=1and h==2] -> A', '    on S [x <= 1 and h == 2] -> A'],
    ['commas, colons and parentheses', 'on S / send S( a:1 ) to self', '    on S / send S(a: 1) to self'],
    ['a guard behind parentheses', 'on S(a)[ a>1 ]->A', '    on S(a) [a > 1] -> A'],
    ['a guard behind a signal', 'on S[x>1]->A', '    on S [x > 1] -> A'],
    ['a change event', 'when(x > 1) -> A', '    when (x > 1) -> A'],
    ['braces on one line', 'on S / {h = 1  h += x}', '    on S / { h = 1  h += x }'],
    ['an empty state', 'state B {}', '    state B {}'],
    ['a path', 'on S -> A . B', '    on S -> A.B'],
    ['a tab', 'on S\t-> A', '    on S -> A'],
    ['columns in front of an arrow', 'on S    -> A', '    on S    -> A'],
  ])('%s', (_, line, expected) => {
    expect(inState(line)).toBe(expected);
  });

  test('a guard stands apart from its fragment, a key does not from its lifeline', () => {
    const text = 'machine M {}\ninteraction I(id: String) {\n  lifeline m[id]: M\n  opt[id == "a"]{ }\n}\n';
    expect(formatted(text)).toBe(text.replace('opt[id == "a"]{', 'opt [id == "a"] {'));
  });

  test('multiplicities stay together', () => {
    expect(formatted('signal S(a: Real[1..*],b: Real)\n')).toBe('signal S(a: Real[1..*], b: Real)\n');
  });
});

describe('lines', () => {
  test('are indented by the braces around them, and blank ones come one at a time', () => {
    expect(formatted('\n\nmachine M {   \n\n\n initial -> A\n      state A {\nafter 1 s -> A }\n\t}\n\n')).toBe(
      'machine M {\n\n  initial -> A\n  state A {\n    after 1 s -> A }\n}\n',
    );
  });

  test('closing braces stand under what they close, several on one line too', () => {
    expect(formatted('machine M {\nstate A {\nafter 1 s -> A\n}}\n')).toBe(
      'machine M {\n  state A {\n    after 1 s -> A\n} }\n',
    );
  });

  test('that go on with a statement stand one step deeper', () => {
    expect(formatted('component C {\noperation a()\ntakes exp(1 ms)\noperation b()\n}\n')).toBe(
      'component C {\n  operation a()\n    takes exp(1 ms)\n  operation b()\n}\n',
    );
    expect(formatted('enum E {\na,\nb\n}\n')).toBe('enum E {\n  a,\n  b\n}\n');
    expect(inState('on S\n-> A')).toBe('    on S\n      -> A');
    expect(inState('on S / h = x +\n1')).toBe('    on S / h = x +\n      1');
  });

  test('end as they ended', () => {
    expect(formatted('enum E {\r\na  \r\n\r\n\r\n}')).toBe('enum E {\r\n  a\r\n\r\n}\r\n');
    expect(formatted('enum E { a }')).toBe('enum E { a }\n');
    expect(formatted('\uFEFFenum E { a }\n')).toBe('\uFEFFenum E { a }\n');
    expect(formatted('')).toBe('');
  });
});

describe('comments', () => {
  test('aligned behind code keep their column, with what goes on below them', () => {
    expect(formatted('enum E {\na,      // one\n        // more\nbcd,    // two\ne // three  \n}\n')).toBe(
      'enum E {\n  a,    // one\n        // more\n  bcd,  // two\n  e // three\n}\n',
    );
  });

  test('on lines of their own are indented like code', () => {
    expect(formatted('enum E {\n// one\na\n// two\n}\n')).toBe('enum E {\n  // one\n  a\n  // two\n}\n');
  });

  test('of several lines move as a whole', () => {
    expect(formatted('machine M {\n/**\n* one  \n\n * two\n*/\nstate A {}\n/* x\n     y */\nstate B {}\n}\n')).toBe(
      'machine M {\n  /**\n   * one\n\n   * two\n   */\n  state A {}\n  /* x\n       y */\n  state B {}\n}\n',
    );
  });
});

describe('a broken text', () => {
  test.each([
    ['a syntax error', 'machine M {\n  state\n}\n', 3],
    ['a missing brace', 'machine M {\n', 1],
    ['a character that means nothing', 'enum E { a }\n§\n', 2],
  ])('with %s is left alone, with the reason', (_, text, line) => {
    const { problem, text: result } = formatText(text);
    expect(result).toBeUndefined();
    expect(problem).toMatchObject({ line, column: expect.any(Number), message: expect.stringMatching(/\w/) });
  });
});

/** Blanks that may replace what stands between two tokens, without moving a token to another line or into another. */
const blanks = fc.stringMatching(/^[ \t]{1,5}$/);
const manyBreaks = fc.stringMatching(/^[ \t]{0,3}\r?\n([ \t]{0,2}\r?\n){0,3}[ \t]{0,6}$/);

/** A sample with its gaps changed: `at` says which, in thousandths of all. */
const mutated = fc
  .tuple(
    fc.nat({ max: texts.length - 1 }),
    fc.array(fc.tuple(fc.nat({ max: 999 }), blanks, manyBreaks, fc.boolean()), { maxLength: 60 }),
  )
  .map(([sample, changes]) => respace(texts[sample] ?? '', changes));

function respace(text: string, changes: readonly (readonly [number, string, string, boolean])[]): string {
  const { tokens, hidden } = lexer.tokenize(text);
  const pieces = [...tokens, ...hidden].sort((a, b) => a.startOffset - b.startOffset);
  const replaced = new Map(changes.map((change) => [Math.floor((change[0] * pieces.length) / 1000), change]));
  let result = '';
  let end = 0;
  pieces.forEach((piece, index) => {
    const gap = text.slice(end, piece.startOffset);
    const change = replaced.get(index);
    if (change === undefined || index === 0) result += gap;
    else if (/\n/.test(gap)) result += change[2];
    else if (change[3] && canTouch(pieces[index - 1]?.image ?? '', piece.image)) result += '';
    else result += gap === '' && !canPart(pieces[index - 1]?.image ?? '', piece.image) ? '' : change[1];
    result += piece.image;
    end = piece.startOffset + piece.image.length;
  });
  return result + text.slice(end);
}

function canTouch(left: string, right: string): boolean {
  return lexesAs(`${left}${right}`, left, right);
}

function canPart(left: string, right: string): boolean {
  return lexesAs(`${left} ${right}`, left, right);
}

function lexesAs(text: string, ...images: readonly string[]): boolean {
  const { tokens, hidden, errors } = lexer.tokenize(text);
  const found = [...tokens, ...hidden].map(({ image }) => image);
  return errors.length === 0 && found.join('\n') === images.join('\n');
}

describe('on any layout of the samples', () => {
  it('formatting changes no token and no comment', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(tokensOf(formatted(text))).toEqual(tokensOf(text));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('formatting twice is formatting once', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const once = formatted(text);
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('no line ends with a blank, and no two blank lines follow each other', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(formatted(text)).not.toMatch(/[ \t]\r?\n|\n\r?\n\r?\n|\t/);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('the model stays the same, but for its places', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const [before, after] = [await modelOf(text), await modelOf(formatted(text))];
        expect(withoutPlaces(after.model)).toEqual(withoutPlaces(before.model));
        expect(after.problems.map(({ code }) => code)).toEqual(before.problems.map(({ code }) => code));
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('on random tokens', () => {
  const token = fc.constantFrom(
    ...['a', 'state', 'when', 'and', 'not', '1', '2.5', '10 s', '3/h', '85 %', 'p99.9', '"x"', '?', '{', '}', '(', ')'],
    ...['[', ']', '.', '..', ',', ':', '->', '->>', '--', '-', '+', '*', '/', '=', '==', '<', '/* c */', '// d\n'],
  );
  const gap = fc.constantFrom('', ' ', '  ', '    ', '\n', '\n\n\n', '\r\n ', '\t');
  const soup = fc.array(fc.tuple(token, gap), { maxLength: 40 }).map((parts) => parts.flat().join(''));

  it('no token merges with another or falls apart, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(soup, (text) => {
        fc.pre(lexer.tokenize(text).errors.length === 0);
        const once = applyEdits(text, formatEdits(text, lexer));
        expect(tokensOf(once)).toEqual(tokensOf(text));
        expect(applyEdits(once, formatEdits(once, lexer))).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});

function withoutPlaces(model: unknown): unknown {
  const isPlace = (value: unknown) => typeof value === 'object' && value !== null && 'uri' in value && 'start' in value;
  return JSON.parse(JSON.stringify(model, (_, value) => (isPlace(value) ? undefined : value)));
}
