/** Formatting in an editor: the whole text, a range, and while typing. */
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import { parseHelper } from 'langium/test';
import { describe, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { connect } from './client.ts';

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);
const formatter = twin.lsp.Formatter;
const options = { tabSize: 2, insertSpaces: true };

type Ask = (document: LangiumDocument, textDocument: { uri: string }) => TextEdit[] | Promise<TextEdit[]> | undefined;

async function after(text: string, ask: Ask): Promise<string> {
  const document = await parse(text);
  const edits = await ask(document, { uri: document.uri.toString() });
  return TextDocument.applyEdits(document.textDocument, edits ?? []);
}

const whole: Ask = (document, textDocument) => formatter?.formatDocument(document, { textDocument, options });

function lines(first: number, last: number, character = 3): Ask {
  const range = { start: { line: first, character: 1 }, end: { line: last, character } };
  return (document, textDocument) => formatter?.formatDocumentRange(document, { textDocument, options, range });
}

function typed(ch: string, line: number, character: number): Ask {
  const position = { line, character };
  return (document, textDocument) => formatter?.formatDocumentOnType(document, { textDocument, options, ch, position });
}

const messy = 'enum E {\na\n}\nenum F {\nb   \n\n\n  }\nenum G {\nc\n}\n';

describe('formatting', () => {
  test('lays the whole text out', async () => {
    expect(await after(messy, whole)).toBe('enum E {\n  a\n}\nenum F {\n  b\n\n}\nenum G {\n  c\n}\n');
  });

  test('leaves a text with syntax errors alone', async () => {
    expect(await after('enum {\na\n}\n', whole)).toBe('enum {\na\n}\n');
    expect(await after('enum {\na\n}\n', lines(0, 3))).toBe('enum {\na\n}\n');
  });

  test('of a range leaves other lines alone', async () => {
    expect(await after(messy, lines(3, 7))).toBe('enum E {\na\n}\nenum F {\n  b\n\n}\nenum G {\nc\n}\n');
  });

  test('of a range does not reach into a line that it ends in front of', async () => {
    expect(await after(messy, lines(0, 4, 0))).toBe(messy.replace('\na\n', '\n  a\n'));
  });

  test('behind a brace indents and spaces its line only', async () => {
    expect(await after('machine M {\n initial->A\n      }', typed('}', 2, 7))).toBe('machine M {\n initial->A\n}');
    expect(await after('machine M {\n  state A {on\n    }\n', typed('}', 2, 5))).toBe(
      'machine M {\n  state A {on\n  }\n',
    );
  });

  test('behind a new line lays out the line above, though the text is half-typed', async () => {
    expect(await after('machine M {\ninitial->A  \n  \n', typed('\n', 2, 2))).toBe('machine M {\n  initial -> A\n  \n');
  });

  test('behind a new line takes no line away', async () => {
    expect(await after('enum E {\n\n\n\n  a }\n', typed('\n', 2, 0))).toBe('enum E {\n\n\n\n  a }\n');
    expect(await after('enum E { a }\n\n', typed('\n', 1, 0))).toBe('enum E { a }\n\n');
  });

  test('is offered for closing braces and new lines', () => {
    expect(formatter?.formatOnTypeOptions).toEqual({ firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] });
  });
});

describe('over a connection', () => {
  test('the text just typed is laid out, not the one before', async () => {
    const client = await connect();
    const uri = 'untitled:typed.twin';
    await client.open(uri, 'enum E { a }\n');
    await client.change(uri, 2, 'enum E {\na\n}\n');
    const [edit, ...more] = await client.request<TextEdit[]>('textDocument/onTypeFormatting', {
      ...{ textDocument: { uri }, position: { line: 2, character: 0 }, ch: '\n', options },
    });
    expect(edit).toEqual({
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      newText: '  ',
    });
    expect(more).toEqual([]);
    client.close();
  });
});
