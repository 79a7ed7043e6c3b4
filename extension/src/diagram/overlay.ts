/**
 * What lies over the diagram of each document: the last run, a run in progress, the live twin, a machine under the debugger. One place that both panels read
 * and every command writes. Knows nothing of pages.
 */
import type { ElementId } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import type { ShowExperiments, ShowProgress, ShowRun, ShowTwin } from '@pollux/webview/protocol';

export interface OverlayContent {
  readonly result: SimulationResult | null;
  /** Name of the scenario that `result` is of. */
  readonly scenario: string;
  readonly progress: ShowProgress | null;
  /** What was found out of the same scenario beyond its run. */
  readonly experiments: ShowExperiments;
  /** A live run, in front of the last one. */
  readonly run: ShowRun | null;
  readonly twin: ShowTwin;
  /** The states in which the machine under the debugger is. */
  readonly active: readonly ElementId[];
}

export type OverlayPart = 'result' | 'experiments' | 'progress' | 'run' | 'twin' | 'active';

export const nothingOver: OverlayContent = {
  result: null,
  scenario: '',
  progress: null,
  experiments: { comparison: null, sweep: null, answers: null },
  run: null,
  twin: { state: null, lag_s: 0 },
  active: [],
};

type Listener = (part: OverlayPart, uri: string) => void;

export class Overlay {
  readonly #contents = new Map<string, OverlayContent>();
  readonly #listeners = new Set<{ readonly uri: string | null; readonly call: Listener }>();

  of(uri: string): OverlayContent {
    return this.#contents.get(uri) ?? nothingOver;
  }

  setResult(uri: string, result: SimulationResult | null, scenario: string): void {
    // What was compared, swept or explained of another scenario, or of an older run of this one, says nothing of this one.
    this.#set(uri, 'result', { result, scenario, experiments: nothingOver.experiments });
  }

  setExperiments(uri: string, found: Partial<ShowExperiments>): void {
    this.#set(uri, 'experiments', { experiments: { ...this.of(uri).experiments, ...found } });
  }

  setProgress(uri: string, progress: ShowProgress | null): void {
    this.#set(uri, 'progress', { progress });
  }

  setRun(uri: string, run: ShowRun | null): void {
    this.#set(uri, 'run', { run });
  }

  setTwin(uri: string, twin: ShowTwin): void {
    this.#set(uri, 'twin', { twin });
  }

  setActive(uri: string, active: readonly ElementId[]): void {
    this.#set(uri, 'active', { active });
  }

  /** Changes of one document, or of all where `uri` is null. */
  onDidChange(uri: string | null, call: Listener): { dispose(): void } {
    const listener = { uri, call };
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #set(uri: string, part: OverlayPart, change: Partial<OverlayContent>): void {
    this.#contents.set(uri, { ...this.of(uri), ...change });
    for (const listener of this.#listeners) {
      if (listener.uri === null || listener.uri === uri) listener.call(part, uri);
    }
  }
}
