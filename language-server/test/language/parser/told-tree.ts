/** What was read as text, to be compared: nothing that anybody can ask of it is left out. */
import type { AstNode, CstNode, ParseResult } from 'langium';

/** All that a tree says: types, values, places, kinds of tokens, and which node of one tree belongs to which of the other. */
export function told(result: ParseResult): string {
  const { value, parserErrors, lexerErrors } = result;
  const lines = [...tree(value), ...(value.$cstNode === undefined ? [] : cst(value.$cstNode.root))];
  for (const { message, offset, length, line, column } of lexerErrors) {
    lines.push(`${message} ${offset}+${length} ${line}:${column}`);
  }
  for (const error of parserErrors) {
    const previous = 'previousToken' in error ? (error.previousToken as typeof error.token) : undefined;
    lines.push(`${error.message} at ${[error.token, previous, ...error.resyncedTokens].map(token).join(', ')}`);
  }
  return lines.join('\n');
}

function token(item: ParseResult['parserErrors'][number]['token'] | undefined): string {
  if (item === undefined) return 'none';
  const { tokenType, image, startOffset, endOffset, startLine, startColumn, endLine, endColumn } = item;
  return [tokenType.name, image, startOffset, endOffset, startLine, startColumn, endLine, endColumn].join(' ');
}

function* tree(node: AstNode, owner?: AstNode): Generator<string> {
  const { $type, $cstNode, $container, $containerProperty, $containerIndex } = node;
  yield `${$type} ${$containerProperty} ${$containerIndex} ${$container === owner} ${$cstNode === undefined ? '' : place($cstNode)}`;
  for (const [property, value] of Object.entries(node)
    .filter(([name]) => !name.startsWith('$'))
    .sort()) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item !== 'object' || item === null) yield `${property} = ${item}`;
      else if ('$refText' in item)
        yield `${property} -> ${item.$refText} ${(item.$refNode as CstNode | undefined)?.offset}`;
      else yield* tree(item as AstNode, node);
    }
  }
}

function* cst(node: CstNode, owner?: CstNode): Generator<string> {
  const of = node.hidden ? '' : node.astNode.$type;
  const kind = 'tokenType' in node ? (node.tokenType as { name: string }).name : '';
  yield `${place(node)} ${node.hidden} ${'content' in node ? '' : node.text} ${node.grammarSource?.$type} ${kind} ${of} ${node.container === owner}`;
  if ('content' in node) for (const child of node.content as CstNode[]) yield* cst(child, node);
}

function place({ offset, end, range: { start, end: last } }: CstNode): string {
  return `${offset}-${end} ${start.line}:${start.character}-${last.line}:${last.character}`;
}
