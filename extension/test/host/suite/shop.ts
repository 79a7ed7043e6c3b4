/** The shop's model in the workspace under test. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until.ts';

export async function openShop(): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'shop.twin'), { preview: false });
  await until('the language server answers', async () => (await symbols(editor.document.uri)).length > 0);
  return editor;
}

export async function symbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  return (
    (await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri)) ?? []
  );
}

/** Where a stretch of text stands; it must be there. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `the model has ${text}`);
  return document.positionAt(at + offset);
}

export function diagnostics(uri: vscode.Uri, source?: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((each) => source === undefined || each.source === source);
}

/** What keeps the model from being run; the sample's warnings about its Black Friday are meant. */
export function errors(uri: vscode.Uri): vscode.Diagnostic[] {
  return diagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** Throws the edits of a test away. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
