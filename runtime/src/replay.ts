/**
 * Holds recorded telemetry against a twin of the model, as if it came live, and reports what matched. Knows no rule of
 * judging; the order of event time is the only clock, so that the same recordings give the same report.
 */
import type { ElementId, Model } from '@pollux/engine/model';
import type { Observation } from '@pollux/engine/observation';
import { TwinSession, type TwinState } from '@pollux/engine/twin';
import { ExpectationHistory } from './expectation-history.ts';
import { eventTime, inEventTime } from './recordings/in-event-time.ts';
import { Recording, type RecordingProblem } from './recordings/read-recording.ts';
import { REPLAY_SCHEMA, type ReplayReport, replayReport } from './replay-report.ts';
import { TraceTally } from './trace-tally.ts';
import { predictObservedLoad } from './twin/predict-observed-load.ts';
import { PredictionSchedule } from './twin/prediction-schedule.ts';

export { REPLAY_SCHEMA, type ReplayReport };

export interface ReplayOptions {
  /** Whether to simulate the observed load and hold latencies against it; true where not given. */
  readonly simulation?: boolean;
  readonly threads?: number;
  /** Ends the reading; what was read until then is reported. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

interface ReplayProgress {
  readonly observations: number;
  readonly simulating: boolean;
}

const BATCH = 512;
/** Event time between two looks at what holds and whether to predict, microseconds. */
const LOOK_EVERY = 1e6;
/** Problems that are reported one by one; all are counted. */
const PROBLEMS = 100;

/** `files`: paths. Rejects with what the file system says where one cannot be opened. */
export async function replay(
  model: Model,
  twin: ElementId,
  files: readonly string[],
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const problems: RecordingProblem[] = [];
  const recordings = files.map(
    (path) =>
      new Recording(path, (problem) => {
        if (problems.length < PROBLEMS) problems.push(problem);
      }),
  );
  const run = new ReplayRun(model, twin, options);
  for await (const batch of inEventTime(recordings.map((recording) => recording.observations()))) {
    for (const part of inParts(batch)) {
      if (run.cancelled) break;
      await run.take(part);
    }
    if (run.cancelled) break;
  }
  const last = run.close();
  return replayReport(model, last, {
    files: recordings.map(({ read }) => read),
    problems,
    expectations: run.expectations.verdicts(last),
    interactions: run.tally.interactions(model),
    unmodelled: run.tally.unmodelled(),
    cancelled: run.cancelled,
  });
}

/** Stretches of no more than a second of event time, as they might have come live. */
function* inParts(batch: readonly Observation[]): Generator<readonly Observation[]> {
  let start = 0;
  let began = Number.NEGATIVE_INFINITY;
  for (const [index, observation] of batch.entries()) {
    const time = eventTime(observation);
    if (index - start < BATCH && time - began < LOOK_EVERY) continue;
    if (index > start) yield batch.slice(start, index);
    start = index;
    began = time;
  }
  if (start < batch.length) yield batch.slice(start);
}

/** The session with its event-time clock and its predictions. */
class ReplayRun {
  readonly #model: Model;
  readonly #twin: ElementId;
  readonly #options: ReplayOptions;
  readonly #session: TwinSession;
  readonly #schedule: PredictionSchedule;
  readonly tally = new TraceTally();
  readonly expectations = new ExpectationHistory();
  #observations = 0;
  #looked = 0;

  constructor(model: Model, twin: ElementId, options: ReplayOptions) {
    this.#model = model;
    this.#twin = twin;
    this.#options = options;
    this.#session = new TwinSession(model, twin, {
      onTrace: (outcome) => this.tally.hear(outcome),
      divergences: { whole: true },
    });
    this.#schedule = new PredictionSchedule(model);
  }

  get cancelled(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async take(batch: readonly Observation[]): Promise<void> {
    const last = batch.at(-1);
    if (last === undefined) return;
    const time = eventTime(last);
    this.#session.observe(batch);
    this.#session.advance(time);
    this.#observations += batch.length;
    this.#options.onProgress?.({ observations: this.#observations, simulating: false });
    if (time - this.#looked < LOOK_EVERY) return;
    this.#looked = time;
    const state = this.#session.snapshot();
    this.expectations.see(state);
    if (this.#options.simulation !== false && this.#schedule.due(state)) await this.#predict(state);
  }

  close(): TwinState {
    this.#session.close();
    return this.#session.snapshot();
  }

  async #predict(state: TwinState): Promise<void> {
    const { threads, signal } = this.#options;
    this.#options.onProgress?.({ observations: this.#observations, simulating: true });
    const result = await predictObservedLoad(this.#model, this.#twin, state, {
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (result !== null && !this.cancelled) this.#session.predict(result);
  }
}
