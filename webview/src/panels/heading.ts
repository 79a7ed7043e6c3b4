/** The heading pentagon of a diagram, and beside it what its figures mean. */
import { html, nothing, type TemplateResult } from 'lit';
import { metrics } from '../diagram/metrics.ts';
import type { MeasureText } from '../diagram/text.ts';
import type { LaidOut } from '../render/scene.ts';

const keywords = { machine: 'stm', activity: 'act', interaction: 'sd', deployment: 'dep' } as const;

export function heading(diagram: LaidOut, note: string, measure: MeasureText): TemplateResult {
  const { height, cut } = metrics.heading;
  const keyword = keywords[diagram.kind];
  const nameAt = 16 + measure(keyword, 'label') + 7;
  const width = Math.ceil(nameAt + measure(diagram.name, 'component') + 24);
  const outline = `M0,${height - 0.5}H${width - cut}L${width - 0.5},${height - cut}V0`;
  return html`<div class="heading">
    <svg width=${width} height=${height} role="img" aria-label="${keyword} ${diagram.name}">
      <path d=${outline} />
      <text class="kind" x="16" y="16">${keyword}</text>
      <text class="title" x=${nameAt} y="16">${diagram.name}</text>
    </svg>
    ${note === '' ? nothing : html`<span class="note">${note}</span>`}
  </div>`;
}
