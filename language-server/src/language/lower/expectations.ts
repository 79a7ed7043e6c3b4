/** Expectations: measures of elements, each held against a bound or against the simulation, within its window. */
import type { Expectation } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { contentOf } from './element-ids.ts';
import { lowerKnownTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerComparison } from './measures.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

/** One for each comparison; those that cannot be judged are reported and left out. */
export function lowerExpectations(lowering: Lowering, node: ast.Expectation, inTwin: boolean): Expectation[] {
  const window = lowerWindow(lowering, node, inTwin);
  reportRepeatedClauses(lowering, node.comparisons, contentOf);
  return node.comparisons.flatMap((comparison, index) => {
    const lowered = lowerComparison(lowering, comparison);
    if (lowered?.demand.kind === 'simulation' && !inTwin) {
      const message = 'Only a twin compares with simulation; a scenario is one. Give a bound: `< 300 ms`.';
      lowering.report('wrong-measure', placeOf(lowering, comparison), message);
      return [];
    }
    if (lowered === undefined) return [];
    return [
      {
        ...partOf(lowering, node, comparison, index),
        kind: 'expectation',
        ...lowered,
        ...window,
        text: textOf(node, comparison),
      },
    ];
  });
}

/** The first comparison stands for the whole; each further one is an element of its own under the same name. */
function partOf(lowering: Lowering, node: ast.Expectation, comparison: ast.Comparison, index: number) {
  const name = node.name ?? '';
  const label =
    index === 0 && node.name !== undefined
      ? placeOfProperty(lowering, node, 'name')
      : placeOf(lowering, comparison.measure);
  return { ...elementOf(lowering, index === 0 ? node : comparison), name, label };
}

function textOf(node: ast.Expectation, comparison: ast.Comparison): string {
  const window = contentOf(node.window);
  return `${contentOf(comparison)}${window === '' ? '' : ` ${window}`}`;
}

function lowerWindow(
  lowering: Lowering,
  { window }: ast.Expectation,
  inTwin: boolean,
): Pick<Expectation, 'over' | 'inEvery'> {
  if (window === undefined) return {};
  if (window.over !== undefined) {
    const over = lowerKnownTime(lowering, window.over);
    if (!inTwin) {
      const message = '`over` is the sliding window of a twin. A scenario judges its whole run, or `in every 1 min`.';
      lowering.report('wrong-measure', placeOfKeyword(lowering, window, 'over'), message);
      return {};
    }
    return over === undefined ? {} : { over };
  }
  const every = window.every === undefined ? undefined : lowerKnownTime(lowering, window.every);
  if (inTwin) {
    const message = 'A twin judges a sliding window: write `over 5 min`.';
    lowering.report('wrong-measure', placeOf(lowering, window), message);
    return {};
  }
  return every === undefined ? {} : { inEvery: every };
}
