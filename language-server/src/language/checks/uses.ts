/** What the behaviours of a file and of those it imports do: what they call, send and take part in. One walk over the references. */
import type { AstNode, LangiumDocument, LangiumDocuments } from 'langium';
import * as ast from '../../generated/ast.ts';
import { importClosure } from '../links/imports.ts';

type Nodes = Pick<ReadonlySet<AstNode>, 'has'>;

export interface Uses {
  /** Operations that something calls or answers, topics that something publishes to. */
  readonly called: Nodes;
  /** Signals that something sends, telemetry included. */
  readonly sent: Nodes;
  /** Signals that some behaviour sends or waits for. */
  readonly known: Nodes;
  /** Components that take part in a behaviour, or hold one. */
  readonly involved: Nodes;
}

const senders: ReadonlySet<string> = new Set([
  ...['Send', 'Raise', 'SendNode', 'Message', 'FoundMessage', 'EventBinding', 'TestSend'],
]);
const callers: ReadonlySet<string> = new Set([
  ...['Message', 'FoundMessage', 'Consumer', 'CallAction', 'ActionNode', 'CallTrigger', 'TestCall'],
]);
const receivers: ReadonlySet<string> = new Set(['SignalPattern', 'DeferredEvent']);
const participants: ReadonlySet<string> = new Set([...callers, 'Lifeline', 'SendTarget']);

/** Kept with the references of a file, which are others as soon as it is linked again. */
const known = new WeakMap<LangiumDocument['references'], { readonly count: number; readonly uses: Uses }>();

export function usesIn(document: LangiumDocument, documents: LangiumDocuments): Uses {
  const parts = importClosure(document, documents).map(usesOf);
  const anywhere = (kind: keyof Uses) => ({ has: (node: AstNode) => parts.some((part) => part[kind].has(node)) });
  return {
    called: anywhere('called'),
    sent: anywhere('sent'),
    known: anywhere('known'),
    involved: anywhere('involved'),
  };
}

function usesOf({ references }: LangiumDocument): Uses {
  const before = known.get(references);
  if (before?.count === references.length) return before.uses;
  const uses = gather(references);
  known.set(references, { count: references.length, uses });
  return uses;
}

function gather(references: LangiumDocument['references']): Uses {
  const called = new Set<AstNode>();
  const sent = new Set<AstNode>();
  const known = new Set<AstNode>();
  const involved = new Set<AstNode>();
  for (const reference of references) {
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
  return { called, sent, known, involved };
}
