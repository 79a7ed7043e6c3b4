/**
 * Spans of a trace → message occurrences. A modelled execution's caller is its nearest modelled ancestor by parent or
 * link; what lies between (client spans, middleware, internal work) is skipped. Never relates by containment in time.
 */
import type { Bindings } from './bindings.ts';
import type { Span } from './observation.ts';
import type { ObservedTrace, Occurrence } from './occurrence.ts';

/** Executions nested deeper than this are no trace of any model but a runaway recursion. */
const DEEPEST = 200;

interface Draft {
  operation: string;
  span: Span;
  client: Span | undefined;
  children: Draft[];
}

export function normalise(traceId: string, spans: readonly Span[], bindings: Bindings): ObservedTrace {
  const byId = new Map<string, Span>();
  for (const span of spans) byId.set(span.spanId, span);
  const drafts = new Map<string, Draft>();
  for (const span of byId.values()) {
    const operation = bindings.operationOf(span);
    if (operation !== undefined) drafts.set(span.spanId, { operation, span, client: undefined, children: [] });
  }

  let cut: ObservedTrace['cut'];
  let orphans = 0;
  let root: Span | undefined;
  const children = new Map<string, number>();
  for (const span of byId.values()) {
    const parent = parentOf(span, byId);
    if (parent !== undefined) {
      children.set(parent.spanId, (children.get(parent.spanId) ?? 0) + 1);
      continue;
    }
    if (isRoot(span)) root = root === undefined || span.start < root.start ? span : root;
    else {
      cut = 'parent-missing';
      orphans++;
    }
  }
  if (root === undefined) cut ??= 'root-missing';

  const inner = new Map<Draft, Draft>();
  const callers = new Map<Draft, Draft | undefined>();
  for (const draft of drafts.values()) {
    const parent = parentOf(draft.span, byId);
    if (parent !== undefined && !drafts.has(parent.spanId) && isCallerSide(parent, draft.span, children)) {
      draft.client = parent;
    }
    const { caller, sameExecution } = callerOf(draft, drafts, byId);
    if (sameExecution && caller !== undefined) inner.set(draft, caller);
    else callers.set(draft, caller);
  }
  const roots: Draft[] = [];
  for (const [draft, caller] of callers) {
    if (caller === undefined) roots.push(draft);
    else outermost(caller, inner).children.push(draft);
  }

  const isTooDeep = isDeeperThan(roots, DEEPEST);
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of byId.values()) {
    if (span.start < start) start = span.start;
    if (span.end > end) end = span.end;
  }
  return {
    traceId,
    start,
    end,
    roots: isTooDeep ? [] : finished(roots),
    rootSpan: root?.name,
    bound: boundTraces(bindings, byId, root),
    unmodelled: [...byId.values()].filter((span) => !drafts.has(span.spanId) && isRequest(span, byId)).length,
    cut: isTooDeep ? 'too-deep' : cut,
    orphans,
    spans: byId.size,
  };
}

function isDeeperThan(roots: readonly Draft[], limit: number): boolean {
  let level = roots;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((draft) => draft.children);
  }
  return false;
}

/** Whether nothing in its own trace caused it; a link may still relate it to another trace. */
export function isRoot(span: Span): boolean {
  return span.parentSpanId === '' || span.parentSpanId === span.spanId;
}

/** The parent; for a span without one the span it is linked to, if that was seen. */
function parentOf(span: Span, byId: ReadonlyMap<string, Span>): Span | undefined {
  const id = isRoot(span) ? span.links[0]?.spanId : span.parentSpanId;
  return id === undefined || id === span.spanId ? undefined : byId.get(id);
}

/** A service's answer to another one, or the beginning of a trace; not what happens inside of it. */
function isRequest(span: Span, byId: ReadonlyMap<string, Span>): boolean {
  if (span.spanKind === 'client' || span.spanKind === 'producer' || span.spanKind === 'internal') return false;
  return parentOf(span, byId)?.service !== span.service;
}

/** Where kinds say nothing: another service's span around the callee's and nothing else. */
function isCallerSide(parent: Span, callee: Span, children: ReadonlyMap<string, number>): boolean {
  if (parent.spanKind === 'client' || parent.spanKind === 'producer') return true;
  return parent.service !== callee.service && children.get(parent.spanId) === 1;
}

/**
 * The nearest modelled ancestor. An inner span that carries the same operation in the same service, with no call in
 * between, is part of the same execution; so is a callee's span under its caller's span for the same operation.
 */
function callerOf(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  byId: ReadonlyMap<string, Span>,
): { readonly caller: Draft | undefined; readonly sameExecution: boolean } {
  let calls = false;
  let span = parentOf(draft.span, byId);
  for (let steps = 0; span !== undefined && steps < byId.size; steps++) {
    const caller = drafts.get(span.spanId);
    if (caller !== undefined) {
      const same = caller.operation === draft.operation;
      const sameService = !calls && span.service === draft.span.service;
      return { caller, sameExecution: same && (sameService || isAsked(caller, draft)) };
    }
    if (span.spanKind === 'client' || span.spanKind === 'producer' || span.service !== draft.span.service) calls = true;
    span = parentOf(span, byId);
  }
  return { caller: undefined, sameExecution: false };
}

/** Follows executions that are part of another one; a cycle of them ends where it began. */
function outermost(draft: Draft, inner: ReadonlyMap<Draft, Draft>): Draft {
  let outer = draft;
  for (let steps = 0; steps <= inner.size; steps++) {
    const next = inner.get(outer);
    if (next === undefined) return outer;
    outer = next;
  }
  return outer;
}

/** The caller's span stands for an external component's operation, and here is the component's own report of it. */
function isAsked(caller: Draft, callee: Draft): boolean {
  const isCall = caller.span.spanKind === 'client' || caller.span.spanKind === 'producer';
  return isCall && caller.span.service !== callee.span.service;
}

function finished(drafts: readonly Draft[]): Occurrence[] {
  const begin = (draft: Draft) => (draft.client ?? draft.span).start;
  const beginnings = new Map<number, number>();
  for (const draft of drafts) beginnings.set(begin(draft), (beginnings.get(begin(draft)) ?? 0) + 1);
  return drafts
    .map((draft) => {
      const outer = draft.client ?? draft.span;
      return {
        operation: draft.operation,
        span: draft.span,
        client: draft.client,
        start: outer.start,
        end: outer.end,
        failed: draft.span.status === 'error' || draft.client?.status === 'error',
        tied: (beginnings.get(outer.start) ?? 0) > 1,
        children: finished(draft.children),
      };
    })
    .sort((a, b) => a.start - b.start || (a.span.spanId < b.span.spanId ? -1 : 1));
}

function boundTraces(bindings: Bindings, byId: ReadonlyMap<string, Span>, root: Span | undefined): number[] {
  const bound: number[] = [];
  bindings.traces.forEach((binding, index) => {
    if (binding.containing) {
      for (const span of byId.values()) {
        if (span.name !== binding.span) continue;
        bound.push(index);
        return;
      }
    } else if (root?.name === binding.span) bound.push(index);
  });
  return bound;
}
