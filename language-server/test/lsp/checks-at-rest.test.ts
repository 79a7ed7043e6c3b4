/** Cheap checks run as somebody types, slow ones at rest and on saving; until then what those found moves with the text. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EditingSession } from '../../src/lsp/editing-session.ts';
import { movedFindings } from '../../src/lsp/moved-findings.ts';
import { type Client, connect } from './client.ts';

const uri = 'file:///rest.twin';
const text = `package rest
signal Go

machine Door {
  initial -> Shut
  state Shut { on Go -> Open }
  state Open { on Go -> Shut }
  state Lost { on Go -> Shut }
}
machine Lamp {
  initial -> Dark
  state Dark { on Go -> Dark }
}
`;
const slow = 'unreachable';
const cheap = 'unresolved-name';

let client: Client;
beforeEach(async () => {
  client = await connect();
  await client.open(uri, text);
  await client.until(() => codes().includes(slow));
});
afterEach(() => client.close());

/** Of what was published from the given message on, each as its codes with the text that they stand at. */
function published(written: string, from: number): string[][] {
  const lines = written.split('\n');
  return client.published.slice(from).map(({ diagnostics }) =>
    diagnostics.map(({ code, range: { start, end } }) => {
      expect(end.line).toBe(start.line);
      return `${code} ${lines[start.line]?.slice(start.character, end.character)}`;
    }),
  );
}

function codes(): unknown[] {
  return client.published.at(-1)?.diagnostics.map(({ code }) => code) ?? [];
}

/** Everything that is published until the condition holds. */
async function edited(fresh: string, isEnough: (all: string[][]) => boolean): Promise<string[][]> {
  const from = client.published.length;
  await client.change(uri, 2, fresh);
  await client.until(() => isEnough(published(fresh, from)));
  return published(fresh, from);
}

describe('after an edit', () => {
  test('the cheap findings come first, and what the slow checks found elsewhere stays all the while', async () => {
    const fresh = text.replace('initial -> Dark', 'initial -> Bark');
    const all = await edited(fresh, (found) => found.length === 2);
    expect(all[0]?.sort()).toEqual([`${slow} Lost`, `${cheap} Bark`]);
    expect(all[1]).toEqual(expect.arrayContaining([`${slow} Lost`, `${cheap} Bark`]));
  });

  test('slow findings stand where their words are, however many lines came in above', async () => {
    const fresh = text.replace('signal Go', 'signal Go\n\n\n// more\n');
    const all = await edited(fresh, (found) => found.length === 2);
    expect(all).toEqual([[`${slow} Lost`], [`${slow} Lost`]]);
  });

  test('slow findings stand where their words are after lines above are gone', async () => {
    const all = await edited(text.replace('\n\n', '\n'), (found) => found.length === 2);
    expect(all).toEqual([[`${slow} Lost`], [`${slow} Lost`]]);
  });

  test('a slow finding goes when it is mended elsewhere', async () => {
    const fresh = text.replace('state Open { on Go -> Shut }', 'state Open { on Go -> Lost }');
    const all = await edited(fresh, (found) => found.at(-1)?.length === 0);
    expect(all.at(-1)).toEqual([]);
  });

  test('a slow finding whose words are changed is gone at once, and comes back with its new words', async () => {
    const all = await edited(text.replace('Lost', 'Lose'), (found) => found.length === 2);
    expect(all).toEqual([[], [`${slow} Lose`]]);
  });

  test('a slow finding that the edit causes comes without saving', async () => {
    const fresh = text.replace('state Shut { on Go -> Open }', 'state Shut { on Go -> Shut }');
    const all = await edited(fresh, (found) => found.length === 2);
    expect(all.at(-1)?.sort()).toEqual([`${slow} Lost`, `${slow} Open`]);
  });
});

describe('on saving', () => {
  const saved = async (session: EditingSession) => {
    session.save();
    await session.rested();
    return session.findings.map(({ code }) => code);
  };

  test('slow checks run without waiting for a rest', async () => {
    const session = await EditingSession.open(text);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      session.edit(text.indexOf('-> Open'), '-> Open'.length, '-> Lost');
      await vi.advanceTimersByTimeAsync(200);
      await session.quiet();
      const before = session.steps.length;
      expect(session.findings.map(({ message }) => message).join()).not.toContain('Open');
      // From here on no time passes.
      await saved(session);
      expect(session.findings.map(({ message }) => message).join()).toContain('Open');
      expect(session.steps.slice(before)).toEqual(['checked session.twin']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a text in which nothing changed is not checked again', async () => {
    const session = await EditingSession.open(text);
    await session.checked();
    const before = session.steps.length;
    expect(await saved(session)).toEqual([slow]);
    expect(session.steps.length).toBe(before);
  });

  test('a client that says so gets all findings', async () => {
    const from = client.published.length;
    const fresh = text.replace('state Shut { on Go -> Open }', 'state Shut { on Go -> Lost }');
    await client.change(uri, 2, fresh);
    await client.notify('textDocument/didSave', { textDocument: { uri } });
    await client.until(() => published(fresh, from).at(-1)?.includes(`${slow} Open`) === true);
    expect(client.offers.textDocumentSync).toMatchObject({ save: true });
  });
});

test('slow checks that an edit interrupts run after it', async () => {
  const session = await EditingSession.open(text);
  session.edit(text.indexOf('Open'), 4, 'Lost');
  await session.quiet();
  session.save();
  session.edit(0, 0, '// first\n');
  const findings = await session.checked();
  const fresh = await EditingSession.open(`// first\n${text.replace('Open', 'Lost')}`);
  expect(findings).toEqual(await fresh.checked());
});

describe('a finding of an older text', () => {
  const before = 'one two three';
  const at = (word: string, written: string) => ({
    message: word,
    range: {
      start: { line: 0, character: written.indexOf(word) },
      end: { line: 0, character: written.indexOf(word) + word.length },
    },
  });
  test.each([
    ['stays in front of a change', 'one', 'one two 3', true],
    ['moves behind a change', 'three', 'one 2 three', true],
    ['moves behind what came in', 'three', 'one two and three', true],
    ['moves up to where something in front went', 'three', 'two three', true],
    ['goes where a word grows into it', 'three', 'one two xthree', false],
    ['goes where the change is inside', 'two', 'one too three', false],
    ['goes where the change touches its end', 'two', 'one twos three', false],
    ['goes where its words are gone', 'two', 'one  three', false],
    ['stays as it is where nothing changed', 'two', before, true],
  ])('%s', (_, word, after, stays) => {
    expect(movedFindings([at(word, before)], before, after)).toEqual(stays ? [at(word, after)] : []);
  });
});
