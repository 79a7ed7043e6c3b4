/**
 * A model with what its twins observed, where scenarios ask for it: what was frozen beside the model, else what an attached twin saw, else
 * the recordings that the twin names. Knows nothing of how arrivals are simulated.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElementId, Model, SeenArrivals, Twin } from '@pollux/engine/model';
import { observers, withObserved } from '@pollux/engine/simulation';
import { readFrozen } from './frozen.ts';
import { observeRecordings, recordingsOfTwin } from './observe-recordings.ts';

/** What a twin that is attached has seen so far; null where it is not the one. */
export type AskAttached = (twin: Twin) => Promise<ReadonlyMap<ElementId, SeenArrivals> | null>;

/** Finds the arrivals of one behaviour, or says why there are none. */
type Find = (behaviour: ElementId) => SeenArrivals | string;

export async function readObserved(model: Model, attached?: AskAttached): Promise<Model> {
  const twins = [...observers(model).values()].filter((twin) => twin !== null);
  if (twins.length === 0) return withObserved(model, () => 'no twin was asked');
  const frozen = await readFrozen(model.uri);
  if (typeof frozen === 'string') return withObserved(model, () => frozen);
  if (frozen !== null) {
    const none = `${basename(frozen.path)} holds none of it: freeze a recording that does, or remove the file`;
    return withObserved(model, (_, behaviour) => frozen.arrivals.get(behaviour) ?? none);
  }
  const finds = new Map<ElementId, Find>();
  for (const twin of twins) if (!finds.has(twin.id)) finds.set(twin.id, await findFrom(model, twin, attached));
  return withObserved(model, (twin, behaviour) => finds.get(twin.id)?.(behaviour) ?? `${twin.name} was not asked`);
}

async function findFrom(model: Model, twin: Twin, attached: AskAttached | undefined): Promise<Find> {
  const live = (await attached?.(twin)) ?? null;
  if (live !== null && live.size > 0) {
    const source = `${twin.name}, which is attached`;
    return (behaviour) => named(live.get(behaviour), source) ?? `${twin.name} is attached and has seen none of it yet`;
  }
  const paths = await recordingsOfTwin(model, twin);
  if (paths.length === 0) return () => nothingToRead(model, twin);
  try {
    const { arrivals } = await observeRecordings(model, twin, paths);
    const source = `${twin.name} in ${paths.length === 1 ? basename(paths[0] ?? '') : `${paths.length} recordings`}`;
    return (behaviour) => named(arrivals.get(behaviour), source) ?? `${source} has seen none of it`;
  } catch {
    return () => `a recording of ${twin.name} cannot be read`;
  }
}

function named(seen: SeenArrivals | undefined, source: string): SeenArrivals | undefined {
  return seen && { ...seen, source };
}

function nothingToRead(model: Model, twin: Twin): string {
  const pattern = twin.sources.find((source) => source.kind === 'file')?.pattern;
  const missing = pattern === undefined ? `${twin.name} names no recording` : `no file matches "${pattern}"`;
  const name = model.uri.startsWith('file:') ? basename(fileURLToPath(model.uri)) : 'FILE';
  return `${missing}: put one there (\`source file "recordings/*.jsonl"\`), attach the twin, or run \`pollux freeze ${name} --twin ${twin.name} RECORDING\``;
}
