/** What a caller does about trouble: the clauses of `requires`, and of a message that overrides it. */
import type { CallPolicy } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { aboveZero, lowerKnownTime, lowerShare, lowerTime, someShare } from './known-quantities.ts';
import type { Lowering } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

/** More attempts than that are a slip of the key. */
const MOST_RETRIES = 1000;
const MOST_CALLS = 1_000_000;

/** How a clause begins, as it is written. */
function policyKeyword(clause: ast.CallPolicy): string {
  return clause.$type === 'DeadlinePropagates' ? 'deadline propagates' : clause.$type.toLowerCase();
}

export function lowerCallPolicy(lowering: Lowering, clauses: readonly ast.CallPolicy[]): CallPolicy {
  reportRepeatedClauses(lowering, clauses, policyKeyword);
  let policy: CallPolicy = {};
  for (const clause of clauses) policy = { ...lowerClause(lowering, clause), ...policy };
  return policy;
}

function lowerClause(lowering: Lowering, node: ast.CallPolicy): CallPolicy {
  switch (node.$type) {
    case 'Timeout':
      return { timeout: lowerTime(lowering, node.after, aboveZero) };
    case 'Retry':
      return { retries: lowerCount(lowering, node, 'attempts', node.attempts, 0, 0, MOST_RETRIES) };
    case 'Backoff': {
      const { exponential, jitter } = node;
      return { backoff: { first: lowerTime(lowering, node.first), exponential, jitter } };
    }
    case 'Budget': {
      const budget = lowerShare(lowering, node.share);
      return budget === undefined ? {} : { budget };
    }
    case 'Breaker':
      return lowerBreaker(lowering, node);
    case 'Bulkhead': {
      const calls = lowerCount(lowering, node, 'calls', node.calls, 1, 1, MOST_CALLS);
      return { bulkhead: { calls, queue: lowerCount(lowering, node, 'room', node.room, 0, 0, MOST_CALLS) } };
    }
    case 'Hedge':
      return { hedge: lowerTime(lowering, node.after) };
    case 'Cancels':
      return { cancels: true };
    case 'DeadlinePropagates':
      return { deadlinePropagates: true };
  }
}

function lowerBreaker(lowering: Lowering, node: ast.Breaker): CallPolicy {
  const failures = lowerShare(lowering, node.failures, someShare);
  const calls = lowerCount(lowering, node, 'calls', node.calls, 1, 1, MOST_CALLS);
  const open = lowerKnownTime(lowering, node.open);
  return failures === undefined || open === undefined ? {} : { breaker: { failures, calls, open } };
}
