/** Gives the region of a composite state a name, so that another can stand beside it. */
import { type AstNode, AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { replaced } from '../../language/fixes/changes.ts';
import { verticesOf } from '../../language/links/declared-names.ts';
import { freeName } from './free-name.ts';
import { lengthenedPaths } from './moved-vertices.ts';
import type { Refactoring, Selection } from './refactoring.ts';
import { wrappedText } from './wrapped-text.ts';

/** Only where the vertices stand together: all of them go, or the state would have two regions. */
export function wrapInRegion({ document, services, start }: Selection): Refactoring[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, start);
  // Only from the head of the state: inside, everything else would offer it too.
  const state = leaf?.astNode;
  if (!ast.isState(state)) return [];
  if (state.members.some((member) => ast.isHistory(member))) return [];
  const vertices = state.members.filter((member) => ast.isRegionMember(member) && !isConnectionPoint(member));
  const positions = vertices.map((member) => member.$containerIndex ?? 0);
  const areTogether = positions.every((position, index) => position === (positions[0] ?? 0) + index);
  const from = vertices[0]?.$cstNode?.offset;
  const to = vertices.at(-1)?.$cstNode?.end;
  if (!areTogether || from === undefined || to === undefined) return [];
  const name = freeName(verticesOf(AstUtils.getContainerOfType(state, ast.isMachine)), 'main');
  const moved = lengthenedPaths(new Set<AstNode>(vertices), name, services);
  const isInside = moved.some(({ place }) => {
    const offset = place.uri === document.uri.toString() ? document.textDocument.offsetAt(place.start) : -1;
    return offset >= from && offset <= to;
  });
  if (isInside) return [];
  return [
    {
      title: `Wrap the states of \`${state.name}\` in a region`,
      kind: 'refactor.rewrite.region',
      edits: [replaced(document, from, to, wrappedText(document, from, to, `region ${name}`)), ...moved],
    },
  ];
}

/** These belong to the state, whatever regions it has. */
function isConnectionPoint(node: AstNode): boolean {
  return ast.isEntryPoint(node) || ast.isExitPoint(node);
}
