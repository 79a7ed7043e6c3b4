/** Scenes as SVG text: the same marks in the same layers as the page draws them, without anything to click. */
import { type Group, layers, type Mark, type Scene } from '../render/mark.ts';
import { pathData } from '../render/strokes.ts';
import { escaped } from './static-html.ts';

/** `label`: what it shows, in a sentence. Wider than its place it shrinks. */
export function staticSvg(scenes: readonly Scene[], label: string): string {
  const groups = scenes.flatMap((scene) => scene.groups);
  const width = Math.ceil(Math.max(0, ...scenes.map((scene) => scene.width)));
  // What is laid over a picture may stand above it.
  const top = Math.floor(Math.min(0, ...groups.flatMap(({ marks }) => marks.map(topOf))));
  const height = Math.ceil(Math.max(0, ...scenes.map((scene) => scene.height))) - top;
  const drawn = layers.map((layer) => {
    const own = groups.filter((group) => group.layer === layer).map(groupText);
    return `<g class="layer ${layer}">${own.join('')}</g>`;
  });
  return `<svg class="picture" role="img" aria-label="${escaped(label)}" viewBox="0 ${top} ${width} ${height}" width="${width}" height="${height}">${drawn.join('')}</svg>`;
}

function topOf(mark: Mark): number {
  switch (mark.kind) {
    case 'line':
      return Math.min(...mark.points.map(({ y }) => y)) - 2;
    case 'box':
      return mark.box.y;
    case 'circle':
      return mark.centre.y - mark.r;
    case 'text':
      return mark.at.y - 14;
  }
}

function groupText({ marks, sentence }: Group): string {
  const title = sentence === undefined ? '' : `<title>${escaped(sentence)}</title>`;
  return `<g>${title}${marks.map(markText).join('')}</g>`;
}

function markText(mark: Mark): string {
  const look = `mark ${mark.look}`;
  switch (mark.kind) {
    case 'line': {
      const width = mark.width === undefined ? '' : ` style="stroke-width:${rounded(mark.width)}px"`;
      return `<path class="${look}" d="${pathData(mark.points, mark.radius, mark.closed)}"${width}/>`;
    }
    case 'box': {
      const { x, y, width, height } = mark.box;
      const radius = mark.radius === undefined ? '' : ` rx="${mark.radius}"`;
      return `<rect class="${look}" x="${rounded(x)}" y="${rounded(y)}" width="${rounded(Math.max(0, width))}" height="${rounded(Math.max(0, height))}"${radius}/>`;
    }
    case 'circle':
      return `<circle class="${look}" cx="${rounded(mark.centre.x)}" cy="${rounded(mark.centre.y)}" r="${rounded(mark.r)}"/>`;
    case 'text': {
      const anchor = mark.anchor === undefined || mark.anchor === 'start' ? '' : ` text-anchor="${mark.anchor}"`;
      return `<text class="${look} t-${mark.style}" x="${rounded(mark.at.x)}" y="${rounded(mark.at.y)}"${anchor}>${escaped(mark.text)}</text>`;
    }
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
