/** Pan and zoom. Wheel and drag pan, wheel with Ctrl zooms; by itself nothing is shown smaller than `least`. */
import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { Box, Point, Size } from '../diagram/geometry.ts';

export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Kept free around the picture; the heading stands above it. */
const margin = { top: 30, side: 16 } as const;

/** Names in 13 px are then still 10 px high; see docs/decisions/diagrams-open-whole.md. */
const least = 0.78;

/** Pixels that a hand may tremble in a click: what moves further drags. */
const tremble = 4;

export class Viewport {
  private readonly svg: SVGSVGElement;
  private readonly behavior: ZoomBehavior<SVGSVGElement, unknown>;

  constructor(svg: SVGSVGElement, content: SVGGElement, changed: (view: View, byHand: boolean) => void) {
    this.svg = svg;
    this.behavior = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.2, 4])
      .clickDistance(tremble)
      .filter(
        (event: Event) => event.type !== 'wheel' || (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey,
      )
      .on('zoom', ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        content.setAttribute('transform', transform.toString());
        changed({ x: transform.x, y: transform.y, scale: transform.k }, sourceEvent !== null);
      });
    select(svg).call(this.behavior).on('dblclick.zoom', null);
    svg.addEventListener('wheel', (event) => this.pan(event), { passive: false });
  }

  private pan(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { x, y, scale } = this.view;
    const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
    this.show({ x: x - dx, y: y - dy, scale });
  }

  get view(): View {
    const { x, y, k } = zoomTransform(this.svg);
    return { x, y, scale: k };
  }

  show({ x, y, scale }: View): void {
    select(this.svg).call(this.behavior.transform, zoomIdentity.translate(x, y).scale(scale));
  }

  zoomBy(factor: number): void {
    select(this.svg).call(this.behavior.scaleBy, factor);
  }

  /** Whole where that is still readable, else at 100 % with its beginning in sight. */
  home(content: Size): void {
    const whole = this.scaleToShow(content);
    this.show(this.fitted(content, whole < least ? 1 : whole));
  }

  /** Whole, as small as that asks. */
  fit(content: Size): void {
    this.show(this.fitted(content, Math.max(0.2, this.scaleToShow(content))));
  }

  private scaleToShow(content: Size): number {
    const { width, height } = this.svg.getBoundingClientRect();
    return Math.min(1, (width - 2 * margin.side) / content.width, (height - margin.top - margin.side) / content.height);
  }

  private fitted(content: Size, scale: number): View {
    const { width, height } = this.svg.getBoundingClientRect();
    const free: Point = { x: width - content.width * scale, y: height - margin.top - content.height * scale };
    return { x: Math.max(margin.side, free.x / 2), y: margin.top + Math.max(0, Math.min(24, free.y / 2)), scale };
  }

  /** Moves as little as brings the box into sight. */
  reveal(box: Box): void {
    const { width, height } = this.svg.getBoundingClientRect();
    const { x, y, scale } = this.view;
    const shift = (from: number, size: number, room: number, least: number): number => {
      if (from < least) return least - from;
      const beyond = from + size - (room - margin.side);
      return beyond > 0 ? -Math.min(beyond, from - least) : 0;
    };
    const dx = shift(box.x * scale + x, box.width * scale, width, margin.side);
    const dy = shift(box.y * scale + y, box.height * scale, height, margin.top);
    if (dx !== 0 || dy !== 0) this.show({ x: x + dx, y: y + dy, scale });
  }
}
