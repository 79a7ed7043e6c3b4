/** Goes to an element's text: from the diagram, the results and the list of divergences. */
import type { ElementId } from '@pollux/engine/model';
import { selectedPlace } from './diagram/selected-place.ts';
import { locate } from './editing/model-store.ts';
import type { Models } from './editing/server-models.ts';
import { rangeOf, revealRange } from './place.ts';

/** Answers whether the model has it. */
export async function revealElement(models: Models, uri: string, element: ElementId): Promise<boolean> {
  const entry = models.store.get(uri) ?? (await models.store.pull(uri));
  const found = entry === null ? undefined : locate(entry, element);
  if (found === undefined) return false;
  const place = selectedPlace(found);
  await revealRange(place.uri, rangeOf(place), false);
  return true;
}
