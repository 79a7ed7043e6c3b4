/** Ways to mend transitions that never fire, and states that nothing leads away from. */
import { AstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { removed, replaced, withMember } from './changes.ts';
import type { Found } from './found.ts';

export function withoutTransition({ document, node }: Found): Fix[] {
  const cst = AstUtils.getContainerOfType(node, ast.isTransition)?.$cstNode;
  if (cst === undefined) return [];
  return [{ title: 'Remove the transition', edits: [removed(cst, document)], certainty: 'possible' }];
}

/** The word, with the blank behind it. */
export function withoutLocal({ document, node }: Found): Fix[] {
  const transition = AstUtils.getContainerOfType(node, ast.isTransition);
  const word = GrammarUtils.findNodeForKeyword(transition?.$cstNode, 'local');
  const next = transition?.trigger?.$cstNode;
  if (word === undefined || next === undefined) return [];
  return [{ title: 'Remove `local`', edits: [replaced(document, word.offset, next.offset, '')], certainty: 'likely' }];
}

/** Only where the state says nothing else: a final state has no behaviour. */
export function finalInstead({ document, node }: Found): Fix[] {
  if (!ast.isState(node) || node.members.length > 0 || node.submachine !== undefined) return [];
  const cst = node.$cstNode;
  if (cst === undefined) return [];
  const edits = [replaced(document, cst.offset, cst.end, `final ${node.name}`)];
  return [{ title: `Let \`${node.name}\` be a final state`, edits, certainty: 'likely' }];
}

/** To one of the vertices beside the state. */
export function connectedExits({ node }: Found): Fix[] {
  const used = ast.isState(node) ? node.submachine?.ref : undefined;
  if (!ast.isState(node) || used === undefined) return [];
  const connected = new Set(node.members.filter(ast.isExitConnection).map(({ point }) => point?.ref));
  const open = used.members.filter(ast.isExitPoint).filter((point) => !connected.has(point));
  return open.flatMap((point) =>
    verticesBeside(node)
      .slice(0, 3)
      .flatMap((target): Fix[] => {
        const member = `exit ${point.name} -> ${target}`;
        const edit = withMember(node, member);
        return edit === undefined ? [] : [{ title: `Add \`${member}\``, edits: [edit], certainty: 'possible' }];
      }),
  );
}

/** The names of the states, final states and actions that stand beside a node. */
export function verticesBeside(node: Found['node']): string[] {
  const around = node.$container;
  if (around === undefined) return [];
  return [...AstUtils.streamContents(around)].flatMap((member): string[] => {
    if (member === node) return [];
    if (ast.isFinals(member)) return member.finals.map(({ name }) => name);
    return ast.isState(member) || ast.isActionNode(member) ? [member.name] : [];
  });
}
