/** `docs/language.md` holds: its snippets follow the grammar and the checks, and leave out nothing of the language. */
import { readFileSync } from 'node:fs';
import { measures } from '@pollux/engine/property';
import { notExecutable } from '@pollux/engine/simulation';
import { type AstNode, AstUtils, CstUtils, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import * as ast from '../../src/generated/ast.ts';
import { TwinLanguageGrammar } from '../../src/generated/grammar.ts';
import { loadModel, modelOf, problemCodes } from '../../src/language/index.ts';
import { distributions, functions } from '../../src/language/links/built-in-functions.ts';
import { bodies, type Snippet, snippetsOf, type Whole, wholeOf } from './reference-snippets.ts';
import { parse } from './tree.ts';

const page = readFileSync(new URL('../../../docs/language.md', import.meta.url), 'utf8');
const snippets = snippetsOf(page);
const prelude = snippets[0]?.text ?? '';
const all = snippets.map((snippet) => {
  const whole = wholeOf(snippet, prelude);
  return { at: `line ${snippet.line}`, snippet, whole, parsed: parse(whole.text) };
});

const here = 'file:///folder/model.twin';

/** What a fragment may speak of although it stands elsewhere. */
const elsewhere: ReadonlySet<string> = new Set(['unresolved-name']);

/** Files that a snippet imports are there, and empty. */
async function errorsOf({ body }: Snippet, { text }: Whole): Promise<string[]> {
  const { problems } = await loadModel({ read: async (uri) => (uri === here ? text : '') }, here);
  return problems
    .filter(({ severity, code }) => severity === 'error' && (body === '' || !elsewhere.has(code)))
    .map(({ code, message, place }) => `${code} (${place.start.line + 1}): ${message}`);
}

test('the page has many snippets, each with a body that is known and a code that exists', () => {
  expect(snippets.length).toBeGreaterThan(40);
  expect(snippets.filter(({ body }) => body !== '' && !bodies.includes(body))).toEqual([]);
  expect(snippets.filter(({ error }) => error !== '' && !Object.hasOwn(problemCodes, error))).toEqual([]);
  // A fence without a language is plain text; one that is meant to be read as `twin` and is not would be tested by nobody.
  expect(page.match(/^```twin/gm)?.length).toBe(snippets.length);
});

describe('a snippet', () => {
  test.each(all.filter(({ snippet }) => snippet.error !== 'syntax'))('follows the grammar: $at', ({ parsed }) => {
    expect(parsed.syntaxErrors).toEqual([]);
  });

  test.each(all.filter(({ snippet }) => snippet.error === ''))('has no errors: $at', async ({ snippet, whole }) => {
    expect(await errorsOf(snippet, whole)).toEqual([]);
  });

  test.each(all.filter(({ snippet }) => snippet.error !== ''))(
    'that shows a finding has it: $at',
    async ({ snippet, whole }) => {
      const { problems } = await modelOf(whole.text);
      expect(problems.map(({ code }) => code)).toContain(snippet.error);
    },
  );
});

test('the first model is executed whole', async () => {
  const { model } = await modelOf(prelude);
  expect(model === null ? 'no model' : notExecutable(model)).toEqual([]);
});

/** Nodes of the snippets themselves, without what was put around them. */
function* nodes(): Generator<AstNode> {
  for (const { snippet, whole, parsed } of all) {
    if (snippet.error === 'syntax') continue;
    for (const node of AstUtils.streamAst(parsed.document.parseResult.value)) {
      const { offset = -1, end = -1 } = node.$cstNode ?? {};
      if (whole.parts.some((part) => part.start <= offset && end <= part.end)) yield node;
    }
  }
}

describe('the page leaves nothing out:', () => {
  const reflection = new ast.TwinAstReflection();
  const notWritten = new Set<string>([ast.BuiltInFunction.$type, ast.BuiltInProperty.$type]);
  const constructs = reflection
    .getAllTypes()
    .filter((type) => reflection.getAllSubTypes(type).length === 1 && !notWritten.has(type));
  const used = [...nodes()];

  test('every construct', () => {
    const types = new Set(used.map(({ $type }) => $type));
    expect(constructs.length).toBeGreaterThan(150);
    expect(constructs.filter((type) => !types.has(type))).toEqual([]);
  });

  test('every optional part of every construct', () => {
    const set = new Set<string>();
    for (const node of used) {
      for (const [name, value] of Object.entries(node)) {
        const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
        if (!name.startsWith('$') && isSet) set.add(`${node.$type}.${name}`);
      }
    }
    const parts = constructs.flatMap((type) =>
      Object.keys(reflection.getTypeMetaData(type).properties)
        .filter((name) => !name.startsWith('$'))
        .map((name) => `${type}.${name}`),
    );
    expect(parts.filter((part) => !set.has(part))).toEqual([]);
  });

  test('every word and sign', () => {
    const words = new Set(
      AstUtils.streamAllContents(TwinLanguageGrammar())
        .filter(GrammarAST.isKeyword)
        .map(({ value }) => value),
    );
    const seen = new Set<string>();
    for (const { whole, parsed } of all) {
      const root = parsed.document.parseResult.value.$cstNode;
      for (const leaf of root === undefined ? [] : CstUtils.flattenCst(root)) {
        const isInside = whole.parts.some(({ start, end }) => start <= leaf.offset && leaf.end <= end);
        if (isInside && GrammarAST.isKeyword(leaf.grammarSource)) seen.add(leaf.grammarSource.value);
      }
    }
    for (const node of used) if (ast.isBinaryExpression(node)) seen.add(node.operator);
    expect(words.size).toBeGreaterThan(200);
    expect([...words].filter((word) => !seen.has(word))).toEqual([]);
  });

  test('every distribution, function and measure', () => {
    const code = snippets.map(({ text }) => text).join('\n');
    const names = [...Object.keys(distributions), ...Object.keys(functions)];
    expect(names.filter((name) => !code.includes(`${name}(`))).toEqual([]);
    expect(measures.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(code)).map(({ name }) => name)).toEqual([]);
  });
});

/** `| what | in a component: \`threads N\` | 1 | 10,000,000 |` */
interface Limit {
  readonly what: string;
  readonly body: string;
  readonly notation: string;
  readonly least: string;
  readonly most: string;
}

const limits = [...page.matchAll(/^\| ([^|]+) \| (\w+) \| `([^`]*\bN\b[^`]*)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, what = '', body = '', notation = '', least = '', most = '']): Limit => ({ what, body, notation, least, most }),
);

const numberOf = (text: string) => Number(text.replaceAll(',', ''));

async function isRefused({ body, notation }: Limit, value: number): Promise<boolean> {
  const text = `${notation.replace(/\bN\b/, value.toFixed(value % 1 === 0 ? 0 : 3))}\n`;
  const { problems } = await modelOf(wholeOf({ line: 0, text, body, error: '' }, prelude).text);
  expect(problems.filter(({ code }) => code === 'syntax' || code === 'wrong-type' || code === 'unit-missing')).toEqual(
    [],
  );
  return problems.some(({ code }) => code === 'out-of-range');
}

describe('a limit is where the page says:', () => {
  test('there are many', () => expect(limits.length).toBeGreaterThan(30));

  test.each(limits)('$what', async (limit) => {
    if (limit.least === 'above 0') {
      expect(await isRefused(limit, 0)).toBe(true);
      expect(await isRefused(limit, 1)).toBe(false);
    } else {
      expect(await isRefused(limit, numberOf(limit.least))).toBe(false);
      if (numberOf(limit.least) > 0) expect(await isRefused(limit, numberOf(limit.least) - 1)).toBe(true);
    }
    if (limit.most === '–') return;
    expect(await isRefused(limit, numberOf(limit.most))).toBe(false);
    expect(await isRefused(limit, numberOf(limit.most) + 1)).toBe(true);
  });
});
