/** What formulas say of a scenario, as text. Knows no formula. */
import type { Model } from '@pollux/engine/model';
import { formatCount, formatFigure, formatRate, formatSeconds, formatShare } from '@pollux/engine/numeric';
import type { Bounds, Form, Solution, SolvedBehaviour, SolvedStation } from '@pollux/engine/simulation/analytic';
import { ElementNames } from './element-names.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

const NONE = '–';

export function solutionText(solution: Solution, model: Model, folder: string, paint: Paint): string {
  const names = new ElementNames(model, folder);
  const parts = [
    headline(solution, names, paint),
    behavioursText(solution.behaviours, names, paint),
    stationsText(solution.stations, names, paint),
    reasonsText(solution, names, paint),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function headline({ scenario, bottleneck, headroom }: Solution, names: ElementNames, paint: Paint): string {
  const facts = [
    ...(bottleneck === null ? ['nothing that could be busy is known'] : [`bottleneck ${names.of(bottleneck)}`]),
    ...(headroom === null ? [] : [headroomText(headroom)]),
  ];
  return `${paint.strong(names.of(scenario))} · ${facts.join(' · ')}\n`;
}

function headroomText(headroom: number): string {
  return headroom > 1
    ? `saturated at ${formatFigure(headroom)} times the load`
    : `overloaded: ${formatShare(headroom)} of the load is the most it can do`;
}

function behavioursText(behaviours: readonly SolvedBehaviour[], names: ElementNames, paint: Paint): string {
  if (behaviours.length === 0) return '';
  const hasPercentiles = behaviours.some(({ percentiles }) => percentiles !== undefined);
  const rows = behaviours.map(({ element, form, exact, throughput, response, percentiles, saturation }) => [
    names.of(element),
    between(throughput, formatRate),
    response.high === null
      ? `at least ${formatSeconds(response.low)}`
      : between({ low: response.low, high: response.high }, formatSeconds),
    ...(hasPercentiles
      ? [known(percentiles?.p95 ?? null, formatSeconds), known(percentiles?.p99 ?? null, formatSeconds)]
      : []),
    saturation === null ? NONE : formatRate(saturation),
    formText(form, exact),
  ]);
  const head = ['Behaviour', 'throughput', 'mean', ...(hasPercentiles ? ['p95', 'p99'] : []), 'saturation', 'by'];
  return table(head, rows, paint, [head.length - 1]);
}

function stationsText(stations: readonly SolvedStation[], names: ElementNames, paint: Paint): string {
  if (stations.length === 0) return '';
  const hasLosses = stations.some(({ refused, abandoned }) => refused + abandoned > 0);
  const rows = stations.map((station) => [
    `${names.of(station.element)}${station.kind === 'threads' ? ' (threads)' : ''}`,
    formatCount(station.servers),
    between(station.utilisation, formatShare),
    known(station.wait, formatSeconds),
    known(station.response, formatSeconds),
    known(station.queue, formatFigure),
    known(station.saturation, formatRate),
    ...(hasLosses ? [formatShare(station.refused), formatShare(station.abandoned)] : []),
    formText(station.form, station.exact),
  ]);
  const losses = hasLosses ? ['refused', 'gave up'] : [];
  const head = ['Station', 'servers', 'utilization', 'wait', 'response', 'queue', 'saturation', ...losses, 'by'];
  return table(head, rows, paint, [head.length - 1]);
}

function formText(form: Form | null, exact: boolean): string {
  if (form === null) return 'the utilisation law alone';
  return exact ? `${form}, exact` : `${form}, approximate`;
}

function reasonsText({ stations, behaviours, reasons }: Solution, names: ElementNames, paint: Paint): string {
  if (reasons.length === 0) return '';
  const isSolved = [...stations, ...behaviours].some(({ form }) => form !== null);
  const title = isSolved ? 'Why not everything is exact:' : 'Why no formula applies:';
  const lines = reasons.map(({ element, message }) => {
    const place = names.place(element);
    return `${place === '' ? '' : `${place} `}${message}\n`;
  });
  return `${paint.quiet(title)}\n${lines.join('')}`;
}

function known(value: number | null, format: (value: number) => string): string {
  return value === null ? NONE : format(value);
}

function between({ low, high }: Bounds, format: (value: number) => string): string {
  if (!Number.isFinite(high)) return `at least ${format(low)}`;
  return high - low <= 1e-9 * high ? format(low) : `${format(low)} to ${format(high)}`;
}
