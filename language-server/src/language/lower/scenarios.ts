/** Scenarios: loads, the length of the run, expectations. */
import type { Distribution, Expectation, Load, Scenario } from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpectation } from './expectations.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

const HOUR = 3.6e9;

/** A hundred years: beyond, microseconds are no longer told apart. */
const LONGEST = 100 * 365.25 * 24 * HOUR;

/** More than any machine runs; a number above is a slip of the key. */
const MOST_REPLICATIONS = 100_000;
const MOST_USERS = 1_000_000;
const HIGHEST_RATE = 1e9;

export function lowerScenario(lowering: Lowering, node: ast.Scenario): Scenario {
  reportRepeated(lowering, node);
  const run = node.members.find(ast.isRun);
  const warmup = node.members.find(ast.isWarmup);
  const replications = node.members.find(ast.isReplications);
  const seed = node.members.find(ast.isSeed);
  const deployment = node.deployment?.ref;
  const duration = run === undefined ? HOUR : lowerDuration(lowering, run, HOUR);
  const skipped = warmup === undefined ? 0 : lowerDuration(lowering, warmup, 0);
  if (warmup !== undefined && skipped >= duration) {
    lowering.report(
      'out-of-range',
      placeOf(lowering, warmup),
      'The warm-up is as long as the run: nothing is left to count. Run longer.',
    );
  }
  return {
    ...elementOf(lowering, node),
    kind: 'scenario',
    ...(deployment === undefined ? {} : { deployment: idOf(deployment) }),
    loads: node.members
      .filter(ast.isLoad)
      .map((load) => lowerLoad(lowering, load))
      .filter((load) => load !== undefined),
    duration,
    warmup: skipped,
    replications:
      replications === undefined
        ? 10
        : lowerCount(lowering, replications, 'count', replications.count, 1, 10, MOST_REPLICATIONS),
    seed: seed === undefined ? 1 : lowerCount(lowering, seed, 'value', seed.value, 0, 1),
    expectations: node.members
      .filter(ast.isExpectation)
      .map((expectation): Expectation | undefined => lowerExpectation(lowering, expectation, false))
      .filter((expectation) => expectation !== undefined),
  };
}

function lowerDuration(lowering: Lowering, node: ast.Run | ast.Warmup, otherwise: number): number {
  const duration = evaluateConstant(lowerExpression(lowering, node.duration, primitive('Duration')));
  if (typeof duration !== 'number') return otherwise;
  const least = ast.isRun(node) ? 'above 0' : 'from 0 on';
  if (duration <= LONGEST && (ast.isRun(node) ? duration > 0 : duration >= 0)) return duration;
  const message = `Write a time ${least}, and at most a hundred years.`;
  lowering.report('out-of-range', placeOfProperty(lowering, node, 'duration'), message);
  return otherwise;
}

function lowerLoad(lowering: Lowering, node: ast.Load): Load | undefined {
  const behaviour = node.behaviour?.ref;
  const values = lowerArguments(lowering, node.arguments, behaviour, node, { mayOmit: true });
  const arrivals = lowerArrivals(lowering, node.arrivals);
  if (behaviour === undefined || arrivals === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'behaviour'),
    kind: 'load',
    behaviour: idOf(behaviour),
    arguments: values,
    arrivals,
  };
}

function lowerArrivals(lowering: Lowering, node: ast.Arrivals | undefined): Load['arrivals'] | undefined {
  if (ast.isAtRate(node)) {
    const rate = evaluateConstant(lowerExpression(lowering, node.rate, primitive('Rate')));
    if (typeof rate !== 'number') return undefined;
    if (rate > 0 && rate <= HIGHEST_RATE) return { kind: 'poisson', rate };
    const message = 'Write a rate above 0, and at most 1000000000/s.';
    lowering.report('out-of-range', placeOfProperty(lowering, node, 'rate'), message);
    return undefined;
  }
  if (ast.isEvery(node)) {
    const gap = lowerLaw(lowering, node.gap);
    return gap === undefined ? undefined : { kind: 'renewal', gap };
  }
  if (!ast.isByUsers(node)) return undefined;
  const users = lowerCount(lowering, node, 'users', node.users, 1, 1, MOST_USERS);
  const thinking =
    node.thinking === undefined ? ({ kind: 'constant', value: 0 } as const) : lowerLaw(lowering, node.thinking);
  return thinking === undefined ? undefined : { kind: 'closed', users, thinking };
}

/** A distribution of times; a bare quantity is a constant. */
function lowerLaw(lowering: Lowering, node: ast.Expression): Distribution | undefined {
  const expression = lowerExpression(lowering, node, primitive('Duration'));
  if (expression.kind === 'draw') return expression.distribution;
  const value = evaluateConstant(expression);
  if (typeof value === 'number') return { kind: 'constant', value };
  return expression.kind === 'unknown' ? { kind: 'unknown' } : undefined;
}

function reportRepeated(lowering: Lowering, node: ast.Scenario): void {
  const seen = new Map<string, AstNode>();
  for (const member of node.members) {
    if (ast.isLoad(member) || ast.isExpectation(member)) continue;
    if (seen.has(member.$type)) {
      const keyword = member.$type.toLowerCase();
      const property = ast.isReplications(member) ? 'count' : ast.isSeed(member) ? 'value' : 'duration';
      const message = `\`${keyword}\` stands twice in \`${node.name}\`; the first one counts. Remove the other.`;
      lowering.report('duplicate-name', placeOfProperty(lowering, member, property), message);
    }
    seen.set(member.$type, member);
  }
}
