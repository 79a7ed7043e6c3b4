/**
 * A page in a panel: its frame, its messages, and whole snapshots whenever it (re)appears. Knows nothing of what the messages
 * mean: the owner says what a page that is ready must be told.
 */
import { randomBytes } from 'node:crypto';
import type { MessageDescriptor, PanelKind } from '@pollux/webview/protocol';
import * as vscode from 'vscode';
import { Messenger } from 'vscode-messenger';
import type { WebviewIdMessageParticipant } from 'vscode-messenger-common';
import { pageHtml } from './page-html.ts';

export interface PageOptions {
  readonly panel: PanelKind;
  readonly title: string;
  readonly column: vscode.ViewColumn;
}

/** One for the whole extension: it routes by page. */
export class Pages {
  readonly #extension: vscode.Uri;
  readonly #messenger = new Messenger({ ignoreHiddenViews: true });

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  open(options: PageOptions): Page {
    const folder = vscode.Uri.joinPath(this.#extension, 'dist/page');
    const panel = vscode.window.createWebviewPanel(
      `pollux.${options.panel}`,
      options.title,
      { viewColumn: options.column, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [folder] },
    );
    const icon = (theme: string) => vscode.Uri.joinPath(this.#extension, `media/twin-${theme}.svg`);
    panel.iconPath = { dark: icon('dark'), light: icon('light') };
    const file = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    const page = new Page(panel, this.#messenger);
    panel.webview.html = pageHtml({
      panel: options.panel,
      script: file('page.js'),
      style: file('page.css'),
      source: panel.webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
    });
    return page;
  }
}

export class Page {
  readonly panel: vscode.WebviewPanel;
  readonly #messenger: Messenger;
  readonly #participant: WebviewIdMessageParticipant;
  readonly #subscriptions: vscode.Disposable[] = [];

  constructor(panel: vscode.WebviewPanel, messenger: Messenger) {
    this.panel = panel;
    this.#messenger = messenger;
    this.#participant = messenger.registerWebviewPanel(panel);
    panel.onDidDispose(() => {
      for (const subscription of this.#subscriptions) subscription.dispose();
    });
  }

  /** A page that is hidden gets nothing: it asks for everything when it comes back. */
  send<P>(message: MessageDescriptor<P>, parameters: P): void {
    this.#messenger.sendNotification({ method: message.method }, this.#participant, parameters);
  }

  on<P>(message: MessageDescriptor<P>, handler: (parameters: P) => void): void {
    this.#subscriptions.push(
      this.#messenger.onNotification<P>({ method: message.method }, handler, { sender: this.#participant }),
    );
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }
}
