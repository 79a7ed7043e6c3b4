/** The contributed grammars, in the tokenizer that the editor itself has. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

interface Contributed {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

interface Grammar {
  tokenizeLine(line: string, state: unknown): { readonly tokens: readonly Token[]; readonly ruleStack: unknown };
}

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}

/** Of the grammars that all extensions contribute. */
async function grammarOf(scope: string): Promise<{ grammar: Grammar; initial: unknown }> {
  const modules = ['node_modules', 'node_modules.asar'].map((name) => path.join(vscode.env.appRoot, name));
  const found = modules.find((folder) => existsSync(path.join(folder, 'vscode-textmate/package.json')));
  assert.ok(found, `the editor in ${vscode.env.appRoot} has its tokenizer`);
  const load = createRequire(path.join(found, 'none.js'));
  const [textmate, oniguruma] = [load('vscode-textmate'), load('vscode-oniguruma')];
  await oniguruma.loadWASM(readFileSync(path.join(found, 'vscode-oniguruma/release/onig.wasm')));
  const contributed = vscode.extensions.all.flatMap(({ extensionPath, packageJSON }) =>
    ((packageJSON.contributes?.grammars ?? []) as Contributed[]).map((each) => ({ ...each, extensionPath })),
  );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (wanted: string) => {
      const each = contributed.find(({ scopeName }) => scopeName === wanted);
      if (each === undefined) return null;
      const file = path.join(each.extensionPath, each.path);
      return textmate.parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
    getInjections: (into: string) =>
      contributed.filter(({ injectTo }) => injectTo?.includes(into)).map(({ scopeName }) => scopeName),
  });
  return { grammar: await registry.loadGrammar(scope), initial: textmate.INITIAL };
}

/** The innermost scope of each word that is asked for, at its first place. */
async function scopes(scope: string, text: string, words: readonly string[]): Promise<string[]> {
  const { grammar, initial } = await grammarOf(scope);
  const found = new Map<string, string>();
  let state = initial;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes: all } of tokens) {
      const word = line.slice(startIndex, endIndex).trim();
      if (!found.has(word)) found.set(word, all.at(-1) ?? '');
    }
  }
  return words.map((word) => found.get(word) ?? `${word} is no token`);
}

const declared = ['storage.type.twin', 'entity.name.type.twin', 'constant.numeric.quantity.twin'];

suite('colours in the host', () => {
  test('a text has its colours', async () => {
    const text = 'activity Größe {\n  action a takes 250 ms -> b\n}';
    assert.deepEqual(await scopes('source.twin', text, ['activity', 'Größe', '250 ms']), declared);
  });

  test('a fence in Markdown has them too, up to its end', async () => {
    const text = '# Title\n\n```twin\npolicy P { }\nat 250 ms\n```\n\nthe policy **Q**\n\n~~~ts\nlet x\n~~~';
    const words = ['policy', 'P', '250 ms', 'the policy', 'let x'];
    const [policy, name, quantity, prose, other] = await scopes('text.html.markdown', text, words);
    assert.deepEqual([policy, name, quantity], declared);
    assert.match(prose ?? '', /paragraph\.markdown$/);
    assert.doesNotMatch(other ?? '', /twin/);
  });

  test('snippets are contributed for fences only', () => {
    const { contributes } = vscode.extensions.getExtension('pollux.pollux')?.packageJSON ?? {};
    const [{ language, path: file }] = contributes.snippets;
    assert.equal(language, 'twin-fence');
    const folder = vscode.extensions.getExtension('pollux.pollux')?.extensionPath ?? '';
    assert.ok(Object.keys(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).includes('machine'));
  });
});
