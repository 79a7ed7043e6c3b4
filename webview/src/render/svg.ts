/** Scenes → SVG, by joins that keep the identity of every element. The only file that knows how marks look to the DOM. */
import { type Selection, select } from 'd3-selection';
import { type Group, type Layer, layers, type Mark, type Scene } from './mark.ts';
import { pathData } from './strokes.ts';

export type Pane = 'notation' | 'overlay';

/** Creates the layers, in their order, each with a pane for the notation and one for what is laid over it. */
export function createLayers(root: SVGGElement): void {
  for (const layer of layers) {
    const group = select(root).append('g').attr('class', `layer ${layer}`);
    for (const pane of ['notation', 'overlay'] satisfies Pane[]) group.append('g').attr('class', pane);
  }
  select(root).append('g').attr('class', 'rings');
}

/** `describe` adds to a group's sentence what is measured there. */
export function drawScene(root: SVGGElement, pane: Pane, scene: Scene, describe: (group: Group) => string): void {
  for (const layer of layers) drawLayer(root, layer, pane, scene.groups, describe);
}

function drawLayer(
  root: SVGGElement,
  layer: Layer,
  pane: Pane,
  all: readonly Group[],
  describe: (group: Group) => string,
): void {
  const groups = select(root)
    .select<SVGGElement>(`g.layer.${layer} > g.${pane}`)
    .selectAll<SVGGElement, Group>('g.element')
    .data(
      all.filter((group) => group.layer === layer),
      (group) => group.key,
    )
    .join((enter) => enter.append('g').attr('class', 'element'));
  groups
    .order()
    .attr('data-key', (group) => group.key)
    .attr('data-id', (group) => group.element)
    .attr('data-divergence', (group) => group.divergence ?? null)
    .attr('role', (group) => (group.sentence === undefined ? null : 'img'))
    .attr('tabindex', (group) => (group.sentence === undefined ? null : 0))
    .attr('aria-label', (group) => (group.sentence === undefined ? null : group.sentence + describe(group)));
  groups.each(function (group) {
    drawReach(select(this), group);
    drawMarks(select(this), group.marks);
  });
}

type GroupSelection = Selection<SVGGElement, Group, null, undefined>;

/** An invisible wide line: 24 pixels to hit, wherever the line is thin. */
function drawReach(into: Selection<SVGGElement, unknown, null, undefined>, group: Group): void {
  (into as GroupSelection)
    .selectAll<SVGPathElement, Group>('path.reach')
    .data(group.reach === undefined ? [] : [group])
    .join('path')
    .attr('class', 'reach')
    .attr('d', pathData(group.reach ?? []));
}

const tags = { line: 'path', box: 'rect', circle: 'circle', text: 'text' } as const;

function drawMarks(into: Selection<SVGGElement, unknown, null, undefined>, marks: readonly Mark[]): void {
  into
    .selectAll<SVGElement, readonly [number, Mark]>('.mark')
    .data(
      marks.map((mark, index) => [index, mark] as const),
      ([index, mark]) => `${index}/${mark.kind}`,
    )
    .join((enter) =>
      enter.append(([, mark]) => document.createElementNS('http://www.w3.org/2000/svg', tags[mark.kind])),
    )
    .order()
    .each(function ([, mark]) {
      drawMark(this, mark);
    });
}

function drawMark(node: SVGElement, mark: Mark): void {
  const set = (name: string, value: string | number): void => node.setAttribute(name, String(value));
  set('class', `mark ${mark.look}${mark.kind === 'text' ? ` t-${mark.style}` : ''}`);
  switch (mark.kind) {
    case 'line':
      set('d', pathData(mark.points, mark.radius, mark.closed));
      node.style.strokeWidth = mark.width === undefined ? '' : `${mark.width}px`;
      break;
    case 'box':
      set('x', mark.box.x);
      set('y', mark.box.y);
      set('width', Math.max(0, mark.box.width));
      set('height', Math.max(0, mark.box.height));
      set('rx', mark.radius ?? 0);
      break;
    case 'circle':
      set('cx', mark.centre.x);
      set('cy', mark.centre.y);
      set('r', mark.r);
      break;
    case 'text':
      set('x', mark.at.x);
      set('y', mark.at.y);
      set('text-anchor', mark.anchor ?? 'start');
      node.textContent = mark.text;
  }
}
