/** Resources with the shifts that say how many of them there are at which hour. */
import type { Resource, Shift } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { weekdays } from '../quantities/clock.ts';
import { lowerCount } from './counts.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerTimeOfDay } from './texts.ts';

const DAY = 86_400e6;

export function lowerResource(lowering: Lowering, node: ast.Resource): Resource {
  return {
    ...elementOf(lowering, node),
    kind: 'resource',
    count: lowerCount(lowering, node, 'count', node.count, 0, 1),
    ...timezoneOf(lowering, node),
    shifts: lowerShifts(lowering, node),
  };
}

function lowerShifts(lowering: Lowering, node: ast.Resource): Shift[] {
  const lowered = node.shifts.map((shift) => ({ node: shift, shift: lowerShift(lowering, shift) }));
  const known = lowered.flatMap(({ node, shift }) => (shift === undefined ? [] : [{ node, shift }]));
  const usual = Number(node.count ?? 1);
  for (const [index, { node, shift }] of known.entries()) {
    const later = known.slice(index + 1).find((other) => covers(other.shift, shift));
    if (later !== undefined) {
      const line = (later.node.$cstNode?.range.start.line ?? 0) + 1;
      const message = `The last shift that covers a moment counts, and that in line ${line} covers all of this one. Remove this one, or put it behind.`;
      lowering.report('without-effect', placeOf(lowering, node), message);
    } else if (shift.count > usual) {
      const message = `In this shift there are more than the ${usual} behind the name, which count where no shift says otherwise.`;
      lowering.report('shift-above-count', placeOfProperty(lowering, node, 'count'), message);
    }
  }
  return known.map(({ shift }) => shift);
}

function covers(outer: Shift, inner: Shift): boolean {
  const hasDays =
    outer.days.length === 0 || (inner.days.length > 0 && inner.days.every((day) => outer.days.includes(day)));
  return hasDays && outer.from <= inner.from && endOf(outer) >= endOf(inner);
}

/** Since the midnight before its beginning. */
function endOf({ from, to }: Shift): number {
  return to > from ? to : to + DAY;
}

function timezoneOf(lowering: Lowering, node: ast.Resource): Pick<Resource, 'timezone'> {
  if (node.timezone === undefined) return {};
  if (isTimezone(node.timezone)) return { timezone: node.timezone };
  lowering.report('wrong-text', placeOfProperty(lowering, node, 'timezone'), notATimezone(node.timezone));
  return {};
}

/** Of a name that `isTimezone` refuses. */
export function notATimezone(name: string): string {
  return `\`${name}\` is no time zone. Write one of the IANA names, such as \`"Europe/Berlin"\` or \`"UTC"\`.`;
}

export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function lowerShift(lowering: Lowering, node: ast.Shift): Shift | undefined {
  const from = lowerTimeOfDay(lowering, node, 'from', node.from);
  const to = lowerTimeOfDay(lowering, node, 'to', node.to);
  const count = lowerCount(lowering, node, 'count', node.count, 0, 0);
  const days = node.days.map((day) => (weekdays as readonly string[]).indexOf(day));
  for (const [index, day] of days.entries()) {
    if (days.indexOf(day) === index) continue;
    const message = `\`${node.days[index]}\` stands twice in this shift. Remove one.`;
    lowering.report('duplicate-name', placeOfProperty(lowering, node, 'days', index), message);
  }
  if (from === undefined || to === undefined) return undefined;
  if (from === DAY) {
    const message = 'A shift that begins at the end of the day begins at `"00:00"`.';
    lowering.report('out-of-range', placeOfProperty(lowering, node, 'from'), message);
    return undefined;
  }
  return { days: [...new Set(days)], from, to, count };
}
