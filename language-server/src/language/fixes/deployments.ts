/** Ways to mend what runs where: nowhere, twice, in another version, without cores. */
import { AstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { nodesOf } from '../links/declared-names.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { removed, replaced, withMember } from './changes.ts';
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

/** What stands on the node twice, or is not ours to run. */
export function withoutDeploy({ document, node, text }: Found): Fix[] {
  const deploy = AstUtils.getContainerOfType(node, (item) => ast.isDeploy(item) || ast.isDeployAcross(item));
  const cst = deploy?.$cstNode;
  return cst === undefined ? [] : added(`Remove \`deploy ${text}\``, removed(cst, document));
}

/** One of the versions that the component declares. */
export function declaredVersions({ document, node }: Found): Fix[] {
  const deploy = AstUtils.getContainerOfType(node, (item) => ast.isDeploy(item) || ast.isDeployAcross(item));
  const settings: readonly ast.DeploySetting[] = deploy?.settings ?? [];
  const setting = settings.find((item) => ast.isVersionSetting(item));
  const written = GrammarUtils.findNodeForProperty(setting?.$cstNode, 'version');
  if (written === undefined) return [];
  const versions = (deploy?.component?.ref?.members ?? []).filter(ast.isVersion);
  return versions.flatMap(({ name }) =>
    added(`Write "${name}"`, replaced(document, written.offset, written.end, `"${name}"`)),
  );
}

export function withCores({ node }: Found): Fix[] {
  const around = AstUtils.getContainerOfType(node, ast.isNode);
  return around === undefined ? [] : added('Add `cores 4`', withMember(around, 'cores 4', 'first'));
}
