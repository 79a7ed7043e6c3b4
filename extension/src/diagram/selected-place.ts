/**
 * What a click on an element selects in the text: all of it where it stands on one line, else what names it.
 * Knows nothing of editors.
 */
import type { Element, Place } from '@pollux/engine/model';

export function selectedPlace(element: Element): Place {
  const { place, label } = element;
  return place.start.line === place.end.line ? place : label;
}
