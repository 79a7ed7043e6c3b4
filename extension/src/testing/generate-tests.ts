/**
 * The command that proposes tests for a machine: at the end of its text, selected and not saved, for a person to review. Knows
 * nothing of how they are found.
 */
import type { ElementId } from '@pollux/engine/model';
import type { GeneratedTests } from '@pollux/engine/testing';
import { generateTestsInWorker } from '@pollux/runtime';
import * as vscode from 'vscode';
import { activeModel, type Models } from '../editing/server-models.ts';
import { pickElement } from '../pick-element.ts';
import { requireTrust } from '../trust.ts';
import { insertedText, proposalSentence } from './proposal-text.ts';

/** Answers what was proposed; null where nothing was. */
export async function proposeTests(models: Models, document?: string, id?: ElementId): Promise<GeneratedTests | null> {
  if (!(await requireTrust('Generating tests'))) return null;
  const model = document === undefined ? undefined : models.store.get(document)?.model;
  const target = document === undefined ? await activeModel(models) : model ? { uri: document, model } : null;
  if (target === null) return null;
  const machine = await pickElement(target.model.machines, {
    ...(id === undefined ? {} : { id }),
    placeholder: 'For which machine?',
    none: 'The model has no machine to test: write one, for example `machine Order { … }`.',
    alwaysAsk: false,
    detail: ({ regions }) => `${regions.reduce((sum, { vertices }) => sum + vertices.length, 0)} vertices`,
  });
  if (machine === null) return null;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Looking for tests of ${machine.name}`,
    cancellable: true,
  };
  const proposal = await vscode.window.withProgress(options, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return generateTestsInWorker(target.model, machine.id, abort.signal);
  });
  if (proposal === null) return null;
  if (proposal.tests.length > 0) await insert(vscode.Uri.parse(target.uri), proposal);
  void vscode.window.showInformationMessage(proposalSentence(proposal, machine.name));
  return proposal;
}

async function insert(uri: vscode.Uri, proposal: GeneratedTests): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const text = insertedText(proposal, document.getText());
  if (!(await editor.edit((edit) => edit.insert(end, text)))) return;
  const begin = document.positionAt(document.offsetAt(end) + text.length - text.trimStart().length);
  editor.selection = new vscode.Selection(begin, document.lineAt(document.lineCount - 1).range.end);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
}
