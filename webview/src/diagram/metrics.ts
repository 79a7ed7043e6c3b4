/** Sizes of the notation in pixels at 100 %. Declared once: layout and drawing read the same table. */

export const metrics = {
  margin: 16,
  padding: 12,
  lineHeight: 16,
  /** A label keeps this far beside a vertical line. */
  beside: 10,
  /** And this far above a horizontal one. */
  above: 5,
  bend: 8,
  state: { radius: 10, compositeRadius: 12, nameBaseline: 18, rule: 27, nameOnly: 34, least: 88 },
  initial: 6,
  final: { outer: 10, inner: 5.5 },
  choice: 16,
  junction: 4,
  history: 11,
  point: 6,
  terminate: 8,
  forkBar: { width: 56, height: 5 },
  cube: { depth: 8, header: 28, line: 19, icon: { width: 11, height: 10 }, core: { width: 6, height: 15, gap: 2 } },
  /** In the table of an activity's resources: room for a share, its bar, and what parts it from the line. */
  resources: { share: 40, bar: { width: 26, height: 5 }, gap: 8 },
  sequence: {
    head: 36,
    bar: 10,
    leastBar: 13,
    row: 30,
    tab: 16,
    cut: 6,
    nesting: 7,
    actor: { width: 18, height: 34 },
    /** Beside the diagram: the axis of observed over predicted, with its figures. */
    margin: 292,
  },
  heading: { height: 24, cut: 10 },
  ribbon: { widest: 14, least: 1.75 },
  badge: { height: 18 },
} as const;

/** More cores than this are told as a number. */
export const drawnCores = 16;
