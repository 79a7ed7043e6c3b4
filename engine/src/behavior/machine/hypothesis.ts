/**
 * One thing an observed instance may be doing: a configuration, values as far as they are known, and for each timer
 * that runs the stretch of time in which it fires. Knows nothing of how it came about.
 */
import type { Known } from '../../expressions/index.ts';
import type { InstanceState } from './instance-store.ts';

/** Times between which something happens, microseconds; `to` may be infinite. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A delayed signal to itself that is under way. */
export interface SignalUnderWay extends Window {
  readonly signal: number;
  readonly values: readonly Known[];
}

export interface Hypothesis {
  readonly state: InstanceState;
  readonly ended: boolean;
  /** By timer; null where it does not run. */
  readonly timers: readonly (Window | null)[];
  readonly underWay: readonly SignalUnderWay[];
}

/** Hypotheses that differ at most in their windows have the same key. */
export function keyOf(hypothesis: Hypothesis): string {
  const { state, timers, underWay, ended } = hypothesis;
  let key = ended ? 'x' : '';
  for (const vertex of state.active) key += `${vertex},`;
  for (const value of state.slots)
    key += typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : `${value};`;
  for (let i = 0; i < timers.length; i++) key += timers[i] === null ? (state.due[i] === null ? '-' : 'd') : '+';
  for (const held of state.changed) key += held ? '1' : '0';
  for (const vertex of state.past) key += `~${vertex}`;
  for (const { event, values, by } of state.deferred)
    key += `?${event},${by}:${JSON.stringify(values.map((v) => v ?? null))}`;
  for (const signal of underWay) key += `|${signal.signal}:${JSON.stringify(signal.values.map((v) => v ?? null))}`;
  return key;
}

/** Both at once: the windows reach around those of each. Only for hypotheses of the same key. */
export function joined(a: Hypothesis, b: Hypothesis): Hypothesis {
  const timers = a.timers.map((window, i) => {
    const other = b.timers[i];
    return window && other ? around(window, other) : window;
  });
  const underWay = a.underWay.map((signal, i) => ({ ...signal, ...around(signal, b.underWay[i] ?? signal) }));
  return { ...a, timers, underWay };
}

export function covers(outer: Hypothesis, inner: Hypothesis): boolean {
  const wide = (a: Window | null | undefined, b: Window | null | undefined) =>
    !a || !b || (a.from <= b.from && a.to >= b.to);
  return (
    outer.timers.every((window, i) => wide(window, inner.timers[i])) &&
    outer.underWay.every((signal, i) => wide(signal, inner.underWay[i]))
  );
}

function around(a: Window, b: Window): Window {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
