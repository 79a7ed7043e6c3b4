/** The same behaviour under other ids: for a machine that takes over what another declares. Texts and literals stay. */
import type { ElementId, Machine } from '../../model/index.ts';

export type Rename = (id: string) => string;

/** Whose strings are never ids of elements. */
const WORDS: ReadonlySet<string> = new Set([
  'kind',
  'sort',
  'operator',
  'function',
  'name',
  'documentation',
  'place',
  'label',
]);

/** Puts the elements of a machine under another qualified name; operations keep theirs, for they are called from outside. */
export function renameUnder(machine: Machine, prefix: ElementId): Rename {
  const ids = new Map<string, string>();
  const { operations: _operations, ...own } = machine;
  collect(own, (id) => {
    const rest = id.startsWith(machine.id) ? id.slice(machine.id.length) : `.${id}`;
    ids.set(id, prefix + rest);
  });
  return (id) => ids.get(id) ?? id;
}

export function renamed<T>(value: T, rename: Rename): T {
  return walk(value, rename) as T;
}

function walk(value: unknown, rename: Rename): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'literal') return value;
  const isLog = 'kind' in value && value.kind === 'log';
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (WORDS.has(key)) return [key, item];
      if (isLog && key === 'parts' && Array.isArray(item)) {
        return [key, item.map((part) => (typeof part === 'string' ? part : walk(part, rename)))];
      }
      return [key, walk(item, rename)];
    }),
  );
}

/** Every element inside has an id and a place. */
function collect(value: unknown, found: (id: ElementId) => void): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('id' in value && 'place' in value && typeof value.id === 'string') found(value.id);
    for (const [key, item] of Object.entries(value)) if (!WORDS.has(key)) collect(item, found);
  }
}
