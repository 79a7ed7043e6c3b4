/**
 * What a program written for one model only can reach: no language, no model, just its loop. The yardstick of the
 * simulation's benchmark; its answers are checked against the formulas there.
 */
import { exponential, randomStream } from '@pollux/engine/numeric';

export interface HandResult {
  readonly transactions: number;
  /** Mean response time in the unit of the means given. */
  readonly mean: number;
}

/** Response times counted as a histogram over the leading bits of the number, as one would for percentiles. */
class Histogram {
  readonly #counts = new Uint32Array(1 << 16);
  readonly #float = new Float64Array(1);
  readonly #words = new Uint32Array(this.#float.buffer);

  record(value: number): void {
    this.#float[0] = value;
    this.#counts[((this.#words[1]! >>> 12) - 0x3e000) & 0xffff]!++;
  }
}

/** One server: two clocks and a ring of arrival times. */
export function mm1ByHand(transactions: number, load: number): HandResult {
  const arrivals = randomStream(1, 'arrivals');
  const work = randomStream(1, 'work');
  const histogram = new Histogram();
  const ring = new Float64Array(1 << 16);
  const mask = ring.length - 1;
  let head = 0;
  let tail = 0;
  let nextArrival = exponential(arrivals) / load;
  let nextDeparture = Number.POSITIVE_INFINITY;
  let done = 0;
  let sum = 0;
  while (done < transactions) {
    if (nextArrival < nextDeparture) {
      ring[tail++ & mask] = nextArrival;
      if (tail - head === 1) nextDeparture = nextArrival + exponential(work);
      nextArrival += exponential(arrivals) / load;
    } else {
      const response = nextDeparture - ring[head++ & mask]!;
      sum += response;
      done++;
      histogram.record(response);
      nextDeparture = head < tail ? nextDeparture + exponential(work) : Number.POSITIVE_INFINITY;
    }
  }
  return { transactions: done, mean: sum / done };
}

/** A heap of events on typed arrays, without order among equal times. */
class Heap {
  readonly #times = new Float64Array(1 << 16);
  readonly #events = new Int32Array(1 << 16);
  #size = 0;
  time = 0;

  /** When the first event comes; Infinity where there is none. */
  get next(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#times[0]!;
  }

  push(time: number, event: number): void {
    const times = this.#times;
    const events = this.#events;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if (times[parent]! <= time) break;
      times[at] = times[parent]!;
      events[at] = events[parent]!;
      at = parent;
    }
    times[at] = time;
    events[at] = event;
  }

  pop(): number {
    const times = this.#times;
    const events = this.#events;
    const event = events[0]!;
    this.time = times[0]!;
    const size = --this.#size;
    const time = times[size]!;
    const last = events[size]!;
    let at = 0;
    for (;;) {
      let child = (at << 2) + 1;
      if (child >= size) break;
      const end = Math.min(child + 4, size);
      for (let other = child + 1; other < end; other++) if (times[other]! < times[child]!) child = other;
      if (times[child]! >= time) break;
      times[at] = times[child]!;
      events[at] = events[child]!;
      at = child;
    }
    times[at] = time;
    events[at] = last;
    return event;
  }
}

/** What both networks of five services begin with: gateway, app, cart and recommendations at once, database. */
function fiveStations() {
  const stations = 5;
  const servers = Int32Array.of(8, 16, 8, 8, 4);
  const means = Float64Array.of(1, 10, 4, 5, 2);
  const slots = 1 << 16;
  const mask = slots - 1;
  const streams = [...means.keys()].map((station) => randomStream(1, `station ${station}`));
  const arrivals = randomStream(1, 'arrivals');
  const started = new Float64Array(slots);
  const branches = new Int8Array(slots);
  const free = Int32Array.from({ length: slots }, (_, i) => slots - 1 - i);
  const lines = Array.from({ length: stations }, () => new Int32Array(slots));
  const heads = new Int32Array(stations);
  const tails = new Int32Array(stations);
  const busy = new Int32Array(stations);
  const arrivedAt = new Float64Array(slots * stations);
  const visits = new Float64Array(stations);
  const responses = new Float64Array(stations);
  const heap = new Heap();
  const histogram = new Histogram();
  return {
    stations,
    servers,
    means,
    slots,
    mask,
    streams,
    arrivals,
    started,
    branches,
    free,
    lines,
    heads,
    tails,
    busy,
    arrivedAt,
    visits,
    responses,
    heap,
    histogram,
  };
}

/** The network of five services in `simulation.ts`: gateway, app, cart and recommendations at once, database. */
export function networkByHand(transactions: number, load: number): HandResult {
  const {
    stations,
    servers,
    means,
    slots,
    mask,
    streams,
    arrivals,
    started,
    branches,
    free,
    lines,
    heads,
    tails,
    busy,
    arrivedAt,
    visits,
    responses,
    heap,
    histogram,
  } = fiveStations();
  let freeCount = slots;
  let done = 0;
  let sum = 0;
  let now = 0;
  const serve = (station: number, slot: number): void => {
    heap.push(now + exponential(streams[station]!) * means[station]!, (slot << 3) | station);
  };
  const enter = (station: number, slot: number): void => {
    arrivedAt[slot * stations + station] = now;
    if (busy[station]! < servers[station]!) {
      busy[station]!++;
      serve(station, slot);
    } else lines[station]![tails[station]!++ & mask] = slot;
  };
  heap.push(exponential(arrivals) / load, 7);
  while (done < transactions) {
    const event = heap.pop();
    now = heap.time;
    const station = event & 7;
    const slot = event >> 3;
    if (station === 7) {
      heap.push(now + exponential(arrivals) / load, 7);
      const fresh = free[--freeCount]!;
      started[fresh] = now;
      enter(0, fresh);
      continue;
    }
    visits[station]!++;
    responses[station]! += now - arrivedAt[slot * stations + station]!;
    if (heads[station] !== tails[station]) serve(station, lines[station]![heads[station]!++ & mask]!);
    else busy[station]!--;
    if (station === 0) enter(1, slot);
    else if (station === 1) {
      branches[slot] = 2;
      enter(2, slot);
      enter(3, slot);
    } else if (station < 4) {
      branches[slot]!--;
      if (branches[slot] === 0) enter(4, slot);
    } else {
      const response = now - started[slot]!;
      sum += response;
      done++;
      histogram.record(response);
      free[freeCount++] = slot;
    }
  }
  return { transactions: done, mean: sum / done };
}

/** Events that come a fixed time after they were planned: a ring is enough. */
class Lane {
  readonly #mask = (1 << 18) - 1;
  readonly #times = new Float64Array(1 << 18);
  readonly #events = new Int32Array(1 << 18);
  #head = 0;
  #tail = 0;

  get first(): number {
    return this.#head === this.#tail ? Number.POSITIVE_INFINITY : this.#times[this.#head & this.#mask]!;
  }

  push(time: number, event: number): void {
    const at = this.#tail++ & this.#mask;
    this.#times[at] = time;
    this.#events[at] = event;
  }

  shift(): number {
    return this.#events[this.#head++ & this.#mask]!;
  }
}

/**
 * The same network with its links: every message between two services travels 0.25 ms, there and back, and whoever calls waits
 * half a second at most. Nobody ever does, but the limits of time are kept.
 */
export function richNetworkByHand(transactions: number, load: number): HandResult {
  const [hop, limit] = [0.25, 500];
  const [served, request, reply, expire, arrive] = [0, 1, 2, 3, 4] as const;
  const {
    stations,
    servers,
    means,
    slots,
    mask,
    streams,
    arrivals,
    started,
    branches,
    free,
    lines,
    heads,
    tails,
    busy,
    arrivedAt,
    visits,
    responses,
    heap,
    histogram,
  } = fiveStations();
  /** By call: which one of its slot and station, so that a limit of time knows whether its call still lasts. */
  const serials = new Int32Array(slots * stations);
  const limitCalls = new Int32Array(1 << 18);
  const limitSerials = new Int32Array(1 << 18);
  const hops = new Lane();
  const limits = new Lane();
  let nextLimit = 0;
  let expired = 0;
  let freeCount = slots;
  let done = 0;
  let sum = 0;
  let now = 0;
  const code = (kind: number, station: number, slot: number): number => (slot << 6) | (station << 3) | kind;
  const serve = (station: number, slot: number): void => {
    heap.push(now + exponential(streams[station]!) * means[station]!, code(served, station, slot));
  };
  const enter = (station: number, slot: number): void => {
    arrivedAt[slot * stations + station] = now;
    if (busy[station]! < servers[station]!) {
      busy[station]!++;
      serve(station, slot);
    } else lines[station]![tails[station]!++ & mask] = slot;
  };
  const call = (station: number, slot: number): void => {
    const at = slot * stations + station;
    const record = nextLimit++ & ((1 << 18) - 1);
    limitCalls[record] = at;
    limitSerials[record] = ++serials[at]!;
    limits.push(now + limit, code(expire, 0, record));
    hops.push(now + hop, code(request, station, slot));
  };
  heap.push(exponential(arrivals) / load, code(arrive, 0, 0));
  while (done < transactions) {
    let event: number;
    const [hopTime, limitTime] = [hops.first, limits.first];
    if (hopTime < heap.next && hopTime <= limitTime) {
      now = hopTime;
      event = hops.shift();
    } else if (limitTime < heap.next) {
      now = limitTime;
      event = limits.shift();
    } else {
      event = heap.pop();
      now = heap.time;
    }
    const kind = event & 7;
    const station = (event >> 3) & 7;
    const slot = event >> 6;
    if (kind === served) {
      visits[station]!++;
      responses[station]! += now - arrivedAt[slot * stations + station]!;
      if (heads[station] !== tails[station]) serve(station, lines[station]![heads[station]!++ & mask]!);
      else busy[station]!--;
      if (station === 0) call(1, slot);
      else if (station === 1) {
        branches[slot] = 2;
        call(2, slot);
        call(3, slot);
      } else hops.push(now + hop, code(reply, station, slot));
    } else if (kind === request) enter(station, slot);
    else if (kind === reply) {
      serials[slot * stations + station]!++;
      if (station === 2 || station === 3) {
        branches[slot]!--;
        if (branches[slot] === 0) call(4, slot);
      } else if (station === 4) hops.push(now + hop, code(reply, 1, slot));
      else {
        const response = now - started[slot]!;
        sum += response;
        done++;
        histogram.record(response);
        free[freeCount++] = slot;
      }
    } else if (kind === arrive) {
      heap.push(now + exponential(arrivals) / load, code(arrive, 0, 0));
      const fresh = free[--freeCount]!;
      started[fresh] = now;
      enter(0, fresh);
    } else if (limitSerials[slot] === serials[limitCalls[slot]!]) expired++;
  }
  if (expired > 0) throw new Error(`${expired} calls took longer than ${limit} ms`);
  return { transactions: done, mean: sum / done };
}
