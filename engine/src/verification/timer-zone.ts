/**
 * How long the timers that run may still run: a matrix of bounds on what each has left and on their differences, so that of
 * `after 5 s` and `after 10 s` begun together only the first can come first. Knows numbers only, not what a timer is for.
 *
 * Difference bound matrices (Dill 1989), of times that only count down. `bounds[i * size + j]` is the most that
 * x_i - x_j can be; x_0 is 0 and x_1 … are what is left, microseconds, in the order of `keys`.
 */
export interface Zone {
  readonly keys: readonly number[];
  readonly bounds: readonly number[];
}

export const NO_TIMERS: Zone = { keys: [], bounds: [0] };

/** Another timer runs, for between `least` and `most` from now. */
export function started(zone: Zone, key: number, least: number, most: number): Zone {
  const before = stopped(zone, key);
  const size = before.keys.length + 1;
  const bounds: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) bounds.push(at(before, i, j));
    bounds.push(at(before, i, 0) - least);
  }
  for (let j = 0; j < size; j++) bounds.push(most + at(before, 0, j));
  bounds.push(0);
  return { keys: [...before.keys, key], bounds };
}

export function stopped(zone: Zone, key: number): Zone {
  const index = zone.keys.indexOf(key);
  return index < 0 ? zone : without(zone, index + 1);
}

/** The timer is the first to fire; null where it cannot be. `isNow`: without any time passing before. */
export function fired(zone: Zone, key: number, isNow: boolean): Zone | null {
  const k = zone.keys.indexOf(key) + 1;
  const size = zone.keys.length + 1;
  const bounds = [...zone.bounds];
  for (let j = 1; j < size; j++) bounds[k * size + j] = Math.min(bounds[k * size + j] ?? 0, 0);
  if (isNow) bounds[k * size] = Math.min(bounds[k * size] ?? 0, 0);
  const closed = tightened(bounds, size);
  if (closed === null) return null;
  for (let j = 1; j < size; j++) {
    closed[j * size] = closed[j * size + k] ?? 0;
    closed[j] = closed[k * size + j] ?? 0;
  }
  return without({ keys: zone.keys, bounds: closed }, k);
}

/** Any time has passed before the first timer fires. */
export function elapsed(zone: Zone): Zone {
  const size = zone.keys.length + 1;
  let isOver = true;
  for (let j = 1; j < size; j++) isOver &&= zone.bounds[j] === 0;
  if (isOver) return zone;
  const bounds = [...zone.bounds];
  for (let j = 1; j < size; j++) bounds[j] = 0;
  return { keys: zone.keys, bounds: tightened(bounds, size) ?? zone.bounds };
}

/** Whether it fires before any time passes. */
export function isDue(zone: Zone, key: number): boolean {
  return at(zone, zone.keys.indexOf(key) + 1, 0) <= 0;
}

/** Whether both fire at the same time, whenever that is. */
export function areTied(zone: Zone, one: number, other: number): boolean {
  const [i, j] = [zone.keys.indexOf(one) + 1, zone.keys.indexOf(other) + 1];
  return i > 0 && j > 0 && at(zone, i, j) <= 0 && at(zone, j, i) <= 0;
}

export function renamed(zone: Zone, name: (key: number) => number): Zone {
  return { ...zone, keys: zone.keys.map(name) };
}

/** Zones of equal text are equal. */
export function zoneText({ keys, bounds }: Zone): string {
  return `${keys.join(' ')}/${bounds.join(' ')}`;
}

/** In the order of the keys, so that equal zones have equal texts. */
export function sorted(zone: Zone): Zone {
  const { keys } = zone;
  if (keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? 0))) return zone;
  const order = keys.map((_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  const places = [0, ...order.map((i) => i + 1)];
  return {
    keys: order.map((i) => keys[i] ?? 0),
    bounds: places.flatMap((i) => places.map((j) => at(zone, i, j))),
  };
}

function at({ keys, bounds }: Zone, i: number, j: number): number {
  return bounds[i * (keys.length + 1) + j] ?? 0;
}

function without(zone: Zone, k: number): Zone {
  const size = zone.keys.length + 1;
  return {
    keys: zone.keys.filter((_, i) => i + 1 !== k),
    bounds: zone.bounds.filter((_, i) => Math.floor(i / size) !== k && i % size !== k),
  };
}

/** Each bound as tight as all others make it; null where they contradict each other. */
function tightened(bounds: number[], size: number): number[] | null {
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const through = (bounds[i * size + k] ?? 0) + (bounds[k * size + j] ?? 0);
        if (through < (bounds[i * size + j] ?? 0)) bounds[i * size + j] = through;
      }
    }
  }
  for (let i = 0; i < size; i++) if ((bounds[i * size + i] ?? 0) < 0) return null;
  return bounds;
}
