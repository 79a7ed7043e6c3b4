/** The toolbar: which diagram, in which mode, from which source, what contradicts, and the view tools. */

import { formatAge } from '@pollux/engine/numeric';
import { html, nothing, type TemplateResult } from 'lit';
import type { DiagramEntry } from '../diagram/catalogue.ts';
import type { Mode, PageState } from './page-state.ts';
import { alertTriangle, sourceDot, toolSigns } from './signs.ts';

interface ToolbarActions {
  pick(diagram: string): void;
  mode(mode: Mode): void;
  toggleList(): void;
  toggleControls(): void;
  zoom(factor: number): void;
  fit(): void;
  home(): void;
}

const kinds = {
  machine: 'State machines',
  activity: 'Activities',
  interaction: 'Interactions',
  deployment: 'Deployments',
} as const;
const modes = [
  ['model', 'Model'],
  ['simulation', 'Simulation'],
  ['live', 'Live'],
] as const;

export function toolbar(
  state: PageState,
  diagrams: readonly DiagramEntry[],
  chosen: {
    readonly diagram: string | null;
    readonly mode: Mode;
    readonly listOpen: boolean;
    readonly controlsOpen: boolean;
    readonly scale: number;
  },
  actions: ToolbarActions,
): TemplateResult {
  return html`<header class="toolbar">
    ${diagrams.length === 0 ? html`<span class="code">${state.model?.file ?? 'Pollux'}</span>` : picker(diagrams, chosen.diagram, actions)}
    <div class="modes" role="tablist" aria-label="What is shown">
      ${modes.map(([mode, title]) => modeTab(mode, title, chosen.mode, availability(mode, state), actions))}
    </div>
    ${source(state, chosen.mode)} ${divergences(state, chosen, actions)}
    <span class="space"></span>
    ${state.run !== null && chosen.mode === 'simulation' ? html`<button class="tool wide" aria-expanded=${chosen.controlsOpen} @click=${() => actions.toggleControls()}>Controls</button>` : nothing}
    ${diagrams.length === 0 ? nothing : tools(chosen.scale, actions)}
  </header>`;
}

function picker(diagrams: readonly DiagramEntry[], chosen: string | null, actions: ToolbarActions): TemplateResult {
  const group = (kind: DiagramEntry['kind']): TemplateResult | typeof nothing => {
    const entries = diagrams.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return nothing;
    return html`<optgroup label=${kinds[kind]}>
      ${entries.map((entry) => html`<option value=${entry.element} ?selected=${entry.element === chosen}>${entry.name}</option>`)}
    </optgroup>`;
  };
  return html`<select
    class="picker"
    aria-label="Diagram"
    .value=${chosen ?? ''}
    @change=${(event: Event) => actions.pick((event.target as HTMLSelectElement).value)}
  >
    ${group('machine')} ${group('activity')} ${group('interaction')} ${group('deployment')}
  </select>`;
}

/** Why a mode has nothing to show; null where it has. */
function availability(mode: Mode, state: PageState): string | null {
  if (mode === 'simulation' && state.result.result === null && state.run === null)
    return 'No run yet. Command: Pollux: Run Scenario…';
  if (mode === 'live' && state.twin.state === null) return 'No telemetry attached. Command: Pollux: Attach Telemetry';
  return null;
}

function modeTab(
  mode: Mode,
  title: string,
  chosen: Mode,
  missing: string | null,
  actions: ToolbarActions,
): TemplateResult {
  return html`<button
    role="tab"
    data-mode=${mode}
    aria-selected=${mode === chosen}
    ?disabled=${missing !== null}
    title=${missing ?? nothing}
    @click=${() => actions.mode(mode)}
  >
    ${title}
  </button>`;
}

function source({ twin, result, run, model }: PageState, mode: Mode): TemplateResult | typeof nothing {
  if (mode === 'live' && twin.state !== null) {
    if (twin.silent_s !== undefined)
      return html`<span class="source">${sourceDot('silent')} silent ${formatAge(twin.silent_s)}</span>`;
    const window = formatAge(twin.state.window_s);
    return html`<span class="source" title="How far the figures are behind; they are of the last ${window}">${sourceDot('live')} <span>lag ${formatAge(twin.lag_s)}<span class="roomy">, window ${window}</span></span></span>`;
  }
  if (mode === 'simulation' && run !== null) {
    const name = model?.model?.scenarios.find(({ id }) => id === run.scenario)?.name ?? run.scenario;
    return html`<span class="source">${sourceDot('simulated')} <span>live run of <b class="code">${name}</b></span></span>`;
  }
  if (mode === 'simulation' && result.result !== null) {
    return html`<span class="source">${sourceDot('simulated')} scenario <b class="code">${result.scenario}</b></span>`;
  }
  return nothing;
}

function divergences(
  { twin }: PageState,
  chosen: { readonly listOpen: boolean },
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  if (twin.state === null) return nothing;
  const open = twin.state.divergences.filter((each) => each.status === 'open').length;
  if (open === 0 && twin.state.divergences.length === 0) return nothing;
  const text = open === 0 ? 'resolved' : open === 1 ? '1 divergence' : `${open} divergences`;
  return html`<button
    class="divergences-button ${open === 0 ? 'ink2' : 'alert'}"
    aria-expanded=${chosen.listOpen}
    @click=${() => actions.toggleList()}
  >
    ${open === 0 ? nothing : alertTriangle()} ${text}
  </button>`;
}

function tools(scale: number, actions: ToolbarActions): TemplateResult {
  return html`<span class="tools">
    <button class="tool zoom" aria-label="Zoom out" title="Zoom out" @click=${() => actions.zoom(1 / 1.25)}>${toolSigns.smaller}</button>
    <button class="tool zoom percent" aria-label="Show at 100 %" title="Show at 100 %" @click=${() => actions.home()}>${Math.round(scale * 100)} %</button>
    <button class="tool zoom" aria-label="Zoom in" title="Zoom in" @click=${() => actions.zoom(1.25)}>${toolSigns.larger}</button>
    <button class="tool" aria-label="Show all" title="Show all" @click=${() => actions.fit()}>${toolSigns.fit}</button>
  </span>`;
}
