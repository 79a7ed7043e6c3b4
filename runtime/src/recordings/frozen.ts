/**
 * What a twin observed as a file beside the model, so that a run can be repeated by anybody: named after the model, and told by a hash of
 * what it holds. Knows nothing of telemetry.
 */
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElementId, SeenArrivals } from '@pollux/engine/model';

const FROZEN_SCHEMA = 1;

/** Larger files are not read: a run holds all their numbers. */
const LARGEST = 64 * 1024 * 1024;

/** What the hash is of. Times in microseconds. */
interface Content {
  /** Its name. */
  readonly twin: string;
  /** Since 1970, UTC. */
  readonly begins_us: number;
  readonly length_us: number;
  readonly share: number;
  /** By interaction, since the beginning, rising. */
  readonly arrivals_us: Readonly<Record<ElementId, readonly number[]>>;
}

export interface Frozen {
  readonly path: string;
  readonly sha256: string;
  readonly arrivals: ReadonlyMap<ElementId, SeenArrivals>;
}

/** Beside the model: `shop.twin` → `shop.observed.json`. */
export function frozenPath(modelUri: string): string {
  return `${fileURLToPath(modelUri).replace(/\.twin$/, '')}.observed.json`;
}

/** Null where nothing was seen, and nothing is written. */
export async function freeze(
  modelUri: string,
  twin: string,
  arrivals: ReadonlyMap<ElementId, SeenArrivals>,
): Promise<Frozen | null> {
  const [any] = arrivals.values();
  if (any === undefined) return null;
  const sorted = [...arrivals].sort(([a], [b]) => (a < b ? -1 : 1));
  const content: Content = {
    twin,
    begins_us: any.begins,
    length_us: any.length,
    share: any.share,
    arrivals_us: Object.fromEntries(sorted.map(([behaviour, { times }]) => [behaviour, times])),
  };
  const path = frozenPath(modelUri);
  const sha256 = hashOf(content);
  const begins = new Date(any.begins / 1000).toISOString();
  await writeFile(path, `${JSON.stringify({ schema: FROZEN_SCHEMA, sha256, begins, ...content })}\n`);
  return { path, sha256, arrivals: asSeen(content, path, sha256) };
}

/** Null where there is none; a text says why it cannot be used, and what to do. */
export async function readFrozen(modelUri: string): Promise<Frozen | string | null> {
  if (!modelUri.startsWith('file:')) return null;
  const path = frozenPath(modelUri);
  const name = basename(path);
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return `${name} is larger than ${LARGEST / 1024 / 1024} MiB: freeze a shorter recording`;
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? null : `${name} cannot be read`;
  }
  const again = 'freeze it again with `pollux freeze`, or remove it';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return `${name} is no JSON: ${again}`;
  }
  const content = contentOf(parsed);
  if (content === null) return `${name} is not of this version: ${again}`;
  const sha256 = hashOf(content.content);
  if (sha256 !== content.sha256) return `${name} was changed after it was frozen: ${again}`;
  return { path, sha256, arrivals: asSeen(content.content, path, sha256) };
}

function asSeen(content: Content, path: string, sha256: string): ReadonlyMap<ElementId, SeenArrivals> {
  const { twin, begins_us: begins, length_us: length, share, arrivals_us } = content;
  const source = `${twin}, frozen in ${basename(path)} (sha256 ${sha256.slice(0, 12)})`;
  return new Map(
    Object.entries(arrivals_us).map(([behaviour, times]) => [behaviour, { times, length, begins, share, source }]),
  );
}

function hashOf({ twin, begins_us, length_us, share, arrivals_us }: Content): string {
  const content = JSON.stringify({ twin, begins_us, length_us, share, arrivals_us });
  return createHash('sha256').update(content).digest('hex');
}

function contentOf(parsed: unknown): { readonly content: Content; readonly sha256: string } | null {
  if (!isRecord(parsed)) return null;
  const { schema, sha256, twin, begins_us, length_us, share, arrivals_us } = parsed;
  if (schema !== FROZEN_SCHEMA) return null;
  if (typeof sha256 !== 'string' || typeof twin !== 'string' || !isRecord(arrivals_us)) return null;
  if (typeof begins_us !== 'number' || typeof length_us !== 'number' || typeof share !== 'number') return null;
  if (!(length_us > 0) || !(share > 0 && share <= 1)) return null;
  const arrivals: Record<ElementId, readonly number[]> = {};
  for (const [behaviour, times] of Object.entries(arrivals_us)) {
    if (!isRising(times)) return null;
    arrivals[behaviour] = times;
  }
  return { content: { twin, begins_us, length_us, share, arrivals_us: arrivals }, sha256 };
}

function isRising(times: unknown): times is readonly number[] {
  if (!Array.isArray(times)) return false;
  return times.every((time, at) => typeof time === 'number' && time >= (at === 0 ? 0 : times[at - 1]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
