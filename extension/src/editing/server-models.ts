/** Keeps the model store in step with the language server and with what is open. Knows nothing of what models are used for. */
import type { Model } from '@pollux/engine/model';
import { type ModelAnswer, modelChanged, modelRequest } from '@pollux/language-server/protocol';
import * as vscode from 'vscode';
import type { Log } from '../guarded.ts';
import type { Server } from './language-client.ts';
import { type ModelEntry, ModelStore } from './model-store.ts';

export interface Models {
  readonly store: ModelStore;
  readonly onDidChange: vscode.Event<ModelEntry>;
}

export function serverModels(context: vscode.ExtensionContext, server: Server, log: Log): Models {
  const changed = new vscode.EventEmitter<ModelEntry>();
  const store = new ModelStore({
    ask: (uri) => server.client.sendRequest<ModelAnswer>(modelRequest.method, { uri }),
    now: Date.now,
    onChange: (entry) => changed.fire(entry),
    onFailure: (uri, error) => log.warn(`No model of ${uri}: ${String(error)}`),
  });
  const pullOpen = () => {
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId === 'twin') void store.pull(document.uri.toString());
    }
  };
  server.onRunning(pullOpen);
  context.subscriptions.push(
    changed,
    server.client.onNotification(modelChanged.method, ({ uri }: { uri: string }) => void store.pull(uri)),
    vscode.workspace.onDidCloseTextDocument((document) => store.forget(document.uri.toString())),
  );
  return { store, onDidChange: changed.event };
}

/** The model to draw or run for the editor that the person is in; says what is missing where there is none. */
export async function activeModel(models: Models): Promise<{ uri: string; model: Model } | null> {
  const document = activeTwinDocument();
  if (document === null) {
    askForDocument();
    return null;
  }
  const uri = document.uri.toString();
  const model = (models.store.get(uri) ?? (await models.store.pull(uri)))?.model;
  if (model === null || model === undefined) {
    void vscode.window.showInformationMessage(`${document.fileName} has no model yet: mend its errors first.`);
    return null;
  }
  return { uri, model };
}

/** The twin text in the active editor, else one that is visible beside (the diagram has the focus), else one that is open. */
export function activeTwinDocument(): vscode.TextDocument | null {
  const candidates = [
    vscode.window.activeTextEditor?.document,
    ...vscode.window.visibleTextEditors.map(({ document }) => document),
    ...vscode.workspace.textDocuments,
  ];
  return candidates.find((document) => document?.languageId === 'twin') ?? null;
}

export function askForDocument(): void {
  void vscode.window.showInformationMessage('Open a .twin file first: the command works on the model in front of you.');
}

/** Null where the document has no model. */
export function modelOf(models: Models, uri: string): { uri: string; model: Model } | null {
  const model = models.store.get(uri)?.model;
  return model === null || model === undefined ? null : { uri, model };
}
