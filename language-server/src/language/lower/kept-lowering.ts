/**
 * Lowers a file after an edit, and keeps what its declarations were lowered to where lowering them again gives the same. What
 * a declaration becomes follows from its own nodes, their places and ids, and from the declarations that its names lead to, and
 * theirs; no part of lowering looks around otherwise. So it holds as long as none of these is another one or stands elsewhere.
 */
import type { Model } from '@pollux/engine/model';
import type { AstNode, LangiumDocument, LangiumDocuments, Reference } from 'langium';
import * as ast from '../../generated/ast.ts';
import { importClosure, importsOf, rootOf } from '../links/imports.ts';
import { visitReferences } from '../links/linker.ts';
import { collectProblems, type Problem } from '../problems/problem.ts';
import { idOf } from './element-ids.ts';
import { documentationOf } from './lowering.ts';
import { lowerFile } from './model.ts';

/** What was known when a file was lowered last. */
interface Past {
  /** The other files that names can lead to. An edit gives a file a new root. */
  readonly others: readonly ast.TwinFile[];
  readonly declarations: ReadonlyMap<ast.Declaration, Lowered>;
}

interface Lowered extends Known {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Of a declaration. */
interface Known {
  readonly line: number;
  readonly character: number;
  readonly id: string;
  readonly documentation: string | undefined;
  readonly references: readonly Reference[];
  /** What each of the references leads to. */
  readonly targets: readonly (AstNode | undefined)[];
  /** The declarations of this file in which the targets stand. */
  readonly neighbours: ReadonlySet<ast.Declaration>;
}

export class KeptLowering {
  private readonly documents: LangiumDocuments;
  private readonly past = new WeakMap<LangiumDocument, Past>();
  /** Files that were lowered before. Only those that change are worth the memory. */
  private readonly seen = new WeakSet<LangiumDocument>();

  constructor(documents: LangiumDocuments) {
    this.documents = documents;
  }

  /** What the file declares; what does not fit is added to `problems`. */
  lower(document: LangiumDocument, problems: Problem[]): Model {
    const file = rootOf(document);
    const past = this.past.get(document);
    const others = this.seen.has(document) ? this.othersOf(document) : undefined;
    const isSame = past !== undefined && others !== undefined && areSame(past.others, others);
    const kept = isSame ? stillTrue(file, past.declarations) : undefined;
    const declarations = new Map<ast.Declaration, Lowered>();
    this.seen.add(document);
    this.past.delete(document);
    const uri = document.uri.toString();
    const model = lowerFile(document, (node, lower) => {
      const before = kept?.get(node);
      if (before !== undefined) {
        declarations.set(node, before);
        problems.push(...before.problems);
        return before.value as ReturnType<typeof lower>;
      }
      const collected = collectProblems();
      const value = lower({ uri, report: collected.report }, node);
      if (others !== undefined) declarations.set(node, { ...knownOf(node), value, problems: collected.problems });
      problems.push(...collected.problems);
      return value;
    });
    if (others !== undefined) this.past.set(document, { others, declarations });
    return model;
  }

  /** Undefined where imports lead back to the file: what others declare then depends on what is declared here. */
  private othersOf(document: LangiumDocument): ast.TwinFile[] | undefined {
    const others = importClosure(document, this.documents).slice(1);
    const uri = document.uri.toString();
    const isCircle = others.some((other) => importsOf(other).some((imported) => imported.uri.toString() === uri));
    return isCircle ? undefined : others.map(rootOf);
  }
}

function stillTrue(file: ast.TwinFile, past: Past['declarations']): ReadonlyMap<ast.Declaration, Lowered> {
  const kept = new Map<ast.Declaration, Lowered>();
  for (const node of file.declarations) {
    const lowered = past.get(node);
    if (lowered !== undefined && isUnchanged(node, lowered)) kept.set(node, lowered);
  }
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const [node, { neighbours }] of kept) {
      for (const neighbour of neighbours) if (!kept.has(neighbour)) kept.delete(node);
    }
  }
  return kept;
}

function isUnchanged(node: ast.Declaration, past: Known): boolean {
  const { line, character } = startOf(node);
  return (
    line === past.line &&
    character === past.character &&
    idOf(node) === past.id &&
    documentationOf(node) === past.documentation &&
    past.references.every((reference, index) => reference.ref === past.targets[index])
  );
}

function knownOf(node: ast.Declaration): Known {
  const references = referencesBelow(node);
  const targets = references.map(({ ref }) => ref);
  const neighbours = new Set<ast.Declaration>();
  for (const target of targets) {
    const declaration = declarationAround(target);
    if (declaration !== undefined && declaration.$container === node.$container) neighbours.add(declaration);
  }
  neighbours.delete(node);
  return { ...startOf(node), id: idOf(node), documentation: documentationOf(node), references, targets, neighbours };
}

function startOf({ $cstNode }: AstNode): { readonly line: number; readonly character: number } {
  return $cstNode?.range.start ?? { line: -1, character: -1 };
}

function declarationAround(node: AstNode | undefined): ast.Declaration | undefined {
  let around = node;
  while (around?.$container !== undefined && !ast.isTwinFile(around.$container)) around = around.$container;
  return ast.isDeclaration(around) ? around : undefined;
}

function referencesBelow(node: AstNode): Reference[] {
  const found: Reference[] = [];
  visitReferences(node, ({ reference }) => {
    if ('ref' in reference) found.push(reference);
  });
  return found;
}

function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((item, index) => item === now[index]);
}
