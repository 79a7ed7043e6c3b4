/** What a person or a script lets happen to a machine. */
import type { Fragment } from '@pollux/language-server/protocol';
import type { FragmentEvaluator } from './fragment-evaluator.ts';
import type { Happening, Moment } from './moment.ts';

/** A step as something that happens, with its values as of now. */
export function happeningOf(
  fragment: Fragment,
  evaluator: FragmentEvaluator,
  moment: Moment,
): Happening | { readonly problem: string } {
  switch (fragment.kind) {
    case 'send':
    case 'call': {
      const element = fragment.kind === 'send' ? fragment.signal : fragment.operation;
      const values = evaluator.argumentsOf(element, fragment.arguments, moment);
      return 'message' in values ? { problem: values.message } : { kind: 'event', element, values };
    }
    case 'after': {
      const result = evaluator.evaluate(fragment.delay, moment);
      if ('problem' in result) return { problem: result.problem.message };
      return typeof result.value === 'number' && result.value >= 0
        ? { kind: 'after', delay: result.value }
        : { problem: 'Time does not pass backwards.' };
    }
    case 'given':
      return {
        problem:
          'Say what an operation answers before it begins, in a test of the machine: `given Bank.fee returns 7`.',
      };
    case 'test':
    case 'expression':
      return { problem: 'A step is needed: `send Pay(ok: true)`, `call close()` or `after 5 s`.' };
  }
}
