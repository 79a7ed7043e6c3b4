/**
 * The activities of states: what a machine does as long as it is in one, where resources or another behaviour are needed. A machine
 * tells of it in the middle of a step, so that everything here happens a moment later. Knows nothing of machines.
 */
import { type ActivityProgram, type ActivityRuntime, STATE, state, WORD_SHIFT } from '../../behavior/index.ts';
import type { Known } from '../../expressions/index.ts';
import type { ElementId } from '../../model/index.ts';
import { waiterOf, waiters } from '../waiters.ts';

/** What the timer of a population stands for. */
export interface StateActivity {
  readonly activity: ElementId;
  readonly population: number;
  readonly timer: number;
}

interface VisitHost {
  /** At this moment, but when the step is over. */
  later(work: () => void): void;
  /** The activity of a state is over. */
  done(population: number, instance: number, timer: number): void;
}

export class StateVisits {
  readonly #runtime: ActivityRuntime;
  readonly #host: VisitHost;
  readonly #activityOf: ReadonlyMap<string, number>;
  readonly #visits: { population: number; instance: number; timer: number; run: number; isOver: boolean }[] = [];
  readonly #free: number[] = [];

  constructor(ofStates: readonly StateActivity[], program: ActivityProgram, runtime: ActivityRuntime, host: VisitHost) {
    this.#runtime = runtime;
    this.#host = host;
    this.#activityOf = new Map(
      ofStates.map(({ activity, population, timer }) => [
        visitKey(population, timer),
        program.activities.findIndex(({ id }) => id === activity),
      ]),
    );
  }

  clear(): void {
    this.#visits.length = 0;
    this.#free.length = 0;
  }

  /** A state of a machine is entered that does something for which resources or another behaviour are needed. */
  begin(population: number, instance: number, timer: number, slots: readonly Known[]): number {
    const index = this.#activityOf.get(visitKey(population, timer)) ?? -1;
    const visit = this.#free.pop() ?? this.#visits.length;
    this.#visits[visit] = { population, instance, timer, run: -1, isOver: false };
    // Through the calendar: the machine is in the middle of a step.
    const values = [...slots];
    this.#host.later(() => this.#start(visit, index, values));
    return visit;
  }

  abort(visit: number): void {
    const record = this.#visits[visit];
    if (record === undefined || record.isOver) return;
    record.isOver = true;
    if (record.run < 0) return;
    this.#host.later(() => this.#end(visit));
  }

  #start(visit: number, index: number, values: readonly Known[]): void {
    const record = this.#visits[visit]!;
    if (record.isOver || index < 0) {
      this.#free.push(visit);
      return;
    }
    const { words } = this.#runtime.store;
    const run = this.#runtime.begin(index, values, waiterOf(waiters.visit, visit));
    // One that is over at once has said so already.
    if (run < 0) this.ended(visit);
    else if (!record.isOver && words[(run << WORD_SHIFT) + STATE] === state.invocation) record.run = run;
  }

  #end(visit: number): void {
    const { run } = this.#visits[visit]!;
    this.#free.push(visit);
    if (run >= 0) this.#runtime.terminate(run);
  }

  /** Its state is told through the calendar, unless it has been left. */
  ended(visit: number): void {
    const record = this.#visits[visit]!;
    record.run = -1;
    if (record.isOver) return;
    const { population, instance, timer } = record;
    this.#host.later(() => {
      this.#free.push(visit);
      if (record.isOver) return;
      record.isOver = true;
      this.#host.done(population, instance, timer);
    });
  }
}

function visitKey(population: number, timer: number): string {
  return `${population} ${timer}`;
}
