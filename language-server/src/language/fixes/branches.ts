/** Ways to mend how regions begin and branches divide. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { readQuantity } from '../quantities/units.ts';
import { replaced, withMember } from './changes.ts';
import type { Found } from './found.ts';
import { verticesBeside } from './transitions.ts';

/** `initial ->` the first state or action, in front. */
export function withInitial({ node }: Found): Fix[] {
  if (!('members' in node) || !Array.isArray(node.members)) return [];
  const first = (node.members as readonly AstNode[]).find((member) => ast.isState(member) || ast.isActionNode(member));
  if (!ast.isState(first) && !ast.isActionNode(first)) return [];
  const member = `initial -> ${first.name}`;
  const edit = withMember(node, member, 'first');
  return edit === undefined ? [] : [{ title: `Add \`${member}\``, edits: [edit], certainty: 'likely' }];
}

/** `else ->` a vertex beside the choice, those first that no branch leads to. */
export function withElse({ node }: Found): Fix[] {
  if (!ast.isChoice(node) && !ast.isJunction(node) && !ast.isDecision(node)) return [];
  const led = new Set(node.branches.map((branch) => branch.target?.$cstNode?.text));
  const names = verticesBeside(node);
  const targets = [...names.filter((name) => !led.has(name)), ...names.filter((name) => led.has(name))];
  return targets.slice(0, 4).flatMap((target): Fix[] => {
    const edit = withMember(node, `else -> ${target}`);
    return edit === undefined ? [] : [{ title: `Add \`else -> ${target}\``, edits: [edit], certainty: 'possible' }];
  });
}

/** All weights smaller by the same factor, so that they make 100 %. */
export function scaledWeights({ document, node }: Found): Fix[] {
  const weights = weightsOf(node);
  const sum = weights.reduce((total, { share }) => total + share, 0);
  if (sum <= 1 || weights.length < 2) return [];
  let left = 1_000_000;
  const edits = weights.map(({ start, end, share }, position) => {
    const parts = position === weights.length - 1 ? left : Math.floor((share / sum) * 1000) * 1000;
    left -= parts;
    return replaced(document, start, end, `${parts / 10_000} %`);
  });
  return [{ title: 'Scale the weights to 100 %', edits, certainty: 'possible' }];
}

interface Weight {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** Guarded branches compete only with their like: there the weights of one group say nothing about another's. */
function weightsOf(node: AstNode): Weight[] {
  const items: readonly AstNode[] =
    ast.isChoice(node) || ast.isJunction(node) || ast.isDecision(node)
      ? node.branches
      : ast.isAlt(node)
        ? node.operands
        : ast.isCall(node)
          ? node.arguments
          : [];
  const weights: Weight[] = [];
  for (const item of items) {
    if ('guard' in item && item.guard !== undefined) return [];
    const cst = item.$cstNode;
    if (!('weight' in item) || typeof item.weight !== 'string' || cst === undefined) continue;
    const quantity = readQuantity(item.weight);
    if (quantity.kind !== 'known') return [];
    const start = cst.offset + cst.text.indexOf(item.weight);
    weights.push({ start, end: start + item.weight.length, share: quantity.value });
  }
  return weights;
}
