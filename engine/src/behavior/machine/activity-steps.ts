/**
 * What a do-activity does, in the pieces between which something else may happen: one for each action and each decision
 * of an `if`. A loop is one piece with all its turns.
 */
import {
  type Behaviour,
  compileActions,
  compileCondition,
  type Frame,
  mayReturn,
  type Scope,
} from '../../expressions/index.ts';
import type { Action } from '../../model/index.ts';

/** Does a piece and says which is next; -1 behind the last. */
export type ActivityStep = (frame: Frame) => number;

/** Begins with piece 0. Null where there are no two pieces. `kept`: what becomes of the reply that a piece may give. */
export function activitySteps(
  actions: readonly Action[],
  scope: Scope,
  kept: (run: Behaviour | null, mayReply: boolean) => Behaviour | null,
): readonly ActivityStep[] | null {
  // From the last to the first: each knows the place of the one behind it.
  const steps: ((at: (place: number) => number) => ActivityStep)[] = [];
  function add(list: readonly Action[], behind: number): number {
    return list.reduceRight((next, action) => {
      if (action.kind === 'if') {
        const otherwise = add(action.otherwise, next);
        const then = add(action.then, next);
        const condition = compileCondition(action.condition, scope);
        return steps.push((at) => (frame) => at(condition(frame) ? then : otherwise)) - 1;
      }
      const ends = mayReturn(action);
      const run = kept(compileActions([action], scope), ends);
      return (
        steps.push((at) => (frame) => {
          run?.(frame);
          return ends && frame.returned ? -1 : at(next);
        }) - 1
      );
    }, behind);
  }
  add(actions, -1);
  if (steps.length < 2) return null;
  const last = steps.length - 1;
  const at = (place: number): number => (place < 0 ? -1 : last - place);
  return steps.reverse().map((step) => step(at));
}
