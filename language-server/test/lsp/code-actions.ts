/** A workspace of texts, what the editor offers in it, and what becomes of the texts when that is taken. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { clearDocuments } from 'langium/test';
import type { CodeAction, CodeActionKind, Diagnostic, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const { shared, twin } = createTwinLspServices(EmptyFileSystem);

export type Texts = Readonly<Record<string, string>>;

export interface Opened {
  readonly diagnostics: readonly Diagnostic[];
  /** What is offered for a range of `model.twin`. */
  actions(range: Range, only?: CodeActionKind[]): Promise<CodeAction[]>;
  positionAt(offset: number): Range['start'];
  offsetAt(position: Range['start']): number;
}

/** Opens `model.twin` among other files. */
export async function open(texts: Texts): Promise<Opened> {
  await clearDocuments(twin);
  const documents = Object.entries(texts).map(([path, text]) =>
    shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(`file:///${path}`)),
  );
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const document = documents.find(({ uri }) => uri.path === '/model.twin') as LangiumDocument;
  return {
    diagnostics: (document.diagnostics ?? []) as Diagnostic[],
    positionAt: (offset) => document.textDocument.positionAt(offset),
    offsetAt: (position) => document.textDocument.offsetAt(position),
    async actions(range, only) {
      const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
      const textDocument = { uri: document.uri.toString() };
      return ((await twin.lsp.CodeActionProvider?.getCodeActions(document, { textDocument, range, context })) ??
        []) as CodeAction[];
    },
  };
}

/** The texts after an action. */
export function taken(texts: Texts, { edit }: CodeAction): Record<string, string> {
  const after: Record<string, string> = { ...texts };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) {
    const path = uri.slice('file:///'.length);
    after[path] = TextDocument.applyEdits(TextDocument.create(uri, 'twin', 0, texts[path] ?? ''), edits);
  }
  return after;
}

export function messagesOf({ diagnostics }: Opened): string[] {
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}
