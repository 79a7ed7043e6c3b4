/**
 * Says which files must be linked and checked again after a change: those that import what changed, those whose names lead
 * into it through another file, and no others. Keeps no index of references: who refers to an element is looked up when
 * somebody asks, from the references that were linked.
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
import { importClosure, importsOf } from './imports.ts';

/** Where the names of a file lead. */
interface Leads {
  readonly files: ReadonlySet<string>;
  /** Some lead nowhere. */
  readonly isBroken: boolean;
}

export class TwinIndexManager extends DefaultIndexManager {
  private readonly all: () => LangiumDocuments;
  private readonly leads = new WeakMap<LangiumDocument, Leads>();

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.all = () => services.workspace.LangiumDocuments;
  }

  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    if (importsOf(document).some(({ uri }) => changedUris.has(uri.toString()))) return true;
    const leads = this.leads.get(document);
    if (leads === undefined) return false;
    for (const uri of changedUris) if (leads.files.has(uri)) return true;
    // A name may lead on, behind a dot, into what an imported file imports.
    return leads.isBroken && importClosure(document, this.all()).some(({ uri }) => changedUris.has(uri.toString()));
  }

  override async updateReferences(document: LangiumDocument): Promise<void> {
    const files = new Set<string>();
    let isBroken = false;
    for (const reference of document.references) {
      if (reference.error !== undefined) isBroken = true;
      const target = 'ref' in reference ? reference.ref : undefined;
      const owner = target === undefined ? undefined : AstUtils.findRootNode(target).$document;
      if (owner !== undefined && owner !== document) files.add(owner.uri.toString());
    }
    this.leads.set(document, { files, isBroken });
  }

  override findAllReferences(target: AstNode, path: string): Stream<ReferenceDescription> {
    // What the language brings along stands in no file.
    const targetUri = AstUtils.findRootNode(target).$document?.uri;
    if (targetUri === undefined) return stream();
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
