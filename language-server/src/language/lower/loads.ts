/** Loads: which behaviour is started, with which arguments, and how often. */
import type { Arrivals, Load } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { readTimeOfDay } from '../quantities/clock.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerKnown, lowerKnownTime, lowerShare, type Range } from './known-quantities.ts';
import { lowerLaw, lowerSizes } from './laws.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerText, lowerTimeOfDay } from './texts.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

/** More than any machine runs; a number above is a slip of the key. */
const MOST_USERS = 1_000_000;
const HIGHEST_RATE = 1e9;
/** Of what was observed. */
const HIGHEST_FACTOR = 10_000;

const someRate: Range = {
  holds: (value) => value > 0 && value <= HIGHEST_RATE,
  words: 'Write a rate above 0, and at most 1000000000/s.',
};
const anyRate: Range = {
  holds: (value) => value >= 0 && value <= HIGHEST_RATE,
  words: 'Write a rate from 0/s on, and at most 1000000000/s.',
};

export function lowerLoad(lowering: Lowering, node: ast.Load | ast.TimedLoad): Load | undefined {
  const behaviour = node.behaviour?.ref;
  const values = lowerArguments(lowering, node.arguments, behaviour, node, { mayOmit: true });
  const pace = node.arrivals?.$type === 'Batches' ? node.arrivals.pace : node.arrivals;
  const arrivals = lowerArrivals(lowering, pace);
  const batch = node.arrivals?.$type === 'Batches' ? lowerSizes(lowering, node.arrivals.size) : undefined;
  if (behaviour === undefined || arrivals === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'behaviour'),
    kind: 'load',
    behaviour: idOf(behaviour),
    arguments: values,
    arrivals,
    ...(batch === undefined ? {} : { batch }),
  };
}

function lowerArrivals(
  lowering: Lowering,
  node: ast.Pace | ast.ByUsers | ast.Replay | ast.Observed | undefined,
): Arrivals | undefined {
  if (node === undefined) return undefined;
  switch (node.$type) {
    case 'AtRate':
      return lowerAtRate(lowering, node);
    case 'Pattern':
      return lowerPattern(lowering, node);
    case 'Ramp':
      return lowerRamp(lowering, node);
    case 'Every':
      return lowerEvery(lowering, node);
    case 'ByUsers': {
      const users = lowerCount(lowering, node, 'users', node.users, 1, 1, MOST_USERS);
      const thinking =
        node.thinking === undefined ? ({ kind: 'constant', value: 0 } as const) : lowerLaw(lowering, node.thinking);
      return thinking === undefined ? undefined : { kind: 'closed', users, thinking };
    }
    case 'Replay': {
      const file = lowerText(lowering, node, 'file', node.file, 'the path of a recording: `"peak.csv"`');
      if (/[*?]/.test(file)) {
        const message = 'Arrivals are replayed from one file: write its path, without `*` or `?`.';
        lowering.report('wrong-text', placeOfProperty(lowering, node, 'file'), message);
      }
      return { kind: 'replay', file };
    }
    case 'Observed':
      return { kind: 'observed', factor: lowerFactor(lowering, node) };
  }
}

function lowerRate(lowering: Lowering, node: ast.Expression | undefined, range: Range): number | undefined {
  return node === undefined ? undefined : lowerKnown(lowering, node, primitive('Rate'), range);
}

function lowerAtRate(lowering: Lowering, node: ast.AtRate): Arrivals | undefined {
  const rate = lowerRate(lowering, node.rate, someRate);
  if (node.swing === undefined) return rate === undefined ? undefined : { kind: 'poisson', rate };
  const swing = lowerShare(lowering, node.swing);
  const period = node.period === undefined ? undefined : lowerKnownTime(lowering, node.period);
  const peak = node.peak === undefined ? undefined : lowerTimeOfDay(lowering, node, 'peak', node.peak);
  if (rate === undefined || swing === undefined || period === undefined) return undefined;
  return { kind: 'swing', rate, swing, period, ...(peak === undefined ? {} : { peak }) };
}

function lowerPattern(lowering: Lowering, node: ast.Pattern): Arrivals | undefined {
  const points: { readonly time: number; readonly rate: number }[] = [];
  let before: number | undefined;
  for (const point of node.points) {
    const time = lowerTimeOfDay(lowering, point, 'time', point.time);
    const rate = lowerRate(lowering, point.rate, anyRate);
    if (time === undefined || rate === undefined) continue;
    const place = placeOfProperty(lowering, point, 'time');
    if (before !== undefined && time <= before) {
      lowering.report('out-of-range', place, 'Times rise from one line to the next: put this one where it belongs.');
    } else if (node.daily && time === readTimeOfDay('24:00')) {
      lowering.report('out-of-range', place, 'The end of a day is the beginning of the next: write it as `"00:00"`.');
    } else points.push({ time, rate });
    before = time;
  }
  if (node.points.length === 0 || (points.length > 0 && points.every(({ rate }) => rate === 0))) {
    const message = 'Nothing ever arrives. Write a time with a rate above 0: `"08:00": 40/s`.';
    lowering.report('out-of-range', placeOf(lowering, node), message);
    return undefined;
  }
  return points.length === 0 ? undefined : { kind: 'pattern', points, daily: node.daily !== undefined && node.daily };
}

function lowerRamp(lowering: Lowering, node: ast.Ramp): Arrivals | undefined {
  const from = lowerRate(lowering, node.from, anyRate);
  const to = lowerRate(lowering, node.to, anyRate);
  const over = node.over === undefined ? undefined : lowerKnownTime(lowering, node.over);
  if (from === 0 && to === 0) {
    lowering.report('out-of-range', placeOf(lowering, node), 'Nothing ever arrives. Write one rate above 0.');
    return undefined;
  }
  return from === undefined || to === undefined || over === undefined ? undefined : { kind: 'ramp', from, to, over };
}

function lowerEvery(lowering: Lowering, node: ast.Every): Arrivals | undefined {
  const gap = lowerLaw(lowering, node.gap);
  if (gap?.kind === 'constant' && !(gap.value > 0)) {
    const message = 'All would arrive at once. Write a time above 0 between two arrivals.';
    lowering.report('out-of-range', placeOf(lowering, node.gap), message);
    return undefined;
  }
  return gap === undefined ? undefined : { kind: 'renewal', gap };
}

function lowerFactor(lowering: Lowering, node: ast.Observed): number {
  const factor = Number(node.factor ?? 1);
  if (factor > 0 && factor <= HIGHEST_FACTOR) return factor;
  const message = `Write a factor above 0, and at most ${HIGHEST_FACTOR}.`;
  lowering.report('out-of-range', placeOfProperty(lowering, node, 'factor'), message);
  return 1;
}
