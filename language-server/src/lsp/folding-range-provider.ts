/** Folds what stands between braces, brackets and parentheses, comments, imports and regions. Knows no construct of the language. */
import { type CstNode, CstUtils, GrammarAST, type LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { isTwinFile } from '../generated/ast.ts';

const closing: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);
const closed: ReadonlySet<string> = new Set(closing.values());

export class TwinFoldingRangeProvider implements FoldingRangeProvider {
  getFoldingRanges(document: LangiumDocument): FoldingRange[] {
    const root = document.parseResult.value.$cstNode;
    if (root === undefined) return [];
    const leaves = CstUtils.flattenCst(root).toArray();
    return [...bodies(leaves), ...comments(leaves), ...imports(document)].sort((a, b) => a.startLine - b.startLine);
  }
}

/** From the line of an opening brace to the line above the closing one, which stays visible. The outer one of a line counts. */
function bodies(leaves: readonly CstNode[]): FoldingRange[] {
  const open: CstNode[] = [];
  const found = new Map<number, FoldingRange>();
  for (const leaf of leaves) {
    if (!GrammarAST.isKeyword(leaf.grammarSource)) continue;
    if (closing.has(leaf.text)) open.push(leaf);
    if (!closed.has(leaf.text)) continue;
    // In a damaged text some are never opened, or never closed.
    const at = open.findLastIndex(({ text }) => closing.get(text) === leaf.text);
    const [start] = at === -1 ? [] : open.splice(at);
    if (start === undefined) continue;
    const [startLine, endLine] = [start.range.start.line, leaf.range.start.line - 1];
    if (endLine > startLine) found.set(startLine, { startLine, endLine });
  }
  return [...found.values()];
}

/** Blocks, lines of comments that follow each other, and what stands between `// #region` and `// #endregion`. */
function comments(leaves: readonly CstNode[]): FoldingRange[] {
  const found: FoldingRange[] = [];
  const regions: number[] = [];
  let lines: FoldingRange | undefined;
  let last = -1;
  for (const { hidden, text, range } of leaves) {
    if (!hidden) {
      last = range.end.line;
      continue;
    }
    const [startLine, endLine] = [range.start.line, range.end.line];
    const isWholeLine = startLine > last;
    if (text.startsWith('/*') && endLine > startLine)
      found.push({ startLine, endLine, kind: FoldingRangeKind.Comment });
    if (!text.startsWith('//') || !isWholeLine) continue;
    if (/^\/\/\s*#region\b/.test(text)) regions.push(startLine);
    else if (/^\/\/\s*#endregion\b/.test(text)) {
      const start = regions.pop();
      if (start !== undefined) found.push({ startLine: start, endLine, kind: FoldingRangeKind.Region });
    } else if (lines?.endLine === startLine - 1) lines.endLine = endLine;
    else {
      lines = { startLine, endLine, kind: FoldingRangeKind.Comment };
      found.push(lines);
    }
  }
  return found.filter(({ startLine, endLine }) => endLine > startLine);
}

function imports(document: LangiumDocument): FoldingRange[] {
  const root = document.parseResult.value;
  const all = isTwinFile(root) ? root.imports : [];
  const [startLine, endLine] = [all[0]?.$cstNode?.range.start.line, all.at(-1)?.$cstNode?.range.end.line];
  if (startLine === undefined || endLine === undefined || endLine <= startLine) return [];
  return [{ startLine, endLine, kind: FoldingRangeKind.Imports }];
}
