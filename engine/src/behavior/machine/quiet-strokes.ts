/**
 * Which strokes of a program nobody can tell apart from what happens beside them: nothing is said, changed or completed. Their
 * order in an orthogonal region is then no choice that has to be tried.
 */
import type { Action, Expression } from '../../model/index.ts';
import { type CompiledMachine, flag, type MachineCode, op } from './compiled-machine.ts';

export function quietStrokes(
  compiled: CompiledMachine,
  code: MachineCode,
): (stroke: number, operand: number) => boolean {
  if (asksWhereItIs(compiled)) return () => false;
  const { flags } = compiled;
  const heard = flag.final | flag.completes | flag.watches;
  return (stroke, operand) => {
    if (stroke === op.enter) return code.entries[operand] === null && (flags[operand]! & heard) === 0;
    if (stroke === op.exit)
      return code.exits[operand] === null && (flags[operand]! & (flag.watches | flag.defers)) === 0;
    return stroke === op.effect && code.effects[operand] === null;
  };
}

/** `in(State)` anywhere makes every entry and exit matter. */
function asksWhereItIs({ machine }: CompiledMachine): boolean {
  return mentions(machine, 'in');
}

/** Whether an expression of that kind stands anywhere in a part of a model. */
export function mentions(part: unknown, kind: (Expression | Action)['kind']): boolean {
  const open: unknown[] = [part];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if ('kind' in value && value.kind === kind) return true;
    for (const inner of Object.values(value)) if (typeof inner === 'object') open.push(inner);
  }
  return false;
}
