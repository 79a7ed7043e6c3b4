/** Which element a parameter is one of, and whether it has it: what is not declared cannot be set, and how to declare it is said. */
import { type ElementId, isPolicyParameter, type ParameterName, type PolicyParameterName } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { deploymentAround } from '../links/scope-provider.ts';
import { requirementOf } from '../links/settable-members.ts';
import { contentOf, idOf } from './element-ids.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { whyNotDeployed } from './replicas.ts';

/** Undefined where there is none; that is reported. `before`: what stands in front of the owner. */
export function settableElement(
  lowering: Lowering,
  path: ast.Path,
  owner: ast.Named,
  before: ast.Named | undefined,
  name: ParameterName,
): ElementId | undefined {
  const place = placeOf(lowering, path);
  if (isPolicyParameter(name))
    return ast.isComponent(owner) && ast.isComponent(before)
      ? policyElement(lowering, path, before, owner, name)
      : undefined;
  if (name === 'limit' || name === 'limit.burst') return limitElement(lowering, path, owner);
  const component = ast.isComponent(owner)
    ? owner
    : ast.isOperation(owner) && ast.isComponent(owner.$container)
      ? owner.$container
      : undefined;
  if (component === undefined) return idOf(owner);
  if (name === 'replicas' && component.external) {
    const message = `\`${component.name}\` is external: it runs nowhere in the deployment and has no replicas.`;
    lowering.report('wrong-kind', place, message);
    return undefined;
  }
  const missing = whyNoLimit(component, deploymentAround(path), name);
  if (missing !== undefined) {
    lowering.report('wrong-kind', place, missing);
    return undefined;
  }
  const why = whyNotDeployed(component, deploymentAround(path), 'is changed here');
  if (why !== undefined) lowering.report('not-deployed', place, why);
  return why === undefined ? idOf(owner) : undefined;
}

/** By parameter: the clause that it is a number of, and how that is written. */
const clauses: Readonly<
  Record<PolicyParameterName, { readonly type: ast.CallPolicy['$type']; readonly example: string }>
> = {
  timeout: { type: 'Timeout', example: 'timeout 1 s' },
  retry: { type: 'Retry', example: 'retry 2' },
  backoff: { type: 'Backoff', example: 'backoff 100 ms exponential jitter' },
  budget: { type: 'Budget', example: 'budget 10 %' },
  breaker: { type: 'Breaker', example: 'breaker 50 % of 20 for 10 s' },
  'breaker.calls': { type: 'Breaker', example: 'breaker 50 % of 20 for 10 s' },
  'breaker.open': { type: 'Breaker', example: 'breaker 50 % of 20 for 10 s' },
  bulkhead: { type: 'Bulkhead', example: 'bulkhead 10' },
  'bulkhead.queue': { type: 'Bulkhead', example: 'bulkhead 10 queue 20' },
  hedge: { type: 'Hedge', example: 'hedge 200 ms' },
};

function policyElement(
  lowering: Lowering,
  path: ast.Path,
  caller: ast.Component,
  called: ast.Component,
  name: PolicyParameterName,
): ElementId | undefined {
  const required = requirementOf(caller, called);
  const { type, example } = clauses[name];
  const versions = caller.members.filter(ast.isVersion);
  const all = [caller, ...versions].flatMap(({ members }) =>
    members.filter(ast.isRequires).filter(({ component }) => component?.ref === called),
  );
  if (required !== undefined && all.some((one) => one.clauses.some(({ $type }) => $type === type)))
    return idOf(required);
  const [word = ''] = name.split('.');
  const message = `\`${caller.name}\` calls \`${called.name}\` without a \`${word}\` that could be changed. Add \`${example}\` to \`requires ${called.name} { … }\`.`;
  lowering.report('wrong-kind', placeOf(lowering, path), message);
  return undefined;
}

function limitElement(lowering: Lowering, path: ast.Path, owner: ast.Named): ElementId | undefined {
  const deployment = deploymentAround(path);
  const limit = deployment && limitsIn(deployment).find(({ subject }) => subject?.steps.at(-1)?.to?.ref === owner);
  if (limit !== undefined) return idOf(limit);
  const written = contentOf(path).replace(/\.limit(\.burst)?$/, '');
  const message =
    deployment === undefined
      ? `Limits stand in a deployment, and this scenario has none. Write \`of\` and a deployment behind its name.`
      : `\`${deployment.name}\` does not limit \`${written}\`. Add \`limit ${written} 100/s\` to it.`;
  lowering.report('wrong-kind', placeOf(lowering, path), message);
  return undefined;
}

function limitsIn({ members }: ast.Deployment | ast.Zone): ast.RateLimit[] {
  return members.flatMap((member) => (ast.isZone(member) ? limitsIn(member) : ast.isRateLimit(member) ? [member] : []));
}

/** Why a component has none of what is set; undefined where it has. */
function whyNoLimit(
  component: ast.Component,
  deployment: ast.Deployment | undefined,
  name: ParameterName,
): string | undefined {
  const limits = limitsOf(component, deployment);
  const caches = limits.filter(ast.isCache);
  switch (name) {
    case 'cache':
      if (caches.some(({ hit }) => hit !== undefined)) return undefined;
      return caches.length === 0
        ? `\`${component.name}\` has no cache. Add \`cache 85 % hit takes 0.2 ms\` to the component.`
        : `The cache of \`${component.name}\` remembers keys: what it answers follows from them. Set its \`cache.entries\` or \`cache.ttl\`.`;
    case 'cache.entries':
      if (caches.some(({ entries }) => entries !== undefined)) return undefined;
      return `\`${component.name}\` has no cache of so many entries. Add \`cache 1000 entries lru key id\` to the component.`;
    case 'cache.ttl':
      if (caches.some(({ ttl }) => ttl !== undefined)) return undefined;
      return `\`${component.name}\` has no cache whose answers grow old. Add \`cache key id ttl 5 min\` to the component.`;
    case 'queue.within':
      if (limits.some((limit) => ast.isQueue(limit) && limit.discipline?.dropExpired === true)) return undefined;
      return `\`${component.name}\` drops nothing from its queue that comes too late. Add \`queue 100 drop expired within 50 ms\` to the component.`;
    default:
      return undefined;
  }
}

/** Of the component, of its versions, and where it is deployed. */
function limitsOf(component: ast.Component, deployment: ast.Deployment | undefined): ast.Capacity[] {
  const versions = component.members.filter(ast.isVersion).flatMap(({ members }) => members);
  const placed = deployment === undefined ? [] : settingsOf(deployment, component);
  return [...component.members, ...versions, ...placed].filter(ast.isCapacity);
}

function settingsOf({ members }: ast.Deployment | ast.Zone, component: ast.Component): ast.DeploySetting[] {
  return members.flatMap((member) => {
    if (ast.isZone(member)) return settingsOf(member, component);
    const deploys = ast.isNode(member)
      ? member.members.filter(ast.isDeploy)
      : ast.isDeployAcross(member)
        ? [member]
        : [];
    return deploys.filter((one) => one.component?.ref === component).flatMap(({ settings }) => settings);
  });
}
