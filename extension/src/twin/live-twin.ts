/**
 * One attachment of a running system to a twin of a document: passes what the service knows to everything that shows it, and
 * what the text says now to the service. Knows nothing of how telemetry is read or judged.
 */
import type { ElementId, Model, SeenArrivals, Twin } from '@pollux/engine/model';
import { type Frozen, freeze, type TwinProblem, type TwinReport, TwinService, type TwinStart } from '@pollux/runtime';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import type { ModelEntry } from '../editing/model-store.ts';
import type { Models } from '../editing/server-models.ts';
import { guarded, type Log } from '../guarded.ts';
import { evidenceLines } from './divergence-evidence.ts';
import { DivergenceLedger } from './divergence-ledger.ts';
import { meaningOf } from './meaning-of.ts';
import type { SeenNamesRelay } from './seen-names-relay.ts';
import type { TwinViews } from './twin-views.ts';

export interface LiveTwinOptions {
  readonly uri: string;
  readonly model: Model;
  readonly twin: Twin;
  readonly threads: number;
  readonly models: Models;
  readonly overlay: Overlay;
  readonly views: TwinViews;
  readonly names: SeenNamesRelay;
  readonly log: Log;
}

/** A pause in typing after which the new text is what the system is held against. */
const SETTLED_MS = 400;

export class LiveTwin {
  readonly #options: LiveTwinOptions;
  readonly #service: TwinService;
  readonly #ledger = new DivergenceLedger();
  readonly #subscriptions: vscode.Disposable[] = [];
  #meaning: string;
  #ports: readonly number[] = [];
  #settling: NodeJS.Timeout | undefined;

  constructor(options: LiveTwinOptions) {
    const { model, twin, threads } = options;
    this.#options = options;
    this.#service = new TwinService({ model, twin: twin.id, threads });
    this.#meaning = meaningOf(model);
  }

  /** Opens the ports; what could not be opened is in the answer. */
  async start(): Promise<TwinStart> {
    const { uri, models, twin, log } = this.#options;
    const started = await this.#service.start();
    if (started.ports.length === 0) return started;
    this.#ports = started.ports;
    log.info(`Twin ${twin.name} attached: OTLP/HTTP on ${this.#listening().join(', ')}`);
    const ends = [
      this.#service.onState((report) => {
        this.#show(report);
        void this.#options.names.report(report, () => this.#service.names());
      }),
      this.#service.onProblem((problem) => this.#tell(problem)),
    ];
    this.#subscriptions.push(
      { dispose: () => ends.map((end) => end()) },
      models.onDidChange((entry) => {
        if (entry.uri === uri) this.#follow(entry);
      }),
    );
    this.#options.views.attached(true);
    this.#options.views.showStatus({ twin: twin.name, listening: this.#listening(), state: null, lag_s: 0 });
    return started;
  }

  async stop(): Promise<void> {
    const { uri, overlay, views, twin, log } = this.#options;
    const wasOpen = this.#ports.length > 0;
    this.#ports = [];
    clearTimeout(this.#settling);
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
    await this.#service.stop();
    if (!wasOpen) return;
    views.attached(false);
    overlay.setTwin(uri, { state: null, lag_s: 0 });
    log.info(`Twin ${twin.name} detached`);
  }

  isOf(document: string, twin: Twin): boolean {
    return this.#options.uri === document && this.#options.twin.id === twin.id;
  }

  /** When each interaction began, since attaching. */
  arrivals(): Promise<ReadonlyMap<ElementId, SeenArrivals> | null> {
    return this.#service.arrivals();
  }

  /** Null where nothing was seen. */
  async freeze(): Promise<Frozen | null> {
    const arrivals = await this.arrivals();
    return arrivals === null ? null : freeze(this.#options.model.uri, this.#options.twin.name, arrivals);
  }

  #listening(): string[] {
    return this.#ports.map((port) => `127.0.0.1:${port}`);
  }

  #show({ state, lag_s, silent_s }: TwinReport): void {
    const { uri, overlay, views, models, twin, log } = this.#options;
    const silent = silent_s === undefined ? {} : { silent_s };
    overlay.setTwin(uri, { state, lag_s, ...silent });
    views.showStatus({ twin: twin.name, listening: this.#listening(), state, lag_s, ...silent });
    const { appeared, resolved, shown } = this.#ledger.take(state);
    for (const each of appeared)
      log.warn(`${each.kind} at ${each.element}: ${each.message} (${evidenceLines(each).join('; ')})`);
    for (const each of resolved) log.info(`Resolved: ${each.kind} at ${each.element}: ${each.message}`);
    const entry = models.store.get(uri);
    if (shown && entry !== null) views.showDivergences(entry, this.#ledger);
  }

  /** The text changed: its lines have moved, and perhaps what it demands. */
  #follow(entry: ModelEntry): void {
    const { views, log } = this.#options;
    views.showDivergences(entry, this.#ledger);
    const { model, broken } = entry;
    if (model === null || broken !== undefined) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const meaning = meaningOf(model);
      if (meaning === this.#meaning) return;
      this.#meaning = meaning;
      void guarded(log, 'Following the text', async () => {
        const { ports, problems } = await this.#service.updateModel(model);
        if (ports.length > 0) this.#ports = ports;
        for (const problem of problems) this.#tell(problem);
      });
    }, SETTLED_MS);
  }

  #tell({ kind, message }: TwinProblem): void {
    this.#options.log.warn(message);
    if (kind !== 'refused') void vscode.window.showWarningMessage(message);
  }
}
