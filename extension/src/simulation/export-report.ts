/** The command that writes what is shown of a run into one HTML file. */
import { readFile } from 'node:fs/promises';
import { inProcessLayout, reportHtml } from '@pollux/webview/report';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import type { Models } from '../editing/server-models.ts';

/** `style`: file with the page's style. Answers where the report lies; null where nothing was written. */
export async function exportReport(
  models: Models,
  overlay: Overlay,
  uri: string,
  style: vscode.Uri,
  target?: string,
): Promise<string | null> {
  const { result, experiments } = overlay.of(uri);
  const model = models.store.get(uri)?.model ?? null;
  if (result === null || model === null) {
    void vscode.window.showInformationMessage('There are no results yet: run a scenario first.');
    return null;
  }
  const document = vscode.Uri.parse(uri);
  const name = result.scenario.slice(result.scenario.lastIndexOf('.') + 1);
  const place = vscode.Uri.joinPath(document, `../${name}.html`);
  const file =
    target === undefined
      ? await vscode.window.showSaveDialog({ defaultUri: place, filters: { HTML: ['html'] }, title: 'Export Report' })
      : vscode.Uri.parse(target);
  if (file === undefined) return null;
  const css = await readFile(style.fsPath, 'utf8');
  const text = await reportHtml({ run: result, ...experiments, model, css, layout: inProcessLayout() });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const open = 'Open';
  void vscode.window.showInformationMessage(`The report of ${name} is written.`, open).then((chosen) => {
    if (chosen === open) void vscode.env.openExternal(file);
  });
  return file.toString();
}
