/** What actions say that nobody does yet; it depends on who acts. */
import type { Action, Element, SendTarget } from '../../model/index.ts';
import { type NotExecutable, refused } from './entry.ts';

/** Who acts: what a simulation can send to from there depends on it. */
type Reach = 'machine' | 'interaction' | 'activity';

export function inActions(actions: readonly Action[], of: Pick<Element, 'id'>, reach: Reach): readonly NotExecutable[] {
  return actions.flatMap((action): readonly NotExecutable[] => {
    const where = { id: of.id, place: action.place };
    switch (action.kind) {
      case 'call': {
        if (reach === 'machine') return [{ ...refused('call', where, ofMachine), effect: 'left-out' }];
        const message =
          'A call within an action is not executed yet. In an interaction it can be written as a message.';
        return [{ ...refused('call', where, message), by: 'both' }];
      }
      case 'send':
        return isReached(action.target, reach) ? [] : [refused('send', where, targets[action.target.kind])];
      case 'if':
        return inActions([...action.then, ...action.otherwise], of, reach);
      case 'for':
      case 'while':
        return inActions(action.body, of, reach);
      default:
        return [];
    }
  });
}

const ofMachine =
  'A call by a machine is answered at once, as the operation `returns` it: it takes no time, no thread and no core of who is called. As a message of an interaction it does.';

/** What each can send to is in its own scope: the machine or invocation itself, the lifelines of an interaction. */
export function isReached(target: SendTarget, reach: Reach): boolean {
  if (target.kind === 'self') return reach !== 'interaction';
  return target.kind !== 'lifeline' || reach === 'interaction';
}

/** Of what cannot be reached. */
export const targets: Readonly<Record<SendTarget['kind'], string>> = {
  self: 'A signal of an interaction to itself is not simulated yet.',
  lifeline:
    'A signal of a machine to a lifeline is not simulated yet. In an interaction it can be written as a message.',
  sender: '',
  instance: '',
  component: '',
};
