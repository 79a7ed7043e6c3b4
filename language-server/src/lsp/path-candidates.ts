/** What a dotted name can go on with, from the text before the cursor: a path that is being typed is often no tree yet. */
import { measureNamed, poolNames } from '@pollux/engine/property';
import { type AstNode, type AstNodeDescription, AstUtils, type Stream } from 'langium';
import type { CompletionContext } from 'langium/lsp';
import * as ast from '../generated/ast.ts';
import { distributions } from '../language/links/built-in-functions.ts';
import { builtInLabels, isBuiltInName, listProperties } from '../language/links/built-in-names.ts';
import { attributesOf } from '../language/links/declared-names.ts';
import { NameScope, type Names } from '../language/links/name-scope.ts';
import type { PathUse } from '../language/links/scope-provider.ts';
import { settableMembers } from '../language/links/settable-members.ts';
import { type DeclaredType, declaredTypeOf, membersOfNamed } from '../language/links/value-members.ts';
import type { TwinLspServices } from './services.ts';

/** So much text in front of the cursor decides what a path is for. */
const LOOK_BACK = 300;

export function pathCandidates(services: TwinLspServices, context: CompletionContext): Stream<AstNodeDescription> {
  const node = context.node as AstNode;
  const text = context.textDocument.getText();
  const before = text.slice(Math.max(0, context.offset - LOOK_BACK), context.tokenOffset);
  const use = useOf(node, before);
  const scopes = services.references.ScopeProvider;
  const dotted = /((?:\w+(?:\([^()]*\))?\.)+)$/.exec(before)?.[1];
  const layers =
    dotted === undefined ? scopes.layersOfPath(node, use) : membersBehind(dotted, use, scopes.layersOfPath(node, use));
  const fits = fitness(use, before);
  return new NameScope(layers, fits, scopes.describe).getAllElements();
}

/** Names in front of a colon: attributes of the data type, or parameters of the distribution, whose parentheses are open. */
export function labelCandidates(services: TwinLspServices, context: CompletionContext): Stream<AstNodeDescription> {
  const text = context.textDocument.getText();
  const before = text.slice(Math.max(0, context.offset - LOOK_BACK), context.tokenOffset);
  const name = /(\w+)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*$/.exec(before)?.[1] ?? '';
  const scopes = services.references.ScopeProvider;
  const declared = scopes.layersOfPath(context.node as AstNode, 'declared').map((names) => names.get(name)?.[0]);
  const data = declared.find((node) => node !== undefined);
  return new NameScope(
    [ast.isDataType(data) ? attributesOf(data) : labelsOf(name)],
    () => true,
    scopes.describe,
  ).getAllElements();
}

function labelsOf(name: string): Names {
  const labels = new Set(distributions[name]?.named ?? []);
  return new Map([...builtInLabels].filter(([label]) => labels.has(label)));
}

/** `cart.items.at(0).`: what the last dot leads to. */
function membersBehind(dotted: string, use: PathUse, layers: readonly Names[]): Names[] {
  let visible = layers;
  let before: AstNode | undefined;
  let list: DeclaredType | undefined;
  for (const step of dotted.split('.').slice(0, -1)) {
    const name = /^\w+/.exec(step)?.[0] ?? '';
    const found = visible.map((names) => names.get(name)?.[0]).find((candidate) => candidate !== undefined);
    const type: DeclaredType | undefined =
      isBuiltInName(found) && name === 'at' && list !== undefined ? { ...list, isList: false } : declaredTypeOf(found);
    list = type?.isList === true ? type : undefined;
    if (use === 'set') visible = [settableMembers(found, before)];
    else visible = [type === undefined ? membersOfNamed(found) : membersOfType(type)];
    before = found;
  }
  return [...visible];
}

function membersOfType({ type, isList }: DeclaredType): Names {
  if (isList) return listProperties;
  const named = type.declared?.ref;
  return ast.isDataType(named) ? attributesOf(named) : new Map();
}

/** By the words in front of the path, as its tree is not there yet. */
function useOf(node: AstNode, before: string): PathUse {
  const start = before.replace(/(?:\w+(?:\([^()]*\))?\.)+$/, '').trimEnd();
  const isIn = (test: (item: unknown) => item is AstNode) => AstUtils.hasContainerOfType(node, test);
  if (/\bin\($/.test(start)) return 'vertex';
  if ((isIn(ast.isMachine) || isIn(ast.isActivity)) && /->$|\bfork\b[^\n]*,$/.test(start)) return 'vertex';
  if (isIn(ast.isTestCase) && /\bnever$/.test(start)) return 'vertex';
  if (isIn(ast.isTestCase) && /\bgiven$/.test(start)) return 'declared';
  if (isIn(ast.isPolicy)) return 'judged';
  if (isIn(ast.isCalibration) || /\b(?:limit|ignore|consider)$/.test(start)) return 'declared';
  if (/\b(?:crash|slow|partition)(?:\s+\w+\s+from)?$/.test(start)) return 'placed';
  if (/\b(?:set|vary)$/.test(start) || (isIn(ast.isVary) && start.endsWith(','))) return 'set';
  if (/\bcost$/.test(start)) return 'measured';
  const judges = isIn(ast.isExpectation) || isIn(ast.isForecast) || isIn(ast.isRollout);
  if (judges && start.endsWith('(')) return 'measured';
  if (isIn(ast.isTwin) && !/[[(:=]$|\bwhere$|\band$|\bor$|\bnot$/.test(start)) return 'bound';
  return 'value';
}

/** Which of the visible names make sense there. */
function fitness(use: PathUse, before: string): (node: AstNode) => boolean {
  const measure = use === 'measured' ? measureNamed(/([\w.]+)\((?:\w+\.)*$/.exec(before)?.[1] ?? '') : undefined;
  if (measure !== undefined) {
    const kinds: ReadonlySet<string> = new Set(measure.appliesTo);
    const pools: ReadonlySet<string> = new Set(kinds.has('pool') ? poolNames : []);
    return (node) => (isBuiltInName(node) ? pools.has(node.name) : kinds.has(kindOf(node)) || holdsMeasurable(node));
  }
  if (use !== 'value') return (node) => !ast.isEnumeration(node) && !ast.isDataType(node);
  return (node) =>
    isBuiltInName(node) ||
    ast.isVariable(node) ||
    ast.isParameter(node) ||
    ast.isAttribute(node) ||
    ast.isBinding(node) ||
    ast.isLoopVariable(node) ||
    ast.isLifeline(node) ||
    ast.isEnumeration(node) ||
    ast.isLiteral(node);
}

function kindOf(node: AstNode): string {
  return node.$type.toLowerCase();
}

/** A dot behind it leads to what can be measured. */
function holdsMeasurable(node: AstNode): boolean {
  return ast.isComponent(node) || ast.isMachine(node) || ast.isActivity(node);
}
