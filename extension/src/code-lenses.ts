/** Shows the lenses in the editor and asks for them anew when a model, a result or the twin changes. */
import * as vscode from 'vscode';
import { type CommandId, commands, type SettingId } from './contributions.ts';
import type { Overlay } from './diagram/overlay.ts';
import type { Models } from './editing/server-models.ts';
import { LastRuns } from './last-runs.ts';
import { lenses } from './lenses.ts';
import { rangeOf } from './place.ts';

/** The editor re-lays its lines for every change of lenses: live figures may not make it flicker. */
const LIVE_EVERY_MS = 5000;

export function registerCodeLenses(models: Models, overlay: Overlay): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const runs = new LastRuns(overlay);
  let due: NodeJS.Timeout | undefined;
  const soon = () => {
    due ??= setTimeout(() => {
      due = undefined;
      changed.fire();
    }, LIVE_EVERY_MS);
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const uri = document.uri.toString();
      const entry = models.store.get(uri);
      const model = entry?.current ?? entry?.model;
      const wanted = vscode.workspace.getConfiguration().get<boolean>('pollux.codeLenses' satisfies SettingId);
      if (model === null || model === undefined || wanted === false) return [];
      const { twin } = overlay.of(uri);
      const attached = twin.state?.twin ?? null;
      return lenses({ uri, model, lastRuns: runs.of(uri), twin: twin.state, attached }).map(
        ({ element, title, command, arguments: parameters }) =>
          new vscode.CodeLens(rangeOf(element.label), {
            title,
            command: command ?? '',
            ...(command === undefined ? {} : { tooltip: `Pollux: ${titleOf(command)}` }),
            ...(parameters === undefined ? {} : { arguments: [...parameters] }),
          }),
      );
    },
  };
  return vscode.Disposable.from(
    changed,
    { dispose: () => clearTimeout(due) },
    vscode.languages.registerCodeLensProvider({ language: 'twin' }, provider),
    models.onDidChange(() => changed.fire()),
    overlay.onDidChange(null, (part, uri) => {
      if (part === 'twin') soon();
      if (part !== 'result') return;
      runs.note(uri);
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pollux.codeLenses' satisfies SettingId)) changed.fire();
    }),
  );
}

function titleOf(command: CommandId): string {
  return commands[command].title;
}
