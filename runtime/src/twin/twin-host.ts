/**
 * The live twin itself: takes telemetry from the sources that the twin section names, gives the session its clock, has the
 * observed load simulated, and tells four times a second what is known. Knows no rule of judging, and not what thread it is in.
 */
import type { ElementId, Model, SeenArrivals, Source, Twin } from '@pollux/engine/model';
import type { Observation } from '@pollux/engine/observation';
import { ArrivalBook, SeenNames, type TelemetryNames, TwinSession } from '@pollux/engine/twin';
import { OtlpReceiver, type ReceiverCounters } from '../otlp/receiver.ts';
import { inEventTime } from '../recordings/in-event-time.ts';
import { matchingFiles } from '../recordings/matching-files.ts';
import { Recording } from '../recordings/read-recording.ts';
import { predictObservedLoad } from './predict-observed-load.ts';
import { PredictionSchedule } from './prediction-schedule.ts';
import { RecentObservations } from './recent-observations.ts';
import type { TwinTask } from './twin-messages.ts';
import type { TwinProblem, TwinReport, TwinStart } from './twin-report.ts';

/** Who hears what the twin has to say. */
interface TwinListener {
  readonly onState: (report: TwinReport) => void;
  /** What goes wrong after the start. */
  readonly onProblem: (problem: TwinProblem) => void;
}

type OtlpSource = Extract<Source, { kind: 'otlp' }>;

const TICK_MS = 250;
const SILENT_AFTER_MS = 10_000;
const noCounters: ReceiverCounters = { requests: 0, spans: 0, logs: 0, metrics: 0, rejected: 0, refused: 0 };

export class TwinHost {
  readonly #twin: ElementId;
  readonly #threads: number | undefined;
  readonly #recent = new RecentObservations();
  readonly #names = new SeenNames();
  readonly #arrivals = new ArrivalBook();
  readonly #listener: TwinListener;
  #model: Model;
  #session: TwinSession;
  #schedule: PredictionSchedule;
  #receiver: OtlpReceiver | undefined;
  /** Those that are open. */
  #ports: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastReceived = Number.NEGATIVE_INFINITY;
  #predicting: AbortController | undefined;
  #refusedSince = 0;

  /** `twin` must be the id of a twin of the model. */
  constructor({ model, twin, threads }: TwinTask, listener: TwinListener) {
    this.#model = model;
    this.#twin = twin;
    this.#threads = threads;
    this.#listener = listener;
    this.#session = this.#sessionOf(model);
    this.#schedule = new PredictionSchedule(model);
  }

  /** Opens the sources. A port that is taken is a problem in the answer; whatever else could be opened stays open. */
  async start(): Promise<TwinStart> {
    const started = await this.#open(otlpSources(this.#declared));
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    return started;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#predicting?.abort();
    this.#predicting = undefined;
    const receiver = this.#receiver;
    this.#receiver = undefined;
    await receiver?.stop();
  }

  /**
   * Goes on with a changed model: the ports stay open unless the text names others, and the last minute of telemetry is held
   * against the new text at once.
   */
  async updateModel(model: Model): Promise<TwinStart> {
    const before = otlpSources(this.#declared);
    if (model.twins.every(({ id }) => id !== this.#twin)) {
      const message = `The text no longer declares the twin ${this.#twin}; the last version of it goes on.`;
      return { ports: [], problems: [{ kind: 'twin-missing', message }] };
    }
    this.#model = model;
    this.#predicting?.abort();
    this.#predicting = undefined;
    this.#session = this.#sessionOf(model);
    this.#schedule = new PredictionSchedule(model);
    // What is judged again is heard of again.
    this.#arrivals.forgetFrom(firstOf(this.#recent.all()));
    for (const batch of this.#recent.all()) this.#session.observe(batch);
    this.#session.advance(now());
    const after = otlpSources(this.#declared);
    const isSame = portsOf(before).join() === portsOf(after).join();
    if (isSame && this.#ports.length === portsOf(after).length) return { ports: this.#ports, problems: [] };
    await this.#receiver?.stop();
    return this.#open(after);
  }

  /** Reads the recordings that the twin's file sources name, as if they came now. */
  async replayFiles(): Promise<TwinProblem[]> {
    const problems: TwinProblem[] = [];
    for (const source of this.#declared?.sources ?? []) {
      if (source.kind !== 'file') continue;
      const paths = await matchingFiles(this.#model.uri, source.pattern);
      if (paths.length === 0) {
        problems.push({ kind: 'recording', source: source.id, message: `No file matches ${source.pattern}.` });
      }
      const recordings = paths.map(
        (path) =>
          new Recording(path, ({ line, message }) =>
            problems.push({ kind: 'recording', source: source.id, message: `${path}:${line}: ${message}` }),
          ),
      );
      for await (const batch of inEventTime(recordings.map((recording) => recording.observations()))) this.#take(batch);
    }
    return problems;
  }

  names(): TelemetryNames {
    return this.#names.names();
  }

  arrivals(): ReadonlyMap<ElementId, SeenArrivals> {
    const twin = this.#declared;
    return twin === undefined ? new Map() : this.#arrivals.arrivals(twin);
  }

  #sessionOf(model: Model): TwinSession {
    return new TwinSession(model, this.#twin, { onTrace: (outcome) => this.#arrivals.hear(outcome) });
  }

  get #declared(): Twin | undefined {
    return this.#model.twins.find(({ id }) => id === this.#twin);
  }

  async #open(sources: readonly OtlpSource[]): Promise<TwinStart> {
    const ports = portsOf(sources);
    this.#receiver = undefined;
    this.#ports = [];
    if (ports.length === 0) return { ports: [], problems: [] };
    const receiver = new OtlpReceiver({
      ports,
      onObservations: (batch) => this.#take(batch),
      onMetricNames: (names) => this.#names.observeMetrics(names),
      onRefused: (reason) => this.#refused(reason),
    });
    this.#receiver = receiver;
    const started = await receiver.start();
    this.#ports = started.ports;
    return {
      ports: started.ports,
      problems: started.problems.map(({ kind, port, message }) => {
        const source = sources.find((candidate) => candidate.ports.includes(port));
        return { kind, message, ...(source === undefined ? {} : { source: source.id }) };
      }),
    };
  }

  #take(batch: readonly Observation[]): void {
    this.#lastReceived = performance.now();
    this.#recent.add(batch, this.#lastReceived);
    this.#names.observe(batch);
    this.#session.observe(batch);
  }

  /** A sender that errs errs with every batch: one message a minute says it. */
  #refused(reason: string): void {
    const at = performance.now();
    if (at - this.#refusedSince < 60_000 && this.#refusedSince > 0) return;
    this.#refusedSince = at;
    this.#listener.onProblem({ kind: 'refused', message: `Telemetry was refused: ${reason}` });
  }

  #tick(): void {
    this.#session.advance(now());
    const state = this.#session.snapshot();
    const silent = performance.now() - this.#lastReceived;
    const report: TwinReport = {
      state,
      lag_s: state.newest > 0 ? Math.max(0, (now() - state.newest) / 1e6) : 0,
      ...(silent >= SILENT_AFTER_MS && Number.isFinite(silent) ? { silent_s: silent / 1000 } : {}),
      receiver: this.#receiver?.counters ?? noCounters,
    };
    this.#listener.onState(report);
    if (this.#predicting === undefined && this.#schedule.due(state)) void this.#predict();
  }

  async #predict(): Promise<void> {
    const session = this.#session;
    const cancel = new AbortController();
    this.#predicting = cancel;
    try {
      const result = await predictObservedLoad(this.#model, this.#twin, session.snapshot(), {
        signal: cancel.signal,
        ...(this.#threads === undefined ? {} : { threads: this.#threads }),
      });
      if (result !== null && !cancel.signal.aborted) session.predict(result);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.onProblem({ kind: 'prediction', message: `The observed load could not be simulated: ${message}` });
    } finally {
      if (this.#predicting === cancel) this.#predicting = undefined;
    }
  }
}

function otlpSources(twin: Twin | undefined): OtlpSource[] {
  return (twin?.sources ?? []).filter((source): source is OtlpSource => source.kind === 'otlp');
}

function portsOf(sources: readonly OtlpSource[]): number[] {
  return [...new Set(sources.flatMap(({ ports }) => ports))];
}

/** When the earliest of them began. */
function firstOf(batches: readonly (readonly Observation[])[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const batch of batches) {
    for (const one of batch) first = Math.min(first, one.kind === 'span' ? one.start : one.time);
  }
  return first;
}

/** Microseconds since the epoch, by the clock of this machine. */
function now(): number {
  return Date.now() * 1000;
}
