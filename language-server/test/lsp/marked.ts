/** A text with a `|` at the cursor, parsed and linked; and ranges shown as the text they cover. */
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import { parseHelper } from 'langium/test';
import type { Position, Range } from 'vscode-languageserver';
import { createTwinLspServices } from '../../src/lsp/services.ts';

export const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);

export interface Marked {
  readonly document: LangiumDocument;
  readonly position: Position;
  readonly textDocument: { readonly uri: string };
}

export async function marked(text: string, documentUri?: string): Promise<Marked> {
  const offset = Math.max(0, text.indexOf('|'));
  const options = documentUri === undefined ? {} : { documentUri };
  const document = await parse(text.replace('|', ''), options);
  return {
    document,
    position: document.textDocument.positionAt(offset),
    textDocument: { uri: document.uri.toString() },
  };
}

/** What the range covers, in the file that it counts in. */
export function covered(document: LangiumDocument, range: Range): string {
  return document.textDocument.getText(range);
}
