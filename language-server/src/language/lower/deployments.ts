/** Deployments: zones, nodes and what runs on them, links, and how load is spread, limited and paid for. */
import type { Breakdown, Deployment, Link, Node, Zone } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { readQuantity } from '../quantities/units.ts';
import { lowerCount } from './counts.ts';
import {
  lowerAutoscale,
  lowerBackground,
  lowerBalance,
  lowerCostOf,
  lowerLimit,
  reportRepeatedRules,
} from './deployment-rules.ts';
import { idOf } from './element-ids.ts';
import { fromZero, lowerKnown, lowerKnownTime, lowerShare, type Range } from './known-quantities.ts';
import { lowerLaw } from './laws.ts';
import { elementOf, type Lowering, placeOfProperty } from './lowering.ts';
import { lowerDeploy, lowerSpread } from './placements.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { primitive } from './value-types.ts';

/** Of nodes and cores: a number above is a slip of the key. */
const MOST = 100_000;

const someBandwidth: Range = {
  holds: (value) => value > 0,
  words: 'Write a bandwidth above 0, such as `10 Gbps`.',
};

interface Placed<T> {
  readonly member: T;
  /** The innermost zone around it. */
  readonly zone: ast.Zone | undefined;
}

/** Every member with the zone that it stands in; a zone before what it holds. */
function* membersOf(members: readonly ast.ZoneMember[], zone?: ast.Zone): Generator<Placed<ast.ZoneMember>> {
  for (const member of members) {
    yield { member, zone };
    if (ast.isZone(member)) yield* membersOf(member.members, member);
  }
}

export function lowerDeployment(lowering: Lowering, node: ast.Deployment): Deployment {
  const placed = [...membersOf(node.members)];
  const members = placed.map(({ member }) => member);
  const links = members.filter(ast.isLink);
  const pair = ({ from, to }: ast.Link) => [from?.$refText, to?.$refText].sort().join(' -- ');
  reportRepeatedClauses(lowering, links, (link) => (link.to === undefined ? undefined : pair(link)));
  reportRepeatedRules(lowering, members);
  return {
    ...elementOf(lowering, node),
    kind: 'deployment',
    zones: placed.flatMap(({ member, zone }) => (ast.isZone(member) ? [lowerZone(lowering, member, zone)] : [])),
    nodes: placed.flatMap(({ member, zone }) => (ast.isNode(member) ? [lowerNode(lowering, member, zone)] : [])),
    links: defined(links.map((link) => lowerLink(lowering, link))),
    spreads: defined(members.filter(ast.isDeployAcross).map((spread) => lowerSpread(lowering, spread))),
    balances: defined(members.filter(ast.isBalance).map((balance) => lowerBalance(lowering, balance))),
    autoscales: defined(members.filter(ast.isAutoscale).map((autoscale) => lowerAutoscale(lowering, autoscale))),
    limits: defined(members.filter(ast.isRateLimit).map((limit) => lowerLimit(lowering, limit))),
    backgrounds: defined(members.filter(ast.isBackgroundLoad).map((load) => lowerBackground(lowering, load))),
    costs: defined(members.filter(ast.isCost).map((cost) => lowerCostOf(lowering, cost))),
  };
}

function defined<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}

function lowerZone(lowering: Lowering, node: ast.Zone, within: ast.Zone | undefined): Zone {
  return {
    ...elementOf(lowering, node),
    kind: 'zone',
    ...(within === undefined ? {} : { within: idOf(within) }),
    ...lowerBreakdown(lowering, node.members.filter(ast.isBreakdown)),
  };
}

function lowerNode(lowering: Lowering, node: ast.Node, zone: ast.Zone | undefined): Node {
  reportRepeatedClauses(lowering, node.members, (member) =>
    ast.isDeploy(member) || ast.isBreakdown(member)
      ? undefined
      : ast.isScheduling(member)
        ? 'fifo`, `sharing` or `priority'
        : member.$type.toLowerCase(),
  );
  const cores = node.members.find(ast.isCores);
  const memory = lowerMemory(lowering, node.members.find(ast.isMemory));
  return {
    ...elementOf(lowering, node),
    kind: 'node',
    count: lowerCount(lowering, node, 'count', node.count, 1, 1, MOST),
    ...(cores === undefined ? {} : { cores: lowerCount(lowering, cores, 'count', cores.count, 1, 1, MOST) }),
    ...(memory === undefined ? {} : { memory }),
    scheduling: schedulingOf(node.members.find(ast.isScheduling)),
    ...(zone === undefined ? {} : { zone: idOf(zone) }),
    ...lowerBreakdown(lowering, node.members.filter(ast.isBreakdown)),
    deploys: defined(node.members.filter(ast.isDeploy).map((deploy) => lowerDeploy(lowering, deploy))),
  };
}

function schedulingOf(node: ast.Scheduling | undefined): Node['scheduling'] {
  return node?.preemptive ? 'preemptive-priority' : (node?.discipline ?? 'fifo');
}

function lowerMemory(lowering: Lowering, node: ast.Memory | undefined): number | undefined {
  if (node?.size === undefined || node.size === '') return undefined;
  const quantity = readQuantity(node.size);
  const place = placeOfProperty(lowering, node, 'size');
  if (quantity.kind === 'unknown-unit') {
    const mended = quantity.mended.length === 0 ? ['8 GiB'] : quantity.mended;
    lowering.report('unknown-unit', place, `\`${quantity.unit}\` is no unit. Write \`${mended.join('` or `')}\`.`);
  } else if (quantity.dimension !== 'Bytes') {
    lowering.report('wrong-type', place, `\`${node.size}\` is no size of a memory. Write \`8 GiB\` or the like.`);
  } else if (quantity.value > 0) return quantity.value;
  else lowering.report('out-of-range', place, 'A node has some memory: write a size above 0.');
  return undefined;
}

function lowerBreakdown(lowering: Lowering, nodes: readonly ast.Breakdown[]): { readonly breakdown?: Breakdown } {
  reportRepeatedClauses(lowering, nodes, () => 'fails every');
  const [node] = nodes;
  if (node === undefined) return {};
  const every = lowerLaw(lowering, node.every);
  const repaired = lowerLaw(lowering, node.repaired);
  if (every === undefined || repaired === undefined) return {};
  if (every.kind === 'constant' && every.value <= 0) {
    lowering.report(
      'out-of-range',
      placeOfProperty(lowering, node, 'every'),
      'Between two failures passes some time: write one above 0.',
    );
    return {};
  }
  return { breakdown: { every, repaired } };
}

function lowerLink(lowering: Lowering, node: ast.Link): Link | undefined {
  reportRepeatedClauses(lowering, node.attributes, ({ attribute }) => attribute);
  const find = (wanted: ast.LinkAttribute['attribute']) =>
    node.attributes.find(({ attribute }) => attribute === wanted)?.value;
  const latency = lowerKnownTime(lowering, find('latency'), fromZero);
  const bandwidth = lowerKnown(lowering, find('bandwidth'), primitive('Bandwidth'), someBandwidth);
  const loss = lowerShare(lowering, find('loss'));
  const from = node.from?.ref;
  const to = node.to?.ref;
  if (from === undefined || to === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'from'),
    kind: 'link',
    ends: [idOf(from), idOf(to)],
    latency: latency ?? 0,
    ...(bandwidth === undefined ? {} : { bandwidth }),
    loss: loss ?? 0,
  };
}
