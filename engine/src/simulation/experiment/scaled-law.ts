/** A law all of whose values are so many times as large: the same shape on another scale. */
import type { Distribution, Expression } from '../../model/index.ts';
import { isDistribution, log } from '../../numeric/index.ts';

export function scaledLaw(law: Distribution, factor: number): Distribution {
  switch (law.kind) {
    case 'constant':
      return { ...law, value: law.value * factor };
    case 'exponential':
      return { ...law, mean: law.mean * factor };
    case 'uniform':
      return { ...law, from: law.from * factor, to: law.to * factor };
    case 'triangular':
      return { ...law, from: law.from * factor, mode: law.mode * factor, to: law.to * factor };
    case 'normal':
      return { ...law, mean: law.mean * factor, deviation: law.deviation * factor };
    case 'lognormal':
      return factor > 0 ? { ...law, mu: law.mu + log(factor) } : { kind: 'constant', value: 0 };
    case 'gamma':
      return { ...law, mean: law.mean * factor };
    case 'weibull':
      return { ...law, scale: law.scale * factor };
    case 'pareto':
      return { ...law, minimum: law.minimum * factor };
    case 'mixture':
      return {
        ...law,
        parts: law.parts.map(({ weight, value }) => ({
          weight,
          value: isDistribution(value) ? scaledLaw(value, factor) : typeof value === 'number' ? value * factor : value,
        })),
      };
    case 'empirical':
      return law.values === undefined ? law : { ...law, values: law.values.map((value) => value * factor) };
    case 'chance':
    case 'zipf':
    case 'unknown':
      return law;
  }
}

/** A time of the model, so many times as long; where it is worked out in the run, it is multiplied there. */
export function scaledTime(time: Expression, factor: number): Expression {
  if (time.kind === 'unknown') return time;
  if (time.kind === 'literal' && typeof time.value === 'number') return { ...time, value: time.value * factor };
  if (time.kind === 'draw') return { ...time, distribution: scaledLaw(time.distribution, factor) };
  const { type, place } = time;
  const times: Expression = { kind: 'literal', value: factor, type: { kind: 'primitive', name: 'Real' }, place };
  return { kind: 'binary', operator: '*', left: time, right: times, type, place };
}
