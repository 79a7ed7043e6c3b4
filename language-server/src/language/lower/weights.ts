/** Weights of branches and of parts: percentages. */
import type { AstNode } from 'langium';
import { readQuantity } from '../quantities/units.ts';
import { type Lowering, placeOfProperty } from './lowering.ts';

/** The fraction that the `weight` of a node stands for; undefined where none is written or it is no percentage. */
export function lowerWeight(lowering: Lowering, node: AstNode, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const quantity = readQuantity(text);
  const place = placeOfProperty(lowering, node, 'weight');
  if (quantity.kind === 'unknown-unit' || quantity.dimension !== 'Percent') {
    lowering.report('wrong-type', place, `A weight is a percentage, such as \`10 %\`; \`${text}\` is not.`);
    return undefined;
  }
  if (quantity.value > 1) {
    lowering.report('out-of-range', place, `A weight is at most 100 %; here stands ${text}.`);
    return undefined;
  }
  return quantity.value;
}
