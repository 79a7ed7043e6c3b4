/** The axes of a sweep: what is varied, and over which values. */
import type { Variation } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { contentOf } from './element-ids.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { type LoweredParameter, lowerParameter, lowerParameterValue } from './parameters.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

/** Each is a whole run with its replications. */
const MOST_COMBINATIONS = 100_000;

const examplesOf: Readonly<Record<string, string>> = { Percent: '10 %, 20 %', Rate: '100/s, 200/s' };

export function lowerVariations(lowering: Lowering, clauses: readonly ast.Vary[]): Variation[] {
  const nodes = clauses.flatMap(({ variations }) => variations);
  reportRepeatedClauses(lowering, nodes, ({ parameter }) => contentOf(parameter));
  const variations: Variation[] = [];
  let combinations = 1;
  for (const node of nodes) {
    const lowered = lowerParameter(lowering, node.parameter);
    const values = lowered === undefined ? [] : lowerValues(lowering, node, lowered);
    if (lowered === undefined || values.length === 0) continue;
    combinations *= values.length;
    if (combinations > MOST_COMBINATIONS) {
      const message = `With this there are ${combinations.toLocaleString('en')} combinations, each of them a whole run; ${MOST_COMBINATIONS.toLocaleString('en')} are the most. Vary fewer parameters, or fewer values of each.`;
      lowering.report('out-of-range', placeOf(lowering, node), message);
      break;
    }
    const { parameter } = lowered;
    variations.push({ ...elementOf(lowering, node, 'parameter'), kind: 'variation', parameter, values });
  }
  return variations;
}

function lowerValues(lowering: Lowering, node: ast.Variation, lowered: LoweredParameter): Variation['values'] {
  if (node.from === undefined || node.to === undefined) {
    reportRepeatedClauses(lowering, node.values, contentOf);
    return node.values
      .map((value) => lowerParameterValue(lowering, value, lowered.values))
      .filter((value) => value !== undefined);
  }
  const { least } = lowered.values;
  if (least === undefined) {
    const { type } = lowered.values;
    const examples = type.kind === 'primitive' ? examplesOf[type.name] : undefined;
    const message = `A range runs over whole numbers, and \`${lowered.parameter.name}\` is none. Write its values: \`in [${examples ?? '5 ms, 10 ms'}]\`.`;
    lowering.report('wrong-type', placeOf(lowering, node), message);
    return [];
  }
  const from = lowerCount(lowering, node, 'from', node.from, least, Number.NaN);
  const to = lowerCount(lowering, node, 'to', node.to, least, Number.NaN);
  if (from > to) {
    const message = `The range is empty: write \`${to}..${from}\`.`;
    lowering.report('out-of-range', placeOf(lowering, node), message);
  }
  const size = to - from + 1;
  if (!(size >= 1)) return [];
  return Array.from({ length: Math.min(size, MOST_COMBINATIONS + 1) }, (_, index) => from + index);
}
