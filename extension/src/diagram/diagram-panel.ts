/**
 * The live diagram of one document: model, overlay and selection go to the page, clicks come back to the text. Holds no truth of
 * its own: everything it sends comes from the model store and the session, so the page can ask for it again at any time.
 */
import { type ElementId, elementAt } from '@pollux/engine/model';
import {
  goToLine,
  pageFailed,
  type RunSteering,
  ready,
  reveal,
  select,
  showActive,
  showExperiments,
  showModel,
  showProgress,
  showResult,
  showRun,
  showTwin,
  steerRun,
} from '@pollux/webview/protocol';
import * as vscode from 'vscode';
import type { Models } from '../editing/server-models.ts';
import { guarded, type Log } from '../guarded.ts';
import { fileName, modelMessage } from '../page/model-message.ts';
import type { Page, Pages } from '../page/page.ts';
import { revealRange } from '../place.ts';
import { revealElement } from '../reveal-element.ts';
import { nothingOver, type Overlay, type OverlayContent, type OverlayPart } from './overlay.ts';

/** A page that is hidden sooner than this after news (the results take its place) has not shown them. */
const SEEN_AFTER_MS = 1500;

interface DiagramEvents {
  closed(): void;
  /** The person has done something to the live run of the document. */
  steered(uri: string, steering: RunSteering): void;
}

export class DiagramPanel {
  readonly uri: string;
  readonly #page: Page;
  readonly #models: Models;
  readonly #overlay: Overlay;
  readonly #log: Log;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** What changed while the page was hidden, or just before: it hears of it as news when it is back. */
  readonly #unseen = new Set<OverlayPart>();
  readonly #sent = new Map<OverlayPart, number>();
  /** The element that a click has just selected: its echo from the editor is not sent back. */
  #revealed: ElementId | null = null;

  constructor(uri: string, pages: Pages, models: Models, overlay: Overlay, log: Log, events: DiagramEvents) {
    this.uri = uri;
    this.#models = models;
    this.#overlay = overlay;
    this.#log = log;
    const name = fileName(uri).replace(/\.twin$/, '');
    this.#page = pages.open({
      panel: 'diagram',
      title: `${name} diagram`,
      column: vscode.ViewColumn.Beside,
    });
    this.#page.on(ready, () => this.#sendAll());
    this.#page.on(
      reveal,
      ({ element }) => void guarded(log, 'Going to the text', () => this.#page.leave(() => this.#reveal(element))),
    );
    this.#page.on(
      goToLine,
      ({ uri: target, line }) =>
        void guarded(log, 'Going to the line', () =>
          this.#page.leave(() => revealRange(target, new vscode.Range(line, 0, line, 0), false)),
        ),
    );
    this.#page.on(steerRun, (steering) => events.steered(uri, steering));
    this.#page.on(pageFailed, ({ message }) => log.error(`The diagram page: ${message}`));
    this.#subscriptions.push(
      models.onDidChange((entry) => {
        if (entry.uri === uri) this.#sendModel();
      }),
      overlay.onDidChange(uri, (part) => {
        if (this.#page.panel.visible) this.#sendOverlay(part, overlay.of(uri));
        else this.#unseen.add(part);
        this.#sent.set(part, Date.now());
      }),
      this.#page.panel.onDidChangeViewState(({ webviewPanel }) => {
        if (!webviewPanel.visible) this.#hidden();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const cursor = selections[0]?.active;
        if (cursor !== undefined) this.#sendSelection(textEditor.document.uri.toString(), cursor);
      }),
    );
    this.#page.onDidDispose(() => {
      for (const subscription of this.#subscriptions) subscription.dispose();
      events.closed();
    });
  }

  show(): void {
    this.#page.panel.reveal(undefined, true);
  }

  #sendAll(): void {
    this.#sendModel();
    for (const part of ['result', 'experiments', 'progress', 'run', 'twin', 'active'] as const) {
      if (this.#unseen.delete(part)) this.#sendOverlay(part, nothingOver);
      this.#sendOverlay(part, this.#overlay.of(this.uri));
    }
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === this.uri);
    if (editor !== undefined) this.#sendSelection(this.uri, editor.selection.active);
  }

  #hidden(): void {
    for (const [part, at] of this.#sent) if (Date.now() - at < SEEN_AFTER_MS) this.#unseen.add(part);
  }

  #sendModel(): void {
    this.#page.send(showModel, modelMessage(this.uri, this.#models.store.get(this.uri)));
  }

  #sendOverlay(part: OverlayPart, overlay: OverlayContent): void {
    if (part === 'result') this.#page.send(showResult, { result: overlay.result, scenario: overlay.scenario });
    if (part === 'experiments' || part === 'result') this.#page.send(showExperiments, overlay.experiments);
    if (part === 'progress') this.#page.send(showProgress, { progress: overlay.progress });
    if (part === 'run') this.#page.send(showRun, { run: overlay.run });
    if (part === 'twin') this.#page.send(showTwin, overlay.twin);
    if (part === 'active') this.#page.send(showActive, { elements: overlay.active });
  }

  /** The text may be the document itself or one that it imports; a cursor elsewhere says nothing. */
  #sendSelection(text: string, { line, character }: vscode.Position): void {
    const entry = this.#models.store.get(this.uri);
    const model = entry?.current ?? entry?.model;
    if (model === null || model === undefined) return;
    const element = elementAt(model, text, { line, character })?.id ?? null;
    if (element === null && text !== this.uri) return;
    if (element !== null && element === this.#revealed) return;
    this.#revealed = null;
    this.#page.send(select, { element });
  }

  async #reveal(element: ElementId): Promise<void> {
    this.#revealed = element;
    if (await revealElement(this.#models, this.uri, element)) this.#page.send(select, { element });
    else this.#log.warn(`The diagram asked for ${element}, which the model does not have.`);
  }
}
