/** All that a run needs from outside the text: recorded values and arrivals, and what was observed. */
import type { Model } from '@pollux/engine/model';
import { type AskAttached, readObserved } from './read-observed.ts';
import { readRecordings } from './read-recordings.ts';

/** What cannot be read says so in the model, and keeps it from running. */
export async function readForRun(model: Model, attached?: AskAttached): Promise<Model> {
  return readObserved(await readRecordings(model), attached);
}
