/** The token behind a token, comments and blanks left out. */
import { type CstNode, isCompositeCstNode, isLeafCstNode, type LeafCstNode } from 'langium';

export function leafAfter(leaf: CstNode): LeafCstNode | undefined {
  for (let node: CstNode = leaf, owner = node.container; owner !== undefined; node = owner, owner = node.container) {
    for (const sibling of owner.content.slice(owner.content.indexOf(node) + 1)) {
      const first = firstVisible(sibling);
      if (first !== undefined) return first;
    }
  }
  return undefined;
}

function firstVisible(node: CstNode): LeafCstNode | undefined {
  if (isLeafCstNode(node)) return node.hidden ? undefined : node;
  for (const part of isCompositeCstNode(node) ? node.content : []) {
    const first = firstVisible(part);
    if (first !== undefined) return first;
  }
  return undefined;
}
