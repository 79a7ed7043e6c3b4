/** Where the arrow keys lead: along lines from shape to shape, and among the lines that leave the same shape. */
import type { Group } from '../render/mark.ts';

/** Key of the group that takes the focus next; null where there is none. */
export function followLine(groups: readonly Group[], from: string, key: string): string | null {
  const current = groups.find((group) => group.key === from);
  if (current === undefined) return null;
  const lines = groups.filter((group) => group.ends !== undefined && group.sentence !== undefined);
  switch (key) {
    case 'ArrowRight':
      return current.ends?.[1] ?? lines.find((line) => line.ends?.[0] === from)?.key ?? null;
    case 'ArrowLeft':
      return current.ends?.[0] ?? lines.find((line) => line.ends?.[1] === from)?.key ?? null;
    case 'ArrowDown':
    case 'ArrowUp': {
      if (current.ends === undefined) return null;
      const siblings = lines.filter((line) => line.ends?.[0] === current.ends?.[0]);
      const step = key === 'ArrowDown' ? 1 : siblings.length - 1;
      return siblings[(siblings.indexOf(current) + step) % siblings.length]?.key ?? null;
    }
    default:
      return null;
  }
}
