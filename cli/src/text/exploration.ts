/** What exploring machines shows, for scripts and for people. Knows no machine; every name and place comes with the findings. */
import type { CompiledMachine } from '@pollux/engine/behavior';
import { formatCount, formatSeconds } from '@pollux/engine/numeric';
import type { Bound, Explored, Finding, WayStep } from '@pollux/engine/verification';
import { shownPath } from '../read-model.ts';
import type { ElementNames } from './element-names.ts';
import { counted } from './figures.ts';
import { argumentsText } from './occurrences.ts';
import type { Paint } from './paint.ts';

/** Raised whenever the shape of the JSON of `verify` changes. */
const VERIFY_SCHEMA = 1;
/** Traces shown to people. */
const SHOWN = 50;

const reasons: Readonly<Record<Bound, string>> = {
  states: 'there are more states than were visited',
  depth: 'there are longer ways than were followed',
  time: 'the time was over',
  outcomes: 'a step has more outcomes than were followed',
  waiting: 'more events can wait at once than were followed',
  traces: 'there are more traces than are told',
  values: 'not every value of arguments was tried',
  draws: 'values are drawn from distributions',
  clock: 'the machine reads the time',
};

export function exploredJson(explored: Explored, folder: string): string {
  const { complete, bound, traces, findings, states } = explored;
  return `${JSON.stringify({ complete, bound, states, traces, findings: findings.map((f) => findingJson(f, folder)) })}\n`;
}

export function exploredText(explored: Explored, names: ElementNames, folder: string, paint: Paint): string {
  const shown = explored.traces.slice(0, SHOWN).map((trace, i) => `${`${i + 1}`.padStart(3)}  ${trace.join(' · ')}\n`);
  const more = explored.traces.length - shown.length;
  return [
    `${counted(explored.traces.length, 'trace')}, ${summary(explored, paint)}\n`,
    ...shown,
    more > 0 ? paint.quiet(`     and ${formatCount(more)} more\n`) : '',
    ...explored.findings.map((finding) => findingText(finding, names, folder, paint)),
  ].join('');
}

export function verifiedJson(results: ReadonlyMap<CompiledMachine, Explored>, folder: string): string {
  const machines = [...results].map(([{ id }, { complete, bound, bounds, states, depth, findings }]) => ({
    machine: id,
    complete,
    bound,
    bounds,
    states,
    depth,
    findings: findings.map((finding) => findingJson(finding, folder)),
  }));
  return `${JSON.stringify({ schema: VERIFY_SCHEMA, machines }, null, 2)}\n`;
}

export function verifiedText(
  results: ReadonlyMap<CompiledMachine, Explored>,
  names: ElementNames,
  folder: string,
  paint: Paint,
): string {
  return [...results]
    .map(([{ id }, explored]) => {
      const { findings } = explored;
      const discards = findings.filter(({ kind }) => kind === 'discard');
      return [
        `${paint.strong(names.of(id))}: ${summary(explored, paint)}\n`,
        ...findings
          .filter(({ kind }) => kind !== 'discard')
          .map((finding) => findingText(finding, names, folder, paint)),
        ...(discards.length > 0 ? [`  discarded: ${discards.map(({ message }) => message).join(' ')}\n`] : []),
      ].join('');
    })
    .join('\n');
}

function summary({ complete, bounds, states }: Explored, paint: Paint): string {
  const known = counted(states, 'state');
  if (complete) return `${known}, ${paint.good('complete')}`;
  return `${known}, ${paint.doubtful('not complete')}: ${bounds.map((bound) => reasons[bound]).join('; ')}`;
}

function findingText(finding: Finding, names: ElementNames, folder: string, paint: Paint): string {
  const { uri, start } = finding.place;
  const colour = { error: paint.bad, warning: paint.doubtful, information: paint.quiet }[finding.severity];
  const place = `${shownPath(uri, folder)}:${start.line + 1}:${start.character + 1}`;
  const ways = [finding.trace, finding.otherTrace ?? []].map((trace) =>
    trace.map((step) => wayText(step, names)).join(' → '),
  );
  const shown = ways.map((way) => (way === '' ? '' : `    ${paint.quiet(way)}\n`));
  return `  ${place} ${colour(finding.kind)} ${finding.message}\n${shown.join('')}`;
}

/** One step of a way, in words. */
export function wayText(step: WayStep, names: ElementNames): string {
  switch (step.kind) {
    case 'create':
      return `create${argumentsText(step.args)}`;
    case 'signal':
    case 'call':
      return `${names.of(step.element)}${argumentsText(step.args)}`;
    case 'wait':
      return formatSeconds(step.time / 1e6);
    default:
      return `${step.kind} ${names.of(step.element)}`;
  }
}

function findingJson(finding: Finding, folder: string): object {
  const { kind, severity, element, message, place, trace, otherTrace } = finding;
  const { line, character } = place.start;
  const where = { file: shownPath(place.uri, folder), line: line + 1, column: character + 1 };
  const other = otherTrace === undefined ? {} : { otherTrace: otherTrace.map(wayJson) };
  return { kind, severity, element, message, ...where, trace: trace.map(wayJson), ...other };
}

function wayJson(step: WayStep): object {
  const { choices, logs } = step;
  switch (step.kind) {
    case 'create':
      return { create: step.args, choices, logs };
    case 'signal':
      return { signal: step.element, args: step.args, choices, logs };
    case 'call':
      return { call: step.element, args: step.args, choices, logs };
    case 'wait':
      return { after: `${step.time / 1e6} s`, choices, logs };
    default:
      return { [step.kind]: step.element, choices, logs };
  }
}
