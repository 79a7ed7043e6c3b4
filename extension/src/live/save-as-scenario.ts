/** Writes a live run into its text: below the scenario it came from, selected and not saved, for a person to review. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { LiveInput } from '@pollux/engine/simulation';
import * as vscode from 'vscode';
import { locate } from '../editing/model-store.ts';
import type { Models } from '../editing/server-models.ts';
import { rangeOf } from '../place.ts';
import { scenarioText } from './scenario-text.ts';

/** Answers whether something was written. */
export async function saveAsScenario(
  models: Models,
  uri: string,
  model: Model,
  id: ElementId,
  inputs: readonly LiveInput[],
): Promise<boolean> {
  const entry = models.store.get(uri);
  const scenario = (entry?.current ?? entry?.model ?? model).scenarios.find((each) => each.id === id);
  const found = entry === null ? undefined : locate(entry, id);
  if (scenario === undefined || found === undefined) {
    void vscode.window.showWarningMessage(
      'The scenario of this run is no longer in the text: there is no place to write it.',
    );
    return false;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.place.uri));
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  const range = rangeOf(found.place);
  const text = scenarioText(document.getText(range), scenario, inputs, model);
  if (!(await editor.edit((edit) => edit.insert(range.end, `\n\n${text.trimEnd()}`)))) return false;
  const begin = document.positionAt(document.offsetAt(range.end) + 2);
  editor.selection = new vscode.Selection(begin, document.positionAt(document.offsetAt(begin) + text.trimEnd().length));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}
