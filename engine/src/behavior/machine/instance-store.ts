/**
 * The instances of one machine in flat arrays: configuration, variables, timers. Knows nothing of what they mean.
 *
 * An id is `generation * 2^22 + place`: a safe integer that is never used twice, so that a signal to an ended instance is
 * noticed although its place is taken again. Bytes an instance: 8 (id) + 8 (began) + 4 a strand + 4 a history + 12 a timer
 * (and 12 where there is one) + 1 a change trigger, and an array of its slots (8 each and a header of 48). Deferred events
 * have a list only where there are any.
 */
import type { Known } from '../../expressions/index.ts';

const PLACE_BITS = 22;
const PLACES = 1 << PLACE_BITS;
const PLACE_MASK = PLACES - 1;
const FREE = -1;

/** A timer that is not running. */
export const IDLE = Number.NaN;
/** The timer of a do-activity that has come to its end while its state is still active. */
export const DONE = -1;
/** The timer of a do-activity that the step in progress has begun and will end. */
export const BEGUN = -2;

/** How many pieces of a do-activity that has begun are done, where it is done piece by piece: so far below `BEGUN`. */
export function hasBegun(due: number): boolean {
  return due <= BEGUN;
}

/** An event that waits until the state that defers it is left. */
export interface DeferredEvent {
  readonly event: number;
  readonly values: readonly Known[];
  readonly sender: number;
  /** The state; -1 once it has been left, until the event is looked at again. */
  readonly by: number;
}

/** How many of each an instance has. */
interface InstanceShape {
  readonly strands: number;
  readonly histories: number;
  readonly timers: number;
  readonly changes: number;
  readonly slots: number;
}

/** One instance as plain data. Vertices, timers and changes by index; `due` is null where a timer is not running. */
export interface InstanceState {
  readonly active: readonly number[];
  readonly slots: readonly Known[];
  readonly began: number;
  readonly due: readonly (number | null)[];
  readonly changed: readonly boolean[];
  /** By history: the vertex that was active when its region was last left, or -1. */
  readonly past: readonly number[];
  /** In the order of their arrival. */
  readonly deferred: readonly DeferredEvent[];
}

const NOTHING: readonly DeferredEvent[] = [];

export class InstanceStore {
  active: Int32Array;
  began: Float64Array;
  due: Float64Array;
  handles: Int32Array;
  changed: Uint8Array;
  past: Int32Array;
  /** Timers started without any delay at one moment: how many, and when. Only where there are timers. */
  spins: Int32Array;
  spinTime: Float64Array;
  readonly slots: Known[][] = [];
  readonly strands: number;
  readonly histories: number;
  readonly timers: number;
  readonly changes: number;
  live = 0;
  #ids: Float64Array;
  readonly #free: number[] = [];
  #used = 0;
  #generation = 0;
  /** By place, only of instances that have deferred something. */
  readonly #deferred = new Map<number, DeferredEvent[]>();

  readonly #slotCount: number;

  constructor(shape: InstanceShape, capacity = 16) {
    const { strands, histories, timers, changes } = shape;
    this.#slotCount = shape.slots;
    this.strands = strands;
    this.histories = histories;
    this.timers = timers;
    this.changes = changes;
    this.past = new Int32Array(capacity * histories).fill(-1);
    this.active = new Int32Array(capacity * strands).fill(-1);
    this.began = new Float64Array(capacity);
    this.due = new Float64Array(capacity * timers).fill(IDLE);
    this.handles = new Int32Array(capacity * timers);
    this.changed = new Uint8Array(capacity * changes);
    const spinning = timers > 0 ? capacity : 0;
    this.spins = new Int32Array(spinning);
    this.spinTime = new Float64Array(spinning);
    this.#ids = new Float64Array(capacity).fill(FREE);
  }

  /** The id of a fresh instance: nothing active, no timer running; its slots hold what an earlier one left. */
  open(): number {
    const place = this.#free.pop() ?? this.#used++;
    if (place >= PLACES) throw new Error(`more than ${PLACES} live instances of one machine`);
    if (place >= this.#ids.length) this.#grow();
    if (this.slots.length <= place) this.slots.push(new Array<Known>(this.#slotCount).fill(null));
    const id = this.#generation++ * PLACES + place;
    this.#ids[place] = id;
    this.active.fill(-1, place * this.strands, (place + 1) * this.strands);
    this.changed.fill(0, place * this.changes, (place + 1) * this.changes);
    this.due.fill(IDLE, place * this.timers, (place + 1) * this.timers);
    this.past.fill(-1, place * this.histories, (place + 1) * this.histories);
    if (this.timers > 0) this.spins[place] = 0;
    this.live++;
    return id;
  }

  close(id: number): void {
    const place = id & PLACE_MASK;
    this.#ids[place] = FREE;
    this.#deferred.delete(place);
    this.#free.push(place);
    this.live--;
  }

  /** Where the instance is in the arrays, or -1 where it has ended. */
  place(id: number): number {
    const place = id & PLACE_MASK;
    return this.#ids[place] === id ? place : -1;
  }

  /** The ids of all live instances. */
  *ids(): Generator<number> {
    for (let place = 0; place < this.#used; place++) if (this.#ids[place] !== FREE) yield this.#ids[place]!;
  }

  /** What it has deferred, oldest first. */
  deferred(place: number): readonly DeferredEvent[] {
    return this.#deferred.get(place) ?? NOTHING;
  }

  defer(place: number, event: DeferredEvent): void {
    const events = this.#deferred.get(place);
    if (events === undefined) this.#deferred.set(place, [event]);
    else events.push(event);
  }

  /** A state is left: what it deferred no longer waits for it. */
  undefer(place: number, state: number): void {
    const events = this.#deferred.get(place);
    if (events === undefined) return;
    for (const [i, event] of events.entries()) if (event.by === state) events[i] = { ...event, by: -1 };
  }

  /** The deferred event at an index waits for another state now. */
  deferAgain(place: number, index: number, by: number): void {
    const events = this.#deferred.get(place)!;
    events[index] = { ...events[index]!, by };
  }

  /** Takes out the deferred event at an index. */
  release(place: number, index: number): DeferredEvent {
    const events = this.#deferred.get(place)!;
    const [event] = events.splice(index, 1);
    if (events.length === 0) this.#deferred.delete(place);
    return event!;
  }

  read(place: number): InstanceState {
    const { strands, histories, timers, changes } = this;
    return {
      active: [...this.active.subarray(place * strands, (place + 1) * strands)],
      slots: [...this.slots[place]!],
      began: this.began[place]!,
      due: Array.from(this.due.subarray(place * timers, (place + 1) * timers), (due) =>
        Number.isNaN(due) ? null : due,
      ),
      changed: Array.from(this.changed.subarray(place * changes, (place + 1) * changes), (bit) => bit === 1),
      past: [...this.past.subarray(place * histories, (place + 1) * histories)],
      deferred: [...this.deferred(place)],
    };
  }

  write(place: number, state: InstanceState): void {
    const { strands, histories, timers, changes } = this;
    for (let i = 0; i < strands; i++) this.active[place * strands + i] = state.active[i] ?? -1;
    for (let i = 0; i < timers; i++) this.due[place * timers + i] = state.due[i] ?? IDLE;
    for (let i = 0; i < changes; i++) this.changed[place * changes + i] = state.changed[i] ? 1 : 0;
    for (let i = 0; i < histories; i++) this.past[place * histories + i] = state.past[i] ?? -1;
    for (const event of state.deferred) this.defer(place, event);
    this.began[place] = state.began;
    const slots = this.slots[place]!;
    for (let i = 0; i < this.#slotCount; i++) slots[i] = state.slots[i];
  }

  #grow(): void {
    const capacity = this.#ids.length * 2;
    this.active = widened(this.active, new Int32Array(capacity * this.strands).fill(-1));
    this.began = widened(this.began, new Float64Array(capacity));
    this.due = widened(this.due, new Float64Array(capacity * this.timers).fill(IDLE));
    this.handles = widened(this.handles, new Int32Array(capacity * this.timers));
    this.changed = widened(this.changed, new Uint8Array(capacity * this.changes));
    this.past = widened(this.past, new Int32Array(capacity * this.histories).fill(-1));
    const spinning = this.timers > 0 ? capacity : 0;
    this.spins = widened(this.spins, new Int32Array(spinning));
    this.spinTime = widened(this.spinTime, new Float64Array(spinning));
    this.#ids = widened(this.#ids, new Float64Array(capacity).fill(FREE));
  }
}

function widened<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
