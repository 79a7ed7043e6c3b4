/**
 * What a picture consists of, as plain data: marks in groups, one group an element. The notation and the overlays are pure
 * functions to marks; only `svg.ts` knows how they reach the page.
 */
import type { Box, Point } from '../diagram/geometry.ts';
import type { Anchor, TextStyleName } from '../diagram/text.ts';

export type Mark =
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly look: string;
      /** Bends are rounded by that much. */
      readonly radius?: number;
      readonly closed?: boolean;
      /** Pixels; absent = as the look says. */
      readonly width?: number;
    }
  | { readonly kind: 'box'; readonly box: Box; readonly look: string; readonly radius?: number }
  | { readonly kind: 'circle'; readonly centre: Point; readonly r: number; readonly look: string }
  | {
      readonly kind: 'text';
      readonly at: Point;
      readonly text: string;
      readonly style: TextStyleName;
      readonly look: string;
      readonly anchor?: Anchor;
    };

/** Drawn in this order, whatever the order of the groups. */
export const layers = ['fill', 'under', 'ink', 'over'] as const;
export type Layer = (typeof layers)[number];

export interface Group {
  /** Keeps its identity from picture to picture. */
  readonly key: string;
  readonly layer: Layer;
  /** What a click reveals; null for mere decoration. */
  readonly element: string | null;
  /** For those who do not see it; only for groups that take the focus. */
  readonly sentence?: string;
  /** Where the focus ring goes. */
  readonly ring?: Box;
  /** Keys of the groups that a line joins. */
  readonly ends?: readonly [string, string];
  /** A line that may be hit beside itself. */
  readonly reach?: readonly Point[];
  /** Key of the divergence whose card it opens. */
  readonly divergence?: string;
  readonly marks: readonly Mark[];
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Group[];
}
