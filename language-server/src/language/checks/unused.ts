/**
 * Declarations that nothing uses: signals, data, operations, variables, states of no use are findings of their own elsewhere.
 * What another file can see may be used there, so declarations of an imported file are left alone.
 */
import { type AstNode, AstUtils, type LangiumDocument, type LangiumDocuments, UriUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { descendantsOf } from '../links/descendants.ts';
import { importsOf, rootOf } from '../links/imports.ts';
import { kindWord } from '../links/kind-names.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';

export function checkUnused(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  const isShared = isImported(document, documents);
  const used = usedIn(document);
  for (const node of candidates(rootOf(document), isShared)) {
    if (!node.name || used.has(node) || isNamedInText(node, used)) continue;
    const message = `Nothing uses ${kindWord(node)} \`${node.name}\`. Remove it, or use it.`;
    lowering.report('unused', placeOfProperty(lowering, node, 'name'), message);
  }
}

/** Another file may then use what this one declares. */
export function isImported(document: LangiumDocument, documents: LangiumDocuments): boolean {
  return documents.all.some((other) => importsOf(other).some(({ uri }) => UriUtils.equals(uri, document.uri)));
}

type Used = ReadonlySet<AstNode | string>;

/** The targets of all references, and the names that log texts mention. */
function usedIn(document: LangiumDocument): Used {
  const used = new Set<AstNode | string>();
  for (const reference of document.references) {
    if ('ref' in reference && reference.ref !== undefined) used.add(reference.ref);
  }
  for (const node of descendantsOf(document.parseResult.value)) {
    if (!ast.isLog(node)) continue;
    for (const [, name] of (node.text ?? '').matchAll(/\{\s*(\w+)/g)) used.add(`${behaviourOf(node)?.name}.${name}`);
  }
  return used;
}

function behaviourOf(node: AstNode): ast.Machine | ast.Interaction | ast.Activity | undefined {
  return AstUtils.getContainerOfType(
    node,
    (item): item is ast.Machine | ast.Interaction | ast.Activity =>
      ast.isMachine(item) || ast.isInteraction(item) || ast.isActivity(item),
  );
}

function isNamedInText(node: Candidate, used: Used): boolean {
  const behaviour = behaviourOf(node);
  return behaviour !== undefined && used.has(`${behaviour.name}.${node.name}`);
}

type Candidate = AstNode & { readonly name: string };

/** What is meant to be referred to. Behaviours are run, parameters belong to a signature: neither has to be. */
function* candidates(file: ast.TwinFile, isShared: boolean): Generator<Candidate> {
  for (const node of file.declarations) {
    const isPublic = ast.isSignal(node) || ast.isEnumeration(node) || ast.isDataType(node) || ast.isResource(node);
    if (isPublic && !isShared) yield node;
    if (ast.isComponent(node) && !isShared) yield* node.members.filter(ast.isOperation);
    if (ast.isMachine(node)) yield* node.members.filter(ast.isVariable);
    if (ast.isInteraction(node)) {
      yield* node.members.filter(ast.isVariable);
      for (const member of node.members) {
        if (ast.isLifelines(member)) yield* member.lifelines;
        else if (ast.isActors(member)) yield* member.actors;
      }
    }
    if (ast.isActivity(node)) {
      yield* node.members.filter(ast.isVariable);
      for (const member of node.members) if (ast.isPartitions(member)) yield* member.partitions;
    }
  }
}
