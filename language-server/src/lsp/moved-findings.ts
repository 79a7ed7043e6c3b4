/**
 * Findings of an older text, as far as they say something about the newest one: each moves with what it stands at, and those
 * whose words the change touches are gone. Knows no check.
 */
import { TextDocument } from 'langium';
import type { Diagnostic, Range } from 'vscode-languageserver';
import { changeBetween } from '../language/parser/text-change.ts';

export function movedFindings(findings: readonly Diagnostic[], before: string, after: string): readonly Diagnostic[] {
  if (findings.length === 0 || before === after) return findings;
  const { at, removed, inserted } = changeBetween(before, after);
  const [old, fresh] = [documentOf(before), documentOf(after)];
  return findings.flatMap((finding) => {
    const [start, end] = [old.offsetAt(finding.range.start), old.offsetAt(finding.range.end)];
    if (start < at + removed && at < end) return [];
    const shift = start >= at + removed ? inserted - removed : 0;
    if (isPartOfWord(after, start + shift) || isPartOfWord(after, end + shift)) return [];
    const range: Range = { start: fresh.positionAt(start + shift), end: fresh.positionAt(end + shift) };
    return [{ ...finding, range }];
  });
}

/** Does a word go on here? Then what stood here was another word. */
function isPartOfWord(text: string, offset: number): boolean {
  return /^\w\w$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}

function documentOf(text: string): TextDocument {
  return TextDocument.create('', 'twin', 0, text);
}
