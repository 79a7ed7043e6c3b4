/** Where the name under the cursor is used in this file: where it gets its value, and where it is read. */
import { type AstNode, AstUtils, CstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import type { DocumentHighlightProvider } from 'langium/lsp';
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { placesInTexts } from '../language/links/names-in-texts.ts';
import { leafAfter } from './leaf-after.ts';
import type { TwinLspServices } from './services.ts';
import { type Use, usesOf } from './uses-of.ts';

export class TwinDocumentHighlightProvider implements DocumentHighlightProvider {
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    this.services = services;
  }

  getDocumentHighlight(
    document: LangiumDocument,
    { position }: DocumentHighlightParams,
  ): DocumentHighlight[] | undefined {
    const { parser, references } = this.services;
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(position);
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, offset, parser.GrammarConfig.nameRegexp);
    if (leaf === undefined) return undefined;
    const declarations = references.References.findDeclarations(leaf).filter((node) => !isBuiltInName(node));
    return declarations.flatMap((declaration) => [
      ...this.ownName(declaration, document),
      ...usesOf(this.services, declaration, document.uri).map((use) => ({
        range: use.leaf.range,
        kind: isGivenValue(use) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      })),
      ...readInTexts(declaration, document),
    ]);
  }

  private ownName(declaration: AstNode, document: LangiumDocument): DocumentHighlight[] {
    const name = GrammarUtils.findNodeForProperty(declaration.$cstNode, 'name');
    if (name === undefined || AstUtils.getDocument(declaration) !== document) return [];
    return [
      {
        range: name.range,
        kind: holdsValue(declaration) ? DocumentHighlightKind.Write : DocumentHighlightKind.Text,
      },
    ];
  }
}

function readInTexts(declaration: AstNode, document: LangiumDocument): DocumentHighlight[] {
  if (AstUtils.getDocument(declaration) !== document) return [];
  const { textDocument } = document;
  return placesInTexts(declaration).map(({ start, end }) => ({
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    kind: DocumentHighlightKind.Read,
  }));
}

/** In front of `=`, or the label of an argument. */
function isGivenValue({ leaf, owner }: Use): boolean {
  const next = leafAfter(leaf)?.text;
  if (next === ':') return ast.isArgument(owner) || ast.isFunctionArgument(owner);
  return next === '=' || next === '+=' || next === '-=';
}

function holdsValue(node: AstNode): boolean {
  return (
    ast.isVariable(node) ||
    ast.isParameter(node) ||
    ast.isAttribute(node) ||
    ast.isBinding(node) ||
    ast.isLoopVariable(node)
  );
}
