/** What an interaction says that no test can run yet. What a caller does about trouble is not among it: tests do that. */
import type { Interaction, Model, Place } from '../model/index.ts';
import { type NotExecutable, notExecutable } from '../simulation/index.ts';

const unplayed: ReadonlySet<string> = new Set(['neg', 'assert', 'ignore', 'consider', 'ref', 'empirical']);

export function notPlayed(model: Model, { place }: Interaction): readonly NotExecutable[] {
  return notExecutable(model).filter(
    (entry) => entry.effect === 'refused' && unplayed.has(entry.construct) && isWithin(entry.place, place),
  );
}

function isWithin(inner: Place, outer: Place): boolean {
  if (inner.uri !== outer.uri) return false;
  const { line } = inner.start;
  return line > outer.start.line || (line === outer.start.line && inner.start.character >= outer.start.character)
    ? line < outer.end.line || (line === outer.end.line && inner.start.character < outer.end.character)
    : false;
}
