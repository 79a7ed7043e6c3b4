/** The parser grows each list of a tree with room for many more items, and most lists have one: a twentieth of the memory. */
import { type AstNode, isAstNode } from 'langium';

/** Gives every list of the tree just the room that it needs. */
export function trimLists(node: AstNode): void {
  const properties = node as unknown as Record<string, unknown>;
  for (const property in node) {
    if (property.startsWith('$')) continue;
    const value = properties[property];
    if (Array.isArray(value)) {
      properties[property] = value.slice();
      for (const item of value) if (isAstNode(item)) trimLists(item);
    } else if (isAstNode(value)) trimLists(value);
  }
}
