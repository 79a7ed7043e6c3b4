/**
 * The event calendar: what happens next, in the order of time and, at the same time, in the order of scheduling. A
 * 4-ary heap on typed arrays, with FIFO lanes beside it for delays that are always the same. Knows nothing of events
 * but an integer each.
 *
 * `plan` and `next` have their times in arrays: a time that is handed to a function, or by one, becomes an object wherever V8
 * does not copy that function into its caller, and whether it does depends on what else is called there.
 */

const NOTHING = -1;

/** Moments of a calendar. The time now, which is whoever's who goes by it. */
export const NOW = 0;
/** When the event that `plan` is given comes, or when that which `next` has returned does. */
export const AT = 1;
/** `next` returns nothing that comes then or later. */
export const UNTIL = 2;
/** When the first event of all lanes comes. */
const LANE_TIME = 3;

export class Calendar {
  /** Together in one array, of which V8 then needs to know only once where it is. */
  readonly moments = Float64Array.of(0, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  /** Infinity at the root where the heap is empty. */
  #times: Float64Array;
  #orders: Int32Array;
  #events: Int32Array;
  #size = 0;
  /** Of the last push. Wraps round: orders are compared by the sign of their difference. */
  #order = 0;
  /** The root was popped and not yet replaced: the next push takes its place, which saves half the work. */
  #hole = false;
  readonly #lanes: Lane[] = [];
  /** By lane: when its first event comes, Infinity where it is empty; and that event's order. */
  #firstTimes = new Float64Array(0);
  #firstOrders = new Int32Array(0);
  /** The lane whose first event comes before those of all others. */
  #lane = NOTHING;

  constructor(capacity = 1024) {
    this.#times = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY, 0, 1);
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
    this.#size = 0;
    this.#order = 0;
    this.#hole = false;
    this.#times[0] = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes) {
      lane.head = 0;
      lane.tail = 0;
    }
    this.#firstTimes.fill(Number.POSITIVE_INFINITY);
    this.#findFirstLane();
  }

  /** A lane for events that are all scheduled the same delay ahead; few of them, as each costs a look an event of any. */
  addLane(): number {
    const lane = this.#lanes.push(new Lane()) - 1;
    this.#firstTimes = Float64Array.of(...this.#firstTimes, Number.POSITIVE_INFINITY);
    this.#firstOrders = Int32Array.of(...this.#firstOrders, 0);
    return lane;
  }

  push(time: number, event: number): void {
    this.moments[AT] = time;
    this.plan(event);
  }

  /** An event at the moment `AT`. */
  plan(event: number): void {
    const at = this.#size;
    if (at === this.#times.length) this.#grow();
    this.#times[at] = this.moments[AT]!;
    this.#events[at] = event;
    const order = (this.#order + 1) | 0;
    this.#order = order;
    this.#orders[at] = order;
    if (this.#hole) this.#sink(at);
    else this.#rise(at);
  }

  /** Of the latest push: where it stands among events of the same time. */
  get order(): number {
    return this.#order;
  }

  /** So many orders, as if as many events had been pushed; the first of them. */
  reserve(count: number): number {
    const first = (this.#order + 1) | 0;
    this.#order = (this.#order + count) | 0;
    return first;
  }

  /** An event that comes as if it had been pushed when its order was reserved. Costs a look at all that is pending. */
  insert(time: number, event: number, order: number): void {
    if (this.#hole) this.#fill();
    if (this.#size === this.#times.length) this.#grow();
    this.#place(this.#size++, time, order, event);
    this.#settle();
  }

  /** Takes back an event of the heap that comes at that time; false where there is none. */
  remove(time: number, event: number): boolean {
    if (this.#hole) this.#fill();
    for (let at = 0; at < this.#size; at++) {
      if (this.#times[at] !== time || this.#events[at] !== event) continue;
      const last = --this.#size;
      this.#place(at, this.#times[last]!, this.#orders[last]!, this.#events[last]!);
      if (last === 0) this.#times[0] = Number.POSITIVE_INFINITY;
      else this.#settle();
      return true;
    }
    return false;
  }

  #place(at: number, time: number, order: number, event: number): void {
    this.#times[at] = time;
    this.#orders[at] = order;
    this.#events[at] = event;
  }

  /** Makes a heap of what is pending, whatever order it is in. */
  #settle(): void {
    for (let parent = (this.#size - 2) >> 2; parent >= 0; parent--) this.#sinkWithin(parent);
  }

  #sinkWithin(from: number): void {
    const [time, order, event] = [this.#times[from]!, this.#orders[from]!, this.#events[from]!];
    const isBefore = (one: number, than: number, orderThan: number): boolean =>
      this.#times[one]! < than || (this.#times[one]! === than && ((this.#orders[one]! - orderThan) | 0) < 0);
    let at = from;
    for (;;) {
      const first = (at << 2) + 1;
      if (first >= this.#size) break;
      let child = first;
      for (let other = first + 1; other < Math.min(first + 4, this.#size); other++) {
        if (isBefore(other, this.#times[child]!, this.#orders[child]!)) child = other;
      }
      if (!isBefore(child, time, order)) break;
      this.#place(at, this.#times[child]!, this.#orders[child]!, this.#events[child]!);
      at = child;
    }
    this.#place(at, time, order, event);
  }

  /** The time must not lie before that of the lane's last event. */
  pushLane(index: number, time: number, event: number): void {
    this.moments[AT] = time;
    this.planIn(index, event);
  }

  /** An event of a lane at the moment `AT`; of none where the lane is negative. */
  planIn(index: number, event: number): void {
    if (index < 0) {
      this.plan(event);
      return;
    }
    const time = this.moments[AT]!;
    const lane = this.#lanes[index]!;
    const order = (this.#order + 1) | 0;
    this.#order = order;
    const wasEmpty = lane.head === lane.tail;
    lane.push(time, order, event);
    if (!wasEmpty) return;
    this.#firstTimes[index] = time;
    this.#firstOrders[index] = order;
    // A later push never comes before an earlier one of the same time.
    if (time >= this.moments[LANE_TIME]!) return;
    this.#lane = index;
    this.moments[LANE_TIME] = time;
  }

  /** When the next event comes; Infinity where none is left. */
  peek(): number {
    if (this.#hole) this.#fill();
    const time = this.#times[0]!;
    const laneTime = this.moments[LANE_TIME]!;
    return laneTime < time ? laneTime : time;
  }

  /** Takes the next event before the moment `UNTIL`, and puts its own into `AT`; -1 where there is none. */
  next(): number {
    if (this.#hole) this.#fill();
    const time = this.#times[0]!;
    if (this.moments[LANE_TIME]! <= time && this.#comesFromLane()) {
      if (this.moments[LANE_TIME]! >= this.moments[UNTIL]!) return NOTHING;
      this.moments[AT] = this.moments[LANE_TIME]!;
      return this.#takeFromLane();
    }
    if (time >= this.moments[UNTIL]!) return NOTHING;
    this.moments[AT] = time;
    this.#hole = true;
    return this.#events[0]!;
  }

  #comesFromLane(): boolean {
    if (this.moments[LANE_TIME]! < this.#times[0]! || this.#size === 0) return true;
    return ((this.#firstOrders[this.#lane]! - this.#orders[0]!) | 0) < 0;
  }

  #takeFromLane(): number {
    const index = this.#lane;
    const lane = this.#lanes[index]!;
    const { events, mask } = lane;
    const event = events[lane.head & mask]!;
    const head = lane.head + 1;
    lane.head = head;
    if (head === lane.tail) this.#firstTimes[index] = Number.POSITIVE_INFINITY;
    else {
      this.#firstTimes[index] = lane.times[head & mask]!;
      this.#firstOrders[index] = lane.orders[head & mask]!;
    }
    this.#findFirstLane();
    return event;
  }

  #findFirstLane(): void {
    const times = this.#firstTimes;
    const orders = this.#firstOrders;
    let first = 0;
    let time = times.length === 0 ? Number.POSITIVE_INFINITY : times[0]!;
    for (let lane = 1; lane < times.length; lane++) {
      const laneTime = times[lane]!;
      if (laneTime > time) continue;
      // Of empty ones it does not matter which.
      if (laneTime === time && ((orders[lane]! - orders[first]!) | 0) > 0) continue;
      first = lane;
      time = laneTime;
    }
    this.#lane = first;
    this.moments[LANE_TIME] = time;
  }

  /** Closes the hole with the last leaf. */
  #fill(): void {
    const last = --this.#size;
    if (last > 0) this.#sink(last);
    else {
      this.#hole = false;
      this.#times[0] = Number.POSITIVE_INFINITY;
    }
  }

  /** Lets the last event rise to its place. */
  #rise(from: number): void {
    this.#size = from + 1;
    const times = this.#times;
    const orders = this.#orders;
    const events = this.#events;
    const time = times[from]!;
    const order = orders[from]!;
    const event = events[from]!;
    let at = from;
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

  /** Puts the event that stands behind the last leaf at the root and lets it sink to its place. */
  #sink(from: number): void {
    this.#hole = false;
    const times = this.#times;
    const orders = this.#orders;
    const events = this.#events;
    const size = this.#size;
    const time = times[from]!;
    const order = orders[from]!;
    const event = events[from]!;
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
