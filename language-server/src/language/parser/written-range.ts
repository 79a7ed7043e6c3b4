/** Where a part of the text stands, computed and not kept: the library remembers it at every node on the way. */
import type { CstNode } from 'langium';

type Range = CstNode['range'];

/** Equal to the node's own `range`. */
export function writtenRange(node: CstNode): Range {
  let first = node;
  for (let child = firstOf(first); child !== undefined; child = firstOf(first)) first = child;
  let last = node;
  for (let child = lastOf(last); child !== undefined; child = lastOf(last)) last = child;
  const { start, end } = first.range;
  if (first === last) return { start, end };
  const { end: lastEnd } = last.range;
  return { start, end: lastEnd.line < start.line ? start : lastEnd };
}

function firstOf(node: CstNode): CstNode | undefined {
  if (!('content' in node)) return undefined;
  const content = node.content as readonly CstNode[];
  return content.find(({ hidden }) => !hidden) ?? content[0];
}

function lastOf(node: CstNode): CstNode | undefined {
  if (!('content' in node)) return undefined;
  const content = node.content as readonly CstNode[];
  return content.findLast(({ hidden }) => !hidden) ?? content.at(-1);
}
