/** Paths in the text lead to their files. A pattern that stands for several files leads nowhere. */
import type { LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import { namedPathsOf } from './named-paths.ts';

export class TwinDocumentLinkProvider implements DocumentLinkProvider {
  getDocumentLinks(document: LangiumDocument): DocumentLink[] {
    return namedPathsOf(document)
      .filter(({ path }) => !/[*?{[]/.test(path))
      .map(({ range, uri }) => ({ range, target: uri.toString() }));
  }
}
