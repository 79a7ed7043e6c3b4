/** A simulation's result as text. Knows no rule of judging: the result holds the verdicts. */
import type { Model } from '@pollux/engine/model';
import { formatCount, formatSeconds, formatShare } from '@pollux/engine/numeric';
import { isShare, worstWindowText } from '@pollux/engine/property';
import type { JudgedExpectation, MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import { ElementNames } from './element-names.ts';
import { counted, figure } from './figures.ts';
import { findingsText } from './findings.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { verdictWord } from './verdicts.ts';

interface Section {
  readonly title: string;
  readonly kinds: readonly string[];
  readonly columns: readonly string[];
}

/** What is worth a column; everything else is in the JSON. */
const sections: readonly Section[] = [
  { title: 'Interaction', kinds: ['interaction'], columns: ['throughput', 'mean', 'p50', 'p95', 'p99', 'errors'] },
  { title: 'Activity', kinds: ['activity'], columns: ['throughput', 'mean', 'p50', 'p95', 'p99', 'errors'] },
  { title: 'Operation', kinds: ['operation'], columns: ['throughput', 'mean', 'p50', 'p95', 'wait', 'errors'] },
  { title: 'Node', kinds: ['node'], columns: ['utilization', 'queue', 'wait'] },
  { title: 'Component', kinds: ['component'], columns: ['utilization', 'errors'] },
  { title: 'Resource', kinds: ['resource'], columns: ['utilization', 'queue', 'wait'] },
  {
    title: 'Step',
    kinds: ['action', 'structured', 'acquire', 'accept', 'send', 'activity-final', 'flow-final'],
    columns: ['count', 'mean', 'p95', 'wait'],
  },
  { title: 'State', kinds: ['state', 'final', 'machine'], columns: ['count'] },
];

export function simulationText(
  result: SimulationResult,
  model: Model,
  folder: string,
  cancelled: boolean,
  paint: Paint,
): string {
  const names = new ElementNames(model, folder);
  const parts = [headline(result, names, cancelled, paint)];
  // Nothing was measured where no replication was finished: the findings say why.
  const measures = result.replications === 0 ? [] : result.measures;
  for (const section of sections) parts.push(sectionText(section, measures, names, paint));
  parts.push(
    expectationsText(result.expectations, paint),
    findingsText(result.findings, names, paint),
    countersText(result),
  );
  return parts.filter((part) => part !== '').join('\n');
}

function headline(result: SimulationResult, names: ElementNames, cancelled: boolean, paint: Paint): string {
  const confidence = result.measures.find(({ lower }) => lower !== null)?.confidence;
  const facts = [
    counted(result.replications, 'replication'),
    `${formatSeconds(result.simulated_s)} simulated`,
    `seed ${result.seed}`,
    ...(confidence === undefined ? [] : [`± is the ${formatShare(confidence)} interval`]),
    ...(cancelled ? [paint.doubtful('cancelled')] : []),
  ];
  return `${paint.strong(names.of(result.scenario))} · ${facts.join(' · ')}\n`;
}

function sectionText(section: Section, measures: readonly MeasuredValue[], names: ElementNames, paint: Paint): string {
  const byElement = new Map<string, Map<string, MeasuredValue>>();
  for (const measured of measures) {
    if (!section.kinds.includes(names.kind(measured.element))) continue;
    const figures = byElement.get(measured.element) ?? new Map<string, MeasuredValue>();
    byElement.set(measured.element, figures.set(measured.measure, measured));
  }
  const columns = section.columns.filter((column) => [...byElement.values()].some((figures) => figures.has(column)));
  if (columns.length === 0) return '';
  const rows = [...byElement]
    .filter(([, figures]) => columns.some((column) => figures.has(column)))
    .map(([element, figures]) => [names.of(element), ...columns.map((column) => measuredText(figures.get(column)))]);
  return table([section.title, ...columns], rows, paint);
}

function measuredText(measured: MeasuredValue | undefined): string {
  if (measured === undefined || measured.status === 'not-estimable') return '–';
  return figure(measured, isShare(measured.measure));
}

function expectationsText(expectations: readonly JudgedExpectation[], paint: Paint): string {
  if (expectations.length === 0) return '';
  const rows = expectations.map((judged) => [
    verdictWord(judged.verdict, paint),
    judged.text,
    figure(judged, isShare(judged.text)),
    paint.quiet(`line ${judged.line}`),
    judged.reason ?? worstWindowText(judged),
  ]);
  return table(['Expectation', '', '', '', ''], rows, paint, [1, 3, 4]);
}

function countersText({ counters }: SimulationResult): string {
  if (counters.started === 0) return '';
  const parts = [
    `${formatCount(counters.started)} started`,
    `${formatCount(counters.finished)} finished`,
    `${formatCount(counters.failed)} failed`,
    `${formatCount(counters.refused)} refused`,
    `${formatCount(counters.unfinished)} unfinished`,
  ];
  return `${parts.join(', ')}; ${counted(counters.events, 'event')}\n`;
}
