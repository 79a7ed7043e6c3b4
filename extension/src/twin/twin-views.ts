/** Everything outside the diagram that shows the live twin: status bar, Problems, the list of divergences. */
import * as vscode from 'vscode';
import { attachedContext, type CommandId } from '../contributions.ts';
import type { ModelEntry } from '../editing/model-store.ts';
import { divergenceDiagnostics } from './divergence-diagnostics.ts';
import type { DivergenceLedger } from './divergence-ledger.ts';
import { DivergenceTree, type Row } from './divergence-tree.ts';
import { type Attachment, statusLine } from './status-line.ts';

export class TwinViews {
  readonly #status = vscode.window.createStatusBarItem('pollux.twin', vscode.StatusBarAlignment.Left, 10);
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('pollux-twin');
  readonly #tree = new DivergenceTree();
  readonly #view: vscode.TreeView<Row>;

  constructor() {
    this.#status.name = 'Pollux Twin';
    this.#status.command = 'pollux.divergences.focus';
    this.#view = vscode.window.createTreeView('pollux.divergences', { treeDataProvider: this.#tree });
  }

  /** The status bar, which changes with every state. */
  showStatus(attachment: Attachment): void {
    const { text, tooltip, alert } = statusLine(attachment);
    this.#status.text = text;
    const markdown = new vscode.MarkdownString(
      `${tooltip}\n\n[Detach](command:${'pollux.detachTelemetry' satisfies CommandId})`,
    );
    markdown.isTrusted = { enabledCommands: ['pollux.detachTelemetry' satisfies CommandId] };
    this.#status.tooltip = markdown;
    this.#status.backgroundColor = alert ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#status.show();
  }

  /** What changes only when a divergence comes, goes or is worded anew, or when the text moved. */
  showDivergences(entry: ModelEntry, ledger: DivergenceLedger): void {
    const open = ledger.open();
    const byText = divergenceDiagnostics(entry, open);
    this.#diagnostics.clear();
    for (const [uri, found] of byText) this.#diagnostics.set(vscode.Uri.parse(uri), found);
    this.#tree.show(ledger, entry.uri);
    this.#view.badge = open.length === 0 ? undefined : { value: open.length, tooltip: divergences(open.length) };
    this.#view.message = ledger.resolved().length + open.length === 0 ? 'Nothing contradicts the model.' : '';
  }

  attached(is: boolean): void {
    void vscode.commands.executeCommand('setContext', attachedContext, is);
    if (is) return;
    this.#status.hide();
    this.#diagnostics.clear();
    this.#view.badge = undefined;
    this.#view.message = '';
    this.#tree.show(null, '');
  }

  dispose(): void {
    vscode.Disposable.from(this.#status, this.#diagnostics, this.#view).dispose();
  }
}

function divergences(count: number): string {
  return count === 1 ? '1 divergence' : `${count} divergences`;
}
