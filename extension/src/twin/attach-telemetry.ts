/** The commands that attach the running system to a twin of the model, and detach it. One attachment at a time. */
import type { ElementId } from '@pollux/engine/model';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import { activeModel, type Models } from '../editing/server-models.ts';
import type { Log } from '../guarded.ts';
import { pickElement } from '../pick-element.ts';
import { revealElement } from '../reveal-element.ts';
import { requireTrust } from '../trust.ts';
import { LiveTwin } from './live-twin.ts';
import type { TwinViews } from './twin-views.ts';

export class Telemetry {
  readonly #models: Models;
  readonly #overlay: Overlay;
  readonly #views: TwinViews;
  readonly #log: Log;
  #live: LiveTwin | null = null;

  constructor(models: Models, overlay: Overlay, views: TwinViews, log: Log) {
    this.#models = models;
    this.#overlay = overlay;
    this.#views = views;
    this.#log = log;
  }

  /** Answers the ports that it listens on; none where it did not attach. */
  async attach(document?: string, id?: ElementId): Promise<readonly number[]> {
    if (!(await requireTrust('Attaching telemetry'))) return [];
    if (document !== undefined) await this.#models.store.pull(document);
    const given = document === undefined ? null : (this.#models.store.get(document)?.model ?? null);
    const target =
      document === undefined || given === null ? await activeModel(this.#models) : { uri: document, model: given };
    if (target === null) return [];
    const twin = await pickElement(target.model.twins, {
      ...(id === undefined ? {} : { id }),
      placeholder: 'Which twin?',
      none: 'The model has no twin: write one, for example `twin Live of Production { source otlp on 4318 }`.',
      alwaysAsk: false,
      detail: ({ sources, bindings }) => `${sources.length} sources, ${bindings.length} bindings`,
    });
    if (twin === null) return [];
    await this.detach();
    const live = new LiveTwin(target.uri, target.model, twin, this.#models, this.#overlay, this.#views, this.#log);
    const { ports, problems } = await live.start(() => {
      if (this.#live === live) this.#live = null;
    });
    if (ports.length > 0) this.#live = live;
    else await live.stop();
    for (const problem of problems) this.#explain(target.uri, problem.source ?? twin.id, problem.message);
    return ports;
  }

  async detach(): Promise<void> {
    const live = this.#live;
    this.#live = null;
    await live?.stop();
  }

  #explain(uri: string, source: ElementId, message: string): void {
    this.#log.error(message);
    const open = "Open the Twin's Source Line";
    void vscode.window.showErrorMessage(message, open).then(async (chosen) => {
      if (chosen === open) await revealElement(this.#models, uri, source);
    });
  }
}
