/** Reads the picture that really stands on the page and gives it to the audit. */
import { type AuditedPicture, audit, type Meeting } from '../diagram/audit.ts';
import type { Box, Point } from '../diagram/geometry.ts';

/** Distance between the points at which a stroke is probed, in pixels. */
const step = 2;

export function auditPage(svg: SVGSVGElement): readonly Meeting[] {
  const texts: AuditedPicture['texts'][number][] = [];
  const strokes: AuditedPicture['strokes'][number][] = [];
  const plates: AuditedPicture['plates'][number][] = [];
  for (const [order, node] of [...svg.querySelectorAll<SVGGraphicsElement>('.mark')].entries()) {
    const look = node.getAttribute('class') ?? '';
    const box = boxOf(node);
    if (node instanceof SVGTextElement) texts.push({ text: node.textContent ?? '', box: inked(node, box), order });
    else {
      if (look.includes('plate')) plates.push({ box, order });
      const style = getComputedStyle(node);
      const visible =
        style.stroke !== 'none' && style.strokeOpacity !== '0' && Number.parseFloat(style.strokeWidth) > 0;
      if (visible && node instanceof SVGGeometryElement) {
        const halfWidth = (Number.parseFloat(style.strokeWidth) * scaleOf(node)) / 2;
        strokes.push({
          what: `${look} of ${node.closest('[data-key]')?.getAttribute('data-key')}`,
          points: probed(node),
          halfWidth,
          order,
        });
      }
    }
  }
  return audit({ texts, strokes, plates });
}

/** Texts of the page's own parts that are cut off by their box. */
export function cutTexts(root: HTMLElement): readonly Meeting[] {
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((each) => each.childElementCount === 0 && each.textContent?.trim() !== '' && each.title === '')
    .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
    .map((each) => {
      const { x, y } = each.getBoundingClientRect();
      return { text: each.textContent ?? '', meets: 'edge', with: 'the edge of its box', at: { x, y } };
    });
}

function boxOf(node: SVGGraphicsElement): Box {
  const { x, y, width, height } = node.getBoundingClientRect();
  return { x, y, width, height };
}

/** A line box is higher than what is inked in it. */
function inked(node: SVGTextElement, box: Box): Box {
  const size = Number.parseFloat(getComputedStyle(node).fontSize) * scaleOf(node);
  const matrix = node.getScreenCTM();
  const baseline = matrix === null ? box.y + box.height * 0.8 : Number(node.getAttribute('y')) * matrix.d + matrix.f;
  return { x: box.x + 0.5, y: baseline - size * 0.74, width: Math.max(0, box.width - 1), height: size * 0.92 };
}

function scaleOf(node: SVGGraphicsElement): number {
  return node.getScreenCTM()?.a ?? 1;
}

function probed(node: SVGGeometryElement): readonly Point[] {
  const matrix = node.getScreenCTM();
  const length = node.getTotalLength();
  if (matrix === null) return [];
  const count = Math.max(1, Math.ceil(length / step));
  return Array.from({ length: count + 1 }, (_, index) => {
    const { x, y } = node.getPointAtLength((length * index) / count).matrixTransform(matrix);
    return { x, y };
  });
}
