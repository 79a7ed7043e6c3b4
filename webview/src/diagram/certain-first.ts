/** Which message creates the instance of a lifeline. Knows the order of the text only. */
import type { CombinedFragment, ElementId, Fragment } from '@pollux/engine/model';

/** The first message to the lifeline, where no choice decides whether it is sent; else null. */
export function certainFirst(fragments: readonly Fragment[], lifeline: ElementId): ElementId | null | undefined {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      if (fragment.to === lifeline) return fragment.id;
      const inside = certainFirst(fragment.execution, lifeline);
      if (inside !== undefined) return inside;
      // Nobody knows beforehand whether a call fails.
      if (certainFirst(fragment.fallback ?? [], lifeline) !== undefined) return null;
    } else if (fragment.kind === 'create') {
      if (fragment.lifeline === lifeline) return fragment.id;
    } else if (fragment.kind === 'consumer') {
      const inside = certainFirst(fragment.execution, lifeline);
      if (inside !== undefined) return inside;
    } else if ('operands' in fragment) {
      const found = fragment.operands
        .map((operand) => certainFirst(operand.body, lifeline))
        .filter((each) => each !== undefined);
      if (found.length === 0) continue;
      if (isCertain(fragment.kind)) return found[0];
      return fragment.kind === 'par' && found.length === 1 ? found[0] : null;
    }
  }
  return undefined;
}

/** Whatever happens, its operands happen one after the other. */
function isCertain(kind: CombinedFragment['kind']): boolean {
  return ['critical', 'strict', 'assert', 'ignore', 'consider'].includes(kind);
}
