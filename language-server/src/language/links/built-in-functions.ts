/** The functions and distributions of the language, declared once: checks, completion and hover derive from this table. */

interface DistributionDeclaration {
  readonly signature: string;
  readonly meaning: string;
  /** Names of the parameters by position; a `#` in front marks a plain number, else a value of the kind that is drawn. */
  readonly parameters: readonly string[];
  /** Another set of parameters, which must be named. */
  readonly named?: readonly string[];
}

export const distributions: Readonly<Record<string, DistributionDeclaration>> = {
  exp: { signature: 'exp(mean)', meaning: 'Exponential distribution.', parameters: ['mean'] },
  constant: { signature: 'constant(x)', meaning: 'Always the same value.', parameters: ['x'] },
  uniform: { signature: 'uniform(a, b)', meaning: 'Every value between a and b alike.', parameters: ['a', 'b'] },
  triangular: {
    signature: 'triangular(a, mode, b)',
    meaning: 'Triangular distribution.',
    parameters: ['a', 'mode', 'b'],
  },
  normal: {
    signature: 'normal(mean, sd)',
    meaning: 'Normal distribution; truncated at 0 for times.',
    parameters: ['mean', 'sd'],
  },
  lognormal: {
    signature: 'lognormal(median: m, p99: q)',
    meaning: 'Log-normal distribution, by its median and 99th percentile, or by mean and standard deviation.',
    parameters: ['mean', 'sd'],
    named: ['median', 'p99'],
  },
  gamma: { signature: 'gamma(shape, mean)', meaning: 'Gamma distribution.', parameters: ['#shape', 'mean'] },
  erlang: {
    signature: 'erlang(k, mean)',
    meaning: 'Erlang distribution: the sum of k exponential phases.',
    parameters: ['#k', 'mean'],
  },
  weibull: { signature: 'weibull(shape, scale)', meaning: 'Weibull distribution.', parameters: ['#shape', 'scale'] },
  pareto: {
    signature: 'pareto(alpha, min)',
    meaning: 'Pareto distribution: heavy tail above min.',
    parameters: ['#alpha', 'min'],
  },
  zipf: {
    signature: 'zipf(n, s)',
    meaning: 'Popularity: a whole number from 1 to n, k with a weight of 1/k^s.',
    parameters: ['#n', '#s'],
  },
  chance: { signature: 'chance(96 %)', meaning: 'True with that probability.', parameters: ['probability'] },
  mixture: {
    signature: 'mixture(90 %: x, 10 %: y)',
    meaning: 'One of several values or distributions, by weight.',
    parameters: [],
  },
  empirical: { signature: 'empirical("file.csv")', meaning: 'Values measured before.', parameters: ['file'] },
};

interface FunctionDeclaration {
  readonly signature: string;
  readonly meaning: string;
}

export const functions: Readonly<Record<string, FunctionDeclaration>> = {
  min: { signature: 'min(a, b, …)', meaning: 'The smallest.' },
  max: { signature: 'max(a, b, …)', meaning: 'The largest.' },
  abs: { signature: 'abs(x)', meaning: 'Without its sign.' },
  floor: { signature: 'floor(x)', meaning: 'The next whole number below.' },
  ceil: { signature: 'ceil(x)', meaning: 'The next whole number above.' },
  round: { signature: 'round(x)', meaning: 'The nearest whole number.' },
  in: { signature: 'in(State)', meaning: 'Is the machine in that state?' },
  attribute: {
    signature: 'attribute("key")',
    meaning: 'An attribute of the observed span or log record (twins only).',
  },
};
