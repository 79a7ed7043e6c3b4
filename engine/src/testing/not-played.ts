/** What a behaviour says that no test can run yet. What a caller does about trouble is not among it: tests do that. */
import type { Activity, Interaction, Model, Place } from '../model/index.ts';
import { actionsOf, inActivity, type NotExecutable, notExecutable } from '../simulation/index.ts';

const unplayed: ReadonlySet<string> = new Set(['neg', 'assert', 'ignore', 'consider', 'ref', 'empirical']);

export function notPlayed(model: Model, { place }: Interaction): readonly NotExecutable[] {
  return notExecutable(model).filter(
    (entry) => entry.effect === 'refused' && unplayed.has(entry.construct) && isWithin(entry.place, place),
  );
}

/** What one of its actions does that takes more than one invocation, or another behaviour. */
export function notPlayedIn(
  model: Model,
  activity: Activity,
): readonly { readonly place: Place; readonly message: string }[] {
  const unread = inActivity(activity).filter(({ construct }) => construct === 'empirical' || construct === 'call');
  const further = actionsOf(activity).flatMap(({ name, place, batch, work }) => {
    if (batch !== undefined) {
      return [
        {
          place,
          message: `${name} gathers several invocations into a batch, but a test has one: it cannot be run yet.`,
        },
      ];
    }
    const isOther = work.kind === 'invoke' && model.activities.every(({ id }) => id !== work.behaviour);
    return isOther
      ? [{ place, message: `${name} does a behaviour that is no activity: a test of it cannot be run yet.` }]
      : [];
  });
  return [...unread, ...further];
}

function isWithin(inner: Place, outer: Place): boolean {
  if (inner.uri !== outer.uri) return false;
  const { line } = inner.start;
  return line > outer.start.line || (line === outer.start.line && inner.start.character >= outer.start.character)
    ? line < outer.end.line || (line === outer.end.line && inner.start.character < outer.end.character)
    : false;
}
