/** What a sequence of steps holds, and what that means for whoever generates it. Knows nothing of instructions. */
import type { CompiledMessage, GroupStep, Sequence, Step, WorkStep } from './compiled-interaction.ts';

/** Whether an execution of an operation may follow. */
export function isCall({ sort }: CompiledMessage): boolean {
  return sort === 'synchronous-call' || sort === 'asynchronous-call' || sort === 'found';
}

export function hasSynchronousCall(steps: Sequence): boolean {
  return steps.some((step) =>
    step.kind === 'message'
      ? step.message.sort === 'synchronous-call'
      : bodiesOf(step).some((body) => hasSynchronousCall(body)),
  );
}

/** What is done at its place in an execution itself, not in those nested in it. */
export function placedWork(steps: Sequence, found = new Set<WorkStep['sort']>()): ReadonlySet<WorkStep['sort']> {
  for (const step of steps) {
    if (step.kind === 'work') found.add(step.sort);
    for (const body of bodiesOf(step)) placedWork(body, found);
  }
  return found;
}

/** The critical regions anywhere inside. */
export function criticalIn(steps: Sequence): readonly GroupStep[] {
  return steps.flatMap((step): readonly GroupStep[] => {
    const inside = bodiesOf(step).flatMap(criticalIn);
    if (step.kind === 'message') {
      return [...criticalIn(step.message.execution), ...criticalIn(step.message.fallback ?? [])];
    }
    return step.kind === 'group' && step.critical !== undefined ? [step, ...inside] : inside;
  });
}

/** What happens on the same execution as the step. */
function bodiesOf(step: Step): readonly Sequence[] {
  if ('operands' in step) return step.operands.map(({ body }) => body);
  if ('operand' in step) return [step.operand.body];
  return step.kind === 'use' ? [step.body] : [];
}
