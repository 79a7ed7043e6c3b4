/** What the word under the cursor is: a declaration with its documentation, a quantity, a function, a measure, a keyword. */

import { measureNamed } from '@pollux/engine/property';
import type { References } from 'langium';
import {
  type AstNode,
  AstUtils,
  type CstNode,
  CstUtils,
  GrammarAST,
  GrammarUtils,
  type LangiumDocument,
} from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { distributions, functions } from '../language/links/built-in-functions.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { documentationOf } from '../language/lower/lowering.ts';
import { declarationText } from './declaration-text.ts';
import { meaningOf } from './keywords/keyword-meanings.ts';
import { quantityInWords } from './quantity-text.ts';
import type { TwinLspServices } from './services.ts';

export class TwinHoverProvider implements HoverProvider {
  private readonly references: References;

  constructor(services: TwinLspServices) {
    this.references = services.references.References;
  }

  getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position), /[\w%]/);
    const value = leaf === undefined ? undefined : this.contentOf(leaf);
    if (leaf === undefined || value === undefined) return undefined;
    return { contents: { kind: 'markdown', value }, range: leaf.range };
  }

  private contentOf(leaf: CstNode): string | undefined {
    const node = leaf.astNode;
    const isFunction = ast.isCall(node) && isPartOf(leaf, node, 'function');
    if (isFunction && !ast.isDataType(node.function?.ref)) return functionText(node.function?.$refText ?? '');
    if (ast.isMeasure(node) && isPartOf(leaf, node, 'statistic')) return measureText(node.statistic);
    const words = /^\d/.test(leaf.text) ? quantityInWords(leaf.text) : undefined;
    if (words !== undefined) return `\`${leaf.text}\` is ${words}.`;
    if (GrammarAST.isKeyword(leaf.grammarSource)) {
      const known = meaningOf(leaf.text, ruleOf(leaf.grammarSource));
      return known === undefined ? undefined : `**${leaf.text}**: ${known.meaning}`;
    }
    const [declaration] = this.references.findDeclarations(leaf);
    return declaration === undefined ? undefined : describe(declaration);
  }
}

/** The rule of the grammar in which a keyword stands. */
function ruleOf(keyword: GrammarAST.Keyword): string | undefined {
  return AstUtils.getContainerOfType(keyword, GrammarAST.isAbstractRule)?.name;
}

function describe(node: AstNode): string {
  const code = `\`\`\`twin\n${declarationText(node)}\n\`\`\``;
  const documentation = isBuiltInName(node) ? node.meaning : documentationOf(node);
  return documentation === undefined ? code : `${code}\n\n${documentation}`;
}

function functionText(name: string): string | undefined {
  const declared = Object.hasOwn(distributions, name)
    ? distributions[name]
    : Object.hasOwn(functions, name)
      ? functions[name]
      : undefined;
  return declared === undefined ? undefined : `\`\`\`twin\n${declared.signature}\n\`\`\`\n\n${declared.meaning}`;
}

function measureText(name: string): string | undefined {
  const measure = measureNamed(name);
  return measure === undefined ? undefined : `**${name}**: ${measure.meaning} Of: ${measure.appliesTo.join(', ')}.`;
}

function isPartOf(leaf: CstNode, node: AstNode, property: string): boolean {
  const part = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  return part !== undefined && part.offset <= leaf.offset && leaf.end <= part.end;
}
