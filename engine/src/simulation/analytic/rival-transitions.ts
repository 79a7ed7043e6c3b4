/** Two transitions that one message may trigger: whether their guards can both hold, as far as the text alone tells. */
import type { Expression, Transition } from '../../model/index.ts';

export function isSameMessage(a: Transition, b: Transition): boolean {
  const own = signaturesOf(a);
  return signaturesOf(b).some((signature) => own.includes(signature));
}

function signaturesOf({ trigger }: Transition): readonly string[] {
  if (trigger.kind === 'signal') return trigger.signals;
  return trigger.kind === 'call' ? [trigger.operation] : [];
}

const opposites: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** `[ok]` and `[not ok]`, `[n > 3]` and `[n <= 3]`. */
export function areOpposite(a: Transition, b: Transition): boolean {
  if (a.guard === undefined || b.guard === undefined) return false;
  const [first, second] = [written(a.guard, a), written(b.guard, b)];
  return first === negated(b.guard, b) || second === negated(a.guard, a);
}

function negated(guard: Expression, of: Transition): string | undefined {
  if (guard.kind === 'unary' && guard.operator === 'not') return written(guard.operand, of);
  const opposite = guard.kind === 'binary' ? opposites[guard.operator] : undefined;
  return opposite === undefined ? undefined : written({ ...guard, operator: opposite } as Expression, of);
}

/** Names that a trigger binds are told by their position. */
function written(guard: Expression, { trigger }: Transition): string {
  const bindings = 'bindings' in trigger ? trigger.bindings.map(({ id }) => id) : [];
  return JSON.stringify(guard, (key, value) => {
    if (key === 'place' || key === 'type') return undefined;
    return key === 'variable' && bindings.includes(value) ? bindings.indexOf(value) : value;
  });
}
