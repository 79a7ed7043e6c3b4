/** Where a declaration is named, with the piece of the syntax tree that names it: for features that tell uses apart. */
import { type AstNode, CstUtils, GrammarUtils, type LangiumDocument, type LeafCstNode, type URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';

export interface Use {
  readonly document: LangiumDocument;
  readonly leaf: LeafCstNode;
  /** The node that refers, and by which of its properties. */
  readonly owner: AstNode;
  readonly property: string;
}

/** All uses in the workspace, or in one file; the declaration itself is none. */
export function usesOf(services: LangiumServices, declaration: AstNode, documentUri?: URI): Use[] {
  const documents = services.shared.workspace.LangiumDocuments;
  const options = { includeDeclaration: false, ...(documentUri === undefined ? {} : { documentUri }) };
  return services.references.References.findReferences(declaration, options)
    .toArray()
    .flatMap(({ sourceUri, segment }): Use[] => {
      const document = documents.getDocument(sourceUri);
      const root = document?.parseResult.value.$cstNode;
      const leaf = root && CstUtils.findLeafNodeAtOffset(root, segment.offset);
      const property = leaf && GrammarUtils.findAssignment(leaf)?.feature;
      if (document === undefined || leaf === undefined || property === undefined) return [];
      return [{ document, leaf, owner: leaf.astNode, property }];
    });
}
