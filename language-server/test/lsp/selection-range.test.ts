/** A selection that grows from the cursor: each step takes in the next larger piece. */
import { clearDocuments } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { covered, marked, twin } from './marked.ts';

afterEach(() => clearDocuments(twin));

async function steps(text: string): Promise<string[]> {
  const { document, position, textDocument } = await marked(text);
  const [range] = twin.lsp.SelectionRangeProvider.getSelectionRanges(document, { textDocument, positions: [position] });
  const found: string[] = [];
  for (let at: SelectionRange | undefined = range; at !== undefined; at = at.parent) {
    found.push(covered(document, at.range));
  }
  return found;
}

describe('a selection grows', () => {
  test('from a word over its expression and statement to the declaration', async () => {
    const effect = 'entry / { x = 1 + ab * 2  log "a" }';
    expect(await steps(`machine M { state A { ${effect.replace('ab', 'a|b')} } }\nmachine N { }\n`)).toEqual([
      'ab',
      'ab * 2',
      '1 + ab * 2',
      'x = 1 + ab * 2',
      'x = 1 + ab * 2  log "a"',
      '{ x = 1 + ab * 2  log "a" }',
      effect,
      `{ ${effect} }`,
      `state A { ${effect} }`,
      `{ state A { ${effect} } }`,
      `machine M { state A { ${effect} } }`,
      `machine M { state A { ${effect} } }\nmachine N { }`,
      `machine M { state A { ${effect} } }\nmachine N { }\n`,
    ]);
  });

  test('as operators bind, brackets included', async () => {
    const found = await steps('machine M { state A { when (not a or b - (c + d|) * 2 - 1 > 0) -> A } }');
    expect(found.slice(0, 8)).toEqual([
      'd',
      'c + d',
      '(c + d)',
      '(c + d) * 2',
      'b - (c + d) * 2',
      'b - (c + d) * 2 - 1',
      'b - (c + d) * 2 - 1 > 0',
      'not a or b - (c + d) * 2 - 1 > 0',
    ]);
  });

  test('from an argument to all of them, then to the message', async () => {
    const found = await steps('interaction I { actor a lifeline c: C a -> c.f(one, tw|o) within 3 s }');
    expect(found.slice(0, 4)).toEqual(['two', 'one, two', '(one, two)', 'a -> c.f(one, two) within 3 s']);
  });

  test('over a message and its braces, level by level', async () => {
    const found = await steps('interaction I { a -> c.f() { b -> d.g|() c -> d.h() } }');
    expect(found).toContain('b -> d.g() c -> d.h()');
    expect(found).toContain('{ b -> d.g() c -> d.h() }');
    expect(found).toContain('a -> c.f() { b -> d.g() c -> d.h() }');
  });

  test('over a whole quantity, whose unit is a word', async () => {
    expect((await steps('machine M { state A { after 15 mi|n -> A } }')).slice(0, 3)).toEqual([
      'min',
      '15 min',
      'after 15 min',
    ]);
  });

  test('from a declaration to the documentation in front of it', async () => {
    const found = await steps('signal B\n/** Says so. */\nsignal A|(x: Real)\nsignal C');
    expect(found).toEqual([
      'A',
      'signal A(x: Real)',
      '/** Says so. */\nsignal A(x: Real)',
      'signal B\n/** Says so. */\nsignal A(x: Real)\nsignal C',
    ]);
  });

  test('from blanks to the body around them', async () => {
    expect((await steps('machine M { state A  |  state B }'))[0]).toBe('state A    state B');
  });

  test('in front of everything to the whole text', async () => {
    expect(await steps('|  signal A')).toEqual(['  signal A']);
  });

  test('in comments and texts from the word', async () => {
    expect((await steps('/* one t|wo */ signal A')).slice(0, 2)).toEqual(['two', '/* one two */']);
    expect((await steps('import "a/b|c.twin"')).slice(0, 3)).toEqual(['bc', '"a/bc.twin"', 'import "a/bc.twin"']);
  });

  test('in an empty text not at all', async () => {
    expect(await steps('|')).toEqual(['']);
  });
});
