/** The list of divergences: open ones first, resolved ones with when; a click goes to the text. */

import { formatCount } from '@pollux/engine/numeric';
import type { Divergence, TwinState } from '@pollux/engine/twin';
import { html, nothing, type TemplateResult } from 'lit';
import { formatClock } from '../render/clock.ts';
import { alertTriangle, tick } from './signs.ts';
import { kindWords } from './written.ts';

export function divergenceList(
  state: TwinState,
  today: Date,
  reveal: (divergence: Divergence) => void,
): TemplateResult {
  const open = state.divergences.filter((each) => each.status === 'open');
  const resolved = state.divergences.filter((each) => each.status === 'resolved');
  const { seen, matched, divergent, undecided, unmodelled } = state.traces;
  const entry = (divergence: Divergence): TemplateResult => html`<li>
    <button data-divergence-entry=${divergence.id} @click=${() => reveal(divergence)}>
      ${divergence.status === 'open' ? alertTriangle() : tick()}
      <span class="said">${divergence.message}</span>
      <span class="more">${more(divergence, today)}</span>
    </button>
  </li>`;
  return html`<aside class="inspector" aria-label="Divergences">
    <h2>Divergences</h2>
    ${open.length === 0 ? html`<p class="ink2">None open.</p>` : html`<ul>${open.map(entry)}</ul>`}
    ${resolved.length === 0 ? nothing : html`<h3>Resolved</h3><ul>${resolved.map(entry)}</ul>`}
    <h3>Traces</h3>
    <p>
      ${formatCount(seen)} seen: ${formatCount(matched)} matched, ${formatCount(divergent)} divergent,
      ${formatCount(undecided)} undecided, ${formatCount(unmodelled)} not modelled
    </p>
  </aside>`;
}

function more(divergence: Divergence, today: Date): string {
  const count = `${formatCount(divergence.count)} of ${formatCount(divergence.of)}`;
  if (divergence.status === 'resolved' && divergence.resolved !== undefined) {
    return `${count}, resolved ${formatClock(divergence.resolved, today)}`;
  }
  const pending = divergence.verdict === 'pending' ? ', pending' : '';
  return `${kindWords[divergence.kind][0]}, ${count}, since ${formatClock(divergence.first, today)}${pending}`;
}
