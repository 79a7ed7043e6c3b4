/** A name that refers to something, and finds its place in the text again when it is asked for, as nodes do. */
import {
  type AstNode,
  type AstNodeDescription,
  type CstNode,
  isLinkingError,
  type LinkingError,
  type Reference,
} from 'langium';
import { type Placed, unfold } from '../parser/folded-tree.ts';

/** How the library finds out what is meant. */
export interface Resolver {
  resolveReference(reference: Reference, node: AstNode, property: string): AstNode | undefined;
}

/** Has the inside that the library's linker counts on. */
export class PlacedReference implements Placed {
  readonly $refText: string;
  $place: CstNode | number | undefined;
  readonly node: AstNode;
  private readonly property: string;
  private readonly resolver: Resolver;
  private readonly _ref: unknown = undefined;
  /** The last one: the linker deletes it. */
  private readonly _nodeDescription: AstNodeDescription | undefined = undefined;

  constructor(resolver: Resolver, node: AstNode, property: string, place: CstNode | undefined, text: string) {
    this.$refText = text;
    this.$place = place;
    this.node = node;
    this.property = property;
    this.resolver = resolver;
  }

  get ref(): AstNode | undefined {
    return this.resolver.resolveReference(this as Reference, this.node, this.property);
  }

  get $refNode(): CstNode | undefined {
    if (typeof this.$place === 'number') unfold(this.node);
    return this.$place as CstNode | undefined;
  }

  get $nodeDescription(): AstNodeDescription | undefined {
    return this._nodeDescription;
  }

  get error(): LinkingError | undefined {
    return isLinkingError(this._ref) ? this._ref : undefined;
  }
}
