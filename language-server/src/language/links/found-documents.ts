/** The documents, found by their address at once: every name that is looked up asks for the files that are imported. */
import { DefaultLangiumDocuments, type LangiumDocument, type URI } from 'langium';

export class FoundDocuments extends DefaultLangiumDocuments {
  private readonly byAddress = new Map<string, LangiumDocument>();

  override addDocument(document: LangiumDocument): void {
    super.addDocument(document);
    this.byAddress.set(document.uri.toString(), document);
  }

  override getDocument(uri: URI): LangiumDocument | undefined {
    return this.byAddress.get(uri.toString()) ?? super.getDocument(uri);
  }

  override deleteDocument(uri: URI): LangiumDocument | undefined {
    const document = super.deleteDocument(uri);
    if (document !== undefined) this.byAddress.delete(document.uri.toString());
    return document;
  }

  override deleteDocuments(folder: URI): LangiumDocument[] {
    const documents = super.deleteDocuments(folder);
    for (const { uri } of documents) this.byAddress.delete(uri.toString());
    return documents;
  }
}
