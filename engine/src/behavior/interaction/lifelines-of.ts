/** Which lifelines something happens on: what critical regions and weak sequencing go by. */
import type { ElementId, Fragment, InteractionUse, Operand } from '../../model/index.ts';

interface LifelineLookup {
  indexOf(lifeline: ElementId): number | undefined;
  /** Those that what is referred to may touch. */
  ofUse(use: InteractionUse): readonly number[];
}

/** `owner` is the lifeline whose execution holds the operands: what is no message happens there. */
export function lifelinesOf(
  operands: readonly Operand[],
  owner: number | undefined,
  { indexOf, ofUse }: LifelineLookup,
): readonly number[] {
  const found = new Set<number>();
  const add = (lifeline: number | undefined): void => {
    if (lifeline !== undefined) found.add(lifeline);
  };
  const visit = (fragments: readonly Fragment[], at: number | undefined): void => {
    for (const fragment of fragments) {
      switch (fragment.kind) {
        case 'message': {
          const to = indexOf(fragment.to);
          add(indexOf(fragment.from));
          add(to);
          visit(fragment.execution, to);
          visit(fragment.fallback ?? [], at);
          break;
        }
        case 'create':
        case 'destroy':
          add(indexOf(fragment.lifeline));
          add(at);
          break;
        case 'action':
          add(at);
          if (fragment.action.kind === 'send' && fragment.action.target.kind === 'lifeline') {
            add(indexOf(fragment.action.target.lifeline));
          }
          break;
        case 'ref':
          add(at);
          ofUse(fragment).forEach(add);
          break;
        case 'work':
        case 'return':
        case 'invariant':
          add(at);
          break;
        case 'consumer':
          break;
        default:
          for (const { body } of fragment.operands) visit(body, at);
      }
    }
  };
  for (const { body } of operands) visit(body, owner);
  return [...found];
}
