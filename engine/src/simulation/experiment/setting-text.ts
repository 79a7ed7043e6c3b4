/** Parameters and their values in the notation of the language: `Orders.replicas = 6`, `app.cores`, `lognormal(…)`. */
import { durationText } from '../../expressions/index.ts';
import type { Distribution, Value } from '../../model/index.ts';
import { durationMeanOf, exp, formatShare, isDistribution } from '../../numeric/index.ts';
import { parameterText } from '../parameter-text.ts';
import { type ParameterUnit, unitOf } from '../parameter-units.ts';
import type { Settable, SettableName, Setting } from './setting.ts';

export function settableText({ element, name }: Settable): string {
  return parameterText(element, name);
}

/** `Orders.replicas = 6`, `Orders.create.takes × 0.9`. */
export function settingText(setting: Setting): string {
  return setting.factor === undefined
    ? `${settableText(setting)} = ${settingValueText(setting.name, setting.value)}`
    : `${settableText(setting)} × ${rounded(setting.factor)}`;
}

/** A value in the unit of the parameter, as the text of a model has it. */
export function settingValueText(name: SettableName, value: Value | Distribution): string {
  if (isDistribution(value)) return lawText(value);
  if (typeof value !== 'number') return String(value);
  switch (unitOfSettable(name)) {
    case 'time':
      return time(value);
    case 'share':
      return `${rounded(value * 100)} %`;
    case 'rate':
      return `${rounded(value)}/s`;
    case 'count':
      return String(rounded(value));
  }
}

function unitOfSettable(name: SettableName): ParameterUnit {
  if (name === 'warmup') return 'time';
  if (name === 'rate') return 'rate';
  return name === 'users' ? 'count' : unitOf(name);
}

/** With the parameters that its text has; a lognormal law by its median and mean. */
function lawText(law: Distribution): string {
  switch (law.kind) {
    case 'constant':
      return time(law.value);
    case 'exponential':
      return `exp(${time(law.mean)})`;
    case 'uniform':
      return `uniform(${time(law.from)}, ${time(law.to)})`;
    case 'triangular':
      return `triangular(${time(law.from)}, ${time(law.mode)}, ${time(law.to)})`;
    case 'normal':
      return `normal(${time(law.mean)}, ${time(law.deviation)})`;
    case 'lognormal':
      return `lognormal(median: ${time(exp(law.mu))}, mean: ${time(durationMeanOf(law))})`;
    case 'gamma':
      return `gamma(${rounded(law.shape)}, ${time(law.mean)})`;
    case 'weibull':
      return `weibull(${rounded(law.shape)}, ${time(law.scale)})`;
    case 'pareto':
      return `pareto(${rounded(law.alpha)}, ${time(law.minimum)})`;
    case 'zipf':
      return `zipf(${law.ranks}, ${rounded(law.exponent)})`;
    case 'chance':
      return `chance(${formatShare(law.probability)})`;
    case 'mixture':
      return `mixture of ${law.parts.length}`;
    case 'empirical':
      return `empirical("${law.file}")`;
    case 'unknown':
      return '?';
  }
}

function time(microseconds: number): string {
  return durationText(rounded(microseconds));
}

/** Six digits: what a factor leaves behind beyond them nobody wants to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
