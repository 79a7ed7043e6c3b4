/** What the status bar says of the live twin. Knows nothing of VS Code. */
import type { Divergence, TwinState } from '@pollux/engine/twin';

interface StatusLine {
  readonly text: string;
  readonly tooltip: string;
  /** Something contradicts the model now. */
  readonly alert: boolean;
}

export interface Attachment {
  /** Name of the twin. */
  readonly twin: string;
  /** `127.0.0.1:4318` and the like. */
  readonly listening: readonly string[];
  readonly state: TwinState | null;
  readonly lag_s: number;
  readonly silent_s?: number;
}

function openDivergences(state: TwinState | null): Divergence[] {
  return state === null ? [] : state.divergences.filter(({ status }) => status === 'open');
}

export function statusLine({ twin, listening, state, lag_s, silent_s }: Attachment): StatusLine {
  const open = openDivergences(state).length;
  const where = listening.length === 0 ? 'no port' : listening.join(' and ');
  const facts = [`Twin ${twin} listens for OTLP/HTTP on ${where}.`];
  if (state !== null) {
    const { traces, spans } = state;
    facts.push(
      `${spans.received} spans received, ${spans.unmodelled} not modelled, ${spans.shed} shed.`,
      `${traces.seen} traces: ${traces.matched} matched, ${traces.divergent} divergent, ${traces.undecided} undecided, ${traces.unmodelled} not modelled.`,
    );
  }
  return {
    text: `${silent_s === undefined ? '$(radio-tower)' : '$(debug-disconnect)'} ${twin}: ${freshness(state, lag_s, silent_s)}${counted(open)}`,
    tooltip: facts.join('\n\n'),
    alert: open > 0,
  };
}

function freshness(state: TwinState | null, lag_s: number, silent_s: number | undefined): string {
  if (state === null || state.spans.received === 0) return 'waiting for the first span';
  if (silent_s !== undefined) return `silent for ${seconds(silent_s)}`;
  return `lag ${seconds(lag_s)}`;
}

function counted(open: number): string {
  if (open === 0) return '';
  return open === 1 ? ', 1 divergence' : `, ${open} divergences`;
}

/** Whole seconds, and minutes from two on: nobody steers by more. */
function seconds(value: number): string {
  const whole = Math.max(0, Math.round(value));
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
