/** Rollouts of a version: all at once, by canary, rolling, or blue and green; what stops one. */
import type { Change, Comparison } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { suggestion } from '../links/near-names.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerKnownTime, lowerShare } from './known-quantities.ts';
import { type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerComparison } from './measures.ts';
import { replicasIn, versionsOf } from './replicas.ts';

type RolloutChange = Extract<Change, { readonly kind: 'rollout' }>;

export function lowerRollout(
  lowering: Lowering,
  node: ast.Rollout,
  component: ast.Component | undefined,
  deployment: ast.Deployment | undefined,
): RolloutChange | undefined {
  const strategy = lowerStrategy(lowering, node, component, deployment);
  const every = node.every === undefined ? undefined : lowerKnownTime(lowering, node.every);
  const abortWhen = node.abort.flatMap((comparison) => lowerAbort(lowering, comparison));
  checkSteps(lowering, node, strategy);
  if (component === undefined || node.version === undefined) return undefined;
  const versions = versionsOf(component, deployment);
  if (!versions.includes(node.version)) {
    const known =
      versions.length === 0
        ? ` Declare it in the component: \`version "${node.version}" { … }\`.`
        : suggestion(node.version, versions) || ` There are ${versions.map((version) => `"${version}"`).join(', ')}.`;
    const message = `There is no version "${node.version}" of \`${component.name}\`.${known}`;
    lowering.report('unresolved-name', placeOfProperty(lowering, node, 'version'), message);
  }
  return {
    kind: 'rollout',
    component: idOf(component),
    version: node.version,
    strategy,
    ...(every === undefined ? {} : { every }),
    abortWhen,
  };
}

function lowerStrategy(
  lowering: Lowering,
  node: ast.Rollout,
  component: ast.Component | undefined,
  deployment: ast.Deployment | undefined,
): RolloutChange['strategy'] {
  if (node.canary) return { kind: 'canary', shares: lowerShares(lowering, node) };
  if (node.rolling) {
    const most = component === undefined || deployment === undefined ? 0 : replicasIn(deployment, component);
    const limit = most > 0 ? most : undefined;
    return { kind: 'rolling', batch: lowerCount(lowering, node, 'batch', node.batch, 1, 1, limit) };
  }
  return { kind: node.blueGreen ? 'blue-green' : 'all' };
}

function lowerShares(lowering: Lowering, node: ast.Rollout): number[] {
  const shares: number[] = [];
  for (const written of node.shares) {
    const share = lowerShare(lowering, written);
    if (share === undefined) continue;
    if (share <= (shares.at(-1) ?? 0)) {
      const message = 'The shares of a canary rise from step to step: `canary 5 %, 25 %, 100 %`.';
      lowering.report('out-of-range', placeOf(lowering, written), message);
    }
    shares.push(share);
  }
  const last = node.shares.at(-1);
  if (last !== undefined && shares.length === node.shares.length && Math.abs((shares.at(-1) ?? 1) - 1) > 1e-9) {
    const message = 'The last step of a canary is everybody: add `, 100 %`.';
    lowering.report('out-of-range', placeOf(lowering, last), message);
  }
  return shares;
}

/** Only what goes in several steps has a time between them; the next batch of a rolling one may also start when the last serves. */
function checkSteps(lowering: Lowering, node: ast.Rollout, strategy: RolloutChange['strategy']): void {
  const hasSteps = strategy.kind === 'canary' ? strategy.shares.length > 1 : strategy.kind === 'rolling';
  if (node.every !== undefined && !hasSteps) {
    const message =
      'This rollout is one step, so there is no time between steps. Remove `every`, or write `canary` or `rolling`.';
    lowering.report('without-effect', placeOfKeyword(lowering, node, 'every'), message);
  } else if (node.every === undefined && hasSteps && strategy.kind === 'canary') {
    const message = 'How long between two steps? Add `every 2 min`.';
    lowering.report('wrong-arguments', placeOfProperty(lowering, node, 'version'), message);
  }
}

function lowerAbort(lowering: Lowering, node: ast.Comparison): Comparison[] {
  const comparison = lowerComparison(lowering, node);
  if (comparison === undefined) return [];
  if (comparison.demand.kind === 'bound') {
    const { operator, bound } = comparison.demand;
    return [{ measure: comparison.measure, operator, bound }];
  }
  const message = 'Only a twin compares with simulation; a rollout runs in one. Give a bound: `errors(Orders) > 2 %`.';
  lowering.report('wrong-measure', placeOf(lowering, node), message);
  return [];
}
