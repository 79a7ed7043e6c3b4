/** Colours by meaning: names by what they stand for, even where they look like keywords. */
import { type AstNode, AstUtils } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';

const types: Readonly<Record<string, string>> = {
  Actor: SemanticTokenTypes.variable,
  Binding: SemanticTokenTypes.parameter,
  BuiltInName: SemanticTokenTypes.variable,
  Choice: SemanticTokenTypes.enumMember,
  Component: SemanticTokenTypes.class,
  Deployment: SemanticTokenTypes.namespace,
  Enumeration: SemanticTokenTypes.enum,
  Expectation: SemanticTokenTypes.property,
  Final: SemanticTokenTypes.enumMember,
  Interaction: SemanticTokenTypes.function,
  Junction: SemanticTokenTypes.enumMember,
  Lifeline: SemanticTokenTypes.variable,
  Literal: SemanticTokenTypes.enumMember,
  Machine: SemanticTokenTypes.class,
  Node: SemanticTokenTypes.struct,
  Operation: SemanticTokenTypes.method,
  Parameter: SemanticTokenTypes.parameter,
  Region: SemanticTokenTypes.namespace,
  Scenario: SemanticTokenTypes.function,
  Signal: SemanticTokenTypes.event,
  State: SemanticTokenTypes.enumMember,
  Twin: SemanticTokenTypes.interface,
  Variable: SemanticTokenTypes.variable,
  Zone: SemanticTokenTypes.namespace,
};

export class TwinSemanticTokenProvider extends AbstractSemanticTokenProvider {
  protected override highlightElement(node: AstNode, acceptor: SemanticTokenAcceptor): void {
    const own = types[node.$type];
    if (own !== undefined && 'name' in node && typeof node.name === 'string') {
      acceptor({ node, property: 'name', type: own, modifier: SemanticTokenModifiers.declaration });
    }
    if (ast.isCall(node)) acceptor({ node, property: 'function', type: SemanticTokenTypes.function });
    if (ast.isMeasure(node)) acceptor({ node, property: 'statistic', type: SemanticTokenTypes.function });
    for (const { reference } of AstUtils.streamReferences(node)) {
      const target = 'ref' in reference ? reference.ref : undefined;
      const type = target === undefined ? undefined : types[target.$type];
      if (type !== undefined && reference.$refNode !== undefined) acceptor({ cst: reference.$refNode, type });
    }
  }
}
