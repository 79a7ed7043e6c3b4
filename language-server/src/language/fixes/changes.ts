/** Changes of a text as the fixes and refactorings need them: replaced, removed, and members put in laid out as their neighbours. */
import { type AstNode, AstUtils, type CstNode, CstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import { rootOf } from '../links/imports.ts';
import type { TextChange } from '../problems/fix.ts';

export function replaced(document: LangiumDocument, start: number, end: number, text: string): TextChange {
  const { textDocument, uri } = document;
  return {
    place: { uri: uri.toString(), start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    text,
  };
}

export function inserted(document: LangiumDocument, offset: number, text: string): TextChange {
  return replaced(document, offset, offset, text);
}

/** What the file ends its lines with. */
export function lineEnd(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks in front of the line at an offset. */
export function indentAt(text: string, offset: number): string {
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(begin))?.[0] ?? '';
}

/** A member put into the braces of a node, which gets braces if it has none; on a line of its own where members have one. */
export function withMember(owner: AstNode, member: string, where: 'first' | 'last' = 'last'): TextChange | undefined {
  const document = AstUtils.getDocument(owner);
  const text = document.textDocument.getText();
  const open = keywordOf(owner, '{');
  const close = keywordOf(owner, '}');
  if (owner.$cstNode === undefined) return undefined;
  if (open === undefined) return inserted(document, owner.$cstNode.end, ` { ${member} }`);
  if (close === undefined) return undefined;
  const inner = text.slice(open.end, close.offset);
  const eol = lineEnd(text);
  if (!inner.includes('\n')) {
    const blank = inner.trim() === '';
    if (where === 'first') return inserted(document, open.end, blank && inner === '' ? ` ${member} ` : ` ${member}`);
    return inserted(document, open.end + inner.trimEnd().length, inner === '' ? ` ${member} ` : ` ${member}`);
  }
  const indent = `${indentAt(text, close.offset)}  `;
  if (where === 'first') return inserted(document, open.end, `${eol}${indent}${member}`);
  return inserted(document, open.end + inner.trimEnd().length, `${eol}${indent}${member}`);
}

/** A declaration put at the top level: behind the last of its kind, else below the imports. */
export function withDeclaration(
  document: LangiumDocument,
  behind: readonly AstNode[],
  declaration: string,
): TextChange {
  const text = document.textDocument.getText();
  const eol = lineEnd(text);
  const last = behind.at(-1)?.$cstNode;
  if (last !== undefined) return inserted(document, last.end, `${eol}${declaration}`);
  const head = headEnd(document);
  return head === 0
    ? inserted(document, 0, `${declaration}${eol}${eol}`)
    : inserted(document, head, `${eol}${eol}${declaration}`);
}

/** A declaration put in front of another, and of the comment that documents that one. */
export function inFrontOf(node: AstNode, declaration: string): TextChange | undefined {
  const cst = node.$cstNode;
  if (cst === undefined) return undefined;
  const document = AstUtils.getDocument(node);
  const eol = lineEnd(document.textDocument.getText());
  const comment = CstUtils.findCommentNode(cst, ['ML_COMMENT']);
  return inserted(document, comment?.offset ?? cst.offset, `${declaration}${eol}${eol}`);
}

/** Where package and imports end. */
export function headEnd(document: LangiumDocument): number {
  const root = rootOf(document);
  const last = root.imports.at(-1)?.$cstNode ?? GrammarUtils.findNodeForProperty(root.$cstNode, 'packageName');
  return last?.end ?? 0;
}

/** Takes a node away, with its line where nothing else stands on it, and a comma to its neighbour. */
export function removed(node: CstNode, document: LangiumDocument): TextChange {
  const text = document.textDocument.getText();
  const before = /[ \t]*$/.exec(text.slice(0, node.offset))?.[0].length ?? 0;
  const after = /^[ \t]*/.exec(text.slice(node.end))?.[0].length ?? 0;
  let start = node.offset - before;
  let end = node.end + after;
  const beginsLine = start === 0 || text[start - 1] === '\n';
  const breaks = /^(\r?\n|$)/.exec(text.slice(end));
  if (beginsLine && breaks !== null) end += breaks[0].length;
  else if (beginsLine) start = node.offset;
  else if (breaks !== null) end = node.end;
  else end = node.end + (before > 0 ? 0 : after);
  return replaced(document, start, end, '');
}

/** A keyword of the node itself, not of what it contains. */
export function keywordOf(node: AstNode, keyword: string): CstNode | undefined {
  return keyword === '}'
    ? GrammarUtils.findNodesForKeyword(node.$cstNode, keyword).at(-1)
    : GrammarUtils.findNodeForKeyword(node.$cstNode, keyword);
}
