/** The four samples show the language whole: every construct and every word of it stands in one of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { AstUtils, CstUtils, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import * as ast from '../../src/generated/ast.ts';
import { TwinLanguageGrammar } from '../../src/generated/grammar.ts';
import { loadModel } from '../../src/language/index.ts';
import { parse } from './tree.ts';

const folder = new URL('../../../samples/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.twin'));
const trees = files.map((name) => parse(readFileSync(new URL(name, folder), 'utf8')));

/** Offered by the language itself, without any notation. */
const notWritten = new Set<string>([ast.BuiltInFunction.$type, ast.BuiltInProperty.$type]);

/** Types of nodes that the parser makes: those that no other type specialises. */
const reflection = new ast.TwinAstReflection();
const constructs = reflection
  .getAllTypes()
  .filter((type) => reflection.getAllSubTypes(type).length === 1 && !notWritten.has(type));

const words = new Set(
  AstUtils.streamAllContents(TwinLanguageGrammar())
    .filter(GrammarAST.isKeyword)
    .map(({ value }) => value),
);

describe('the samples', () => {
  test.each(files)('%s follows the grammar', (name) => {
    expect(trees[files.indexOf(name)]?.syntaxErrors).toEqual([]);
  });

  test('have nothing to mend but what they show on purpose', async () => {
    const read = async (uri: string) => readFileSync(new URL(uri), 'utf8');
    const found = await Promise.all(
      files.map(async (name) => (await loadModel({ read }, new URL(name, folder).href)).problems),
    );
    const serious = found.flat().filter(({ severity }) => severity !== 'information');
    // Black Friday asks the shop's store for more than its cores can do.
    expect(serious.map(({ code, place }) => `${code} in ${place.uri.split('/').at(-1)}`)).toEqual([
      'overloaded in shop.twin',
      // The port is open again when the figures begin: what is looked at is the backlog that it left.
      'without-effect in warehouse.twin',
    ]);
  });

  test('use every construct of the language', () => {
    const used = new Set(
      trees.flatMap(({ document }) => [...AstUtils.streamAst(document.parseResult.value)].map(({ $type }) => $type)),
    );
    expect(constructs.length).toBeGreaterThan(150);
    expect(constructs.filter((type) => !used.has(type))).toEqual([]);
  });

  test('use every word and sign of the language', () => {
    const used = new Set<string>();
    for (const { document } of trees) {
      const root = document.parseResult.value.$cstNode;
      if (root === undefined) continue;
      for (const leaf of CstUtils.flattenCst(root)) {
        if (GrammarAST.isKeyword(leaf.grammarSource)) used.add(leaf.grammarSource.value);
      }
      for (const node of AstUtils.streamAst(document.parseResult.value)) {
        if (ast.isBinaryExpression(node)) used.add(node.operator);
      }
    }
    expect(words.size).toBeGreaterThan(200);
    expect([...words].filter((word) => !used.has(word))).toEqual([]);
  });

  test('set every optional part of every construct', () => {
    const set = new Set<string>();
    for (const { document } of trees) {
      for (const node of AstUtils.streamAst(document.parseResult.value)) {
        for (const [name, value] of Object.entries(node)) {
          const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
          if (!name.startsWith('$') && isSet) set.add(`${node.$type}.${name}`);
        }
      }
    }
    const all = constructs.flatMap((type) =>
      Object.keys(reflection.getTypeMetaData(type).properties)
        .filter((name) => !name.startsWith('$'))
        .map((name) => `${type}.${name}`),
    );
    expect(all.filter((part) => !set.has(part))).toEqual([]);
  });
});
