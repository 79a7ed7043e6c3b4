/** What a model says without where it says it: two texts that differ in blanks and comments mean the same. */
import type { Model } from '@pollux/engine/model';

const elsewhere = new Set(['place', 'label', 'documentation']);

export function meaningOf(model: Model): string {
  return JSON.stringify(model, (key, value) => (elsewhere.has(key) ? undefined : value));
}
