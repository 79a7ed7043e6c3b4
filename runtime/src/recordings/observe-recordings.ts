/** What a twin sees begin in recordings: they are held against the model as a replay does, without any figure or prediction. */
import type { ElementId, Model, SeenArrivals, Twin } from '@pollux/engine/model';
import { ArrivalBook, TwinSession } from '@pollux/engine/twin';
import { eventTime, inEventTime } from './in-event-time.ts';
import { matchingFiles } from './matching-files.ts';
import { type RecordedFile, Recording } from './read-recording.ts';

interface ObservedRecordings {
  readonly files: readonly RecordedFile[];
  /** By interaction. */
  readonly arrivals: ReadonlyMap<ElementId, SeenArrivals>;
}

interface ObserveOptions {
  /** Ends the reading; what was read until then counts. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (observations: number) => void;
}

/** `paths`: rejects with what the file system says where one cannot be opened. */
export async function observeRecordings(
  model: Model,
  twin: Twin,
  paths: readonly string[],
  { signal, onProgress }: ObserveOptions = {},
): Promise<ObservedRecordings> {
  const book = new ArrivalBook();
  const session = new TwinSession(model, twin.id, { onTrace: (outcome) => book.hear(outcome) });
  const recordings = paths.map((path) => new Recording(path, () => {}));
  let observations = 0;
  for await (const batch of inEventTime(recordings.map((recording) => recording.observations()))) {
    if (signal?.aborted === true) break;
    session.observe(batch);
    const last = batch.at(-1);
    if (last !== undefined) session.advance(eventTime(last));
    observations += batch.length;
    onProgress?.(observations);
  }
  session.close();
  return { files: recordings.map(({ read }) => read), arrivals: book.arrivals(twin) };
}

/** Those that the twin's text names, in the order of their names. */
export async function recordingsOfTwin(model: Model, { sources }: Twin): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const source of sources) {
    if (source.kind !== 'file') continue;
    const uri = source.place.uri.startsWith('file:') ? source.place.uri : model.uri;
    if (!uri.startsWith('file:')) continue;
    for (const path of await matchingFiles(uri, source.pattern)) found.add(path);
  }
  return [...found].sort();
}
