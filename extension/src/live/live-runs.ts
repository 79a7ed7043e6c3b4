/**
 * The live runs of this window, one a document: what the page does to them goes to their thread, what the thread says goes to the
 * overlay. Knows nothing of how a scenario is simulated.
 */
import type { ElementId, Model } from '@pollux/engine/model';
import type { LiveState } from '@pollux/engine/simulation';
import { type LiveRunHandle, startLiveRun } from '@pollux/runtime';
import type { RunSteering } from '@pollux/webview/protocol';
import type { Overlay } from '../diagram/overlay.ts';
import type { Models } from '../editing/server-models.ts';
import { guarded, type Log, report } from '../guarded.ts';
import { saveAsScenario } from './save-as-scenario.ts';

interface LiveRunOfDocument {
  readonly scenario: ElementId;
  /** The model it was begun with: editing the text does not change a run. */
  readonly model: Model;
  readonly handle: LiveRunHandle;
  state: LiveState | null;
}

export class LiveRuns {
  readonly #runs = new Map<string, LiveRunOfDocument>();
  readonly #models: Models;
  readonly #overlay: Overlay;
  readonly #log: Log;

  constructor(models: Models, overlay: Overlay, log: Log) {
    this.#models = models;
    this.#overlay = overlay;
    this.#log = log;
  }

  /** Begins a run and answers its first state; the run that the document had ends. */
  start(uri: string, model: Model, scenario: ElementId): Promise<LiveState> {
    this.end(uri);
    return new Promise((resolve, reject) => {
      const handle = startLiveRun(
        { model, scenario, seed: undefined },
        {
          onState: (state) => {
            const run = this.#runs.get(uri);
            if (run?.handle !== handle) return;
            run.state = state;
            this.#overlay.setRun(uri, { scenario, state });
            resolve(state);
          },
          onFailure: (error) => {
            report(this.#log, 'The live run', error);
            this.end(uri);
            reject(error);
          },
        },
      );
      this.#runs.set(uri, { scenario, model, handle, state: null });
    });
  }

  steer(uri: string, steering: RunSteering): void {
    const run = this.#runs.get(uri);
    if (run === undefined || run.state === null) return;
    const { handle, state } = run;
    switch (steering.kind) {
      case 'save':
        void guarded(this.#log, 'Saving the live run', () =>
          saveAsScenario(this.#models, uri, run.model, run.scenario, state.inputs),
        );
        return;
      case 'close':
        this.end(uri);
        return;
      default:
        handle.send(steering);
    }
  }

  end(uri: string): void {
    const run = this.#runs.get(uri);
    if (run === undefined) return;
    this.#runs.delete(uri);
    run.handle.dispose();
    this.#overlay.setRun(uri, null);
  }

  dispose(): void {
    for (const uri of [...this.#runs.keys()]) this.end(uri);
  }
}
