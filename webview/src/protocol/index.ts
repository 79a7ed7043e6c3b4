/**
 * Messages between the extension host and a page. The page holds no truth: it says `ready` when it (re)appears and gets
 * whole snapshots. Plain descriptors for vscode-messenger that carry their types.
 */
import type { Change, ElementId, Model } from '@pollux/engine/model';
import type {
  Answers,
  ComparisonResult,
  LiveState,
  SimulationProgress,
  SimulationResult,
  SweepResult,
} from '@pollux/engine/simulation';
import type { TwinState } from '@pollux/engine/twin';

export { colorVariable, contributedColors } from './colors.ts';

export interface MessageDescriptor<P> {
  readonly method: string;
  /** Never set: carries the type. */
  readonly types?: (parameters: P) => void;
}

/** Which page: the same bundle serves all. */
export type PanelKind = 'diagram' | 'results';

/** host → page: what to draw. Only a change of the model may lead to a new layout. */
export const showModel: MessageDescriptor<ShowModel> = { method: 'pollux/showModel' };
export interface ShowModel {
  readonly version: number;
  /** The last good model; null where there never was one. */
  readonly model: Model | null;
  /** File name for the heading. */
  readonly file: string;
  /** The text has an error now; the picture is of `since` (milliseconds since the epoch). */
  readonly broken?: { readonly message: string; readonly uri: string; readonly line: number; readonly since: number };
}

/** host → page: figures of the live twin, whole; null when detached. `lag_s` is how far behind it is. */
export const showTwin: MessageDescriptor<ShowTwin> = { method: 'pollux/showTwin' };
export interface ShowTwin {
  readonly state: TwinState | null;
  readonly lag_s: number;
  /** Seconds since the last span, where the source has fallen silent. */
  readonly silent_s?: number;
}

/** host → page: a finished (or cancelled) run; null to clear. */
export const showResult: MessageDescriptor<ShowResult> = { method: 'pollux/showResult' };
export interface ShowResult {
  readonly result: SimulationResult | null;
  readonly scenario: string;
}

/** host → page: a run in progress; null when it ended. */
export const showProgress: MessageDescriptor<{ readonly progress: ShowProgress | null }> = {
  method: 'pollux/showProgress',
};
export interface ShowProgress extends SimulationProgress {
  /** Of an experiment of many runs: `3 of 21 points`. */
  readonly label?: string;
}

/** host → page: what was found out beyond the run that is shown; null where it was not asked. */
export const showExperiments: MessageDescriptor<ShowExperiments> = { method: 'pollux/showExperiments' };
export interface ShowExperiments {
  readonly comparison: ComparisonResult | null;
  readonly sweep: SweepResult | null;
  readonly answers: Answers | null;
}

/** page → host: a further question about the run that is shown. */
export const askOfResults: MessageDescriptor<AskOfResults> = { method: 'pollux/askOfResults' };
export type AskOfResults =
  | { readonly kind: 'compare' | 'sweep' | 'explain' | 'report' }
  | { readonly kind: 'run'; readonly replications: number };

/** host → page: a live run of a scenario, whole; null when there is none any more. */
export const showRun: MessageDescriptor<{ readonly run: ShowRun | null }> = { method: 'pollux/showRun' };
export interface ShowRun {
  readonly scenario: ElementId;
  readonly state: LiveState;
}

/** page → host: goes on, stands still, or goes to another moment. */
export const steerRun: MessageDescriptor<RunSteering> = { method: 'pollux/steerRun' };
export type RunSteering =
  | { readonly kind: 'play' }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'step' }
  | { readonly kind: 'seek'; readonly time_s: number }
  /** Happens at the moment that is shown. */
  | { readonly kind: 'change'; readonly change: Change }
  /** What lasts ends at the moment that is shown; `target` as the engine's `targetOf` says. */
  | { readonly kind: 'end'; readonly target: string }
  /** Into the text, for review. */
  | { readonly kind: 'save' }
  | { readonly kind: 'close' };

/** host → page: the element under the cursor. */
export const select: MessageDescriptor<{ readonly element: ElementId | null }> = { method: 'pollux/select' };

/** host → page: the states in which the machine under the debugger is; none when nothing is debugged. */
export const showActive: MessageDescriptor<{ readonly elements: readonly ElementId[] }> = {
  method: 'pollux/showActive',
};

/** page → host: the page (re)appeared and wants whole snapshots. */
export const ready: MessageDescriptor<{ readonly panel: PanelKind }> = { method: 'pollux/ready' };

/** page → host: select the element's text. */
export const reveal: MessageDescriptor<{ readonly element: ElementId }> = { method: 'pollux/reveal' };

/** page → host: go to a line (the one with the error). */
export const goToLine: MessageDescriptor<{ readonly uri: string; readonly line: number }> = {
  method: 'pollux/goToLine',
};

/** page → host: a failure of the page, for the log. */
export const pageFailed: MessageDescriptor<{ readonly message: string }> = { method: 'pollux/pageFailed' };
