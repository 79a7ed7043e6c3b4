/** What a replay says. Plain data with a schema version; `pollux replay --format json` prints exactly this. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { Divergence, TraceCounts, TwinState, TwinVerdict } from '@pollux/engine/twin';
import type { RecordedFile, RecordingProblem } from './recordings/read-recording.ts';

/** Raised whenever the shape of `ReplayReport` changes. */
export const REPLAY_SCHEMA = 1;

export interface ReplayReport {
  readonly schema: typeof REPLAY_SCHEMA;
  /** Uri of the model's entry document. */
  readonly model: string;
  readonly twin: ElementId;
  readonly files: readonly RecordedFile[];
  /** The first of what was rejected. */
  readonly problems: readonly RecordingProblem[];
  readonly traces: TraceCounts;
  readonly interactions: readonly ReplayedInteraction[];
  /** What traces that no interaction claims begin with, the most frequent first. */
  readonly unmodelled: readonly { readonly root: string; readonly count: number }[];
  /** Where the instances of machines were at the end. */
  readonly instances: readonly { readonly state: ElementId; readonly count: number }[];
  readonly divergences: readonly Divergence[];
  /** Over the whole recording: missed where it was ever breached, met where it was ever seen to hold. */
  readonly expectations: readonly TwinVerdict[];
  readonly verdict: 'conforms' | 'violates' | 'undecided';
  /** Why. */
  readonly reason: string;
}

export interface ReplayedInteraction {
  readonly element: ElementId;
  readonly matched: number;
  readonly divergent: number;
  readonly undecided: number;
  readonly p50_s: number | null;
  readonly p95_s: number | null;
}

/** What a replay knows when it is over. */
interface ReplayFacts {
  readonly files: readonly RecordedFile[];
  readonly problems: readonly RecordingProblem[];
  readonly expectations: readonly TwinVerdict[];
  readonly interactions: readonly ReplayedInteraction[];
  readonly unmodelled: ReplayReport['unmodelled'];
  readonly cancelled: boolean;
}

/** `state`: the last of the session, after it was closed. */
export function replayReport(model: Model, state: TwinState, facts: ReplayFacts): ReplayReport {
  const { files, problems, expectations, interactions, unmodelled } = facts;
  const { traces } = state;
  const divergences = state.divergences.filter(({ verdict }) => verdict !== 'retracted');
  return {
    schema: REPLAY_SCHEMA,
    model: model.uri,
    twin: state.twin,
    files,
    problems,
    traces,
    interactions,
    unmodelled,
    instances: instancesOf(model, state),
    divergences,
    expectations,
    ...judge(traces, divergences, expectations, facts.cancelled),
  };
}

/** States that hold instances; the machine itself would count them twice. */
function instancesOf(model: Model, { figures }: TwinState): ReplayReport['instances'] {
  const machines = new Set(model.machines.map(({ id }) => id));
  return Object.entries(figures).flatMap(([state, { instances }]) =>
    instances === undefined || instances === 0 || machines.has(state) ? [] : [{ state, count: instances }],
  );
}

function judge(
  traces: TraceCounts,
  divergences: readonly Divergence[],
  expectations: readonly TwinVerdict[],
  cancelled: boolean,
): Pick<ReplayReport, 'verdict' | 'reason'> {
  const missed = expectations.filter(({ verdict }) => verdict === 'missed');
  if (divergences.length > 0 || missed.length > 0) {
    const parts = [
      ...(divergences.length > 0 ? [counted(divergences.length, 'divergence')] : []),
      ...(missed.length > 0 ? [`${counted(missed.length, 'expectation')} missed`] : []),
    ];
    return { verdict: 'violates', reason: parts.join(', ') };
  }
  if (cancelled) return { verdict: 'undecided', reason: 'the replay was cancelled' };
  if (traces.matched === 0) {
    return { verdict: 'undecided', reason: traces.seen === 0 ? 'no trace was read' : 'no trace was matched' };
  }
  const undecided = expectations.filter(({ verdict }) => verdict === 'undecided');
  if (undecided.length > 0) {
    return { verdict: 'undecided', reason: `${counted(undecided.length, 'expectation')} could not be decided` };
  }
  return { verdict: 'conforms', reason: `${counted(traces.matched, 'trace')} matched, none contradicts the model` };
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
