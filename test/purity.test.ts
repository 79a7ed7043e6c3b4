/** The engine touches no clock, no chance, no outside and no inexact function: same model, scenario and seed, same bytes. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** Exactly specified by IEEE 754 or by integer arithmetic, so the same on every engine. */
const exactMath = new Set([
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
  'PI',
  'E',
  'LN2',
  'LN10',
  'LOG2E',
  'LOG10E',
  'SQRT2',
  'SQRT1_2',
]);
/**
 * What the ECMAScript library itself offers of clock, place and evaluation. Everything else of a host (`process`, `window`,
 * `fetch`, `setTimeout`) has no type in the engine's compilation, which fails on it.
 */
const bannedGlobals = new Set([
  'Date',
  'Intl',
  'Temporal',
  'globalThis',
  'eval',
  'Function',
  'WeakRef',
  'FinalizationRegistry',
]);

function impurities(text: string, file: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1} uses ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math' && !exactMath.has(node.name.text))
      report(node, `Math.${node.name.text}`);
    if (ts.isElementAccessExpression(node) && node.expression.getText() === 'Math') report(node, 'Math[…]');
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken)
      report(node, '**, inexact like Math.pow');
    if (ts.isIdentifier(node) && bannedGlobals.has(node.text) && isValueReference(node)) report(node, node.text);
    if (ts.isIdentifier(node) && node.text.startsWith('toLocale')) report(node, node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isValueReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return true;
  if (ts.isElementAccessExpression(parent)) return parent.expression === node;
  return ts.isBinaryExpression(parent) || ts.isVariableDeclaration(parent) ? parent.getChildAt(0) !== node : false;
}

describe('the engine', () => {
  it('is compiled without the types of any host', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(repository, 'engine', 'tsconfig.json'), 'utf8')) as {
      compilerOptions: { lib: string[]; types: string[] };
    };
    expect(compilerOptions).toMatchObject({ lib: ['ES2024'], types: [] });
  });

  it('uses no clock, no chance, no outside world and only exact mathematics', () => {
    const files = globSync('engine/src/**/*.ts', { cwd: repository });
    expect(files.length).toBeGreaterThan(40);
    expect(files.flatMap((file) => impurities(readFileSync(join(repository, file), 'utf8'), file))).toEqual([]);
  });

  it.each([
    ['Math.random()', 'Math.random'],
    ['const x = Math.log(2);', 'Math.log'],
    ["Math['exp'](1);", 'Math[…]'],
    ['const y = 2 ** 0.5;', '**, inexact like Math.pow'],
    ['const now = Date.now();', 'Date'],
    ["const f = new Function('return 1');", 'Function'],
    ["eval('1');", 'eval'],
    ['const s = (1).toLocaleString();', 'toLocaleString'],
  ])('a breach is caught: %s', (text, what) => {
    expect(impurities(text, 'a.ts')).toEqual([`a.ts:1 uses ${what}`]);
  });
});
