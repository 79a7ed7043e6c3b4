/**
 * The event calendar: what happens next, in the order of time and, at the same time, in the order of scheduling. A
 * 4-ary heap on typed arrays, with FIFO lanes beside it for delays that are always the same. Knows nothing of events
 * but an integer each.
 */

const NOTHING = -1;

export class Calendar {
  /** Time of the event popped last. */
  time = 0;
  #times: Float64Array;
  #orders: Int32Array;
  #events: Int32Array;
  #size = 0;
  #order = 0;
  /** The root was popped and not yet replaced: the next push takes its place, which saves half the work. */
  #hole = false;
  readonly #lanes: Lane[] = [];

  constructor(capacity = 1024) {
    this.#times = new Float64Array(capacity);
    this.#orders = new Int32Array(capacity);
    this.#events = new Int32Array(capacity);
  }

  /** How many events are pending. */
  get pending(): number {
    let count = this.#hole ? this.#size - 1 : this.#size;
    for (const lane of this.#lanes) count += lane.tail - lane.head;
    return count;
  }

  clear(): void {
    this.time = 0;
    this.#size = 0;
    this.#order = 0;
    this.#hole = false;
    for (const lane of this.#lanes) {
      lane.head = 0;
      lane.tail = 0;
    }
  }

  /** A lane for events that are all scheduled the same delay ahead; few of them, as each costs a look an event. */
  addLane(): number {
    return this.#lanes.push(new Lane()) - 1;
  }

  push(time: number, event: number): void {
    const order = this.#nextOrder();
    if (this.#hole) {
      this.#hole = false;
      this.#sink(time, order, event);
      return;
    }
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const orders = this.#orders;
    const events = this.#events;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      // A later push never comes before an earlier one of the same time.
      if (times[parent]! <= time) break;
      times[at] = times[parent]!;
      orders[at] = orders[parent]!;
      events[at] = events[parent]!;
      at = parent;
    }
    times[at] = time;
    orders[at] = order;
    events[at] = event;
  }

  /** The time must not lie before that of the lane's last event. */
  pushLane(lane: number, time: number, event: number): void {
    this.#lanes[lane]!.push(time, this.#nextOrder(), event);
  }

  /** The next event, its time in `time`; -1 where none is left. */
  pop(): number {
    if (this.#hole) this.#fill();
    return this.#lanes.length === 0 ? this.#popHeap() : this.#popAny();
  }

  /** Undoes the last `pop`, which answered this event: nothing was scheduled since. Seldom used, and paid for only here. */
  putBack(event: number): void {
    if (this.#hole && this.#events[0] === event) {
      this.#hole = false;
      return;
    }
    let last: Lane | null = null;
    let order = 0;
    for (const lane of this.#lanes) {
      const at = (lane.head - 1) & lane.mask;
      if (lane.head === 0 || lane.times[at] !== this.time || lane.events[at] !== event) continue;
      if (last !== null && ((lane.orders[at]! - order) | 0) < 0) continue;
      last = lane;
      order = lane.orders[at]!;
    }
    if (last !== null) last.head--;
  }

  /** Wraps round: orders are compared by the sign of their difference. */
  #nextOrder(): number {
    this.#order = (this.#order + 1) | 0;
    return this.#order;
  }

  #popHeap(): number {
    if (this.#size === 0) return NOTHING;
    this.time = this.#times[0]!;
    this.#hole = true;
    return this.#events[0]!;
  }

  #popAny(): number {
    let first: Lane | null = null;
    let time = this.#size === 0 ? Number.POSITIVE_INFINITY : this.#times[0]!;
    let order = this.#orders[0]!;
    for (const lane of this.#lanes) {
      if (lane.head === lane.tail) continue;
      const at = lane.head & lane.mask;
      const laneTime = lane.times[at]!;
      const earlier =
        laneTime < time ||
        (laneTime === time && (first === null && this.#size === 0 ? true : ((lane.orders[at]! - order) | 0) < 0));
      if (!earlier) continue;
      first = lane;
      time = laneTime;
      order = lane.orders[at]!;
    }
    if (first === null) return this.#popHeap();
    this.time = time;
    return first.events[first.head++ & first.mask]!;
  }

  /** Closes the hole with the last leaf. */
  #fill(): void {
    this.#hole = false;
    const last = --this.#size;
    if (last > 0) this.#sink(this.#times[last]!, this.#orders[last]!, this.#events[last]!);
  }

  /** Puts an event at the root and lets it sink to its place. */
  #sink(time: number, order: number, event: number): void {
    const times = this.#times;
    const orders = this.#orders;
    const events = this.#events;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = (at << 2) + 1;
      if (child >= size) break;
      const end = Math.min(child + 4, size);
      let least = times[child]!;
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]!;
        if (otherTime > least) continue;
        if (otherTime === least && ((orders[other]! - orders[child]!) | 0) > 0) continue;
        least = otherTime;
        child = other;
      }
      if (least > time || (least === time && ((orders[child]! - order) | 0) > 0)) break;
      times[at] = least;
      orders[at] = orders[child]!;
      events[at] = events[child]!;
      at = child;
    }
    times[at] = time;
    orders[at] = order;
    events[at] = event;
  }

  #grow(): void {
    const capacity = this.#times.length * 2;
    const times = new Float64Array(capacity);
    const orders = new Int32Array(capacity);
    const events = new Int32Array(capacity);
    times.set(this.#times);
    orders.set(this.#orders);
    events.set(this.#events);
    this.#times = times;
    this.#orders = orders;
    this.#events = events;
  }
}

/** A ring that grows; `head` and `tail` count for ever. */
class Lane {
  times = new Float64Array(64);
  orders = new Int32Array(64);
  events = new Int32Array(64);
  mask = 63;
  head = 0;
  tail = 0;

  push(time: number, order: number, event: number): void {
    if (this.tail - this.head > this.mask) this.#grow();
    const at = this.tail++ & this.mask;
    this.times[at] = time;
    this.orders[at] = order;
    this.events[at] = event;
  }

  #grow(): void {
    const { times, orders, events, mask, head, tail } = this;
    const capacity = (mask + 1) * 2;
    this.times = new Float64Array(capacity);
    this.orders = new Int32Array(capacity);
    this.events = new Int32Array(capacity);
    this.mask = capacity - 1;
    for (let i = head; i < tail; i++) {
      this.times[i & this.mask] = times[i & mask]!;
      this.orders[i & this.mask] = orders[i & mask]!;
      this.events[i & this.mask] = events[i & mask]!;
    }
  }
}
