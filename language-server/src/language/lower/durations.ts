/** Duration constraints: `within [min ..] max [for share]`. UML 2.5.1, 8.5. */
import type { Message } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { aboveZero, fromZero, lowerKnownTime, lowerShare, someShare } from './known-quantities.ts';
import { type Lowering, placeOf } from './lowering.ts';

export function lowerWithin(lowering: Lowering, node: ast.Within | undefined): Message['within'] {
  if (node === undefined) return undefined;
  const hasBoth = node.second !== undefined;
  const first = lowerKnownTime(lowering, node.first, hasBoth ? fromZero : aboveZero);
  const second = lowerKnownTime(lowering, node.second);
  const share = lowerShare(lowering, node.share, someShare);
  if (first === undefined || (hasBoth && second === undefined)) return undefined;
  const part = share === undefined ? {} : { share };
  if (second === undefined) return { maximum: first, ...part };
  if (second < first) {
    lowering.report('out-of-range', placeOf(lowering, node), 'The upper bound lies below the lower one. Swap them.');
  }
  return { minimum: first, maximum: second, ...part };
}
