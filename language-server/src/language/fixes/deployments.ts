/** Ways to mend that a component runs nowhere. */
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { nodesOf } from '../links/declared-names.ts';
import type { Fix } from '../problems/fix.ts';
import { replaced, withMember } from './changes.ts';
import type { Found } from './found.ts';

/** On one of the nodes, or outside the system. */
export function deployedComponents({ node }: Found): Fix[] {
  const scenario = AstUtils.getContainerOfType(node, ast.isScenario);
  const load = AstUtils.getContainerOfType(node, ast.isLoad);
  const behaviour = load?.behaviour?.ref;
  const deployment = scenario?.deployment?.ref;
  if (!ast.isInteraction(behaviour) || deployment === undefined) return [];
  const nodes = [...nodesOf(deployment).values()].flat().filter(ast.isNode);
  const deployed = new Set(
    nodes.flatMap((item) => item.members.filter(ast.isDeploy).map((deploy) => deploy.component?.ref)),
  );
  const missing = componentsOf(behaviour).filter((component) => !deployed.has(component) && !component.external);
  return [...new Set(missing)].flatMap((component) => [
    ...nodes.slice(0, 3).flatMap((item) => onNode(item, component, nodes.length === 1)),
    ...outside(component),
  ]);
}

function componentsOf(interaction: ast.Interaction): ast.Component[] {
  const lifelines = interaction.members.flatMap((member) => (ast.isLifelines(member) ? member.lifelines : []));
  return lifelines.map((lifeline) => lifeline.type?.ref).filter((type) => ast.isComponent(type));
}

function onNode(node: ast.Node, component: ast.Component, isOnly: boolean): Fix[] {
  const edit = withMember(node, `deploy ${component.name}`);
  if (edit === undefined) return [];
  const title = `Deploy \`${component.name}\` on \`${node.name}\``;
  return [{ title, edits: [edit], certainty: isOnly ? 'likely' : 'possible' }];
}

function outside(component: ast.Component): Fix[] {
  const cst = component.$cstNode;
  if (cst === undefined) return [];
  const document = AstUtils.getDocument(component);
  const end = cst.offset + cst.text.indexOf(component.name, 'component'.length) + component.name.length;
  const edits = [replaced(document, end, end, ' external')];
  return [{ title: `Make \`${component.name}\` external`, edits, certainty: 'possible' }];
}
