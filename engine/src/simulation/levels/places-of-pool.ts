/** Where the threads, the connections or the bulkheads of a component are kept during a run, replica by replica. */
import { calledComponents } from '../message-table.ts';
import { policiesIn } from '../policies-in.ts';
import type { Watched } from './level-watch.ts';
import type { Pool } from './pools.ts';

export interface PlacesOfPool {
  /** With the replica each is of; one that runs nowhere has a number above those of the replicas. */
  readonly lines: readonly { readonly line: number; readonly replica: number }[];
  /** 0: as many as anyone asks for. */
  limit(line: number): number;
  held(line: number): number;
  waiting(line: number): number;
}

type Kept = Pick<Watched, 'scenario' | 'threads' | 'places' | 'pairs'>;

export function placesOfPool({ component: { id }, name }: Pool, run: Kept): PlacesOfPool {
  const { threads, places, pairs, scenario } = run;
  const { program, layout } = scenario;
  const replicas = [...(layout.replicasOf.get(id) ?? [])];
  const made = program.messages.filter(({ caller }) => caller === id);
  switch (name) {
    case 'threads': {
      const index = calledComponents(program.messages).indexOf(id);
      const homeless = index < 0 ? [] : [layout.nodeOfReplica.length + index];
      return {
        lines: (replicas.length > 0 ? replicas : homeless).map((replica) => ({ line: replica, replica })),
        limit: (line) => threads.threads(line),
        held: (line) => threads.held(line),
        waiting: (line) => threads.waiting(line),
      };
    }
    case 'connections': {
      const first = made[0];
      const callers = replicas.length > 0 ? replicas : first === undefined ? [] : [pairs.callerOf(-1, first.index)];
      return {
        lines: callers.map((caller) => ({ line: caller, replica: caller })),
        limit: (line) => places.limitOf(line),
        held: (line) => places.connections.held(line),
        waiting: (line) => places.connections.waiting(line),
      };
    }
    case 'bulkhead': {
      const limits = new Map<number, { readonly replica: number; readonly calls: number }>();
      for (const message of made) {
        const { index } = message;
        const calls = Math.max(0, ...policiesIn([message]).map(({ bulkhead }) => bulkhead?.calls ?? 0));
        if (calls === 0) continue;
        for (const replica of replicas.length > 0 ? replicas : [-1]) {
          const caller = pairs.callerOf(replica, index);
          const pair = pairs.of(replica, index);
          // A message, and a version, may have a bulkhead of its own: a pair has as many places as the widest lets through.
          limits.set(pair, { replica: caller, calls: Math.max(calls, limits.get(pair)?.calls ?? 0) });
        }
      }
      return {
        lines: [...limits].map(([line, { replica }]) => ({ line, replica })),
        limit: (line) => limits.get(line)?.calls ?? 0,
        held: (line) => places.bulkheads.held(line),
        waiting: (line) => places.bulkheads.waiting(line),
      };
    }
  }
}
