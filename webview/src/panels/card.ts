/** The card of a divergence: the same sentence as everywhere, with its evidence. */
import type { Model } from '@pollux/engine/model';
import { formatCount, formatFigure, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { Divergence } from '@pollux/engine/twin';
import { html, nothing, type TemplateResult } from 'lit';
import type { Box, Point, Size } from '../diagram/geometry.ts';
import { formatClock } from '../render/clock.ts';
import { kindWords, writtenElement } from './written.ts';

/** Kept between a card and the element it is about. */
const clear = 10;

export function card(divergence: Divergence, model: Model, today: Date, reveal: () => void): TemplateResult {
  const [kind, sense] = kindWords[divergence.kind];
  const { traceIds, instances, figures, also } = divergence.evidence;
  const share = divergence.of > 0 ? ` (${formatShare(divergence.count / divergence.of)})` : '';
  return html`<div class="card" role="dialog" aria-label=${kind}>
    <h2>${kind} <span>${sense}</span></h2>
    <div class="written">${writtenElement(model, divergence.element)}</div>
    <p class="alert">${divergence.message}</p>
    <dl>
      <dt>Count</dt>
      <dd>${formatCount(divergence.count)} of ${formatCount(divergence.of)}${share}</dd>
      <dt>First, last</dt>
      <dd>${formatClock(divergence.first, today)}, ${formatClock(divergence.last, today)}</dd>
      ${figures.map(({ name, value, unit }) => html`<dt>${name}</dt><dd>${figure(value, unit)}</dd>`)}
      ${traceIds.length === 0 ? nothing : html`<dt>Evidence</dt><dd class="code">${shortened(traceIds.map(shortId))}</dd>`}
      ${instances.length === 0 ? nothing : html`<dt>Instances</dt><dd class="code">${shortened(instances)}</dd>`}
      ${also.length === 0 ? nothing : html`<dt>Also</dt><dd class="code">${shortened(also.map((each) => writtenElement(model, each)))}</dd>`}
      <dt>Verdict</dt>
      <dd>${divergence.verdict}</dd>
    </dl>
    <div class="actions"><button class="link" @click=${reveal}>Show in the text</button></div>
  </div>`;
}

function figure(value: number, unit: string): string {
  if (unit === 's') return formatSeconds(value);
  if (unit === '%') return formatShare(value / 100);
  return unit === '1' || unit === '' ? formatFigure(value) : `${formatFigure(value)} ${unit}`;
}

function shortened(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join(' ');
  return texts.length > 3 ? `${shown} ${texts.length - 3} more` : shown;
}

/** `4f1c…9a02` */
function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

/** Beside its element, never over it, and inside the canvas as far as there is room. */
export function cardPlace(element: Box, size: Size, canvas: Size): Point {
  const right = element.x + element.width + clear;
  const left = element.x - clear - size.width;
  const y = Math.max(8, Math.min(element.y, canvas.height - size.height - 8));
  if (right + size.width <= canvas.width - 8) return { x: right, y };
  if (left >= 8) return { x: left, y };
  const x = Math.max(8, Math.min(element.x, canvas.width - size.width - 8));
  const below = element.y + element.height + clear;
  if (below + size.height <= canvas.height - 8) return { x, y: below };
  return { x, y: Math.max(8, element.y - clear - size.height) };
}
