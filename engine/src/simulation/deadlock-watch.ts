/**
 * Looks for deadlocks so many times in a run, beside its events: tells each when it is first seen, and when it is over; counts those that
 * only the timeout of a call ends. Knows neither pools nor how a circle is found.
 */
import { formatSeconds, SECOND } from '../numeric/index.ts';
import type { ToldDeadlock } from './deadlock-text.ts';
import type { Finding } from './result.ts';

/** In a run of whatever length, so that looking costs nothing beside it. */
const LOOKS = 100;

/** `isPatient`: as if no call had a timeout. */
export type SearchForDeadlocks = (isPatient: boolean) => readonly ToldDeadlock[];

export class DeadlockWatch {
  /** When to look next, microseconds; Infinity: not before the end. */
  next: number;
  readonly #gap: number;
  readonly #search: SearchForDeadlocks;
  readonly #tell: (finding: Finding) => void;
  /** By place, whether they last; those that are over stay, so that one that comes again and again is told once. */
  readonly #found = new Map<number, { readonly told: ToldDeadlock; isOver: boolean }>();
  /** By place. */
  readonly #passing = new Map<number, { readonly told: ToldDeadlock; looks: number }>();
  #looks = 0;

  /** `mayBe` false: nothing in the model can ever be short. */
  constructor(duration: number, mayBe: boolean, search: SearchForDeadlocks, tell: (finding: Finding) => void) {
    this.#gap = duration / LOOKS;
    this.#search = search;
    this.#tell = tell;
    this.next = mayBe && this.#gap > 0 ? this.#gap : Number.POSITIVE_INFINITY;
  }

  look(now: number): void {
    this.next = Math.max(now, this.next) + this.#gap;
    this.#looks++;
    const patient = this.#search(true);
    const lasting = patient.length === 0 ? [] : this.#search(false);
    for (const told of lasting) this.#see(told);
    this.#end(new Set(lasting.map(({ place }) => place)), now);
    for (const told of patient) {
      if (lasting.some(({ place }) => place === told.place)) continue;
      const known = this.#passing.get(told.place);
      if (known === undefined) this.#passing.set(told.place, { told, looks: 1 });
      else known.looks++;
    }
  }

  /** The run is over at that time. */
  finish(now: number): void {
    if (this.next === Number.POSITIVE_INFINITY) return;
    this.look(now);
    for (const { told, looks } of this.#passing.values()) {
      const { element, name, way, since } = told;
      const often = `at ${looks} of ${this.#looks} moments at which the run was looked at, first since ${formatSeconds(since / SECOND)}`;
      const message = `Calls at ${name} waited for one another until a \`timeout\` ended it: all of it was held by those who wait for ${way}, ${often}. More of it, or no call back into it, would spare the wait.`;
      this.#tell({ code: 'deadlock-until-timeout', severity: 'warning', element, message });
    }
  }

  #see(told: ToldDeadlock): void {
    const known = this.#found.get(told.place);
    if (known !== undefined) {
      known.isOver = false;
      return;
    }
    this.#found.set(told.place, { told, isOver: false });
    const { element, message } = told;
    this.#tell({ code: 'deadlock', severity: 'warning', element, message });
  }

  #end(lasting: ReadonlySet<number>, now: number): void {
    for (const [place, found] of this.#found) {
      if (found.isOver || lasting.has(place)) continue;
      found.isOver = true;
      const { element, name, since } = found.told;
      const message = `The deadlock at ${name} since ${formatSeconds(since / SECOND)} was over at ${formatSeconds(now / SECOND)}: something from outside freed what was held there, as a crash or a change on the timeline does.`;
      this.#tell({ code: 'deadlock-over', severity: 'information', element, message });
    }
  }
}
