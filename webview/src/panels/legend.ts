/** The legend: only channels that are on screen. */

import { formatRate, formatShare } from '@pollux/engine/numeric';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { ratedLines } from '../render/machine-overlay.ts';
import type { Overlay } from '../render/overlay.ts';
import { ribbonScale } from '../render/ribbon.ts';
import type { LaidOut } from '../render/scene.ts';
import { marginWidth } from '../render/sequence-overlay.ts';

type Sample = TemplateResult;

export function legend(diagram: LaidOut, overlay: Overlay | null, room: number): TemplateResult | typeof nothing {
  if (overlay === null) return nothing;
  const entries: Sample[] = [];
  const live = overlay.mode === 'live';
  if (diagram.kind !== 'interaction') entries.push(...ribbonEntries(diagram, overlay));
  const has = (wanted: (figures: NonNullable<ReturnType<Overlay['figures']['get']>>) => boolean): boolean =>
    [...elementsOf(diagram)].some((element) => {
      const figures = overlay.figures.get(element);
      return figures !== undefined && wanted(figures);
    });
  if (diagram.kind === 'machine' && has((figures) => figures.instances !== undefined))
    entries.push(word('8', overlay, 'instances now'));
  if (diagram.kind === 'machine' && !overlay.isMoment && has((figures) => figures.total !== undefined)) {
    entries.push(word('8', overlay, 'entered, mean of a replication'));
  }
  if (diagram.kind === 'activity' && overlay.isMoment && has((figures) => figures.concurrency !== undefined))
    entries.push(word('8', overlay, 'in progress'));
  if (diagram.kind === 'activity' && !overlay.isMoment && has((figures) => figures.total !== undefined))
    entries.push(word('8', overlay, 'came there, mean of a replication'));
  if (diagram.kind === 'deployment' && has((figures) => figures.utilization !== undefined)) {
    entries.push(html`<span>${coreSample} busy share of a core</span>`);
  }
  if (diagram.kind === 'interaction') {
    const hasMargin = marginWidth(diagram, overlay, room) > 0;
    if (!hasMargin && has((figures) => figures.p95 !== undefined))
      entries.push(word('8 ms', overlay, 'p95 of the message'));
    if (hasMargin && live) {
      const band = overlay.tolerance === null ? '' : `, on the tolerance ± ${formatShare(overlay.tolerance)}`;
      entries.push(html`<span>${dotSample(overlay)} observed p95 over predicted${band}</span>`);
    }
    if (has((figures) => figures.share !== undefined))
      entries.push(word('98 %', overlay, 'traces that took the operand'));
  }
  if ([...elementsOf(diagram)].some((element) => overlay.troubles.get(element)?.isDown === true)) {
    entries.push(html`<span>${downSample} down</span>`);
  }
  if ([...elementsOf(diagram)].some((element) => overlay.divergences.has(element))) {
    entries.push(html`<span>${alertSample} contradicts the model</span>`);
  }
  return entries.length === 0 ? nothing : html`<footer class="legend">${entries}</footer>`;
}

function ribbonEntries(diagram: Exclude<LaidOut, { kind: 'interaction' }>, overlay: Overlay): readonly Sample[] {
  const scale = overlay.stale ? null : ribbonScale(ratedLines(diagram, overlay));
  if (scale === null) return [];
  const word = overlay.mode === 'live' ? '' : ', simulated';
  return [
    html`<span>${ribbonSample(14, overlay)} ${formatRate(scale.busiest)}${word}</span>`,
    html`<span>${ribbonSample(1.75, overlay)} ${formatRate(scale.floor)}, below that not to scale</span>`,
  ];
}

function* elementsOf(diagram: LaidOut): Generator<string> {
  if (diagram.kind === 'interaction') {
    for (const { element } of diagram.arrows) yield element;
    for (const { operands } of diagram.frames) for (const { element } of operands) yield element;
    return;
  }
  for (const { node } of diagram.nodes) {
    yield node.element;
    if (node.shape === 'cube') for (const { element } of node.components) yield element;
    if (node.shape === 'resources') for (const { element } of node.rows) yield element;
  }
  for (const { edge } of diagram.edges) yield edge.element;
}

function word(sample: string, overlay: Overlay, meaning: string): Sample {
  return html`<span><b class=${overlay.stale ? 'ink2' : 'obs'}>${sample}</b> ${meaning}</span>`;
}

function ribbonSample(width: number, overlay: Overlay): Sample {
  const rim =
    overlay.mode === 'live' ? nothing : svg`<path class="mark ribbon rim" d="M0,8H38" stroke-width=${width} />`;
  const inner = overlay.mode === 'live' ? width : Math.max(0.5, width - 2);
  return html`<svg aria-hidden="true">${rim}<path class="mark ribbon" d="M0,8H38" stroke-width=${inner} /><path class="mark stroke" d="M0,8H38M30,3.5L38,8L30,12.5" /></svg>`;
}

const coreSample = html`<svg aria-hidden="true">
  <rect class="mark cell" x="8" y="0.5" width="6" height="15" /><rect class="mark bar-fill" x="8" y="7" width="6" height="8.5" />
  <rect class="mark cell" x="16" y="0.5" width="6" height="15" /><rect class="mark bar-fill" x="16" y="7" width="6" height="8.5" />
</svg>`;

function dotSample(overlay: Overlay): Sample {
  const band =
    overlay.tolerance === null ? nothing : svg`<rect class="mark band" x="8" y="0" width="22" height="16" />`;
  return html`<svg aria-hidden="true">${band}<path class="mark axis" d="M19,0V16" /><circle class="mark dot" cx="22" cy="8" r="3.2" /></svg>`;
}

const downSample = html`<svg aria-hidden="true"><path class="mark hatch" d="M4,16L20,0M12,16L28,0M20,16L36,0" /></svg>`;

const alertSample = html`<svg aria-hidden="true"><path class="mark alert-fill" d="M19,2L25.5,13H12.5Z" /><path class="mark alert-cut" d="M19,6V9.5M19,10.6V11.6" /></svg>`;
