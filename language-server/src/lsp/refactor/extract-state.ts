/** Puts selected states into a composite state of their own. Whoever led to one of them still does; the machine behaves as before. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { replaced } from '../../language/fixes/changes.ts';
import { verticesOf } from '../../language/links/declared-names.ts';
import { elementPath } from '../../language/links/element-path.ts';
import { freeName } from './free-name.ts';
import { lengthenedPaths } from './moved-vertices.ts';
import type { Refactoring, Selection } from './refactoring.ts';
import { selectedMembers } from './selected-members.ts';
import { wrappedText } from './wrapped-text.ts';

export function extractState(selection: Selection): Refactoring[] {
  const { document, services } = selection;
  const chosen = selectedMembers(selection);
  if (chosen === undefined) return [];
  const vertices = chosen.members.map(({ node }) => node);
  // A final state inside would end the composite instead of what is around it; a pseudostate would belong to another region.
  if (!vertices.every((node) => ast.isState(node) || ast.isChoice(node) || ast.isJunction(node))) return [];
  const first = vertices.find((node) => ast.isState(node));
  if (first === undefined) return [];
  const name = freeName(verticesOf(AstUtils.getContainerOfType(chosen.owner, ast.isMachine)), 'Extracted');
  const text = wrappedText(
    document,
    chosen.start,
    chosen.end,
    `state ${name}`,
    beginning(vertices, chosen.owner, name),
  );
  const moved = lengthenedPaths(new Set(vertices), name, services);
  if (moved.some(({ place }) => isWithin(selection, place))) return [];
  const what = vertices.length === 1 ? `\`${first.name}\`` : `${vertices.length} vertices`;
  return [
    {
      title: `Extract ${what} into a composite state`,
      kind: 'refactor.extract.state',
      edits: [replaced(document, chosen.start, chosen.end, text), ...moved],
    },
  ];
}

/** At the state that the owner begins with, else at the first that can be entered without saying where in it. */
function beginning(vertices: readonly AstNode[], owner: AstNode, name: string): string {
  const states = vertices.filter((node) => ast.isState(node));
  const initial = [...AstUtils.streamContents(owner)].find((node) => ast.isInitial(node));
  const target = ast.isInitial(initial) ? initial.target?.steps.at(-1)?.to?.ref : undefined;
  const first = states.find((state) => state === target) ?? states.find(canBeEntered);
  if (first === undefined) return '';
  const machine = AstUtils.getContainerOfType(owner, ast.isMachine);
  const isUnique = (verticesOf(machine).get(first.name)?.length ?? 0) < 2;
  return `initial -> ${[...(isUnique ? [] : [ast.isMachine(owner) ? '' : elementPath(owner), name]), first.name].filter(Boolean).join('.')}`;
}

function canBeEntered(state: ast.State): boolean {
  const inner: readonly AstNode[] = state.members;
  return !inner.some((member) => ast.isState(member) || ast.isRegion(member)) || inner.some(ast.isInitial);
}

/** A path inside what moves would have to be changed twice. */
function isWithin(
  { document, start, end }: Selection,
  place: { readonly uri: string; readonly start: object },
): boolean {
  if (place.uri !== document.uri.toString()) return false;
  const offset = document.textDocument.offsetAt(place.start as { line: number; character: number });
  return offset >= start && offset <= end;
}
