/** A comparison as text: the sentences, then a table of every measure that both runs have. */
import type { Model } from '@pollux/engine/model';
import { formatValue } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import {
  type Comparison,
  type ComparisonResult,
  type Difference,
  type DifferenceVerdict,
  differenceText,
} from '@pollux/engine/simulation';
import { ElementNames } from './element-names.ts';
import { counted } from './figures.ts';
import { findingsText } from './findings.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

/** What is worth a line; everything else is in the JSON. */
const shownKinds: readonly string[] = ['interaction', 'activity', 'operation', 'node', 'component', 'resource'];

export function comparisonText(
  { result, comparisons }: ComparisonResult,
  model: Model,
  folder: string,
  cancelled: boolean,
  paint: Paint,
): string {
  const names = new ElementNames(model, folder);
  const own = names.of(result.scenario);
  return [
    findingsText(
      result.findings.filter(({ severity }) => severity !== 'information'),
      names,
      paint,
    ),
    ...comparisons.map((one) => oneText(own, one, names, cancelled, paint)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function oneText(own: string, one: Comparison, names: ElementNames, cancelled: boolean, paint: Paint): string {
  const other = names.of(one.baseline.scenario);
  const facts = [
    counted(one.pairs, 'pair'),
    '± is the 95 % interval of the difference',
    ...(cancelled ? ['cancelled'] : []),
  ];
  const headline = `${paint.strong(own === other ? `${own} before and after` : `${own} compared with ${other}`)} · ${facts.join(' · ')}\n`;
  const sentences = one.sentences.map((text) => `  ${text}\n`).join('');
  const rows = one.differences
    .filter(
      ({ element, value, baseline }) => shownKinds.includes(names.kind(element)) && value !== null && baseline !== null,
    )
    .filter(({ value, baseline }) => value !== 0 || baseline !== 0)
    .map((difference) => rowOf(difference, names, paint));
  const differences = rows.length === 0 ? '' : table(['Measure', other, own, 'difference', ''], rows, paint, [4]);
  const findings = [...one.baseline.findings.filter(({ severity }) => severity === 'error'), ...one.findings];
  return [headline, sentences, differences, findingsText(findings, names, paint)]
    .filter((part) => part !== '')
    .join('\n');
}

function rowOf(one: Difference, names: ElementNames, paint: Paint): readonly string[] {
  const { element, measure, unit, value, baseline, difference, verdict } = one;
  const share = isShare(measure);
  const figure = (of: number | null): string => (of === null ? '–' : formatValue(of, unit, share));
  const change = differenceText(difference, unit, measure).replace(/percentage points$/, 'points');
  return [`${measure}(${names.of(element)})`, figure(baseline), figure(value), change, word(verdict, paint)];
}

function word(verdict: DifferenceVerdict, paint: Paint): string {
  switch (verdict) {
    case 'better':
      return paint.good('✓ better');
    case 'worse':
      return paint.bad('✗ worse');
    case 'higher':
    case 'lower':
      return verdict;
    case 'no-difference':
      return paint.quiet('no difference');
    case 'undecided':
      return paint.doubtful('? undecided');
  }
}
