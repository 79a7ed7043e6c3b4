/** Groups in the order of the text, so that Tab goes through a diagram as one reads its source. */
import { type ElementId, indexElements, type Model, type Position } from '@pollux/engine/model';
import type { Scene } from './mark.ts';

export function inTextOrder(scene: Scene, model: Model): Scene {
  const index = indexElements(model);
  const startOf = (element: ElementId | null): Position | undefined =>
    element === null ? undefined : index.get(element)?.place.start;
  const groups = scene.groups
    .map((group) => ({ group, start: startOf(group.element) }))
    .toSorted((a, b) => compare(a.start, b.start))
    .map(({ group }) => group);
  return { ...scene, groups };
}

/** What stands nowhere in the text comes first, as it was. */
function compare(a: Position | undefined, b: Position | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return a.line - b.line || a.character - b.character;
}
