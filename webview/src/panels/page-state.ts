/** What the page was last told, whole snapshots only; and the few choices of the person that outlive hiding the page. */
import type { ElementId } from '@pollux/engine/model';
import type { ShowExperiments, ShowModel, ShowProgress, ShowResult, ShowRun, ShowTwin } from '../protocol/index.ts';
import type { View } from '../render/viewport.ts';

export type Mode = 'model' | 'simulation' | 'live';

export interface PageState {
  readonly model: ShowModel | null;
  readonly twin: ShowTwin;
  readonly result: ShowResult;
  readonly experiments: ShowExperiments;
  readonly progress: ShowProgress | null;
  /** A live run, which stands in front of the last result. */
  readonly run: ShowRun | null;
  readonly selected: ElementId | null;
  /** Of the machine under the debugger. */
  readonly active: readonly ElementId[];
}

export const emptyState: PageState = {
  model: null,
  twin: { state: null, lag_s: 0 },
  result: { result: null, scenario: '' },
  experiments: { comparison: null, sweep: null, answers: null },
  progress: null,
  run: null,
  selected: null,
  active: [],
};

/** Kept by the editor while the page is hidden. */
export interface Choices {
  readonly diagram: ElementId | null;
  readonly mode: Mode;
  readonly listOpen: boolean;
  /** Of a live run; null: as there is room. */
  readonly controlsOpen: boolean | null;
  readonly views: Readonly<Record<ElementId, View>>;
}

const defaultChoices: Choices = { diagram: null, mode: 'model', listOpen: false, controlsOpen: null, views: {} };

/** What was kept may be of an older page: whatever does not fit is forgotten. */
export function restoredChoices(kept: unknown): Choices {
  if (typeof kept !== 'object' || kept === null) return defaultChoices;
  const { diagram, mode, listOpen, controlsOpen, views } = kept as Partial<Record<keyof Choices, unknown>>;
  return {
    diagram: typeof diagram === 'string' ? diagram : null,
    mode: mode === 'simulation' || mode === 'live' ? mode : 'model',
    listOpen: listOpen === true,
    controlsOpen: typeof controlsOpen === 'boolean' ? controlsOpen : null,
    views: Object.fromEntries(
      Object.entries(typeof views === 'object' && views !== null ? views : {}).filter(([, view]) => isView(view)),
    ),
  };
}

function isView(view: unknown): view is View {
  if (typeof view !== 'object' || view === null) return false;
  const { x, y, scale } = view as Partial<Record<keyof View, unknown>>;
  return Number.isFinite(x) && Number.isFinite(y) && typeof scale === 'number' && scale > 0;
}
