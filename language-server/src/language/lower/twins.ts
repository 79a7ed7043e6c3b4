/** Twins: what is observed, what it means, what is expected of it, and what follows from a breach. */
import type { Twin } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerBinding } from './bindings.ts';
import { lowerCount } from './counts.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpectations } from './expectations.ts';
import { lowerInstances } from './instance-bindings.ts';
import { fromZero, lowerKnownTime, lowerShare, type Range } from './known-quantities.ts';
import { elementOf, type Lowering } from './lowering.ts';
import { lowerForecast, lowerReaction } from './reactions.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { lowerSource } from './sources.ts';

const DEFAULT_LATENESS = 5e6;

const sampledShare: Range = {
  holds: (value) => value > 0 && value <= 1,
  words: 'The share of traces that is kept lies above 0 %, and at most at 100 %.',
};

export function lowerTwin(lowering: Lowering, node: ast.Twin): Twin {
  const { members } = node;
  reportRepeatedClauses(lowering, members, onceOnly);
  const deployment = node.deployment?.ref;
  const lateness = members.find(ast.isLateness)?.duration;
  const sampled = members.find(ast.isSampled)?.share;
  const kept = sampled === undefined ? undefined : lowerShare(lowering, sampled, sampledShare);
  const alarms = members.find(ast.isAlarms);
  return {
    ...elementOf(lowering, node),
    kind: 'twin',
    ...(deployment === undefined ? {} : { deployment: idOf(deployment) }),
    sources: members.filter(isSource).map((source) => lowerSource(lowering, source)),
    bindings: members.filter(ast.isTelemetryBinding).flatMap((binding) => lowerBinding(lowering, binding) ?? []),
    instances: members.filter(ast.isInstanceBinding).flatMap((binding) => lowerInstances(lowering, binding) ?? []),
    expectations: members
      .filter(ast.isExpectation)
      .flatMap((expectation) => lowerExpectations(lowering, expectation, true)),
    ...(kept === undefined ? {} : { sampled: kept }),
    lateness: (lateness === undefined ? undefined : lowerKnownTime(lowering, lateness, fromZero)) ?? DEFAULT_LATENESS,
    forecasts: members.filter(ast.isForecast).flatMap((forecast) => lowerForecast(lowering, forecast) ?? []),
    reactions: members
      .filter(ast.isReaction)
      .flatMap((reaction) => lowerReaction(lowering, reaction, deployment) ?? []),
    ...(alarms?.period === undefined
      ? {}
      : { alarms: { count: lowerCount(lowering, alarms, 'count', alarms.count, 0, 0), per: alarms.period } }),
  };
}

function isSource(member: ast.TwinMember): member is ast.OtlpSource | ast.PrometheusSource | ast.FileSource {
  return ast.isOtlpSource(member) || ast.isPrometheusSource(member) || ast.isFileSource(member);
}

/** What a member says that no other may say again. */
function onceOnly(member: ast.TwinMember): string | undefined {
  switch (member.$type) {
    case 'OtlpSource':
      return 'source otlp';
    case 'PrometheusSource':
    case 'FileSource':
    case 'Forecast':
      return contentOf(member);
    case 'Sampled':
    case 'Lateness':
      return member.$type.toLowerCase();
    case 'Alarms':
      return 'alarms at most';
    // Several spans or traces of one element are alternatives.
    case 'TelemetryBinding':
      return contentOf(ast.isServiceEvidence(member.evidence) ? member.subject : member);
    case 'InstanceBinding':
      return member.behaviour?.$refText;
    case 'Reaction':
      return undefined;
    case 'Expectation':
      return undefined;
  }
}
