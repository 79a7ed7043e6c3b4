/**
 * All that a machine may say on its ways through the states that were found, each once: the ways are followed together, as many
 * as have said the same. Knows edges and what they say.
 */
import type { Edge, Exploration } from './exploration.ts';

/** A place on an edge: so much of it has been said; or a state, with no edge. */
interface Stop {
  readonly state: number;
  readonly edge: Edge | null;
  readonly said: number;
}

interface Open {
  readonly stops: readonly Stop[];
  readonly before: Open | null;
  readonly text: number;
  readonly length: number;
}

/** Texts in one trace, where it has an end at all. */
const LONGEST = 10_000;

/** `limit`: of traces. */
export function tracesOf(exploration: Exploration, limit: number): { traces: string[][]; isComplete: boolean } {
  const { edges, firstEdge, logs, visited } = exploration;
  const traces: string[][] = [];
  const from = (state: number): readonly Edge[] =>
    state < visited ? edges.slice(firstEdge[state] ?? 0, firstEdge[state + 1] ?? edges.length) : [];
  const begins = edges.slice(0, firstEdge[0] ?? edges.length);
  let isComplete = visited === exploration.table.count;
  const open: Open[] = [
    { stops: begins.map((edge) => ({ state: -1, edge, said: 0 })), before: null, text: -1, length: 0 },
  ];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (traces.length >= limit || at.length > LONGEST) {
      isComplete = false;
      if (traces.length >= limit) break;
      continue;
    }
    const { isEnd, next } = onward(at.stops, from, (state) => state < visited);
    if (isEnd) traces.push(said(at, (text) => logs.thing(text)));
    for (const [text, stops] of [...next].reverse()) open.push({ stops, before: at, text, length: at.length + 1 });
  }
  return { traces, isComplete };
}

/** What can be said next, and where that leads; and whether some way ends here. */
function onward(
  stops: readonly Stop[],
  from: (state: number) => readonly Edge[],
  isVisited: (state: number) => boolean,
) {
  const next = new Map<number, Stop[]>();
  const keys = new Set<string>();
  const seen = new Set<number>();
  const open = [...stops].reverse();
  let isEnd = false;
  for (let stop = open.pop(); stop !== undefined; stop = open.pop()) {
    const { edge, said } = stop;
    const text = edge?.logs[said];
    if (edge !== null && text !== undefined) {
      const list = next.get(text) ?? [];
      next.set(text, list);
      const isLast = said + 1 === edge.logs.length;
      const key = isLast ? `${text}>${edge.to}` : `${text}|${edge.from},${edge.move},${edge.outcome},${said}`;
      if (!keys.has(key))
        list.push(isLast ? { state: edge.to, edge: null, said: 0 } : { state: -1, edge, said: said + 1 });
      keys.add(key);
      continue;
    }
    const state = edge?.to ?? stop.state;
    if (seen.has(state)) continue;
    seen.add(state);
    const out = from(state);
    if (out.length === 0 && isVisited(state)) isEnd = true;
    for (let i = out.length - 1; i >= 0; i--) open.push({ state: -1, edge: out[i]!, said: 0 });
  }
  return { isEnd, next };
}

function said(end: Open, textOf: (text: number) => string): string[] {
  const texts: string[] = [];
  for (let at: Open | null = end; at !== null && at.text >= 0; at = at.before) texts.push(textOf(at.text));
  return texts.reverse();
}
