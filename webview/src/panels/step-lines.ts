/** Where verdicts change between neighbouring cells of a grid: the lines along which missed ends and met begins. Pure. */
export type CellVerdict = 'met' | 'missed' | 'undecided' | null;

/** One side of a cell, in cells from the upper left corner. */
export interface Side {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface StepLines {
  /** On one side missed, on the other not. */
  readonly missedEnds: readonly Side[];
  /** On one side met, on the other not, where that is not a line of the first kind already. */
  readonly metBegins: readonly Side[];
}

/** By row, then column; null where nothing is known. */
export function stepLines(cells: readonly (readonly CellVerdict[])[]): StepLines {
  const missedEnds: Side[] = [];
  const metBegins: Side[] = [];
  const compare = (a: CellVerdict | undefined, b: CellVerdict | undefined, side: Side): void => {
    if (a === undefined || b === undefined || a === null || b === null || a === b) return;
    if (a === 'missed' || b === 'missed') missedEnds.push(side);
    else metBegins.push(side);
  };
  cells.forEach((row, y) => {
    row.forEach((cell, x) => {
      compare(cell, row[x + 1], { x1: x + 1, y1: y, x2: x + 1, y2: y + 1 });
      compare(cell, cells[y + 1]?.[x], { x1: x, y1: y + 1, x2: x + 1, y2: y + 1 });
    });
  });
  return { missedEnds, metBegins };
}

/** Path data in pixels. */
export function sidesPath(sides: readonly Side[], left: number, top: number, width: number, height: number): string {
  return sides
    .map(({ x1, y1, x2, y2 }) => `M${left + x1 * width},${top + y1 * height}L${left + x2 * width},${top + y2 * height}`)
    .join('');
}
