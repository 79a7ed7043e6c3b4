/** Places of the model as VS Code wants them. */
import type { Place } from '@pollux/engine/model';
import * as vscode from 'vscode';

export function rangeOf({ start, end }: Place): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export function locationOf(place: Place): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(place.uri), rangeOf(place));
}

/** Shows a range of a text: in an editor that shows the text already, else beside nothing else. */
export async function revealRange(
  uri: string,
  range: vscode.Range,
  preserveFocus: boolean,
): Promise<vscode.TextEditor> {
  const target = vscode.Uri.parse(uri);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === target.toString());
  const column = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(target, { viewColumn: column, preserveFocus });
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}
