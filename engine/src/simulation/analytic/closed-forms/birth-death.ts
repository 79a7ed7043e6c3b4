/** The steady state of a chain that goes one up or one down: the ground of the queues with limits or impatience. */

/**
 * Probabilities of 0 … `most`: `p(n) = p(n-1) birth(n-1) / death(n)`, scaled on the way so that nothing overflows. With `most`
 * Infinity it ends where what is left cannot be told from nothing. Exact but for that.
 * Source: L. Kleinrock, Queueing Systems I, 1975, section 3.1.
 */
export function steadyState(birth: (n: number) => number, death: (n: number) => number, most: number): number[] {
  const weights = [1];
  let sum = 1;
  for (let n = 1; n <= most; n++) {
    let weight = ((weights[n - 1] ?? 0) * birth(n - 1)) / death(n);
    if (weight > 1e200) {
      for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) / weight;
      sum /= weight;
      weight = 1;
    }
    weights.push(weight);
    sum += weight;
    const isFalling = birth(n) < death(n + 1);
    if (most === Number.POSITIVE_INFINITY && isFalling && weight < sum * 1e-18) break;
    if (n >= MOST_STATES) break;
  }
  return weights.map((weight) => weight / sum);
}

const MOST_STATES = 5_000_000;
