/** The SVG of a diagram with its pan and zoom, its focus and its pointer: turns gestures into element ids. */
import type { ElementId } from '@pollux/engine/model';
import type { Meeting } from '../diagram/audit.ts';
import { type Box, grow, type Size, union } from '../diagram/geometry.ts';
import { auditPage } from '../render/audit-page.ts';
import type { Group, Scene } from '../render/mark.ts';
import { pathData } from '../render/strokes.ts';
import { createLayers, drawScene, type Pane } from '../render/svg.ts';
import { type View, Viewport } from '../render/viewport.ts';
import { followLine } from './follow-lines.ts';

interface CanvasEvents {
  reveal(element: ElementId): void;
  openCard(divergence: string, at: Box): void;
  closeCard(): void;
  /** The menu of an element, by pointer or by key. */
  openMenu(element: ElementId, at: Box): void;
  moved(view: View, byHand: boolean): void;
}

/** Rest of the pointer before a card opens, and the grace to move into it. */
const rest = 300;
const grace = 250;
const svgNamespace = 'http://www.w3.org/2000/svg';

export class Canvas {
  readonly node: HTMLElement;
  /** For what lies over the picture: heading, messages, cards. */
  readonly overlay: HTMLElement;
  private readonly svg: SVGSVGElement;
  private readonly content: SVGGElement;
  private readonly viewport: Viewport;
  private readonly events: CanvasEvents;
  private groups = new Map<ElementId, Group>();
  private notation: Scene = { width: 0, height: 0, groups: [] };
  private highlightedElements: readonly ElementId[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(node: HTMLElement, events: CanvasEvents) {
    this.node = node;
    this.events = events;
    this.svg = document.createElementNS(svgNamespace, 'svg');
    this.svg.setAttribute('role', 'group');
    this.svg.setAttribute('aria-label', 'Diagram');
    this.content = document.createElementNS(svgNamespace, 'g');
    this.svg.append(this.content);
    this.overlay = document.createElement('div');
    node.append(this.svg, this.overlay);
    createLayers(this.content);
    this.viewport = new Viewport(this.svg, this.content, (view, byHand) => events.moved(view, byHand));
    this.listen();
  }

  draw(pane: Pane, scene: Scene, describe: (group: Group) => string): void {
    drawScene(this.content, pane, scene, describe);
    if (pane !== 'notation') return;
    this.notation = scene;
    this.groups = new Map();
    for (const group of scene.groups) {
      const shape = group.ring ?? group.reach;
      if (group.element !== null && shape !== undefined && !this.groups.has(group.element))
        this.groups.set(group.element, group);
    }
    this.drawRings();
  }

  /** New sentences for the same picture. */
  describe(describe: (group: Group) => string): void {
    drawScene(this.content, 'notation', this.notation, describe);
  }

  /** Where the element stands, in the picture's own coordinates; null where it does not. */
  boxOf(element: ElementId): Box | null {
    const group = this.groups.get(element);
    if (group === undefined) return null;
    return group.ring ?? union((group.reach ?? []).map((point) => ({ ...point, width: 0, height: 0 })));
  }

  highlight(elements: readonly ElementId[]): void {
    this.highlightedElements = elements;
    this.drawRings();
    const box = elements[0] === undefined ? null : this.boxOf(elements[0]);
    if (box !== null) this.viewport.reveal(box);
  }

  private drawRings(): void {
    const rings = this.content.querySelector('g.rings');
    const focused = document.activeElement?.closest('[data-key]')?.getAttribute('data-id');
    const all = [...this.highlightedElements, ...(focused === null || focused === undefined ? [] : [focused])];
    rings?.replaceChildren(...[...new Set(all)].flatMap((element) => this.ringOf(element)));
  }

  private ringOf(element: ElementId): readonly SVGElement[] {
    const group = this.groups.get(element);
    if (group === undefined) return [];
    const ring = document.createElementNS(svgNamespace, group.ring === undefined ? 'path' : 'rect');
    ring.setAttribute('class', group.ring === undefined ? 'ring-line' : 'ring');
    ring.setAttribute('data-ring', element);
    if (group.ring === undefined) ring.setAttribute('d', pathData(group.reach ?? [], 8));
    else {
      const { x, y, width, height } = grow(group.ring, 4);
      for (const [name, value] of Object.entries({ x, y, width, height, rx: 12 }))
        ring.setAttribute(name, String(value));
    }
    return [ring];
  }

  /** The kept view, or the beginning at 100 %. */
  show(view: View | undefined, content: Size): void {
    if (view === undefined) this.viewport.home(content);
    else this.viewport.show(view);
  }

  /** After a new layout the element stays where it was on the screen. */
  keepInPlace(before: Box, now: Box): void {
    const { x, y, scale } = this.viewport.view;
    if (before.x === now.x && before.y === now.y) return;
    this.viewport.show({ x: x + (before.x - now.x) * scale, y: y + (before.y - now.y) * scale, scale });
  }

  fit(content: Size): void {
    this.viewport.fit(content);
  }

  zoomBy(factor: number): void {
    this.viewport.zoomBy(factor);
  }

  get scale(): number {
    return this.viewport.view.scale;
  }

  get size(): Size {
    const { width, height } = this.node.getBoundingClientRect();
    return { width, height };
  }

  audit(): readonly Meeting[] {
    return auditPage(this.svg);
  }

  private listen(): void {
    const elementOf = (event: Event): Element | null =>
      event.target instanceof Element ? event.target.closest('[data-key]') : null;
    const revealAt = (event: Event): void => {
      const element = elementOf(event)?.getAttribute('data-id');
      if (element !== null && element !== undefined) this.events.reveal(element);
    };
    this.svg.addEventListener('click', revealAt);
    this.svg.addEventListener('contextmenu', (event) => {
      const target = elementOf(event);
      const element = target?.getAttribute('data-id');
      if (target === null || element === null || element === undefined) return;
      event.preventDefault();
      this.events.openMenu(element, this.boxOnCanvas(target));
    });
    this.svg.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        revealAt(event);
      }
      if (event.key === 'Escape') this.events.closeCard();
      if (event.key.startsWith('Arrow')) this.followLine(event);
    });
    this.svg.addEventListener('focusin', (event) => {
      this.drawRings();
      const target = elementOf(event);
      if (target?.hasAttribute('data-divergence')) this.open(target);
    });
    this.svg.addEventListener('focusout', () => this.drawRings());
    this.svg.addEventListener('pointerover', (event) => {
      const target = elementOf(event);
      if (target?.hasAttribute('data-divergence')) this.after(rest, () => this.open(target));
      else this.after(grace, () => this.events.closeCard());
    });
    this.overlay.addEventListener('pointerover', (event) => {
      if (event.target instanceof Element && event.target.closest('.card') !== null) this.after(0, () => undefined);
    });
    this.node.addEventListener('pointerleave', () => this.after(grace, () => this.events.closeCard()));
  }

  private followLine(event: KeyboardEvent): void {
    const from = event.target instanceof Element ? event.target.closest('[data-key]')?.getAttribute('data-key') : null;
    const next = from === null || from === undefined ? null : followLine(this.notation.groups, from, event.key);
    if (next === null) return;
    event.preventDefault();
    this.svg.querySelector<SVGGElement>(`[data-key="${CSS.escape(next)}"]`)?.focus();
  }

  private after(delay: number, act: () => void): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(act, delay);
  }

  private open(target: Element): void {
    const divergence = target.getAttribute('data-divergence');
    if (divergence === null || !target.isConnected) return;
    this.events.openCard(divergence, this.boxOnCanvas(target));
  }

  private boxOnCanvas(target: Element): Box {
    const { x, y, width, height } = target.getBoundingClientRect();
    const canvas = this.node.getBoundingClientRect();
    return { x: x - canvas.x, y: y - canvas.y, width, height };
  }

  /** Back to an element after its card or menu. */
  focus(element: ElementId): void {
    this.svg.querySelector<SVGGElement>(`[data-id="${CSS.escape(element)}"][tabindex]`)?.focus();
  }
}
