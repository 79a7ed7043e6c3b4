/** Beside a live run: sliders for loads and parameters, what is struck now and how to bring it back, what was done so far. */
import type { Model } from '@pollux/engine/model';
import { standingAt, targetOf } from '@pollux/engine/simulation/live';
import { html, nothing, type TemplateResult } from 'lit';
import { printChange } from '../diagram/print-change.ts';
import type { ShowRun } from '../protocol/index.ts';
import type { Steer } from './run-bar.ts';
import { type Handle, loadHandles, operationHandles, parameterHandles, policyHandles } from './run-handles.ts';
import { formatMoment } from './time-axis.ts';

export function runControls({ scenario, state }: ShowRun, model: Model, steer: Steer): TemplateResult | typeof nothing {
  const run = model.scenarios.find(({ id }) => id === scenario);
  if (run === undefined || state.status === 'impossible') return nothing;
  const time = state.frame.time_s * 1e6;
  const loads = loadHandles(model, run, state.inputs, time);
  const parameters = parameterHandles(model, run, state.inputs, time);
  const policies = policyHandles(model, run, state.inputs, time);
  const operations = operationHandles(model, run, state.inputs, time);
  const struck = standingAt(run, state.inputs, time).filter(
    ({ change }) => change.kind === 'crash' || change.kind === 'slow',
  );
  return html`<aside class="inspector" aria-label="What can be changed">
    <h2>Loads <small>times what is written</small></h2>
    ${loads.map((handle) => slider(handle, steer))}
    ${parameters.length === 0 ? nothing : html`<h2 class="next">Parameters</h2>${parameters.map((handle) => slider(handle, steer))}`}
    ${operations.length === 0 ? nothing : html`<details class="next" ?open=${operations.some(({ value, initial }) => value !== initial)}><summary>Operations <small>what they take, how often they fail</small></summary>${operations.map((handle) => slider(handle, steer))}</details>`}
    ${policies.length === 0 ? nothing : html`<details class="next" ?open=${policies.some(({ value, initial }) => value !== initial)}><summary>Calls <small>how long callers wait and try, what is let in</small></summary>${policies.map((handle) => slider(handle, steer))}</details>`}
    <h2 class="next">Faults</h2>
    ${struck.length === 0 ? html`<p class="ink2">None now. Open the menu of a node or component to crash it or slow it down.</p>` : nothing}
    <ul class="struck">
      ${struck.map((input) => {
        const isOwn = state.inputs.includes(input);
        const target = targetOf(input.change);
        return html`<li><span class="code">${printChange(input.change, model)}</span>
          ${isOwn && target !== null ? html`<button class="link" @click=${() => steer({ kind: 'end', target })}>Bring back</button>` : html`<span class="ink2">as written</span>`}</li>`;
      })}
    </ul>
    ${state.inputs.length === 0 ? nothing : done(state.inputs, model)}
  </aside>`;
}

function done(inputs: ShowRun['state']['inputs'], model: Model): TemplateResult {
  return html`<h2 class="next">Done by hand</h2>
    <ol class="inputs">
      ${inputs.map(({ time, change }) => html`<li><span class="ink2">${formatMoment(time / 1e6)}</span> <span class="code">${printChange(change, model)}</span></li>`)}
    </ol>`;
}

/** Steps along values that a person would choose; a native slider, so that keys and screen readers know it. */
function slider({ text, value, values, initial, words: wordsOf, change }: Handle, steer: Steer): TemplateResult {
  const at = nearest(values, value);
  const words = wordsOf(value);
  return html`<label class="handle">
    <span class="code">${text}</span>
    <span class="now ${value === initial ? 'ink2' : ''}">${words}</span>
    <input
      type="range"
      min="0"
      max=${values.length - 1}
      step="1"
      aria-valuetext=${words}
      .value=${String(at)}
      @change=${(event: Event) => {
        const next = values[Number((event.target as HTMLInputElement).value)];
        if (next !== undefined && next !== value) steer({ kind: 'change', change: change(next) });
      }}
    />
  </label>`;
}

function nearest(values: readonly number[], value: number): number {
  return values.reduce(
    (best, each, index) => (Math.abs(each - value) < Math.abs((values[best] ?? 0) - value) ? index : best),
    0,
  );
}
