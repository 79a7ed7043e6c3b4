/** A sweep as text: a line for each combination, with what is expected of it. */
import type { Model } from '@pollux/engine/model';
import { formatFigure } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type { SweepPoint, SweepResult } from '@pollux/engine/simulation';
import { ElementNames } from './element-names.ts';
import { counted, figure } from './figures.ts';
import { findingsText } from './findings.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { verdictWord } from './verdicts.ts';

const HOUR = 3600;

export function sweepText(
  { scenario, seed, axes, points, meetAll, sentences, findings }: SweepResult,
  model: Model,
  folder: string,
  cancelled: boolean,
  paint: Paint,
): string {
  const names = new ElementNames(model, folder);
  const facts = [
    counted(points.length, 'combination'),
    `seed ${seed}`,
    ...(cancelled ? [paint.doubtful('cancelled')] : []),
  ];
  const headline = `${paint.strong(names.of(scenario))} · ${facts.join(' · ')}\n`;
  const own = model.scenarios.find(({ id }) => id === scenario);
  const expected = own?.expectations ?? [];
  const usual = (own?.loads ?? []).map(({ behaviour }) => ({ element: behaviour, measure: 'p95' }));
  const shown =
    expected.length > 0 ? expected.map(({ text }) => text) : usual.map(({ element }) => `p95(${names.of(element)})`);
  const priced = points.some(({ cost }) => cost !== null);
  const rows = points.map((point, at) => [
    ...axes.map(({ values }, axis) => values[point.at[axis] ?? 0]?.text ?? ''),
    ...figuresOf(point, expected.length > 0, shown.length, usual),
    ...(priced ? [point.cost === null ? '–' : `${formatFigure(point.cost * HOUR)}/h`] : []),
    statusOf(point, expected.length > 0, at === meetAll[0], paint),
  ]);
  const head = [...axes.map(({ text }) => text), ...shown, ...(priced ? ['cost'] : []), ''];
  const body = rows.length === 0 ? '' : table(head, rows, paint, [head.length - 1]);
  const said = sentences.map((text) => `${text}\n`).join('');
  return [headline, body, said, findingsText(findings, names, paint)].filter((part) => part !== '').join('\n');
}

function figuresOf(
  { result }: SweepPoint,
  isExpected: boolean,
  count: number,
  usual: readonly { readonly element: string; readonly measure: string }[],
): readonly string[] {
  if (result === undefined) return Array.from({ length: count }, () => '');
  if (isExpected) return result.expectations.map((judged) => figure(judged, isShare(judged.text)));
  return usual.map(({ element, measure }) => {
    const found = result.measures.find((one) => one.element === element && one.measure === measure);
    return found === undefined ? '–' : figure(found, isShare(measure));
  });
}

function statusOf(
  { status, reason = '', verdict }: SweepPoint,
  isExpected: boolean,
  isBest: boolean,
  paint: Paint,
): string {
  switch (status) {
    case 'simulated':
      if (!isExpected) return '';
      return `${verdictWord(verdict, paint)}${isBest ? paint.quiet(' ← first to take') : ''}`;
    case 'pruned':
      return `${paint.bad('✗ hopeless')} ${paint.quiet(reason)}`;
    case 'impossible':
      return `${paint.bad('✗ cannot run')} ${paint.quiet(reason)}`;
    case 'not-run':
      return paint.quiet('not run');
  }
}
