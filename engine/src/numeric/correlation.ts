/** How far two figures of the same runs go together: Pearson's coefficient, −1 … 1; 0 where one of them never differs. */
export function correlation(first: readonly number[], second: readonly number[]): number {
  const pairs = first.flatMap((one, at): [number, number][] => {
    const other = second[at] ?? Number.NaN;
    return Number.isFinite(one) && Number.isFinite(other) ? [[one, other]] : [];
  });
  const [a, b] = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side]!, 0) / pairs.length);
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (const [one, other] of pairs) {
    squaresA += (one - a!) * (one - a!);
    squaresB += (other - b!) * (other - b!);
    products += (one - a!) * (other - b!);
  }
  if (!(squaresA > 0 && squaresB > 0)) return 0;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresA * squaresB)));
}
