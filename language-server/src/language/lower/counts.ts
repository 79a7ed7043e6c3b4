/** Whole numbers with a range. */
import type { AstNode } from 'langium';
import { type Lowering, placeOfProperty } from './lowering.ts';

/** Reads the property's number; reports one that is not whole or lies below the least. */
export function lowerCount(
  lowering: Lowering,
  node: AstNode,
  property: string,
  text: string | undefined,
  least: number,
  otherwise: number,
): number {
  if (text === undefined || text === '') return otherwise;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= least) return count;
  lowering.report(
    'out-of-range',
    placeOfProperty(lowering, node, property),
    `Write a whole number from ${least} on; here stands ${text}.`,
  );
  return otherwise;
}
