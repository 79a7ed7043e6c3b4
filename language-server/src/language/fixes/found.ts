/** A finding together with the tree that it was made about: what the ways to mend it are worked out from. */
import { type AstNode, CstUtils, type LangiumDocument, type Reference } from 'langium';
import type { ProblemCode } from '../problems/problem-codes.ts';
import type { TwinServices } from '../services.ts';

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface Found {
  readonly code: ProblemCode;
  readonly document: LangiumDocument;
  readonly services: TwinServices;
  /** Where it points, as offsets. */
  readonly start: number;
  readonly end: number;
  /** The text that it points at. */
  readonly text: string;
  /** The innermost node that covers what it points at. */
  readonly node: AstNode;
  /** The reference that it points at, if it is one. */
  readonly reference: Reference | undefined;
}

/** Undefined where the text has no tree at that place. */
export function found(
  code: ProblemCode,
  range: Range,
  document: LangiumDocument,
  services: TwinServices,
): Found | undefined {
  const { textDocument, parseResult } = document;
  const start = textDocument.offsetAt(range.start);
  const end = textDocument.offsetAt(range.end);
  const root = parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, start);
  if (leaf === undefined) return undefined;
  let node = leaf.astNode;
  while (node.$container !== undefined && (node.$cstNode?.end ?? 0) < end) node = node.$container;
  const reference = document.references.find(
    ({ $refNode }) => $refNode !== undefined && $refNode.offset === start && $refNode.end === end,
  );
  const text = textDocument.getText().slice(start, end);
  return {
    code,
    document,
    services,
    start,
    end,
    text,
    node,
    reference: reference !== undefined && 'ref' in reference ? reference : undefined,
  };
}
