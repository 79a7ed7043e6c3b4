/** A scope made of layers of declarations, inner first. Knows names, not where they come from. */
import { type AstNode, type AstNodeDescription, type Scope, type Stream, stream } from 'langium';

/** Names of one place with what they stand for; several where a name is not unique. */
export type Names = ReadonlyMap<string, readonly AstNode[]>;

export class NameScope implements Scope {
  private readonly layers: readonly Names[];
  private readonly accepts: (node: AstNode) => boolean;
  private readonly describe: (node: AstNode, name: string) => AstNodeDescription;

  constructor(
    layers: readonly Names[],
    accepts: (node: AstNode) => boolean,
    describe: (node: AstNode, name: string) => AstNodeDescription,
  ) {
    this.layers = layers;
    this.accepts = accepts;
    this.describe = describe;
  }

  getElement(name: string): AstNodeDescription | undefined {
    return this.getElements(name).head();
  }

  getElements(name: string): Stream<AstNodeDescription> {
    return stream(this.find(name));
  }

  /** What the innermost layer that knows the name has under it. */
  find(name: string): AstNodeDescription[] {
    for (const layer of this.layers) {
      const found = layer.get(name)?.filter(this.accepts);
      if (found !== undefined && found.length > 0) return found.map((node) => this.describe(node, name));
    }
    return [];
  }

  getAllElements(): Stream<AstNodeDescription> {
    const all = new Map<string, AstNodeDescription>();
    for (const layer of this.layers) {
      for (const [name, nodes] of layer) {
        const node = nodes.find(this.accepts);
        if (node !== undefined && !all.has(name)) all.set(name, this.describe(node, name));
      }
    }
    return stream(all.values());
  }

  /** What the name stands for if kinds did not matter: for messages. */
  ofAnyKind(name: string): AstNode | undefined {
    for (const layer of this.layers) {
      const found = layer.get(name)?.[0];
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Collects nodes under their names, in the order given. */
export function namesOf(nodes: Iterable<AstNode & { readonly name?: string }>): Names {
  const names = new Map<string, AstNode[]>();
  for (const node of nodes) {
    if (!node.name) continue;
    const same = names.get(node.name);
    if (same === undefined) names.set(node.name, [node]);
    else same.push(node);
  }
  return names;
}
