/** The commands that attach the running system to a twin of the model, and detach it. One attachment at a time. */
import { basename } from 'node:path';
import type { ElementId, SeenArrivals, Twin } from '@pollux/engine/model';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import { activeModel, type Models } from '../editing/server-models.ts';
import type { Log } from '../guarded.ts';
import { pickElement } from '../pick-element.ts';
import { revealElement } from '../reveal-element.ts';
import { simulationThreads } from '../threads.ts';
import { requireTrust } from '../trust.ts';
import { LiveTwin, type LiveTwinOptions } from './live-twin.ts';
import type { SeenNamesRelay } from './seen-names-relay.ts';
import type { TwinViews } from './twin-views.ts';

export class Telemetry {
  readonly #shared: Pick<LiveTwinOptions, 'models' | 'overlay' | 'views' | 'names' | 'log'>;
  #live: LiveTwin | null = null;

  constructor(models: Models, overlay: Overlay, views: TwinViews, names: SeenNamesRelay, log: Log) {
    this.#shared = { models, overlay, views, names, log };
  }

  /** Answers the ports that it listens on; none where it did not attach. */
  async attach(document?: string, id?: ElementId): Promise<readonly number[]> {
    if (!(await requireTrust('Attaching telemetry'))) return [];
    const { models } = this.#shared;
    if (document !== undefined) await models.store.pull(document);
    const given = document === undefined ? null : (models.store.get(document)?.model ?? null);
    const target =
      document === undefined || given === null ? await activeModel(models) : { uri: document, model: given };
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
    const { uri, model } = target;
    const live = new LiveTwin({ uri, model, twin, threads: simulationThreads(), ...this.#shared });
    const { ports, problems } = await live.start();
    if (ports.length > 0) this.#live = live;
    else await live.stop();
    for (const problem of problems) this.#explain(uri, problem.source ?? twin.id, problem.message);
    return ports;
  }

  async detach(): Promise<void> {
    const live = this.#live;
    this.#live = null;
    await live?.stop();
  }

  /** What the attached twin has seen begin; null where it is not the one, or of another document. */
  async arrivals(document: string, twin: Twin): Promise<ReadonlyMap<ElementId, SeenArrivals> | null> {
    return this.#live?.isOf(document, twin) === true ? this.#live.arrivals() : null;
  }

  /** Writes what the attached twin has seen beside its model, so that runs can be repeated. Answers the path; null where nothing was written. */
  async freeze(): Promise<string | null> {
    const frozen = (await this.#live?.freeze()) ?? null;
    if (frozen === null) {
      const message =
        this.#live === null
          ? 'Nothing is attached that could be frozen. Attach the telemetry of the running system first.'
          : 'The twin has seen no interaction of the model begin yet.';
      void vscode.window.showInformationMessage(message);
      return null;
    }
    const count = [...frozen.arrivals.values()].reduce((sum, { times }) => sum + times.length, 0);
    void vscode.window.showInformationMessage(
      `${count} arrivals are frozen in ${basename(frozen.path)}. Loads that are \`observed\` have them from now on; remove the file to have what is attached.`,
    );
    return frozen.path;
  }

  #explain(uri: string, source: ElementId, message: string): void {
    this.#shared.log.error(message);
    const open = "Open the Twin's Source Line";
    void vscode.window.showErrorMessage(message, open).then(async (chosen) => {
      if (chosen === open) await revealElement(this.#shared.models, uri, source);
    });
  }
}
