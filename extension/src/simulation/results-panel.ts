/** The panel with the figures of the last run of a document. Holds no truth of its own: the overlay has the result. */
import type { ElementId } from '@pollux/engine/model';
import {
  type AskOfResults,
  askOfResults,
  pageFailed,
  ready,
  reveal,
  showExperiments,
  showModel,
  showProgress,
  showResult,
} from '@pollux/webview/protocol';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import type { Models } from '../editing/server-models.ts';
import { guarded, type Log } from '../guarded.ts';
import { modelMessage } from '../page/model-message.ts';
import type { Page, Pages } from '../page/page.ts';
import { revealElement } from '../reveal-element.ts';

/** A further question about the scenario that is shown. */
type AskFurther = (uri: string, scenario: ElementId, asked: AskOfResults) => void;

export class ResultsPanel {
  readonly #pages: Pages;
  readonly #models: Models;
  readonly #overlay: Overlay;
  readonly #log: Log;
  readonly #ask: AskFurther;
  #page: Page | null = null;
  #uri = '';

  constructor(pages: Pages, models: Models, overlay: Overlay, log: Log, ask: AskFurther) {
    this.#ask = ask;
    this.#pages = pages;
    this.#models = models;
    this.#overlay = overlay;
    this.#log = log;
  }

  /** The document that was run last; empty where none was. */
  get uri(): string {
    return this.#uri;
  }

  /** Of the document that was run last where none is given. */
  show(uri?: string): void {
    if (uri !== undefined) this.#uri = uri;
    if (this.#uri === '' || this.#overlay.of(this.#uri).result === null) {
      void vscode.window.showInformationMessage('There are no results yet: run a scenario first.');
      return;
    }
    if (this.#page === null) this.#open();
    else {
      this.#page.panel.reveal(undefined, true);
      this.#sendAll();
    }
  }

  #open(): void {
    const page = this.#pages.open({
      panel: 'results',
      title: 'Pollux Results',
      column: vscode.ViewColumn.Beside,
    });
    this.#page = page;
    page.on(ready, () => this.#sendAll());
    page.on(
      reveal,
      ({ element }) =>
        void guarded(this.#log, 'Going to the text', () =>
          page.leave(() => revealElement(this.#models, this.#uri, element)),
        ),
    );
    page.on(askOfResults, (asked) => {
      const scenario = this.#overlay.of(this.#uri).result?.scenario;
      if (scenario !== undefined) this.#ask(this.#uri, scenario, asked);
    });
    page.on(pageFailed, ({ message }) => this.#log.error(`The results page: ${message}`));
    const changes = this.#overlay.onDidChange(null, (part, uri) => {
      // What is under way shows also while the answer to an earlier question stands here.
      if (part === 'progress') page.send(showProgress, { progress: this.#overlay.of(uri).progress });
      if (uri !== this.#uri) return;
      const { result, scenario, experiments } = this.#overlay.of(uri);
      if (part === 'result') page.send(showResult, { result, scenario });
      if (part === 'result' || part === 'experiments') page.send(showExperiments, experiments);
    });
    page.onDidDispose(() => {
      changes.dispose();
      this.#page = null;
    });
  }

  #sendAll(): void {
    const entry = this.#models.store.get(this.#uri);
    const { result, scenario, progress, experiments } = this.#overlay.of(this.#uri);
    this.#page?.send(showModel, modelMessage(this.#uri, entry));
    this.#page?.send(showResult, { result, scenario });
    this.#page?.send(showExperiments, experiments);
    this.#page?.send(showProgress, { progress });
  }
}
