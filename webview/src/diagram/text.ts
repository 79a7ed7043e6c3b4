/**
 * The few styles of text in a picture, and how wide a text is. Who measures is given from outside: a canvas in the page,
 * a fixed width in tests, so that layout is the same function everywhere.
 */
import type { Box, Point } from './geometry.ts';

interface TextStyle {
  /** Editor font for all that stands in the text, interface font for all that does not. */
  readonly face: 'code' | 'ui';
  readonly size: number;
  readonly weight: 400 | 500 | 600;
}

export const textStyles = {
  name: { face: 'code', size: 13, weight: 500 },
  label: { face: 'code', size: 11, weight: 400 },
  tab: { face: 'code', size: 11, weight: 600 },
  component: { face: 'code', size: 12, weight: 400 },
  counter: { face: 'ui', size: 13, weight: 600 },
  body: { face: 'ui', size: 12, weight: 400 },
  figure: { face: 'ui', size: 11, weight: 400 },
  strong: { face: 'ui', size: 11, weight: 600 },
} as const satisfies Record<string, TextStyle>;

export type TextStyleName = keyof typeof textStyles;

/** Width in pixels at 100 %. */
export type MeasureText = (text: string, style: TextStyleName) => number;

/** Every character equally wide: for tests and wherever no font is at hand. */
export const fixedWidth: MeasureText = (text, style) => text.length * textStyles[style].size * 0.6;

export type Anchor = 'start' | 'middle' | 'end';

/** The box that the ink of a line of text may fill. */
export function textBox(text: string, at: Point, style: TextStyleName, anchor: Anchor, measure: MeasureText): Box {
  const width = measure(text, style);
  const size = textStyles[style].size;
  const x = anchor === 'start' ? at.x : anchor === 'end' ? at.x - width : at.x - width / 2;
  return { x, y: at.y - size * 0.78, width, height: size };
}

/** Sizes rise in steps, so that a letter more seldom moves anything. */
export function quantised(size: number): number {
  return Math.ceil(size / 8) * 8;
}
