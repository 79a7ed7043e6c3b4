/** How load is spread, scaled and limited, what runs beside the model, and what all that costs. */
import type { Autoscale, BackgroundLoad, Balance, Cost, RateLimit } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { lowerCount } from './counts.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { aboveZero, fromZero, lowerKnown, lowerKnownTime, lowerShare, someShare } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { primitive } from './value-types.ts';

const MOST = 100_000;
const MOST_BURST = 1_000_000_000;

/** Where the text does not say how often it looks. */
const LOOKS_EVERY = 30e6;

const strategies = {
  round_robin: 'round-robin',
  random: 'random',
  two_choices: 'two-choices',
  least_connections: 'least-connections',
} as const;

/** For each component one way to balance it and one to scale it; for each subject one limit and one price. */
export function reportRepeatedRules(lowering: Lowering, members: readonly ast.ZoneMember[]): void {
  reportRepeatedClauses(lowering, members, (member) => {
    if (ast.isBalance(member) || ast.isAutoscale(member)) {
      return member.component === undefined ? undefined : `${member.$type.toLowerCase()} ${member.component.$refText}`;
    }
    if (!ast.isRateLimit(member) && !ast.isCost(member)) return undefined;
    return `${ast.isCost(member) ? 'cost' : 'limit'} ${contentOf(member.subject)}`;
  });
}

/** Undefined where the component is unknown. */
export function lowerBalance(lowering: Lowering, node: ast.Balance): Balance | undefined {
  const component = node.component?.ref;
  const key = node.key === undefined ? undefined : lowerExpression(lowering, node.key);
  const strategy: Balance['strategy'] | undefined =
    key !== undefined
      ? { kind: 'hash', key }
      : node.strategy === undefined
        ? undefined
        : { kind: strategies[node.strategy] };
  if (component === undefined || strategy === undefined) return undefined;
  return { ...elementOf(lowering, node, 'component'), kind: 'balance', component: idOf(component), strategy };
}

/** Undefined where the component or what is to be held is unknown. */
export function lowerAutoscale(lowering: Lowering, node: ast.Autoscale): Autoscale | undefined {
  const component = node.component?.ref;
  const minimum = lowerCount(lowering, node, 'minimum', node.minimum, 1, 1, MOST);
  const maximum = lowerCount(lowering, node, 'maximum', node.maximum, 1, minimum, MOST);
  const cpu = lowerShare(lowering, node.target, someShare);
  const every = lowerKnownTime(lowering, node.every) ?? LOOKS_EVERY;
  const startup = lowerKnownTime(lowering, node.startup, fromZero) ?? 0;
  if (maximum < minimum) {
    const place = placeOfProperty(lowering, node, 'maximum');
    lowering.report('out-of-range', place, 'The upper bound lies below the lower one. Swap them.');
  }
  if (component === undefined || cpu === undefined) return undefined;
  const element = elementOf(lowering, node, 'component');
  return { ...element, kind: 'autoscale', component: idOf(component), minimum, maximum, cpu, every, startup };
}

/** Undefined where the subject or the rate is unknown. Without `burst`, what one second allows may come at once. */
export function lowerLimit(lowering: Lowering, node: ast.RateLimit): RateLimit | undefined {
  const subject = node.subject?.steps.at(-1)?.to?.ref;
  const rate = lowerKnown(lowering, node.rate, primitive('Rate'), aboveZero);
  const burst = lowerCount(lowering, node, 'burst', node.burst, 1, Math.max(1, Math.ceil(rate ?? 1)), MOST_BURST);
  if (subject === undefined || rate === undefined) return undefined;
  if (!ast.isOperation(subject) && !ast.isComponent(subject)) {
    const message = `What is limited is an operation (\`limit WebShop.checkout 500/s\`) or a component; \`${contentOf(node.subject)}\` is ${kindName(subject)}.`;
    lowering.report('wrong-kind', placeOf(lowering, node.subject), message);
    return undefined;
  }
  return { ...elementOf(lowering, node, 'subject'), kind: 'limit', subject: idOf(subject), rate, burst };
}

/** Undefined where the node or the share is unknown. */
export function lowerBackground(lowering: Lowering, node: ast.BackgroundLoad): BackgroundLoad | undefined {
  const on = node.node?.ref;
  const part = lowerShare(lowering, node.share);
  if (on === undefined || part === undefined) return undefined;
  return { ...elementOf(lowering, node), kind: 'background', node: idOf(on), share: part };
}

/** Undefined where the subject or the price is unknown. */
export function lowerCostOf(lowering: Lowering, node: ast.Cost): Cost | undefined {
  const subject = node.subject?.steps.at(-1)?.to?.ref;
  const rate = lowerKnown(lowering, node.rate, primitive('Rate'), fromZero);
  if (subject === undefined || rate === undefined) return undefined;
  if (!ast.isNode(subject) && !ast.isComponent(subject) && !ast.isResource(subject)) {
    const message = `What costs is a node (\`cost app 0.12/h\`, for each), a component (for each replica) or a resource; \`${contentOf(node.subject)}\` is ${kindName(subject)}.`;
    lowering.report('wrong-kind', placeOf(lowering, node.subject), message);
    return undefined;
  }
  return { ...elementOf(lowering, node, 'subject'), kind: 'cost', subject: idOf(subject), rate };
}
