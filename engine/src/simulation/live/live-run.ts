/**
 * One replication that goes on under a person's hand: advanced to any virtual time, changed on the way, taken back. Whatever the
 * person does is an event of the scenario's timeline, so that a live run is always the run of a scenario that could be written
 * down, and the same seed and inputs give the same run. Knows nothing of wall clocks and threads.
 */
import type { Change, ElementId, Model, TimelineEvent } from '../../model/index.ts';
import { type CompiledScenario, compileScenario } from '../compile-scenario.ts';
import { Kernel, type RunControl } from '../kernel.ts';
import { countersOf } from '../merge-replications.ts';
import { replicationOf } from '../replication-of.ts';
import type { Counters, Finding } from '../result.ts';
import { FIRST_TOKEN_LIMIT, TOKEN_LIMIT } from '../run-limits.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { type Subject, subjectsOf } from '../subjects.ts';
import { figuresBetween, type LiveFigures, type Look, lookAt } from './live-figures.ts';
import { type LiveVerdict, LiveVerdicts } from './live-verdicts.ts';

/** What a person did, and when in the run: microseconds since its beginning. */
export interface LiveInput {
  readonly time: number;
  readonly change: Change;
}

/** What can be seen of a live run at a moment. */
export interface LiveFrame {
  /** Seconds since the beginning of the run. */
  readonly time_s: number;
  /** The time over which rates and means are taken. */
  readonly window_s: number;
  readonly elements: Readonly<Record<ElementId, LiveFigures>>;
  /** Since the beginning; what is in progress counts as unfinished. */
  readonly counters: Counters;
  /** How the scenario's expectations stand, each over what was measured since the warm-up. */
  readonly verdicts: readonly LiveVerdict[];
  /** What the run has reported so far. */
  readonly findings: readonly Finding[];
}

interface LiveOptions {
  /** In place of the scenario's own. */
  readonly seed?: number | undefined;
  /** Which of the scenario's replications. */
  readonly replication?: number | undefined;
}

/** The window of the figures, as a share of the run. */
const WINDOW_SHARE = 1 / 20;

export class LiveRun {
  readonly #model: Model;
  readonly #scenario: ElementId;
  readonly #options: LiveOptions;
  readonly #replication: number;
  #inputs: readonly LiveInput[] = [];
  #compiled: CompiledScenario | null = null;
  #subjects: readonly Subject[] = [];
  #kernel: Kernel | null = null;
  readonly #problems: readonly Finding[];
  #looks: Look[] = [];
  #verdicts: LiveVerdicts | null = null;
  #now = 0;
  #isOver = false;
  #hasOutgrown = false;

  constructor(model: Model, scenario: ElementId, options: LiveOptions = {}) {
    this.#model = model;
    this.#scenario = scenario;
    this.#options = options;
    this.#replication = options.replication ?? 0;
    const { value, problems } = this.#compiledWith([]);
    this.#problems = problems;
    this.#begin(value);
  }

  /** Why it cannot run; empty where it can. */
  get problems(): readonly Finding[] {
    return this.#problems;
  }

  /** Microseconds since the beginning of the run. */
  get now(): number {
    return this.#now;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Microseconds; 0 where it cannot run. */
  get duration(): number {
    return this.#compiled?.scenario.duration ?? 0;
  }

  get seed(): number {
    return this.#compiled?.seed ?? 0;
  }

  /** Microseconds over which figures are taken. */
  get window(): number {
    return this.duration * WINDOW_SHARE;
  }

  get inputs(): readonly LiveInput[] {
    return this.#inputs;
  }

  /**
   * Goes on to a time; a time that has passed changes nothing. What was counted is kept every `spacing` microseconds, as windows
   * may begin there: a tenth of a window where nothing is said; whoever goes fast pays less with a longer one.
   */
  advance(until: number, control: RunControl = {}, spacing = this.window / 10): void {
    while (!this.tryAdvance(until, control, spacing));
  }

  /**
   * As `advance`, but false where the run has outgrown its first space: it stands at its beginning then, in a larger one, with the
   * same numbers before it.
   */
  tryAdvance(until: number, control: RunControl = {}, spacing = this.window / 10): boolean {
    this.#hasOutgrown = false;
    this.#goTo(until - this.window, control, 0);
    if (!this.#hasOutgrown) this.#goTo(until, control, spacing);
    return !this.#hasOutgrown;
  }

  /** Stops on the way where the verdicts want to know what was counted. */
  #goTo(time: number, control: RunControl, spacing: number): void {
    const verdicts = this.#verdicts;
    while (verdicts !== null && !this.#isOver && verdicts.next <= time) {
      const wanted = verdicts.next;
      this.#goOn(wanted, control, Number.POSITIVE_INFINITY);
      if (this.#hasOutgrown || this.#now < wanted) return;
      verdicts.note(this.#look());
    }
    this.#goOn(time, control, spacing);
  }

  #goOn(time: number, control: RunControl, spacing: number): void {
    const kernel = this.#kernel;
    if (kernel === null || this.#isOver || time <= this.#now) return;
    const isOver = kernel.runUntil(time, control);
    if (isOver && kernel.soFar().needsMore) {
      this.#begin(this.#compiled, TOKEN_LIMIT);
      this.#hasOutgrown = true;
      return;
    }
    this.#isOver = isOver;
    this.#now = isOver ? kernel.finish().to : time;
    const last = this.#looks[this.#looks.length - 1];
    if (last === undefined || this.#isOver || this.#now - last.time >= spacing) this.#look();
  }

  /**
   * Goes on with other inputs. Where they differ in what lies ahead only, they take effect from this moment, and the run is what it
   * would be if they had been there from its beginning. Otherwise, and where a run has to have a place for them from its beginning
   * (further loads, rollouts and signals, more nodes or replicas than there is room for), it begins anew and stands there. Where
   * they cannot be run, the old ones stay, and the answer says why.
   */
  change(inputs: readonly LiveInput[]): readonly Finding[] {
    const { value, problems } = this.#compiledWith(inputs);
    if (value === null) return problems;
    this.#inputs = inputs;
    if (this.#goesOnAs(value)) {
      if (!this.#isOver) this.#kernel?.rewrite(value);
      this.#compiled = value;
    } else this.#begin(value);
    return [];
  }

  /** The run begins anew, with the inputs it has. */
  restart(): void {
    this.#begin(this.#compiled);
  }

  #goesOnAs(other: CompiledScenario): boolean {
    const now = this.#compiled;
    return now !== null && this.#kernel?.allows(other) === true && placesIn(now) === placesIn(other);
  }

  frame(): LiveFrame {
    const result = this.#result();
    const now = this.#look(result);
    const latest = now.time - this.window;
    const before = this.#looks.findLast(({ time }) => time <= latest) ?? this.#looks[0] ?? now;
    const figures = figuresBetween(this.#subjects, before, now);
    this.#census(figures);
    return {
      time_s: now.time / 1e6,
      window_s: (now.time - before.time) / 1e6,
      elements: Object.fromEntries(figures),
      counters: this.#counters(result),
      verdicts: this.#verdicts?.at(now) ?? [],
      findings: [...(result?.incidents ?? [])],
    };
  }

  /** `problems`: why it cannot be run. */
  #compiledWith(inputs: readonly LiveInput[]): {
    readonly value: CompiledScenario | null;
    readonly problems: readonly Finding[];
  } {
    const scenario = this.#model.scenarios.find(({ id }) => id === this.#scenario);
    const given = inputs.map((input, index) => eventOf(input, index, this.#scenario));
    // Nothing is left out of what can be seen: a person watches the warm-up too.
    const model: Model = {
      ...this.#model,
      scenarios: this.#model.scenarios.map((each) =>
        each !== scenario ? each : { ...each, warmup: 0, timeline: [...each.timeline, ...given] },
      ),
    };
    const { seed } = this.#options;
    const { value, problems } = compileScenario(model, this.#scenario, { seed, replications: 1, takesInputs: true });
    return { value, problems: value !== null ? [] : problems.filter(({ severity }) => severity === 'error') };
  }

  #begin(compiled: CompiledScenario | null, tokens = FIRST_TOKEN_LIMIT): void {
    this.#compiled = compiled;
    this.#subjects = compiled === null ? [] : subjectsOf(compiled);
    this.#kernel = compiled === null ? null : new Kernel(compiled, tokens, tokens < TOKEN_LIMIT);
    this.#kernel?.begin(this.#replication);
    this.#now = 0;
    this.#isOver = false;
    this.#looks = [];
    const scenario = this.#model.scenarios.find(({ id }) => id === this.#scenario);
    this.#verdicts = scenario === undefined || compiled === null ? null : new LiveVerdicts(scenario, this.#subjects);
    const begin = this.#look();
    if (this.#verdicts?.next === 0) this.#verdicts.note(begin);
  }

  #result(): ReplicationResult | null {
    return this.#kernel === null ? null : replicationOf(this.#kernel.soFar(), this.#replication);
  }

  /** Keeps what was counted until now, as long as a window may begin here. */
  #look(known: ReplicationResult | null = null): Look {
    const last = this.#looks[this.#looks.length - 1];
    if (last !== undefined && last.time === this.#now) return last;
    const result = known ?? this.#result();
    if (result === null) return { time: 0, samples: [] };
    const look = lookAt(this.#subjects, result, this.#now);
    const first = this.#looks.findLastIndex(({ time }) => time <= this.#now - this.window);
    this.#looks = [...this.#looks.slice(Math.max(0, first)), look];
    return look;
  }

  /** Where the instances of machines are now. */
  #census(figures: Map<ElementId, LiveFigures>): void {
    for (const population of this.#kernel?.soFar().populations ?? []) {
      for (const [element, instances] of population.census()) {
        figures.set(element, { ...figures.get(element), instances });
      }
    }
  }

  #counters(result: ReplicationResult | null): Counters {
    const none = { started: 0, finished: 0, failed: 0, refused: 0, unfinished: 0, events: 0 };
    return this.#compiled === null || result === null ? none : countersOf(this.#compiled, [result]);
  }
}

/** What a run has had places for since its beginning. */
function placesIn({ program, layout }: CompiledScenario): string {
  const policies = program.messages.map(
    ({ policy }) => policy && Object.values(policy).map((value) => value !== null && value),
  );
  return JSON.stringify([
    [...program.code],
    policies.map((values) => values?.map((value) => typeof value === 'object' || value)),
    [...layout.kindOfNode],
    layout.componentOfReplica,
  ]);
}

/** The input as the scenario's text would say it. */
function eventOf({ time, change }: LiveInput, index: number, scenario: ElementId): TimelineEvent {
  const nowhere = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    id: `${scenario}/live#${index + 1}`,
    kind: 'timeline-event',
    name: '',
    place: nowhere,
    label: nowhere,
    time,
    change,
  };
}
