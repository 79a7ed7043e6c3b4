/** What the behaviours of a file and of those it imports do: what they call, send and take part in. One walk over the references. */
import type { AstNode, LangiumDocument, LangiumDocuments } from 'langium';
import * as ast from '../../generated/ast.ts';
import { importClosure } from '../links/imports.ts';

export interface Uses {
  /** Operations that something calls or answers, topics that something publishes to. */
  readonly called: ReadonlySet<AstNode>;
  /** Signals that something sends, telemetry included. */
  readonly sent: ReadonlySet<AstNode>;
  /** Signals that some behaviour sends or waits for. */
  readonly known: ReadonlySet<AstNode>;
  /** Components that take part in a behaviour, or hold one. */
  readonly involved: ReadonlySet<AstNode>;
}

const senders: ReadonlySet<string> = new Set([
  ...['Send', 'Raise', 'SendNode', 'Message', 'FoundMessage', 'EventBinding', 'TestSend'],
]);
const callers: ReadonlySet<string> = new Set([
  ...['Message', 'FoundMessage', 'Consumer', 'CallAction', 'ActionNode', 'CallTrigger', 'TestCall'],
]);
const receivers: ReadonlySet<string> = new Set(['SignalPattern', 'DeferredEvent']);
const participants: ReadonlySet<string> = new Set([...callers, 'Lifeline', 'SendTarget']);

export function usesIn(document: LangiumDocument, documents: LangiumDocuments): Uses {
  const called = new Set<AstNode>();
  const sent = new Set<AstNode>();
  const known = new Set<AstNode>();
  const involved = new Set<AstNode>();
  for (const part of importClosure(document, documents)) {
    for (const reference of part.references) {
      const target = 'ref' in reference ? reference.ref : undefined;
      const user = reference.$refNode?.astNode.$type ?? '';
      if (target === undefined) continue;
      if (ast.isSignal(target)) {
        if (senders.has(user)) sent.add(target);
        if (senders.has(user) || receivers.has(user)) known.add(target);
      } else if (ast.isOperation(target) || ast.isTopic(target)) {
        if (!callers.has(user)) continue;
        called.add(target);
        involved.add(target.$container);
      } else if (ast.isComponent(target) && participants.has(user)) involved.add(target);
    }
  }
  return { called, sent, known, involved };
}
