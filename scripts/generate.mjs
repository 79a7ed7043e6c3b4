/**
 * Generates, from the grammar files, the parser's data for the language server and the TextMate grammar and language
 * configuration for the editor. Does nothing when no input changed since the last run. Knows nothing of their users.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textMateGrammar } from './textmate-grammar.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'grammars', 'src');
const parserFolder = join(root, 'language-server', 'src', 'generated');
const editorFolder = join(root, 'grammars', 'generated');
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
  const grammar = textMateGrammar(TwinLanguageGrammar());
  writeFileSync(join(editorFolder, 'twin.tmLanguage.json'), `${JSON.stringify(grammar, null, 2)}\n`);
  const configuration = readFileSync(join(source, 'language-configuration.json'), 'utf8');
  writeFileSync(join(editorFolder, 'language-configuration.json'), configuration);
  writeFileSync(stampFile, stamp);
  return true;
}

function outputs() {
  return [
    ...['ast.ts', 'grammar.ts', 'module.ts'].map((name) => join(parserFolder, name)),
    join(editorFolder, 'twin.tmLanguage.json'),
    join(editorFolder, 'language-configuration.json'),
  ];
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) hash.update(name).update(readFileSync(join(source, name)));
  hash.update(readFileSync(join(root, 'grammars', 'langium-config.json')));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'textmate-grammar.mjs')));
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
