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

/** VS Code looks four times a second whether a page has the focus. */
const FOCUS_SEEN_LATE_MS = 250;

interface PageOptions {
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

  /**
   * Leads from the page to a text, and stays there. VS Code may see the focus of a click in the page only after the text has taken
   * it, and then gives it back to the page: in that case the text is gone to once more.
   */
  async leave(go: () => Promise<unknown>): Promise<void> {
    await go();
    if (await this.#takesFocusBack()) await go();
  }

  #takesFocusBack(): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (isBack: boolean): void => {
        clearTimeout(timer);
        subscription.dispose();
        resolve(isBack);
      };
      const timer = setTimeout(() => done(false), FOCUS_SEEN_LATE_MS);
      const subscription = this.panel.onDidChangeViewState(({ webviewPanel }) => {
        if (webviewPanel.active) done(true);
      });
    });
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }
}
