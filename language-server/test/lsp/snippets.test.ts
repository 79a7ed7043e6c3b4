/** What completion and the editor insert for a word is Twin, with the texts that its stops have. */
import { readFileSync } from 'node:fs';
import { EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { keywordMeanings, snippetText } from '../../src/lsp/keywords/keyword-meanings.ts';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const parser = createTwinLspServices(EmptyFileSystem).twin.parser.LangiumParser;

/** Where a snippet may stand. */
const bodies: Readonly<Record<string, string>> = {
  'at the top of a file': '§',
  'in a machine': 'machine M { § }',
  'in a state': 'machine M { state A { § } }',
  'in a block of actions': 'machine M { state A { entry / { § } } }',
  'in front of what a state does': 'machine M { state A { do § } }',
  'in a component': 'component C { § }',
  'behind an operation': 'component C { operation o() § }',
  'behind a required component': 'component C { requires D { § } }',
  'in an interaction': 'interaction I { § }',
  'in an activity': 'activity A { § }',
  'in a deployment': 'deployment D { § }',
  'in a node': 'deployment D { node n { § } }',
  'where something is deployed': 'deployment D { node n { deploy C { § } } }',
  'in a scenario': 'scenario S { § }',
  'behind a load': 'scenario S { load I § }',
  'at a time of a scenario': 'scenario S { at 1 s § }',
  'in a twin': 'twin T { § }',
  'in an instance’s binding': 'twin T { M by attribute "id" { § } }',
  'in a reaction': 'twin T { on breach of e { § } }',
  'in a policy': 'policy P { § }',
  'in a test': 'test t of M { § }',
};

function parses(text: string): boolean {
  const { lexerErrors, parserErrors } = parser.parse(text);
  return lexerErrors.length + parserErrors.length === 0;
}

function filled(snippet: string): string {
  return snippetText(snippet).replace(/\$\{\d:([^}]*)\}|\$\d/g, (_, text: string | undefined) => text ?? '');
}

const all = Object.entries(keywordMeanings).flatMap(([key, { snippet }]) =>
  snippet === undefined ? [] : [[key, snippet] as const],
);

describe('the snippet', () => {
  test.each(all)('of `%s` parses where it may stand', (_, snippet) => {
    const text = filled(snippet);
    expect(text).not.toMatch(/[<>$]\d/);
    const fitting = Object.keys(bodies).filter((body) => parses((bodies[body] ?? '').replace('§', () => text)));
    expect(fitting, text).not.toEqual([]);
  });
});

test('every place takes a snippet, and none takes all', () => {
  for (const [name, body] of Object.entries(bodies)) {
    const taken = all.filter(([, snippet]) => parses(body.replace('§', () => filled(snippet))));
    expect(taken.length, name).toBeGreaterThan(0);
    expect(taken.length, name).toBeLessThan(all.length);
  }
});

test('the editor gets the same snippets', () => {
  const generated: Record<string, { prefix: string; body: string[]; description: string }> = JSON.parse(
    readFileSync(new URL('../../../grammars/generated/snippets.json', import.meta.url), 'utf8'),
  );
  expect(Object.entries(generated).map(([key, { body }]) => [key, body.join('\n')])).toEqual(
    all.map(([key, snippet]) => [key, snippetText(snippet)]),
  );
  for (const [key, { prefix, description }] of Object.entries(generated)) {
    expect(key.endsWith(prefix), key).toBe(true);
    expect(description).toBe(keywordMeanings[key]?.meaning);
  }
});
