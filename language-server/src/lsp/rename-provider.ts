/** Renames an element wherever it is named, the `{name}` parts of log texts included. */
import { type AstNode, AstUtils, Cancellation, CstUtils, type LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import type { RenameParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { placesInTexts } from '../language/links/names-in-texts.ts';
import { hardKeywords } from '../language/parser/soft-keyword-lexer.ts';

export class TwinRenameProvider extends DefaultRenameProvider {
  override async rename(
    document: LangiumDocument,
    params: RenameParams,
    cancel = Cancellation.CancellationToken.None,
  ): Promise<WorkspaceEdit | undefined> {
    const { newName } = params;
    if (!/^[\p{L}_][\p{L}\d_]*$/u.test(newName) || hardKeywords.has(newName) || newName === 'any') {
      throw new Error(`\`${newName}\` cannot be a name. Names are letters, digits and _, and begin with no digit.`);
    }
    const declaration = this.declarationAt(document, params);
    // What the language brings along keeps its name.
    if (isBuiltInName(declaration)) return undefined;
    const edit = await super.rename(document, params, cancel);
    if (edit?.changes === undefined || declaration === undefined) return edit;
    const inTexts = logEdits(declaration, newName);
    if (inTexts.length === 0) return edit;
    const uri = AstUtils.getDocument(declaration).uri.toString();
    return { changes: { ...edit.changes, [uri]: [...(edit.changes[uri] ?? []), ...inTexts] } };
  }

  private declarationAt(document: LangiumDocument, params: RenameParams): AstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(params.position);
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, offset, this.grammarConfig.nameRegexp);
    return leaf === undefined ? undefined : this.references.findDeclarations(leaf)[0];
  }
}

function logEdits(declaration: AstNode, newName: string): TextEdit[] {
  const { textDocument } = AstUtils.getDocument(declaration);
  return placesInTexts(declaration).map(({ start, end }) => ({
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    newText: newName,
  }));
}
