/** What work costs in time: a number, a law with its own random source, or an expression. Knows nothing of who works. */
import { compileDuration, type Scope } from '../../expressions/index.ts';
import type { Expression } from '../../model/index.ts';
import { durationFiller } from '../../numeric/index.ts';
import type { Cost } from './program.ts';

/** `scope` is asked for only where an expression has to be evaluated each time. */
export function costOf(expression: Expression, source: string, scope: () => Scope): Cost {
  if (expression.kind === 'literal' && typeof expression.value === 'number') {
    return { kind: 'constant', value: Math.max(0, expression.value) };
  }
  if (expression.kind === 'draw') {
    const { distribution } = expression;
    if (distribution.kind === 'constant') return { kind: 'constant', value: Math.max(0, distribution.value) };
    return { kind: 'law', fill: durationFiller(distribution), source };
  }
  return { kind: 'expression', evaluate: compileDuration(expression, scope()) };
}
