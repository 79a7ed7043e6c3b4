/** Where a rising condition turns false, to the last bit that bisection can tell. */
export function bisect(from: number, to: number, below: (x: number) => boolean): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
