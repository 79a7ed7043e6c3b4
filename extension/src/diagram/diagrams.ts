/** The command that opens the live diagram: one panel a document. */
import type { Models } from '../editing/server-models.ts';
import { activeTwinDocument, askForDocument } from '../editing/server-models.ts';
import type { Log } from '../guarded.ts';
import type { LiveRuns } from '../live/live-runs.ts';
import type { Pages } from '../page/page.ts';
import { DiagramPanel } from './diagram-panel.ts';
import type { Overlay } from './overlay.ts';

export class Diagrams {
  readonly #panels = new Map<string, DiagramPanel>();
  readonly #pages: Pages;
  readonly #models: Models;
  readonly #overlay: Overlay;
  readonly #runs: LiveRuns;
  readonly #log: Log;

  /** A live run is seen in the diagram, steered from it, and ends with it. */
  constructor(pages: Pages, models: Models, overlay: Overlay, runs: LiveRuns, log: Log) {
    this.#pages = pages;
    this.#models = models;
    this.#overlay = overlay;
    this.#runs = runs;
    this.#log = log;
  }

  /** Of the given document, or of the one in front of the person. */
  async open(document?: string): Promise<void> {
    const uri = document ?? activeTwinDocument()?.uri.toString();
    if (uri === undefined) {
      askForDocument();
      return;
    }
    await this.#models.store.pull(uri);
    const panel = this.#panels.get(uri);
    if (panel !== undefined) {
      panel.show();
      return;
    }
    const closed = () => {
      this.#panels.delete(uri);
      this.#runs.end(uri);
    };
    const steered = this.#runs.steer.bind(this.#runs);
    const events = { closed, steered };
    this.#panels.set(uri, new DiagramPanel(uri, this.#pages, this.#models, this.#overlay, this.#log, events));
  }
}
