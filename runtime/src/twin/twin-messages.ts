/** What the twin service and its thread say to each other. */
import type { ElementId, Model, SeenArrivals } from '@pollux/engine/model';
import type { TelemetryNames } from '@pollux/engine/twin';
import type { TwinProblem, TwinReport, TwinStart } from './twin-report.ts';

/** Handed over when the thread starts. */
export interface TwinTask {
  readonly model: Model;
  readonly twin: ElementId;
  /** Threads for simulating the observed load; as many as the machine has cores where not given. */
  readonly threads?: number | undefined;
}

export type TwinCommand =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'update-model'; readonly model: Model }
  | { readonly kind: 'replay-files' }
  | { readonly kind: 'names' }
  | { readonly kind: 'arrivals' };

export interface TwinAnswers {
  readonly start: TwinStart;
  readonly stop: undefined;
  readonly 'update-model': TwinStart;
  readonly 'replay-files': readonly TwinProblem[];
  readonly names: TelemetryNames;
  /** By interaction. */
  readonly arrivals: ReadonlyMap<ElementId, SeenArrivals>;
}

/** To the thread; the number comes back with the answer. */
export interface TwinCall {
  readonly call: number;
  readonly command: TwinCommand;
}

/** From the thread. */
export type TwinMessage =
  | { readonly kind: 'answer'; readonly call: number; readonly value: TwinAnswers[TwinCommand['kind']] }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string }
  | { readonly kind: 'state'; readonly report: TwinReport }
  | { readonly kind: 'problem'; readonly problem: TwinProblem };
