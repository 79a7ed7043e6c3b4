/**
 * Writes the parts of `docs/language.md` that the project declares elsewhere: the words, the grammar, distributions, measures,
 * and what nobody executes yet. A test holds what is checked in equal to what this gives.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AstUtils, GrammarAST } from 'langium';
import { isShare, measures } from '../engine/src/property/index.ts';
import { notExecutable } from '../engine/src/simulation/index.ts';
import { TwinLanguageGrammar } from '../language-server/src/generated/grammar.ts';
import { modelOf } from '../language-server/src/language/index.ts';
import { distributions, functions } from '../language-server/src/language/links/built-in-functions.ts';
import {
  builtInNames,
  builtInTwinNames,
  componentProperties,
  instanceProperties,
  listProperties,
  nodeProperties,
  operationProperties,
  resourceProperties,
} from '../language-server/src/language/links/built-in-names.ts';
import { hardKeywords } from '../language-server/src/language/parser/soft-keyword-lexer.ts';
import { meaningOf } from '../language-server/src/lsp/keywords/keyword-meanings.ts';
import { snippetsOf, wholeOf } from '../language-server/test/language/reference-snippets.ts';
import { ruleText } from './lib/grammar-notation.mjs';
import { root } from './lib/paths.mjs';

export const languagePage = join(root, 'docs/language.md');

const grammarFolder = join(root, 'grammars/src');

/** The page with its derived parts made anew. */
export async function languageReference(page) {
  const parts = {
    distributions: table(['draws', 'meaning'], signatures(distributions)),
    functions: table(['function', 'value'], signatures(functions)),
    names: table(['of', 'name', 'meaning'], builtIns()),
    measures: table(['measure', 'unit', 'of', 'meaning'], measureRows()),
    'not-executed': table(['written as', 'simulation', 'twin', 'what is said'], await notExecutedRows(page)),
    words: table(['word', 'rules of the grammar', 'meaning'], wordRows()),
    grammar: grammarText(),
  };
  return Object.entries(parts).reduce(replaced, page);
}

function replaced(page, [name, text]) {
  const part = new RegExp(`(<!-- derived: ${name} -->\\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
  if (!part.test(page)) throw new Error(`docs/language.md has no place for ${name}.`);
  return page.replace(part, (_, before, behind) => `${before}\n${text}\n\n${behind}`);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function signatures(declared) {
  return Object.values(declared).map(({ signature, meaning }) => [`\`${signature}\``, meaning]);
}

function builtIns() {
  const places = [
    ['any expression', builtInNames],
    ['a twin’s expression', new Map([...builtInTwinNames].filter(([name]) => !builtInNames.has(name)))],
    ['a list', listProperties],
    ['a lifeline of a machine', instanceProperties],
    ['a component', componentProperties],
    ['a node', nodeProperties],
    ['a resource', resourceProperties],
    ['an operation', operationProperties],
  ];
  return places.flatMap(([place, names]) =>
    [...names.values()].map(([{ name, meaning }]) => [place, `\`${name}\``, meaning]),
  );
}

const unitNames = { s: 'time', '1/s': 'rate', 1: 'number' };

function measureRows() {
  return measures.map(({ name, unit, appliesTo, meaning }) => [
    `\`${name}\``,
    isShare(name) ? 'share' : unitNames[unit],
    appliesTo.join(', ') || 'the whole',
    meaning,
  ]);
}

const effects = { refused: 'refuses to run', 'left-out': 'leaves it out and says so', quiet: 'nothing depends on it' };

/** From the page's own snippets, which have every construct: one row for each and each reason. */
async function notExecutedRows(page) {
  const snippets = snippetsOf(page).filter(({ error }) => error === '');
  const rows = new Map();
  for (const snippet of snippets) {
    const { model } = await modelOf(wholeOf(snippet, snippets[0]?.text ?? '').text);
    for (const { construct, by, effect, message } of model === null ? [] : notExecutable(model)) {
      const said = withoutNames(message, model);
      const key = `${construct} ${by} ${effect} ${said}`;
      const inSimulation = by === 'twin' ? '–' : effects[effect];
      const inTwin = by === 'simulation' ? '–' : 'not judged, not followed';
      if (!rows.has(key)) rows.set(key, [`\`${construct}\``, inSimulation, inTwin, said]);
    }
  }
  return [...rows.values()].sort(([a, , , x], [b, , , y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
}

/** What is said of one element holds of every other. */
function withoutNames(message, { activities, interactions }) {
  const names = [...activities, ...interactions].map(({ name }) => name);
  return names.reduce(
    (text, name) => text.replace(` such as ${name}`, '').replace(new RegExp(`\\b${name}\\b`, 'g'), 'it'),
    message,
  );
}

function rulesWithWords() {
  return TwinLanguageGrammar().rules.flatMap((rule) =>
    [
      ...new Set(
        AstUtils.streamAllContents(rule)
          .filter(GrammarAST.isKeyword)
          .map(({ value }) => value),
      ),
    ]
      .filter((word) => /^[a-z]\w*$/.test(word))
      .map((word) => ({ word, rule: rule.name })),
  );
}

function wordRows() {
  const rows = new Map();
  for (const { word, rule } of rulesWithWords()) {
    const meaning = meaningOf(word, rule)?.meaning ?? '';
    const key = `${word} ${meaning}`;
    const row = rows.get(key) ?? { word, rules: [], meaning };
    row.rules.push(rule);
    rows.set(key, row);
  }
  return [...rows.values()]
    .sort((a, b) => (a.word === b.word ? (a.rules[0] < b.rules[0] ? -1 : 1) : a.word < b.word ? -1 : 1))
    .map(({ word, rules, meaning }) => [
      hardKeywords.has(word) ? `**\`${word}\`**` : `\`${word}\``,
      rules.join(', '),
      meaning,
    ]);
}

function grammarText() {
  const { rules } = TwinLanguageGrammar();
  const files = ['twin-language.langium', ...readdirSync(grammarFolder).filter((name) => name.endsWith('.langium'))];
  const sections = [...new Set(files)].map((file) => {
    const source = readFileSync(join(grammarFolder, file), 'utf8');
    const own = rules
      .map((rule) => ({
        rule,
        at: source.search(
          new RegExp(
            `^(entry |fragment |infix |hidden terminal |terminal )?${rule.name}\\b[^'\\n]*:|^infix ${rule.name} on`,
            'm',
          ),
        ),
      }))
      .filter(({ rule, at }) => at >= 0 && !GrammarAST.isTerminalRule(rule))
      .sort((a, b) => a.at - b.at);
    return own.length === 0
      ? ''
      : [`// ${file.replace('.langium', '')}`, ...own.map(({ rule }) => ruleText(rule))].join('\n');
  });
  return ['```text', sections.filter((section) => section !== '').join('\n\n'), '```'].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(languagePage, await languageReference(readFileSync(languagePage, 'utf8')));
  console.log('The derived parts of docs/language.md are written.');
}
