/**
 * Says which files must be linked and checked again after a change: those that import what changed, and no others. Keeps no
 * index of references: who refers to an element is looked up when somebody asks, from the references that were linked.
 */

import type { AstNode } from 'langium';
import {
  AstUtils,
  CstUtils,
  DefaultIndexManager,
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumSharedCoreServices,
  type ReferenceDescription,
  type Stream,
  stream,
  UriUtils,
} from 'langium';
import { importsOf } from './imports.ts';

export class TwinIndexManager extends DefaultIndexManager {
  private readonly all: () => LangiumDocuments;

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.all = () => services.workspace.LangiumDocuments;
  }

  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    return importsOf(document).some(({ uri }) => changedUris.has(uri.toString()));
  }

  override async updateReferences(): Promise<void> {}

  override findAllReferences(target: AstNode, path: string): Stream<ReferenceDescription> {
    const targetUri = AstUtils.getDocument(target).uri;
    return stream(
      this.all().all.flatMap((document) =>
        document.references.flatMap((reference): ReferenceDescription[] => {
          const segment = CstUtils.toDocumentSegment(reference.$refNode);
          if (segment === undefined || !('ref' in reference) || reference.ref !== target) return [];
          const local = UriUtils.equals(document.uri, targetUri);
          return [{ sourceUri: document.uri, sourcePath: '', targetUri, targetPath: path, segment, local }];
        }),
      ),
    );
  }
}
