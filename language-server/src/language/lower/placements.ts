/** What runs where: replicas on each node, or a total over several kinds of node, with its settings. */
import type { DeployedComponent, DeploymentSettings, Spread, Value } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerCapacity } from './capacities.ts';
import { evaluateConstant } from './constants.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

/** More replicas than that are a slip of the key. */
const MOST = 100_000;

export function lowerDeploy(lowering: Lowering, node: ast.Deploy): DeployedComponent | undefined {
  const component = node.component?.ref;
  const replicas = lowerCount(lowering, node, 'replicas', node.replicas, 1, 1, MOST);
  const settings = lowerSettings(lowering, node.settings);
  if (component === undefined) return undefined;
  const element = elementOf(lowering, node, 'component');
  return { ...element, kind: 'deployed', component: idOf(component), replicas, ...settings };
}

export function lowerSpread(lowering: Lowering, node: ast.DeployAcross): Spread | undefined {
  const component = node.component?.ref;
  const replicas = lowerCount(lowering, node, 'replicas', node.replicas, 1, 1, MOST);
  const settings = lowerSettings(lowering, node.settings);
  reportRepeatedNodes(lowering, node);
  const nodes = [...new Set(node.nodes.map(({ ref }) => idOf(ref)).filter((id) => id !== ''))];
  if (component === undefined || nodes.length === 0) return undefined;
  const element = elementOf(lowering, node, 'component');
  return { ...element, kind: 'spread', component: idOf(component), replicas, nodes, ...settings };
}

function lowerSettings(lowering: Lowering, settings: readonly ast.DeploySetting[]): DeploymentSettings {
  const versions = settings.filter(ast.isVersionSetting);
  const configs = settings.filter(ast.isConfig);
  reportRepeatedClauses(lowering, versions, () => 'version');
  reportRepeatedClauses(lowering, configs, ({ name }) => (name === undefined ? undefined : `config ${name}`));
  const version = versions[0]?.version;
  return {
    ...(version === undefined ? {} : { version }),
    config: configs.map((config) => ({ name: config.name ?? '', value: lowerConfig(lowering, config) })),
    ...lowerCapacity(lowering, settings.filter(ast.isCapacity)),
  };
}

function lowerConfig(lowering: Lowering, node: ast.Config): Value {
  const expression = lowerExpression(lowering, node.value);
  const value = evaluateConstant(expression);
  if (value === undefined && expression.kind !== 'unknown') {
    const message = 'A setting is a value that is known before the run: a number, a quantity or a text.';
    lowering.report('not-a-constant', placeOf(lowering, node.value), message);
  }
  return value ?? null;
}

function reportRepeatedNodes(lowering: Lowering, node: ast.DeployAcross): void {
  const names = node.nodes.map(({ $refText }) => $refText);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const place = placeOfProperty(lowering, node, 'nodes', index);
    lowering.report('repeated-clause', place, `Node \`${name}\` is named twice. Remove one of them.`);
  }
}
