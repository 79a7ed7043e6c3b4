/** Finds names that were probably meant. Pure text. */

/** The candidates nearest to `name`, best first; none where all are too far. */
export function nearNames(name: string, candidates: Iterable<string>, limit = 2): string[] {
  const tolerance = name.length < 2 ? 0 : Math.max(1, Math.floor(name.length / 3));
  const near: { name: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - name.length) > tolerance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= tolerance) near.push({ name: candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, limit).map((entry) => entry.name);
}

/** ` Did you mean \`x\`?`, or nothing. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearNames(name, candidates);
  return near.length === 0 ? '' : ` Did you mean ${near.map((entry) => `\`${entry}\``).join(' or ')}?`;
}

/** Damerau–Levenshtein distance with adjacent transpositions. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
