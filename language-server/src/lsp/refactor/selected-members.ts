/** The neighbours in one list of the tree that a selection covers whole: what can be moved together. */
import { type AstNode, AstUtils, type CstNode } from 'langium';
import type { Selection } from './refactoring.ts';

interface SelectedMembers {
  readonly owner: AstNode;
  readonly members: readonly Placed[];
  /** Of the first and the last member. */
  readonly start: number;
  readonly end: number;
}

export interface Placed {
  readonly node: AstNode;
  readonly cst: CstNode;
}

/** Undefined where nothing is selected, or parts of something. */
export function selectedMembers({ document, start, end }: Selection): SelectedMembers | undefined {
  const text = document.textDocument.getText().slice(start, end);
  const from = start + (text.length - text.trimStart().length);
  const to = end - (text.length - text.trimEnd().length);
  if (from >= to) return undefined;
  let owner = document.parseResult.value;
  for (;;) {
    const inner = childrenOf(owner).find(({ cst }) => contains(cst, from, to) && !isWithin(cst, from, to));
    if (inner === undefined) break;
    owner = inner.node;
  }
  const members = childrenOf(owner).filter(({ cst }) => cst.end > from && cst.offset < to);
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isWhole = members.every(
    ({ node, cst }) => isWithin(cst, from, to) && node.$containerProperty === first.node.$containerProperty,
  );
  return isWhole && first.node.$containerIndex !== undefined
    ? { owner, members, start: first.cst.offset, end: last.cst.end }
    : undefined;
}

function childrenOf(node: AstNode): Placed[] {
  return [...AstUtils.streamContents(node)]
    .flatMap((child) => (child.$cstNode === undefined ? [] : [{ node: child, cst: child.$cstNode }]))
    .sort((a, b) => a.cst.offset - b.cst.offset);
}

function contains(cst: CstNode, from: number, to: number): boolean {
  return cst.offset <= from && cst.end >= to;
}

function isWithin(cst: CstNode, from: number, to: number): boolean {
  return cst.offset >= from && cst.end <= to;
}
