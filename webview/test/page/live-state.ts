/** A live run of the shop's busiest day as the page is told of it: really run, with a crash that is only told. */
import type { Change, Model } from '@pollux/engine/model';
import { type LiveFrame, LiveRun, type LiveState } from '@pollux/engine/simulation';

export const crash: Change = { kind: 'crash', subject: 'shop.Production.app', index: 2, duration: 30e6 };

const made = new WeakMap<Model, LiveState>();

export function liveState(model: Model, more: Partial<LiveState> = {}): LiveState {
  const state = made.get(model) ?? played(model);
  made.set(model, state);
  return { ...state, ...more };
}

function played(model: Model): LiveState {
  const run = new LiveRun(model, 'shop.BlackFriday');
  const frames: LiveFrame[] = [];
  for (let at = 1; at <= 60; at++) {
    run.advance(at * 2e6);
    frames.push(run.frame());
  }
  const frame = frames[frames.length - 1];
  if (frame === undefined) throw new Error('the run has no frame');
  const values = (measure: 'rate' | 'p95'): (number | null)[] =>
    frames.map(({ elements }) => elements['shop.Checkout']?.[measure] ?? null);
  return {
    status: 'paused',
    speed: 60,
    reached: 60,
    now_s: 120,
    goal_s: null,
    duration_s: 300,
    step_s: 0.5,
    seed: 42,
    inputs: [
      { time: 60e6, change: { kind: 'load-factor', behaviour: 'shop.Browse', factor: 2 } },
      { time: 100e6, change: crash },
    ],
    frame,
    history: {
      times_s: frames.map(({ time_s }) => time_s),
      rows: [
        { element: 'shop.Checkout', measure: 'rate', values: values('rate') },
        { element: 'shop.Checkout', measure: 'p95', values: values('p95') },
      ],
    },
    problems: [],
  };
}
