/** The bar of a live run: go on, stand still, step, how fast, where one is, and the lanes of its timeline. */
import type { Model } from '@pollux/engine/model';
import { formatRate, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { LiveState } from '@pollux/engine/simulation';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunSteering, ShowRun } from '../protocol/index.ts';
import { laneEvents } from './lane-events.ts';
import { said } from './said.ts';
import { alertTriangle, runSigns } from './signs.ts';
import { formatMoment } from './time-axis.ts';
import { type LaneSeries, timelineLanes } from './timeline-lanes.ts';

/** Virtual seconds a second. */
const speeds = [0.1, 1, 10, 60, 600, 3600, 10_000] as const;

export type Steer = (steering: RunSteering) => void;

/** `wanted`: the moment that was asked for and is not shown yet. */
export function runBar(
  { scenario, state }: ShowRun,
  model: Model,
  width: number,
  wanted: number | null,
  steer: Steer,
): TemplateResult {
  const run = model.scenarios.find(({ id }) => id === scenario);
  if (state.status === 'impossible' || run === undefined) return impossible(state, steer);
  const shown = state.frame.time_s;
  const isPlaying = state.status === 'playing';
  const isHurrying = state.status === 'catching-up';
  const toggle: RunSteering = isPlaying || isHurrying ? { kind: 'pause' } : { kind: 'play' };
  const seek = (time_s: number): void => steer({ kind: 'seek', time_s });
  const button = (label: string, sign: TemplateResult, act: () => void, isOff = false): TemplateResult =>
    html`<button class="tool" aria-label=${label} title=${label} ?disabled=${isOff} @click=${act}>${sign}</button>`;
  const isAtEnd = state.status === 'over';
  return html`<section class="run" aria-label="Live run of ${run.name}">
    <div class="run-bar">
      ${button('From the beginning', runSigns.restart, () => seek(0), shown === 0)}
      ${button(`Back by ${formatSeconds(state.step_s)}`, runSigns.back, () => seek(shown - state.step_s), shown === 0)}
      ${button(isHurrying ? 'Stop here' : isPlaying ? 'Pause' : 'Go on', isPlaying || isHurrying ? runSigns.pause : runSigns.play, () => steer(toggle), isAtEnd)}
      ${button(`One step: ${formatSeconds(state.step_s)}`, runSigns.step, () => steer({ kind: 'step' }), isAtEnd)}
      <b class="moment">${formatMoment(shown)}</b> <span class="ink2">of ${formatMoment(state.duration_s)}</span>
      <label class="speed">
        <span class="ink2">Speed</span>
        <select
          aria-label="Speed, virtual seconds a second"
          .value=${String(state.speed)}
          @change=${(event: Event) => changeSpeed(event, steer)}
        >
          ${speeds.map((speed) => html`<option value=${speed} ?selected=${speed === state.speed}>${speedText(speed)}</option>`)}
        </select>
      </label>
      ${condition(state)}
      <span class="space"></span>
      <span class="roomy ink2">Replication 1, seed ${state.seed}, window ${formatMoment(state.frame.window_s)}${run.warmup > 0 ? '; hatched: warm-up' : ''}</span>
      <button class="link" ?disabled=${state.inputs.length === 0} title=${state.inputs.length === 0 ? 'Nothing was changed by hand yet' : nothing} @click=${() => steer({ kind: 'save' })}>Save as scenario</button>
      <button class="link" @click=${() => steer({ kind: 'close' })}>End</button>
    </div>
    ${state.problems.length === 0 ? nothing : html`<div class="run-problem" role="alert">${alertTriangle()} ${said(state.problems[0]?.message ?? '')}</div>`}
    ${timelineLanes(
      {
        duration_s: state.duration_s,
        warmup_s: run.warmup / 1e6,
        shown_s: wanted ?? shown,
        now_s: state.now_s,
        events: laneEvents(model, run, state.inputs),
        series: historySeries(state),
      },
      width,
      seek,
    )}
  </section>`;
}

function impossible(state: LiveState, steer: Steer): TemplateResult {
  return html`<section class="run" aria-label="Live run">
    <div class="run-bar" role="alert">
      ${alertTriangle()} <span>It cannot run: ${state.problems[0]?.message ?? 'the scenario is not in the model any more'}</span>
      <span class="space"></span><button class="link" @click=${() => steer({ kind: 'close' })}>End</button>
    </div>
  </section>`;
}

function changeSpeed(event: Event, steer: Steer): void {
  steer({ kind: 'speed', speed: Number((event.target as HTMLSelectElement).value) });
}

function speedText(speed: number): string {
  return `${String(speed).replace(/\B(?=(\d{3})+$)/g, '\u2009')}×`;
}

/** Only what is out of the ordinary. */
function condition({ status, now_s, goal_s, speed, reached, duration_s }: LiveState): TemplateResult | typeof nothing {
  if (status === 'catching-up') {
    const goal = goal_s ?? duration_s;
    const share = Math.round((now_s / goal) * 100);
    return html`<span class="ink2" role="status">catching up to ${formatMoment(goal)}, at ${formatMoment(now_s)} <progress max="100" value=${share} aria-label="How far it is"></progress></span>`;
  }
  if (status === 'looking-back')
    return html`<span class="ink2" role="status">looking back; the run is at ${formatMoment(now_s)}</span>`;
  if (status === 'over') return html`<span class="ink2" role="status">at its end</span>`;
  const isSlow = status === 'playing' && reached > 0 && reached < speed * 0.8;
  return isSlow
    ? html`<span class="ink2" role="status">reaches ${speedText(Number(reached.toPrecision(2)))}</span>`
    : nothing;
}

/** Rate and p95 of what was loaded first; the others are in the diagram. */
function historySeries({ history }: LiveState): readonly LaneSeries[] {
  const first = history.rows[0]?.element;
  return history.rows
    .filter(({ element, measure }) => element === first && measure !== 'errors')
    .map(({ measure, values }) => {
      const most = Math.max(0, ...values.map((value) => value ?? 0));
      const top =
        most === 0
          ? ''
          : measure === 'rate'
            ? formatRate(most)
            : measure === 'p95'
              ? formatSeconds(most)
              : formatShare(most);
      return { name: measure === 'rate' ? 'load' : measure, times_s: history.times_s, values, top };
    });
}
