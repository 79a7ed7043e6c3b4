/**
 * The live twin's analysis: observations in, immutable snapshots out. Pure and driven by event time; the same
 * observations in the same order give the same states. Knows nothing of sources, sockets or the wall clock.
 */
import type { ElementId, Model, Twin } from '../model/index.ts';
import {
  type AssemblerLimits,
  Bindings,
  defaultLimits,
  type EpochMicroseconds,
  EventClock,
  isRoot,
  LEAP,
  type Observation,
  type Span,
  TraceAssembler,
} from '../observation/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import { CallTimes } from './call-times.ts';
import { DivergenceLog, defaultLogOptions, type LogOptions } from './divergence-log.ts';
import { ExpectationWatch } from './expectation-watch.ts';
import { FigureBook } from './figure-book.ts';
import { InstanceWatch } from './instance-watch.ts';
import { LatencyWatch } from './latency-watch.ts';
import { ModelNames } from './model-names.ts';
import { Prediction } from './prediction.ts';
import { ServiceReports } from './service-reports.ts';
import { SpanLoss } from './span-loss.ts';
import { type Figures, TWIN_SCHEMA, type TwinState } from './state.ts';
import { TraceJudge } from './trace-judge.ts';
import { type TraceOutcome, TraceWatch } from './trace-watch.ts';

const SECOND = 1_000_000;
/** Event time between two evaluations. */
const TICK = 250_000;
/** After a leap of event time no more than this is gone through tick by tick. */
const CATCH_UP = 30 * SECOND;

export interface TwinOptions {
  /** Length of the sliding window, seconds. */
  readonly window?: number;
  readonly limits?: AssemblerLimits;
  /** Machine instances that are followed at the same time, each machine. */
  readonly instances?: number;
  readonly divergences?: Partial<LogOptions>;
  /** Hears of every trace when it is decided; for reports that count more than a snapshot holds. */
  readonly onTrace?: (outcome: TraceOutcome) => void;
}

export class TwinSession {
  readonly #twin: Twin;
  readonly #window: number;
  readonly #clock = new EventClock();
  readonly #assembler: TraceAssembler;
  readonly #services: ServiceReports;
  readonly #book: FigureBook;
  readonly #log: DivergenceLog;
  readonly #latencies: LatencyWatch;
  readonly #callTimes: CallTimes;
  readonly #traces: TraceWatch;
  readonly #instances: InstanceWatch;
  readonly #expectations: ExpectationWatch;
  #prediction: Prediction | undefined;
  #received = 0;
  #unsound = 0;
  #sequence = 0;
  /** Event time that was gone through, and the tick up to which observations have come. */
  #reached: EpochMicroseconds = 0;
  #reported: EpochMicroseconds = 0;
  #closed = false;

  /** `twin` must be the id of a twin of the model. */
  constructor(model: Model, twin: ElementId, options: TwinOptions = {}) {
    const found = model.twins.find(({ id }) => id === twin);
    if (found === undefined) throw new Error(`The model has no twin ${twin}.`);
    this.#twin = found;
    this.#window = options.window ?? 60;
    const { lateness, expectations } = found;
    const bindings = new Bindings(model, found);
    const names = new ModelNames(model);
    this.#assembler = new TraceAssembler(lateness, options.limits ?? defaultLimits);
    this.#services = new ServiceReports(bindings);
    this.#log = new DivergenceLog({ ...defaultLogOptions, ...options.divergences });
    this.#book = new FigureBook(this.#window, longWindows(found));
    this.#latencies = new LatencyWatch(names, this.#log);
    this.#callTimes = new CallTimes(names, bindings, this.#assembler, this.#latencies);
    const loss = new SpanLoss();
    this.#traces = new TraceWatch({
      assembler: this.#assembler,
      bindings,
      judge: new TraceJudge(model, bindings),
      names,
      services: this.#services,
      book: this.#book,
      latencies: this.#latencies,
      callTimes: this.#callTimes,
      log: this.#log,
      loss,
      lateness,
      onTrace: options.onTrace,
    });
    this.#instances = new InstanceWatch(model, found, this.#log, {
      instances: options.instances ?? 100_000,
      isSourceSilent: () => model.components.some(({ id, external }) => !external && !this.#services.isKnown(id)),
      loss,
    });
    this.#expectations = new ExpectationWatch(expectations, this.#window, this.#log);
  }

  /** In any order; what is too late is counted, not judged again. */
  observe(batch: readonly Observation[]): void {
    if (this.#closed) return;
    for (const observation of batch) {
      if (observation.kind === 'span') {
        this.#received++;
        if (!isSound(observation)) {
          this.#unsound++;
          continue;
        }
        this.#clock.report(observation.end, observation.traceId);
        this.#book.began(observation.end);
        this.#services.reported(observation, this.#clock.now);
        this.#joinEarlier(observation);
        const { late } = this.#assembler;
        if (this.#assembler.add(observation)) this.#callTimes.observe(observation);
        if (this.#assembler.late > late) this.#traces.late(observation);
      } else if (Number.isFinite(observation.time)) this.#clock.report(observation.time, observation.service);
      else continue;
      this.#instances.observe(observation);
      if (Math.abs(this.#clock.now - this.#reported) >= TICK) this.#progress();
    }
  }

  /**
   * The observer's clock shows `now`, in any epoch: only its progress since the last observation counts, so that time
   * goes on while nothing arrives and old recordings can be replayed.
   */
  advance(now: EpochMicroseconds): void {
    if (this.#closed) return;
    this.#clock.advance(now);
    this.#progress();
  }

  /** What a simulation at the observed load says; see `scenarioAtObservedLoad`. */
  predict(result: SimulationResult): void {
    this.#prediction = new Prediction(result);
  }

  /** Nothing more will come: everything is decided with what is known. */
  close(): void {
    if (this.#closed) return;
    this.#progress();
    this.#closed = true;
    this.#reached = Math.max(this.#reached, this.#clock.now);
    this.#instances.advance(this.#reached);
    this.#traces.close(this.#reached);
    this.#evaluate(this.#reached);
  }

  snapshot(): TwinState {
    const { shed } = this.#assembler;
    const { seen, matched, divergent, undecided, unmodelled } = this.#traces.counts;
    return {
      schema: TWIN_SCHEMA,
      twin: this.#twin.id,
      sequence: ++this.#sequence,
      watermark: this.#watermark,
      newest: this.#clock.newest,
      window_s: this.#window,
      traces: { seen, matched, divergent, undecided, unmodelled, reasons: Object.fromEntries(this.#traces.reasons) },
      spans: { received: this.#received, unmodelled: this.#traces.unmodelledSpans, shed: shed + this.#unsound },
      figures: this.#figures(this.#watermark),
      divergences: this.#log.divergences((last) => this.#closed || last <= this.#watermark),
      expectations: this.#expectations.verdicts(),
    };
  }

  /** What a judged trace asked for in a trace of its own may come after the judgement: it belongs to that trace, then. */
  #joinEarlier(span: Span): void {
    const [link] = span.links;
    if (link === undefined || !isRoot(span) || !this.#assembler.isJudged(link.traceId)) return;
    if (this.#traces.late(span, link.traceId)) this.#assembler.settle(span.traceId);
  }

  get #watermark(): EpochMicroseconds {
    return this.#closed ? this.#clock.newest : Math.max(0, this.#reached - this.#twin.lateness);
  }

  /**
   * Goes through event time up to now, tick by tick, so that the size of the batches makes no difference. Where exporters
   * turn out to send later than the twin's lateness allows, everything is judged as much later.
   */
  #progress(): void {
    const now = this.#clock.now;
    this.#reported = Math.floor(now / TICK) * TICK;
    const late = Math.max(0, this.#services.lag(now) - this.#twin.lateness);
    const ticks = Math.floor((now - late) / TICK);
    const least = (ticks - CATCH_UP / TICK) * TICK;
    const isAstray = this.#reached > now + LEAP;
    if (isAstray) this.#book.forget();
    if (this.#reached < least || isAstray) this.#reached = least;
    while (this.#reached < ticks * TICK) {
      this.#reached += TICK;
      this.#instances.advance(this.#reached - this.#twin.lateness);
      this.#traces.advance(this.#reached);
      this.#evaluate(this.#reached);
    }
  }

  /** Figures are complete up to the watermark only. */
  #evaluate(now: EpochMicroseconds): void {
    if (this.#prediction !== undefined) this.#latencies.evaluate(this.#watermark, this.#prediction);
    this.#expectations.evaluate(this.#watermark, this.#book, this.#prediction);
    this.#log.advance(now);
  }

  #figures(now: EpochMicroseconds): Record<ElementId, Figures> {
    const figures: Record<ElementId, Figures> = {};
    for (const [element, figure] of this.#book.figures(now)) figures[element] = figure;
    for (const [element, figure] of this.#instances.figures(now)) figures[element] = figure;
    for (const element of this.#prediction?.elements ?? []) {
      const p50 = this.#prediction?.of(element, 'p50')?.value;
      const p95 = this.#prediction?.of(element, 'p95')?.value;
      if (p50 === undefined || p95 === undefined) continue;
      figures[element] = { ...(figures[element] ?? { total: 0 }), predicted: { p50, p95 } };
    }
    return figures;
  }
}

/** Its times are times, in the right order. */
function isSound({ start, end }: Span): boolean {
  return Number.isFinite(start) && Number.isFinite(end) && start <= end;
}

/** Elements whose expectations look back further than the common window. */
function longWindows(twin: Twin): ReadonlyMap<ElementId, number> {
  const lengths = new Map<ElementId, number>();
  for (const { measure, over } of twin.expectations) {
    if (over !== undefined) lengths.set(measure.element, Math.max(lengths.get(measure.element) ?? 0, over / SECOND));
  }
  return lengths;
}
