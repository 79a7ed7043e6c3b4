/**
 * The parser grows every node and every list of a tree step by step, with room for more that never comes: a fifth of the
 * memory. Here they get the room that they need, and the places of nodes become such that a file can be folded.
 */
import { type AstNode, type CstNode, isAstNode } from 'langium';
import { type Placed, unfold } from './folded-tree.ts';

/** A node that finds its place in the text again when it is asked for. */
class CompactNode implements Placed {
  readonly $type: string;
  readonly $container: AstNode | undefined;
  $place: CstNode | number | undefined;

  constructor($type: string, $container: AstNode | undefined, $place: CstNode | undefined) {
    this.$type = $type;
    this.$container = $container;
    this.$place = $place;
  }

  get $cstNode(): CstNode | undefined {
    if (typeof this.$place === 'number') unfold(this as AstNode);
    return this.$place as CstNode | undefined;
  }

  set $cstNode(node: CstNode | undefined) {
    this.$place = node;
  }
}

/** One for each type of node: nodes of one type have the same properties, and are as large as these. */
const classes = new Map<string, typeof CompactNode>();

function classOf(type: string): typeof CompactNode {
  let found = classes.get(type);
  if (found === undefined) {
    found = class extends CompactNode {};
    classes.set(type, found);
  }
  return found;
}

/** The same tree in less room; the one that is given must not be used any more. */
export function compactTree<T extends AstNode>(root: T): T {
  return compact(root, undefined) as T;
}

function compact(node: AstNode, container: AstNode | undefined): AstNode {
  const { $type, $cstNode } = node;
  const Compact = classOf($type);
  const compacted = new Compact($type, container, $cstNode) as CompactNode & AstNode;
  // Operations of one chain share the place of the whole, which is the outermost one's own.
  if ($cstNode !== undefined && $cstNode.astNode === node) Object.assign($cstNode, { astNode: compacted });
  const from = node as unknown as Readonly<Record<string, unknown>>;
  const to = compacted as unknown as Record<string, unknown>;
  for (const property in node) {
    if (property === '$type' || property === '$container' || property === '$cstNode') continue;
    const value = from[property];
    if (property.charCodeAt(0) === DOLLAR) to[property] = value;
    else to[property] = Array.isArray(value) ? value.map((item) => part(item, compacted)) : part(value, compacted);
  }
  return compacted;
}

const DOLLAR = 36;

function part(value: unknown, container: AstNode): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isAstNode(value)) return compact(value, container);
  // A reference knows in which node it stands.
  if ('$refText' in value) Object.assign(value, { node: container });
  return value;
}
