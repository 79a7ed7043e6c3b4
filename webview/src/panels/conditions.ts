/** The conditions a panel can be in besides fine: empty, loading, in error with the last good picture, silent. */

import { formatAge } from '@pollux/engine/numeric';
import type { Finding, SimulationResult } from '@pollux/engine/simulation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatClock } from '../render/clock.ts';
import type { Mode, PageState } from './page-state.ts';
import { said } from './said.ts';
import { alertTriangle } from './signs.ts';

type Part = TemplateResult | typeof nothing;

/** One line with the way to the fault. */
export function errorBar({ model }: PageState, go: (uri: string, line: number) => void): Part {
  if (model?.broken === undefined) return nothing;
  const { message, uri, line } = model.broken;
  return html`<div class="strip error" role="alert">
    <span class="verdict">${alertTriangle()} <span>Line ${line + 1}: ${said(message)}</span></span>
    <button class="link" @click=${() => go(uri, line)}>Go to line</button>
  </div>`;
}

export function canvasMessages(state: PageState, mode: Mode, drawn: boolean, today: Date): Part {
  return html`${drawn ? nothing : emptyMessage(state)} ${progressBar(state)} ${footNote(state, mode, drawn, today)}`;
}

function emptyMessage({ model }: PageState): Part {
  if (model === null) return nothing;
  const next =
    model.broken !== undefined && model.model === null
      ? html`<p>The text has errors; once it is free of them, its diagrams stand here.</p>`
      : html`<p>This file declares no machine, activity, interaction or deployment.</p>
        <p>Write <span class="code">machine</span>, <span class="code">interaction</span> or <span class="code">deployment</span> and a name; the diagram follows the text.</p>`;
  return html`<div class="message"><h2>Nothing to draw yet.</h2>${next}</div>`;
}

function progressBar({ progress }: PageState): Part {
  if (progress === null) return nothing;
  const share = Math.round(Math.min(1, Math.max(0, progress.share)) * 100);
  const label =
    progress.label ??
    `Simulating, replication ${Math.min(progress.replication + 1, progress.replications)} of ${progress.replications}`;
  return html`<div class="progress" role="progressbar" aria-valuenow=${share} aria-valuemin="0" aria-valuemax="100" aria-label=${label}>
    ${label}
    <div class="track"><div class="done" .style=${`width: ${share}%`}></div></div>
  </div>`;
}

function footNote(
  { model, twin, result, run, experiments, progress }: PageState,
  mode: Mode,
  drawn: boolean,
  today: Date,
): Part {
  if (progress !== null || !drawn) return nothing;
  if (model?.broken !== undefined) {
    return html`<div class="foot-note ink2"><div>Picture of ${formatClock(model.broken.since * 1000, today)}, before the error</div></div>`;
  }
  if (twin.state !== null && twin.silent_s !== undefined) {
    return html`<div class="foot-note">
      <div>No spans for ${formatAge(twin.silent_s)}. <span class="ink2">Verdicts are undecided: source gap</span></div>
    </div>`;
  }
  return mode === 'simulation'
    ? causes(run === null ? told(result.result, experiments) : run.state.frame.findings)
    : nothing;
}

/** What was explained says the cause better than what was noticed. */
function told(run: SimulationResult | null, { answers }: PageState['experiments']): readonly Finding[] {
  if (run === null || answers === null || answers.result.scenario !== run.scenario) return run?.findings ?? [];
  return answers.bottlenecks.map(({ element, sentence }) => ({
    code: 'bottleneck',
    severity: 'warning',
    element,
    message: sentence,
  }));
}

/** Says the cause where a simulated run did not go well: the same sentences as in the results. */
function causes(findings: readonly Finding[]): Part {
  const warnings = findings.filter(({ severity }) => severity !== 'information').slice(0, 3);
  if (warnings.length === 0) return nothing;
  return html`<div class="foot-note causes">
    ${warnings.map(({ message }) => html`<div>${alertTriangle()} ${said(message)}</div>`)}
  </div>`;
}
