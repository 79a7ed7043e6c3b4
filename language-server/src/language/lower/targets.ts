/** Where transitions lead: a vertex of the machine, or an entry point of the machine that a submachine state stands for. */
import type { Target } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOf } from './lowering.ts';

/** Undefined where the path leads nowhere, or to what no transition can enter. */
export function lowerTarget(lowering: Lowering, path: ast.Path | undefined): Target | undefined {
  const vertex = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || vertex === undefined) return undefined;
  const state = path.steps.at(-2)?.to?.ref;
  if (ast.isEntryPoint(vertex) && ast.isState(state) && state.submachine !== undefined) {
    return { vertex: idOf(state), entryPoint: idOf(vertex) };
  }
  const problem = wrongTarget(vertex);
  if (problem === undefined) return { vertex: idOf(vertex) };
  lowering.report('wrong-kind', placeOf(lowering, path), problem);
  return undefined;
}

function wrongTarget(vertex: ast.Named): string | undefined {
  if (ast.isRegion(vertex)) {
    return `\`${vertex.name}\` is a region. A transition leads to a state: write one of its states, or its \`history\`, behind it.`;
  }
  const isVertex =
    ast.isState(vertex) ||
    ast.isFinal(vertex) ||
    ast.isChoice(vertex) ||
    ast.isJunction(vertex) ||
    ast.isFork(vertex) ||
    ast.isJoin(vertex) ||
    ast.isHistory(vertex) ||
    ast.isEntryPoint(vertex) ||
    ast.isExitPoint(vertex) ||
    ast.isTerminate(vertex);
  if (isVertex) return undefined;
  return `A transition leads to a state or pseudostate, but this is ${kindName(vertex)}.`;
}
