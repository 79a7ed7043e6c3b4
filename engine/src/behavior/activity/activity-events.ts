/**
 * Events of an invocation: what an accept action waits for, interrupts of regions, conditions that have come true, and signals that
 * go out. Where a token goes then is for `TokenLife`.
 */
import type { Known } from '../../expressions/index.ts';
import type { SendTarget } from '../../model/index.ts';
import type { ActivityHost } from './activity-host.ts';
import {
  type ActivityStore,
  INSIDE,
  IS_AGAIN,
  NEXT,
  NODE,
  NONE,
  ORDINAL,
  PARENT,
  RUN,
  STATE,
  state,
  WORD_SHIFT,
} from './activity-store.ts';
import type { CompiledAccept, CompiledActivity } from './compiled-activity.ts';
import { NO_VALUES, type TokenLife } from './token-life.ts';
import type { TokenPlaces } from './token-places.ts';

export class ActivityEvents {
  readonly #host: ActivityHost;
  readonly #clock: Float64Array;
  readonly #words: Int32Array;
  readonly #tokens: TokenPlaces;
  readonly #life: TokenLife;

  constructor(host: ActivityHost, store: ActivityStore, tokens: TokenPlaces, life: TokenLife) {
    this.#host = host;
    this.#clock = host.clock;
    this.#words = store.words;
    this.#tokens = tokens;
    this.#life = life;
  }

  wait(token: number, activity: CompiledActivity, node: number): void {
    const { event } = activity.accepts[node]!;
    this.#words[(token << WORD_SHIFT) + STATE] = state.accepting;
    const now = this.#clock[0]!;
    if (event.kind === 'time') {
      this.#life.wake(
        token,
        now + this.#host.times.lasting(activity.index, node, this.#life.frameOf(this.#life.current)),
      );
    } else if (event.kind === 'clock') {
      this.#life.wake(token, this.#host.nextTimeOfDay(event.timeOfDay, now));
    }
  }

  /** A time event whose guard does not hold comes again. */
  timePassed(token: number): void {
    const at = token << WORD_SHIFT;
    const activity = this.#life.activityOf(this.#life.current);
    const node = this.#words[at + NODE]!;
    const accept = activity.accepts[node]!;
    if (accept.guard === null || accept.guard(this.#life.frameOf(this.#life.current)))
      this.#take(token, activity, node, accept);
    else this.wait(token, activity, node);
  }

  accept(run: number, signal: number, values: readonly Known[]): boolean {
    const words = this.#words;
    const activity = this.#life.activityOf(run);
    let found = NONE;
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; token = words[(token << WORD_SHIFT) + NEXT]!) {
      const at = token << WORD_SHIFT;
      if (words[at + STATE] !== state.accepting) continue;
      const { event, guard } = activity.accepts[words[at + NODE]!]!;
      if (event.kind !== 'signal' || !event.signals.includes(signal)) continue;
      if (this.#tokens.isEarlier(token, found) && (guard === null || guard(this.#life.frameOf(run, values))))
        found = token;
    }
    if (found === NONE) return false;
    const node = words[(found << WORD_SHIFT) + NODE]!;
    this.#take(found, activity, node, activity.accepts[node]!, values);
    return true;
  }

  interrupt(run: number, signal: number, values: readonly Known[]): boolean {
    const activity = this.#life.activityOf(run);
    const { interrupts } = activity;
    for (const { region, signals, guard, edge } of interrupts) {
      if (edge < 0 || !signals.includes(signal)) continue;
      const inRegion = this.#tokens.someIn(run, activity, region);
      if (inRegion === NONE) continue;
      if (guard !== null && !guard(this.#life.frameOf(run, values))) continue;
      const parent = this.#words[(inRegion << WORD_SHIFT) + PARENT]!;
      // Made first, so that what is around does not end with the last token of the region.
      const token = this.#life.spawn(run, parent, activity.targets[edge]!);
      this.#life.kill(
        run,
        (other) => other !== token && this.#tokens.isInRegion(other, parent, activity, region),
        NONE,
      );
      this.#words[(token << WORD_SHIFT) + ORDINAL] = activity.ordinals[edge]!;
      this.#host.took(activity, edge);
      activity.effects[edge]?.(this.#life.frameOf(run, values));
      return true;
    }
    return false;
  }

  lookAround(run: number): void {
    if (this.#words[(run << WORD_SHIFT) + STATE] === state.invocation && this.#life.activityOf(run).watches)
      this.#look(run);
  }

  /** Somebody waits for a condition, and something has changed. */
  #look(run: number): void {
    const words = this.#words;
    const activity = this.#life.activityOf(run);
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; ) {
      const at = token << WORD_SHIFT;
      const next = words[at + NEXT]!;
      if (words[at + STATE] === state.accepting) {
        const node = words[at + NODE]!;
        const accept = activity.accepts[node]!;
        const { event, guard } = accept;
        const frame = this.#life.frameOf(run);
        if (event.kind === 'change' && event.holds(frame) && (guard === null || guard(frame))) {
          this.#take(token, activity, node, accept);
          // What it does may change what others wait for, and who is there.
          this.#look(run);
          return;
        }
      }
      token = next;
    }
  }

  #take(
    token: number,
    activity: CompiledActivity,
    node: number,
    accept: CompiledAccept,
    values: readonly Known[] = NO_VALUES,
  ): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    if (accept.isSpontaneous) {
      const { kind: what } = accept.event;
      const parent = words[at + PARENT]!;
      if (words[at + IS_AGAIN] === 1) {
        words[at + IS_AGAIN] = 0;
        this.#words[((parent === NONE ? words[at + RUN]! : parent) << WORD_SHIFT) + INSIDE]!++;
      }
      // A condition would hold again at once.
      if (what !== 'change') this.#life.spawn(words[at + RUN]!, parent, node, true);
    }
    this.#life.leaveFirst(token, activity, node, values);
  }

  sendFrom(token: number, activity: CompiledActivity, node: number): void {
    const { signal, values, target, key } = activity.sends[node]!;
    const run = this.#life.current;
    const frame = this.#life.frameOf(run);
    const carried = values.map((value) => value(frame));
    const delay = this.#host.times.lasting(activity.index, node, frame);
    const to: SendTarget =
      target.kind === 'instance' && key !== null
        ? { ...target, key: { ...target.key, kind: 'literal', value: key(frame) } }
        : target;
    this.#host.send(run, signal, carried, to, delay);
    this.#life.leaveFirst(token, activity, node);
  }
}
