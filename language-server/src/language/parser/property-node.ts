/**
 * Where a property of a node stands in the text: what the library's own search finds, without gathering all that it might
 * be. Lowering asks it for every element on every change.
 */
import { type AstNode, AstUtils, type CstNode, GrammarAST } from 'langium';

type Source = NonNullable<CstNode['grammarSource']>;

const features = new WeakMap<Source, string>();

/** The part of the text that gives the property its value, or its value at `index` where it has several. */
export function propertyNode(node: CstNode | undefined, property: string, index = 0): CstNode | undefined {
  if (node === undefined) return undefined;
  const search: Search = { property, owner: node.astNode, left: index, found: undefined };
  searchBelow(node, search);
  return search.found;
}

interface Search {
  readonly property: string;
  readonly owner: AstNode;
  /** How many are still to be passed over. */
  left: number;
  /** The last one met: an index beyond all means it. */
  found: CstNode | undefined;
}

/** Says whether the search is over. */
function searchBelow(node: CstNode, search: Search): boolean {
  if (!('content' in node) || node.astNode !== search.owner) return false;
  for (const child of node.content as readonly CstNode[]) {
    if (featureOf(child) !== search.property) {
      if (searchBelow(child, search)) return true;
    } else {
      search.found = child;
      if (search.left-- === 0) return true;
    }
  }
  return false;
}

/** The property that the grammar assigns what stands here to; none for blanks, keywords and the like. */
function featureOf({ grammarSource }: CstNode): string {
  if (grammarSource === undefined) return '';
  let feature = features.get(grammarSource);
  if (feature === undefined) {
    feature = AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment)?.feature ?? '';
    features.set(grammarSource, feature);
  }
  return feature;
}
