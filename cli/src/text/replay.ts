/** A replay's report as text. Knows no rule of judging: the report holds the verdicts. */
import type { Model } from '@pollux/engine/model';
import { formatCount } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type { Divergence, TwinVerdict } from '@pollux/engine/twin';
import type { ReplayReport } from '@pollux/runtime';
import { ElementNames } from './element-names.ts';
import { counted, figure, seconds } from './figures.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { verdictWord } from './verdicts.ts';

export function replayText(report: ReplayReport, model: Model, folder: string, paint: Paint): string {
  const names = new ElementNames(model, folder);
  const parts = [
    headline(report, names, paint),
    problemsText(report, paint),
    tracesText(report, paint),
    interactionsText(report, names, paint),
    unmodelledText(report, paint),
    instancesText(report, names, paint),
    expectationsText(report.expectations, paint),
    divergencesText(report.divergences, names, paint),
    verdictText(report, paint),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function headline({ twin, files }: ReplayReport, names: ElementNames, paint: Paint): string {
  const spans = files.reduce((sum, file) => sum + file.spans, 0);
  const logs = files.reduce((sum, file) => sum + file.logs, 0);
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
  const facts = [
    counted(files.length, 'recording'),
    counted(spans, 'span'),
    ...(logs > 0 ? [counted(logs, 'log record')] : []),
    ...(rejected > 0 ? [paint.doubtful(`${formatCount(rejected)} refused`)] : []),
  ];
  return `${paint.strong(names.of(twin))} · ${facts.join(' · ')}\n`;
}

function problemsText({ problems }: ReplayReport, paint: Paint): string {
  return problems
    .map(({ path, line, message }) => `${path}:${line}: ${paint.doubtful('refused')} ${message}\n`)
    .join('');
}

function tracesText({ traces }: ReplayReport, paint: Paint): string {
  const parts = [
    paint.good(`${formatCount(traces.matched)} matched`),
    (traces.divergent > 0 ? paint.bad : paint.quiet)(`${formatCount(traces.divergent)} divergent`),
    (traces.undecided > 0 ? paint.doubtful : paint.quiet)(`${formatCount(traces.undecided)} undecided`),
    paint.quiet(`${formatCount(traces.unmodelled)} not modelled`),
  ];
  const reasons = Object.entries(traces.reasons ?? {})
    .sort(([, a], [, b]) => b - a)
    .map(([reason, times]) => paint.quiet(`  ${formatCount(times)} undecided: ${reason}\n`));
  return `${counted(traces.seen, 'trace')}: ${parts.join(', ')}\n${reasons.join('')}`;
}

function interactionsText({ interactions }: ReplayReport, names: ElementNames, paint: Paint): string {
  if (interactions.length === 0) return '';
  return table(
    ['Interaction', 'matched', 'divergent', 'undecided', 'p50', 'p95'],
    interactions.map((interaction) => [
      names.of(interaction.element),
      formatCount(interaction.matched),
      formatCount(interaction.divergent),
      formatCount(interaction.undecided),
      seconds(interaction.p50_s),
      seconds(interaction.p95_s),
    ]),
    paint,
  );
}

function unmodelledText({ unmodelled }: ReplayReport, paint: Paint): string {
  if (unmodelled.length === 0) return '';
  return table(
    ['Not modelled', 'traces'],
    unmodelled.map(({ root, count: traces }) => [root, formatCount(traces)]),
    paint,
  );
}

function instancesText({ instances }: ReplayReport, names: ElementNames, paint: Paint): string {
  if (instances.length === 0) return '';
  return table(
    ['State', 'instances'],
    instances.map(({ state, count: held }) => [names.of(state), formatCount(held)]),
    paint,
  );
}

function expectationsText(expectations: readonly TwinVerdict[], paint: Paint): string {
  if (expectations.length === 0) return '';
  const rows = expectations.map(({ verdict, text, value, unit, reason }) => [
    verdictWord(verdict, paint),
    text,
    figure({ value, unit }, isShare(text)),
    reason ?? '',
  ]);
  return table(['Expectation', '', '', ''], rows, paint, [1, 3]);
}

function divergencesText(divergences: readonly Divergence[], names: ElementNames, paint: Paint): string {
  return divergences
    .map((divergence) => {
      const { kind, element, message, status, count: times, of, evidence } = divergence;
      const facts = [
        ...(of > 0 ? [`${formatCount(times)} of ${formatCount(of)}`] : [counted(times, 'time')]),
        ...(status === 'resolved' ? ['resolved'] : []),
        ...(evidence.instances.length > 0 ? [`instances ${some(evidence.instances)}`] : []),
        ...(evidence.traceIds.length > 0 ? [`traces ${some(evidence.traceIds)}`] : []),
      ];
      const place = names.place(element) || names.of(element);
      return `${place} ${paint.bad(kind)} ${message}\n    ${paint.quiet(facts.join(' · '))}\n`;
    })
    .join('');
}

function some(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 3).join(', ')}, …` : ids.join(', ');
}

function verdictText({ verdict, reason }: ReplayReport, paint: Paint): string {
  const colour = verdict === 'conforms' ? paint.good : verdict === 'violates' ? paint.bad : paint.doubtful;
  return `${paint.strong(colour(verdict))}: ${reason}\n`;
}
