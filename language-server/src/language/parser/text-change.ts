/** What lies between two versions of a text: one stretch. Pure text. */

export interface TextChange {
  readonly at: number;
  readonly removed: number;
  readonly inserted: number;
}

/** The shortest stretch that, replaced, makes the old text the new one. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  const at = sameLength(shorter, (length) => before.startsWith(after.slice(0, length)));
  const end = sameLength(shorter - at, (length) => before.endsWith(after.slice(after.length - length)));
  return { at, removed: before.length - at - end, inserted: after.length - at - end };
}

/** The greatest length for which the test holds; it holds for all lengths below. */
function sameLength(most: number, isSame: (length: number) => boolean): number {
  let holds = 0;
  let fails = most + 1;
  while (fails - holds > 1) {
    const middle = (holds + fails) >>> 1;
    if (isSame(middle)) holds = middle;
    else fails = middle;
  }
  return holds;
}
