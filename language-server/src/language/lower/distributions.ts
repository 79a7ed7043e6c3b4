/** Distributions: parameters checked and turned into the form that the engine draws from. */
import { type Distribution, type Expression, isAssignable, type ValueType } from '@pollux/engine/model';
import { log, sqrt } from '@pollux/engine/numeric';
import * as ast from '../../generated/ast.ts';
import { distributions } from '../links/built-in-functions.ts';
import { evaluateConstant } from './constants.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerMixture } from './mixtures.ts';
import { isPrimitive, primitive, typeName, unknownType } from './value-types.ts';

/** z-value of the 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

export interface Drawn {
  readonly distribution: Distribution;
  readonly type: ValueType;
}

/** What laws draw that are of one type only. */
const typesOf: Readonly<Record<string, ValueType>> = { chance: primitive('Boolean'), zipf: primitive('Integer') };

/** A table of the weights is kept for each law. */
const MOST_RANKS = 1_000_000;

const unknown: Distribution = { kind: 'unknown' };

export function lowerDistribution(lowering: Lowering, call: ast.Call, expected?: ValueType): Drawn {
  if (nameOf(call) === 'mixture') return lowerMixture(lowering, call, expected);
  if (nameOf(call) === 'empirical') return lowerEmpirical(lowering, call, expected);
  return new DistributionCall(lowering, call, expected).lower();
}

function nameOf(call: ast.Call): string {
  return call.function?.$refText ?? '';
}

/** Whoever runs the model reads the file: lowering knows no files. */
function lowerEmpirical(lowering: Lowering, call: ast.Call, expected?: ValueType): Drawn {
  const file = call.arguments[0]?.value;
  if (call.arguments.length !== 1 || !ast.isStringLiteral(file)) {
    lowering.report(
      'wrong-arguments',
      placeOf(lowering, call),
      '`empirical` takes the path of one file: `empirical("latency.csv")`.',
    );
    return { distribution: unknown, type: expected ?? unknownType };
  }
  const isTime = expected?.kind === 'primitive' && expected.name === 'Duration';
  const distribution: Distribution = { kind: 'empirical', file: file.text, ...(isTime ? { isTime } : {}) };
  return { distribution, type: expected ?? unknownType };
}

class DistributionCall {
  private readonly lowering: Lowering;
  private readonly call: ast.Call;
  private readonly expected: ValueType | undefined;
  private type: ValueType = unknownType;
  private failed = false;

  constructor(lowering: Lowering, call: ast.Call, expected: ValueType | undefined) {
    this.lowering = lowering;
    this.call = call;
    this.expected = expected;
  }

  lower(): Drawn {
    const values = this.values();
    const type = typesOf[nameOf(this.call)] ?? this.type;
    if (values === undefined || values.includes(undefined)) return { distribution: unknown, type };
    const known = values as number[];
    const distribution = this.build(known) ?? unknown;
    return {
      distribution,
      type: isPrimitive(type, 'Integer') && nameOf(this.call) !== 'zipf' ? primitive('Real') : type,
    };
  }

  /** The parameters in order; undefined where a value is `?` or in error. */
  private values(): (number | undefined)[] | undefined {
    const declared = distributions[nameOf(this.call)]!;
    const given = this.call.arguments;
    const isNamed = given.some((argument) => argument.label !== undefined);
    const useNamed =
      isNamed && declared.named !== undefined && given.some((a) => declared.named?.includes(a.label?.$refText ?? ''));
    const wanted = useNamed ? (declared.named ?? []) : declared.parameters;
    const plain = wanted.map((name) => name.replace('#', ''));
    const wrong = given.find((argument) => argument.label !== undefined && !plain.includes(argument.label.$refText));
    if (
      given.length !== wanted.length ||
      wrong !== undefined ||
      given.some((argument) => argument.weight !== undefined)
    ) {
      const message = `\`${nameOf(this.call)}\` takes ${plain.length === 1 ? 'one value' : `${plain.length} values`}: \`${declared.signature}\`.`;
      this.lowering.report('wrong-arguments', placeOf(this.lowering, wrong ?? this.call), message);
      return undefined;
    }
    return wanted.map((name, index) => {
      const argument = given.find((candidate) => candidate.label?.$refText === name.replace('#', '')) ?? given[index];
      return this.value(argument as ast.FunctionArgument, name.startsWith('#'));
    });
  }

  private value(argument: ast.FunctionArgument, isPlain: boolean): number | undefined {
    const wanted = isPlain ? primitive('Real') : this.wanted();
    const expression = lowerExpression(this.lowering, argument.value, wanted);
    if (expression.kind === 'unknown') return undefined;
    if (!isPlain) this.agree(expression);
    const constant = evaluateConstant(expression);
    if (typeof constant === 'number') return constant;
    const message = `Parameters of \`${nameOf(this.call)}\` must be known before the run: write a number or a quantity.`;
    this.lowering.report('not-a-constant', placeOf(this.lowering, argument), message);
    return undefined;
  }

  private wanted(): ValueType | undefined {
    if (nameOf(this.call) === 'chance') return primitive('Percent');
    if (this.expected === undefined || this.expected.kind !== 'primitive') return undefined;
    return isPrimitive(this.expected, 'Integer') ? primitive('Real') : this.expected;
  }

  private agree(expression: Expression): void {
    if (this.type.kind === 'unknown') this.type = expression.type;
    else if (isAssignable(this.type, expression.type)) this.type = expression.type;
    else if (!isAssignable(expression.type, this.type)) {
      const message = `Here stands a ${typeName(expression.type)} beside a ${typeName(this.type)}; both must be of one kind.`;
      this.lowering.report('wrong-type', expression.place, message);
    }
  }

  private build(values: readonly number[]): Distribution | undefined {
    const [a = 0, b = 0, c = 0] = values;
    const named = this.call.arguments.some((argument) => argument.label?.$refText === 'median');
    switch (nameOf(this.call)) {
      case 'exp':
        return this.when(a > 0, 0, 'The mean must be above 0.', { kind: 'exponential', mean: a });
      case 'constant':
        return { kind: 'constant', value: a };
      case 'uniform':
        return this.when(a <= b, 1, 'The second bound must not lie below the first.', {
          kind: 'uniform',
          from: a,
          to: b,
        });
      case 'triangular':
        return this.when(a <= b && b <= c, 1, 'The mode must lie between the bounds.', {
          kind: 'triangular',
          from: a,
          mode: b,
          to: c,
        });
      case 'normal':
        return this.when(b >= 0, 1, 'The deviation must not be negative.', { kind: 'normal', mean: a, deviation: b });
      case 'lognormal':
        return named ? this.lognormalOfQuantiles(a, b) : this.lognormalOfMoments(a, b);
      case 'gamma':
      case 'erlang':
        return this.gamma(a, b);
      case 'weibull':
        return this.when(a > 0 && b > 0, 0, 'Shape and scale must be above 0.', {
          kind: 'weibull',
          shape: a,
          scale: b,
        });
      case 'pareto':
        return this.when(a > 0 && b > 0, 0, 'Alpha and minimum must be above 0.', {
          kind: 'pareto',
          alpha: a,
          minimum: b,
        });
      case 'zipf':
        return this.when(
          Number.isInteger(a) && a >= 1 && a <= MOST_RANKS && b >= 0,
          0,
          `Write a whole number from 1 to ${MOST_RANKS}, and an exponent from 0 on.`,
          { kind: 'zipf', ranks: a, exponent: b },
        );
      default:
        return this.when(a >= 0 && a <= 1, 0, 'A probability lies between 0 % and 100 %.', {
          kind: 'chance',
          probability: a,
        });
    }
  }

  private gamma(shape: number, mean: number): Distribution | undefined {
    if (nameOf(this.call) === 'erlang' && !Number.isInteger(shape)) {
      return this.when(false, 0, 'The number of phases must be a whole number; `gamma` takes any shape.', unknown);
    }
    return this.when(shape > 0 && mean > 0, 0, 'Shape and mean must be above 0.', { kind: 'gamma', shape, mean });
  }

  private lognormalOfQuantiles(median: number, p99: number): Distribution | undefined {
    const isOrdered = median > 0 && p99 > median;
    const mu = isOrdered ? log(median) : 0;
    const sigma = isOrdered ? (log(p99) - mu) / Z99 : 0;
    return this.when(isOrdered, 1, 'The 99th percentile must lie above the median, and both above 0.', {
      kind: 'lognormal',
      mu,
      sigma,
    });
  }

  private lognormalOfMoments(mean: number, deviation: number): Distribution | undefined {
    const isPossible = mean > 0 && deviation >= 0;
    const variance = isPossible ? log(1 + (deviation / mean) ** 2) : 0;
    const mu = isPossible ? log(mean) - variance / 2 : 0;
    return this.when(isPossible, 0, 'The mean must be above 0 and the deviation not negative.', {
      kind: 'lognormal',
      mu,
      sigma: sqrt(variance),
    });
  }

  /** The distribution if the condition holds; else a report at the parameter. */
  private when(holds: boolean, index: number, message: string, distribution: Distribution): Distribution | undefined {
    if (holds) return distribution;
    if (!this.failed) {
      this.failed = true;
      this.lowering.report('out-of-range', placeOfProperty(this.lowering, this.call, 'arguments', index), message);
    }
    return undefined;
  }
}
