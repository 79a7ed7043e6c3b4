/** Limits of one replica: threads, queue, connections, cache. Components, versions and deployments write them alike. */
import type { Capacity, Queue } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { lowerExpression } from './expressions.ts';
import { lowerKnownTime, lowerShare, lowerTime } from './known-quantities.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { lowerPriority } from './priorities.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

/** More than any process holds; a number above is a slip of the key. */
const MOST = 10_000_000;
/** What a run can remember for each replica. */
const MOST_ENTRIES = 1_000_000;

export function lowerCapacity(lowering: Lowering, clauses: readonly ast.Capacity[]): Capacity {
  reportRepeatedClauses(lowering, clauses, (clause) => clause.$type.toLowerCase());
  const threads = clauses.find(ast.isThreads);
  const queue = clauses.find(ast.isQueue);
  const connections = clauses.find(ast.isConnections);
  const cache = lowerCache(lowering, clauses.find(ast.isCache));
  return {
    ...(threads === undefined ? {} : { threads: lowerCount(lowering, threads, 'count', threads.count, 1, 1, MOST) }),
    ...(queue === undefined ? {} : { queue: lowerQueue(lowering, queue) }),
    ...(connections === undefined
      ? {}
      : { connections: lowerCount(lowering, connections, 'count', connections.count, 1, 1, MOST) }),
    ...(cache === undefined ? {} : { cache }),
  };
}

function lowerQueue(lowering: Lowering, node: ast.Queue): Queue {
  const capacity =
    node.capacity === undefined ? {} : { capacity: lowerCount(lowering, node, 'capacity', node.capacity, 0, 0, MOST) };
  return { ...capacity, discipline: lowerDiscipline(lowering, node.discipline) };
}

function lowerDiscipline(lowering: Lowering, node: ast.Discipline | undefined): Queue['discipline'] {
  if (node?.lifo) return { kind: 'lifo' };
  if (node?.dropExpired) {
    const within = lowerKnownTime(lowering, node.margin);
    return within === undefined ? { kind: 'drop-expired' } : { kind: 'drop-expired', within };
  }
  if (node?.priority === undefined) return { kind: 'fifo' };
  return { kind: 'priority', priority: lowerPriority(lowering, node.priority) };
}

function lowerCache(lowering: Lowering, node: ast.Cache | undefined): Capacity['cache'] {
  if (node === undefined) return undefined;
  const hit = lowerShare(lowering, node.hit);
  const ttl = lowerKnownTime(lowering, node.ttl);
  const takes = node.takes === undefined ? {} : { takes: lowerTime(lowering, node.takes) };
  if (node.key === undefined) {
    if (node.ttl !== undefined) lowering.report('misplaced-clause', placeOf(lowering, node.ttl), shareLasts);
    return hit === undefined ? undefined : { hit, ...takes };
  }
  const key = lowerExpression(lowering, node.key);
  if (node.entries === undefined && node.ttl === undefined) {
    lowering.report('misplaced-clause', placeOf(lowering, node), neverForgets);
  }
  const entries =
    node.entries === undefined
      ? {}
      : { entries: lowerCount(lowering, node, 'entries', node.entries, 1, 1, MOST_ENTRIES) };
  return { key, ...entries, ...(ttl === undefined ? {} : { ttl }), ...takes };
}

const shareLasts =
  'A share of hits knows no entries that could grow old. Write `key` and what tells them apart: `cache key id ttl 5 min`.';
const neverForgets =
  'This cache would never forget. Say how many entries it has (`cache 1000 entries lru key id`) or how long one lasts (`ttl 5 min`).';
