/** A piece of the text as it is written, on one line. */
import type { AstNode } from 'langium';

export function sourceText(node: AstNode): string {
  return node.$cstNode?.text.replace(/\s+/g, ' ') ?? '';
}
