/** Short names of elements, as the text writes them at the place where they are used. */
import { type ElementId, indexElements, type Model } from '@pollux/engine/model';

export type NameOf = (id: ElementId) => string;

export function namesOf(model: Model): NameOf {
  const index = indexElements(model);
  return (id) => index.get(id)?.name || lastPart(id);
}

function lastPart(id: ElementId): string {
  const cut = id.lastIndexOf('.');
  return cut < 0 ? id : id.slice(cut + 1);
}
