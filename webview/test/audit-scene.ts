/** Scenes without a page: their texts, strokes and plates for the audit, measured with a fixed width. */
import { type AuditedPicture, audit, type Meeting } from '../src/diagram/audit.ts';
import { outline, type Point } from '../src/diagram/geometry.ts';
import { fixedWidth, textBox } from '../src/diagram/text.ts';
import { layers, type Mark, type Scene } from '../src/render/mark.ts';

/** Looks that are filled, not stroked. */
const filled = /\b(plate|shape|solid|alert-fill|alert-tint|band|cell|track|bar-fill|dot)\b/;

export function auditScenes(scenes: readonly Scene[]): readonly Meeting[] {
  const texts: AuditedPicture['texts'][number][] = [];
  const strokes: AuditedPicture['strokes'][number][] = [];
  const plates: AuditedPicture['plates'][number][] = [];
  const groups = layers.flatMap((layer) =>
    scenes.flatMap((scene) => scene.groups.filter((group) => group.layer === layer)),
  );
  for (const [order, { mark, key }] of groups
    .flatMap((group) => group.marks.map((mark) => ({ mark, key: group.key })))
    .entries()) {
    if (mark.kind === 'text') {
      texts.push({
        text: mark.text,
        box: textBox(mark.text, mark.at, mark.style, mark.anchor ?? 'start', fixedWidth),
        order,
      });
      continue;
    }
    if (mark.kind === 'box' && mark.look.includes('plate')) plates.push({ box: mark.box, order });
    if (filled.test(mark.look) && !mark.look.includes('badge')) continue;
    const halfWidth = (mark.kind === 'line' ? (mark.width ?? 1.25) : 1.25) / 2;
    strokes.push({ what: `${mark.look} of ${key}`, points: pointsOf(mark), halfWidth, order });
  }
  return audit({ texts, strokes, plates });
}

function pointsOf(mark: Exclude<Mark, { kind: 'text' }>): readonly Point[] {
  switch (mark.kind) {
    case 'line':
      return mark.closed === true ? [...mark.points, ...mark.points.slice(0, 1)] : mark.points;
    case 'box':
      return outline(mark.box);
    case 'circle': {
      const { centre, r } = mark;
      return Array.from({ length: 17 }, (_, step) => ({
        x: centre.x + r * Math.cos((step * Math.PI) / 8),
        y: centre.y + r * Math.sin((step * Math.PI) / 8),
      }));
    }
  }
}
