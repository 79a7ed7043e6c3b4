/** Scenarios: the environment of a run, its length, what is expected of it, and what it is compared with. */
import type { ElementId, Scenario } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { momentOfWeekAt, type NamedDate, readDate, readMomentOfWeek } from '../quantities/clock.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpectations } from './expectations.ts';
import { lowerKnownTime, lowerShare, type Range } from './known-quantities.ts';
import { lowerLoad } from './loads.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { isTimezone, notATimezone } from './resources.ts';
import { lowerTimelineEvent } from './timeline.ts';
import { lowerVariations } from './variations.ts';
import { instantAt } from './zone-clocks.ts';

const HOUR = 3.6e9;

/** A hundred years: beyond, microseconds are no longer told apart. */
const LONGEST = 100 * 365.25 * 24 * HOUR;

/** More than any machine runs; a number above is a slip of the key. */
const MOST_REPLICATIONS = 100_000;

const runTime: Range = {
  holds: (value) => value > 0 && value <= LONGEST,
  words: 'Write a time above 0, and at most a hundred years.',
};
const warmupTime: Range = {
  holds: (value) => value >= 0 && value <= LONGEST,
  words: 'Write a time from 0 on, and at most a hundred years.',
};

/** A figure that may be off by more than half of itself is none. */
const somePrecision: Range = {
  holds: (value) => value > 0 && value <= 0.5,
  words: 'Write how close the figures are to be, above 0 % and at most 50 %: `until 2 %`.',
};

export function lowerScenario(lowering: Lowering, node: ast.Scenario): Scenario {
  const { members } = node;
  reportRepeatedClauses(lowering, members, (member) =>
    ast.isRun(member) || ast.isWarmup(member) || ast.isReplications(member) || ast.isSeed(member)
      ? member.$type.toLowerCase()
      : undefined,
  );
  const run = members.find(ast.isRun);
  const warmup = members.find(ast.isWarmup);
  const replications = members.find(ast.isReplications);
  const seed = members.find(ast.isSeed);
  const deployment = node.deployment?.ref;
  const duration = run?.duration === undefined ? HOUR : (lowerKnownTime(lowering, run.duration, runTime) ?? HOUR);
  const skipped = warmup?.duration === undefined ? 0 : (lowerKnownTime(lowering, warmup.duration, warmupTime) ?? 0);
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
    loads: members
      .filter(ast.isLoad)
      .map((load) => lowerLoad(lowering, load))
      .filter((load) => load !== undefined),
    timeline: members
      .filter(ast.isTimelineEvent)
      .map((event) => lowerTimelineEvent(lowering, event, { deployment, duration, warmup: skipped }))
      .filter((event) => event !== undefined),
    duration,
    ...beginningOf(lowering, run),
    warmup: skipped,
    ...(warmup?.detected === true ? { detectsWarmup: true as const } : {}),
    replications:
      replications === undefined
        ? 10
        : lowerCount(lowering, replications, 'count', replications.count, 1, 10, MOST_REPLICATIONS),
    ...precisionOf(lowering, replications),
    seed: seed === undefined ? 1 : lowerCount(lowering, seed, 'value', seed.value, 0, 1),
    expectations: members.filter(ast.isExpectation).flatMap((node) => lowerExpectations(lowering, node, false)),
    comparedWith: lowerComparisons(lowering, node),
    variations: lowerVariations(lowering, members.filter(ast.isVary)),
  };
}

function precisionOf(lowering: Lowering, node: ast.Replications | undefined): Pick<Scenario, 'precision'> {
  if (node?.most === undefined) return {};
  const least = Number(node.count);
  const most = lowerCount(lowering, node, 'most', node.most, 2, MOST_REPLICATIONS, MOST_REPLICATIONS);
  const within = lowerShare(lowering, node.within, somePrecision);
  if (most < least) {
    const message = `The range is empty: write \`${most}..${least}\`.`;
    lowering.report('out-of-range', placeOf(lowering, node), message);
  }
  return within === undefined ? {} : { precision: { most, within } };
}

function beginningOf(lowering: Lowering, run: ast.Run | undefined): Pick<Scenario, 'beginning' | 'date'> {
  if (run?.start === undefined) return {};
  const dated = readDate(run.start);
  if (dated !== undefined) return dateOf(lowering, run, dated);
  const beginning = readMomentOfWeek(run.start);
  if (beginning !== undefined) return { beginning };
  const message =
    'The beginning of a run is a day and a time, `"fri 18:00"`, from `"mon 00:00"` to `"sun 24:00"`, or a date with a time and a zone: `"2026-03-28 20:00 Europe/Berlin"`.';
  lowering.report('out-of-range', placeOfProperty(lowering, run, 'start'), message);
  return {};
}

/** The clocks are filled in when all of the model is there. */
function dateOf(
  lowering: Lowering,
  run: ast.Run,
  { shown, timezone }: NamedDate,
): Pick<Scenario, 'beginning' | 'date'> {
  const place = placeOfProperty(lowering, run, 'start');
  if (!isTimezone(timezone)) {
    lowering.report('wrong-text', place, notATimezone(timezone));
    return {};
  }
  const instant = instantAt(shown, timezone);
  if (instant === undefined) {
    const message = `No clock of ${timezone} shows that time: clocks are put forward over it, or there is no such day. Begin before or after.`;
    lowering.report('out-of-range', place, message);
    return {};
  }
  return { beginning: momentOfWeekAt(shown), date: { instant, timezone, clocks: [] } };
}

function lowerComparisons(lowering: Lowering, node: ast.Scenario): ElementId[] {
  const clauses = node.members.filter(ast.isCompare);
  reportRepeatedClauses(lowering, clauses, ({ scenario }) => scenario && `compare with ${scenario.$refText}`);
  const others = new Set<ElementId>();
  for (const clause of clauses) {
    const other = clause.scenario?.ref;
    if (other === undefined) continue;
    if (reaches(other, node)) {
      const how = other === node ? 'itself' : `\`${other.name}\`, which is compared with it again`;
      const message = `\`${node.name}\` is compared with ${how}. Compare with another scenario.`;
      lowering.report('compare-cycle', placeOf(lowering, clause), message);
    } else others.add(idOf(other));
  }
  return [...others];
}

function reaches(from: ast.Scenario, to: ast.Scenario): boolean {
  const seen = new Set([from]);
  for (const scenario of seen) {
    if (scenario === to) return true;
    for (const member of scenario.members) {
      const next = ast.isCompare(member) ? member.scenario?.ref : undefined;
      if (next !== undefined) seen.add(next);
    }
  }
  return false;
}
