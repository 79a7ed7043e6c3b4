/** What a dotted name can go on with, from the text before the cursor: a path that is being typed is often no tree yet. */
import { type AstNode, type AstNodeDescription, AstUtils, type Stream } from 'langium';
import type { CompletionContext } from 'langium/lsp';
import * as ast from '../generated/ast.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { NameScope } from '../language/links/name-scope.ts';
import type { PathUse } from '../language/links/scope-provider.ts';
import { membersOfNamed } from '../language/links/value-members.ts';
import type { TwinLspServices } from './services.ts';

export function pathCandidates(services: TwinLspServices, context: CompletionContext): Stream<AstNodeDescription> {
  const node = context.node as AstNode;
  const before = context.textDocument.getText().slice(Math.max(0, context.offset - 300), context.tokenOffset);
  const use = useOf(node, before);
  const scopes = services.references.ScopeProvider;
  let layers = scopes.layersOfPath(node, use);
  for (const step of /((?:\w+\.)+)$/.exec(before)?.[1]?.split('.').slice(0, -1) ?? []) {
    const found = layers.map((names) => names.get(step)?.[0]).find((candidate) => candidate !== undefined);
    layers = [membersOfNamed(found)];
  }
  return new NameScope(layers, (candidate) => fits(candidate, use), scopes.describe).getAllElements();
}

function useOf(node: AstNode, before: string): PathUse {
  const start = before.replace(/(?:\w+\.)+$/, '').trimEnd();
  if (AstUtils.hasContainerOfType(node, ast.isMachine) && (start.endsWith('->') || /\bin\($/.test(start)))
    return 'vertex';
  if (AstUtils.hasContainerOfType(node, ast.isExpectation) && start.endsWith('(')) return 'measured';
  if (AstUtils.hasContainerOfType(node, ast.isTwin) && !/[[(:=]$|\bwhere$|\band$|\bor$|\bnot$/.test(start))
    return 'bound';
  return 'value';
}

function fits(node: AstNode, use: PathUse): boolean {
  if (use === 'vertex') return true;
  if (use === 'measured')
    return ast.isComponent(node) || ast.isOperation(node) || ast.isInteraction(node) || ast.isNode(node);
  if (use === 'bound') return ast.isComponent(node) || ast.isOperation(node) || ast.isInteraction(node);
  return (
    isBuiltInName(node) ||
    ast.isVariable(node) ||
    ast.isParameter(node) ||
    ast.isBinding(node) ||
    ast.isEnumeration(node) ||
    ast.isLiteral(node)
  );
}
