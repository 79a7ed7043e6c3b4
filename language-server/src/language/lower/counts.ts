/** Whole numbers with a range. */
import type { AstNode } from 'langium';
import { type Lowering, placeOfProperty } from './lowering.ts';

/** Reads the property's number; reports one that is not whole, or lies below the least or above the most. */
export function lowerCount(
  lowering: Lowering,
  node: AstNode,
  property: string,
  text: string | undefined,
  least: number,
  otherwise: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (text === undefined || text === '') return otherwise;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= least && count <= most) return count;
  lowering.report(
    'out-of-range',
    placeOfProperty(lowering, node, property),
    count > most
      ? `Write a whole number from ${least} to ${most}; here stands ${text}.`
      : `Write a whole number from ${least} on; here stands ${text}.`,
  );
  return otherwise;
}
