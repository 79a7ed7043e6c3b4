/**
 * Generates, from the grammar files, the parser's data for the language server and the TextMate grammars, language
 * configuration and snippets for the editor. Does nothing when no input changed since the last run. Knows nothing of their users.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { snippets } from './snippets.mjs';
import { markdownGrammar, textMateGrammar } from './textmate-grammar.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'grammars', 'src');
const parserFolder = join(root, 'language-server', 'src', 'generated');
const editorFolder = join(root, 'grammars', 'generated');
const words = join(root, 'language-server', 'src', 'lsp', 'keywords');
const stampFile = join(editorFolder, '.stamp');

/** Generates if needed; returns whether it did. */
export async function generate({ force = false } = {}) {
  const stamp = fingerprint();
  if (!force && outputs().every(existsSync) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return false;
  }
  generateParser();
  mkdirSync(editorFolder, { recursive: true });
  const { TwinLanguageGrammar } = await import(`file://${join(parserFolder, 'grammar.ts')}`);
  write('twin.tmLanguage.json', textMateGrammar(TwinLanguageGrammar()));
  write('markdown-twin.tmLanguage.json', markdownGrammar());
  const { keywordMeanings, snippetText } = await import(`file://${join(words, 'keyword-meanings.ts')}`);
  write('snippets.json', snippets(keywordMeanings, snippetText));
  const configuration = readFileSync(join(source, 'language-configuration.json'), 'utf8');
  writeFileSync(join(editorFolder, 'language-configuration.json'), configuration);
  writeFileSync(stampFile, stamp);
  return true;
}

function write(name, value) {
  writeFileSync(join(editorFolder, name), `${JSON.stringify(value, null, 2)}\n`);
}

function outputs() {
  return [
    ...['ast.ts', 'grammar.ts', 'module.ts'].map((name) => join(parserFolder, name)),
    ...['twin.tmLanguage.json', 'markdown-twin.tmLanguage.json', 'snippets.json', 'language-configuration.json'].map(
      (name) => join(editorFolder, name),
    ),
  ];
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of [source, words]) {
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  hash.update(readFileSync(join(root, 'grammars', 'langium-config.json')));
  for (const name of ['generate.mjs', 'snippets.mjs', 'textmate-grammar.mjs']) {
    hash.update(readFileSync(join(root, 'scripts', name)));
  }
  hash.update(generatorVersion());
  return hash.digest('hex');
}

function generatorVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['langium-cli'];
}

function generateParser() {
  const program = join(root, 'node_modules', 'langium-cli', 'bin', 'langium.js');
  const configuration = join(root, 'grammars', 'langium-config.json');
  const result = spawnSync(process.execPath, [program, 'generate', '-f', configuration], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The grammar has errors.\n${result.stdout}${result.stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const began = performance.now();
  const done = await generate({ force: process.argv.includes('--force') });
  const took = Math.round(performance.now() - began);
  console.log(done ? `Generated the parser and the editor grammar (${took} ms).` : 'Grammar unchanged.');
}
