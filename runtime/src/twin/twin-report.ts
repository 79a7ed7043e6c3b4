/** What the twin service tells those who attached to it. Plain data. */
import type { ElementId } from '@pollux/engine/model';
import type { TwinState } from '@pollux/engine/twin';
import type { ReceiverCounters } from '../otlp/receiver.ts';

export interface TwinReport {
  readonly state: TwinState;
  /** Seconds from the newest observation's event time to now: how far behind the picture is. */
  readonly lag_s: number;
  /** Set where nothing has come for a while: seconds since the last observation. */
  readonly silent_s?: number;
  readonly receiver: ReceiverCounters;
}

export interface TwinStart {
  /** Open ports, on loopback. */
  readonly ports: readonly number[];
  readonly problems: readonly TwinProblem[];
}

/** Something a person should hear of, with what to do about it. */
export interface TwinProblem {
  readonly kind: 'port-in-use' | 'port-refused' | 'twin-missing' | 'recording' | 'refused' | 'prediction' | 'crashed';
  readonly message: string;
  /** The source it is about. */
  readonly source?: ElementId;
}
