/**
 * What a growing selection takes in next: the word, then each larger piece of the syntax tree around it, what stands between
 * brackets before the brackets themselves, and a declaration before its documentation comes with it.
 */
import { type CstNode, CstUtils, isCompositeCstNode, isLeafCstNode, type LangiumDocument } from 'langium';
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { infixStretches } from './infix-stretches.ts';

type Stretch = readonly [start: number, end: number];

const closing: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };
const letter = /[\p{L}\d_]/u;

export class SelectionRangeProvider {
  /** One chain for each position, innermost first. */
  getSelectionRanges(document: LangiumDocument, { positions }: SelectionRangeParams): SelectionRange[] {
    return positions.map((position) => {
      const { textDocument } = document;
      const offset = textDocument.offsetAt(position);
      const stretches = growing(stretchesAround(document, offset), offset);
      const ranges = stretches.map(([start, end]) => rangeOf(textDocument, start, end));
      const chain = ranges.reduceRight<SelectionRange | undefined>(
        (parent, range) => (parent === undefined ? { range } : { range, parent }),
        undefined,
      );
      return chain ?? { range: { start: position, end: position } };
    });
  }
}

function* stretchesAround(document: LangiumDocument, offset: number): Generator<Stretch> {
  const text = document.textDocument.getText();
  const word = wordAround(text, offset);
  if (word !== undefined) yield word;
  const root = document.parseResult.value.$cstNode;
  let inner: CstNode | undefined;
  for (let node = root && innermost(root, offset, word?.[0]); node !== undefined; node = node.container) {
    yield* infixStretches(node, inner);
    yield* betweenBrackets(node, text, offset);
    yield [node.offset, node.end];
    const comment = CstUtils.findCommentNode(node, ['ML_COMMENT']);
    if (comment?.text.startsWith('/**') === true) yield [comment.offset, node.end];
    inner = node;
  }
  yield [0, text.length];
}

/** Those that hold the offset and the one before, and more. */
function growing(stretches: Iterable<Stretch>, offset: number): Stretch[] {
  const kept: Stretch[] = [];
  for (const [start, end] of stretches) {
    const [innerStart, innerEnd] = kept.at(-1) ?? [offset, offset];
    const isLarger =
      start <= innerStart && end >= innerEnd && (kept.length === 0 || end - start > innerEnd - innerStart);
    if (isLarger) kept.push([start, end]);
  }
  return kept;
}

function wordAround(text: string, offset: number): Stretch | undefined {
  let [start, end] = [offset, offset];
  while (start > 0 && letter.test(text.charAt(start - 1))) start--;
  while (end < text.length && letter.test(text.charAt(end))) end++;
  return start < end ? [start, end] : undefined;
}

/** The smallest node around the offset; a word that ends there counts as around it. */
function innermost(root: CstNode, offset: number, wordStart: number | undefined): CstNode {
  const leaf = CstUtils.findLeafNodeAtOffset(root, wordStart ?? offset);
  if (leaf !== undefined) return leaf;
  let node = root;
  for (;;) {
    const inner: CstNode | undefined = isCompositeCstNode(node)
      ? node.content.find((part) => part.offset < offset && offset < part.end)
      : undefined;
    if (inner === undefined) return node;
    node = inner;
  }
}

/** What stands between brackets of the node that lie around the offset, without the blanks at its ends; then with the brackets. */
function* betweenBrackets(node: CstNode, text: string, offset: number): Generator<Stretch> {
  if (!isCompositeCstNode(node)) return;
  const open: CstNode[] = [];
  for (const part of node.content) {
    if (!isLeafCstNode(part)) continue;
    if (closing[part.text] !== undefined) open.push(part);
    else if (closing[open.at(-1)?.text ?? ''] === part.text) {
      const start = open.pop()?.end ?? part.offset;
      if (offset < start || offset > part.offset) continue;
      const inside = text.slice(start, part.offset);
      const [before, behind] = [inside.trimStart(), inside.trimEnd()];
      if (before !== '') yield [part.offset - before.length, start + behind.length];
      yield [start - 1, part.end];
    }
  }
}

function rangeOf(document: TextDocument, start: number, end: number): SelectionRange['range'] {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
