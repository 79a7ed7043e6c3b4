/** The page that shows how right the simulation is. */
import type { Family } from './accuracy-case.ts';
import type { Coverage } from './coverage.ts';
import type { MetastableVerdict } from './metastable.ts';
import { type CheckedFigure, wanted } from './run-case.ts';

export interface FamilyFigures {
  readonly family: Family;
  readonly cases: readonly { readonly name: string; readonly figures: readonly CheckedFigure[] }[];
}

interface AccuracyFigures {
  readonly families: readonly FamilyFigures[];
  readonly coverage: readonly Coverage[];
  readonly metastable: readonly MetastableVerdict[];
}

const intro: readonly string[] = [
  '# How right the simulation is',
  '',
  'Systems whose figures are known from a formula, written as `.twin` text and run through the whole of Pollux. Written by',
  '`npm run accuracy`; `npm test` runs a short part of it.',
  '',
  'Every figure is held against its 99 % interval over 20 replications. The runs are so long that half of the interval is below',
  '1 % of the figure (2 % for p99 and where the formula is an approximation), unless the table says otherwise; how long that is, runs before tell, whose figures are not used. One figure',
  'in a hundred lies outside of its interval by chance: such a case is run a second time with another seed, and counts as wrong',
  'where it is outside again.',
  '',
  'A run is given so many visits of stations at most (`-- --most=N`): where heavy traffic wants more, the last column says by how much the',
  'interval is wider than wanted. `npm run accuracy -- M/M/1 Links` renews what is said of these alone, with another limit if need be.',
  '',
];

export function accuracyPage({ families, coverage, metastable }: AccuracyFigures): string {
  return [
    ...intro,
    '| systems | source | cases | figures | inside at once | inside at the second run | wrong | largest half-width / wanted |',
    '|---|---|---|---|---|---|---|---|',
    ...families.map(summary),
    '',
    ...coverageSection(coverage),
    '## Whether a service comes back by itself',
    '',
    'Ten servers of 10 ms for 700 requests a second, slow for a while; clients wait for half a second and ask again. What is answered in time, and',
    'asked for, a second, in the last minute of one replication; published are means over five seeds of another simulator.',
    '',
    '| variant | published | here | answered: published, here | asked for: published, here |',
    '|---|---|---|---|---|',
    ...metastable.map(metastableRow),
    '',
    ...families.flatMap(details),
  ].join('\n');
}

/** The page with what is told of some families, and of the coverage if it was measured, in place of what it said of them. */
export function renewedPage(page: string, families: readonly FamilyFigures[], coverage: readonly Coverage[]): string {
  let renewed = `${intro.join('\n')}\n${page.slice(page.indexOf('| systems |'))}`;
  for (const one of families) {
    const { title } = one.family;
    const [row, section] = [summary(one), details(one).join('\n')];
    const begin = `\n| ${title} |`;
    const at = renewed.indexOf(begin);
    // A family that is new comes last in the table.
    if (at < 0) renewed = renewed.replace(`\n\n${COVERAGE}`, `\n${row}\n\n${COVERAGE}`);
    else renewed = `${renewed.slice(0, at + 1)}${row}${renewed.slice(renewed.indexOf('\n', at + 1))}`;
    renewed = withSection(renewed, `## ${title}`, section);
  }
  return coverage.length === 0 ? renewed : withSection(renewed, COVERAGE, coverageSection(coverage).join('\n'));
}

/** From its title to the next one. */
function withSection(page: string, title: string, section: string): string {
  const begin = page.indexOf(`\n${title}\n`);
  if (begin < 0) return `${page.trimEnd()}\n\n${section}`;
  const end = page.indexOf('\n## ', begin + 1);
  return `${page.slice(0, begin + 1)}${section}${end < 0 ? '' : page.slice(end)}`;
}

const COVERAGE = '## How often the intervals hold the exact value';

function coverageSection(coverage: readonly Coverage[]): readonly string[] {
  return [
    COVERAGE,
    '',
    'Over many seeds the intervals of 95 %, from ten replications each, hold the exact value in 90 to 98.5 % of the runs.',
    '',
    'A percentile may have no interval, since too little is beyond it (`not-estimable`); such runs are counted apart.',
    '',
    '| system | measure | seeds | not estimable | hold it |',
    '|---|---|---|---|---|',
    ...coverage.map(
      ({ name, measure, seeds, unknown, share, isHonest }) =>
        `| ${name} | ${measure} | ${seeds} | ${unknown} | ${percent(share)}${isHonest ? '' : ' **wrong**'} |`,
    ),
    '',
  ];
}

function summary({ family, cases }: FamilyFigures): string {
  const figures = cases.flatMap((one) => one.figures);
  const wrong = figures.filter(({ isInside }) => !isInside).length;
  const again = figures.filter(({ isInside, again }) => isInside && again).length;
  const widest = Math.max(...figures.map(({ half, check }) => half / wanted(check)));
  return `| ${family.title} | ${family.source} | ${cases.length} | ${figures.length} | ${figures.length - again - wrong} | ${again} | ${wrong} | ${widest.toFixed(2)} |`;
}

function metastableRow({ name, published, collapsed, goodput, offered }: MetastableVerdict): string {
  const verdict = (isCollapsed: boolean): string => (isCollapsed ? 'collapses' : 'recovers');
  const mark = collapsed === published.collapsed ? '' : ' **wrong**';
  return `| ${name} | ${verdict(published.collapsed)} | ${verdict(collapsed)}${mark} | ${published.goodput.toFixed(0)}, ${goodput.toFixed(0)} | ${published.offered.toFixed(0)}, ${offered.toFixed(0)} |`;
}

function details({ family, cases }: FamilyFigures): readonly string[] {
  const one = (figure: CheckedFigure): string =>
    `${figure.check.measure}${place(figure.check.element)} ${signed(figure.off)} ± ${percent(figure.half)}${figure.isInside ? '' : ' **wrong**'}`;
  return [
    `## ${family.title}`,
    '',
    '| case | how far off, with the 99 % interval |',
    '|---|---|',
    ...cases.map(({ name, figures }) => `| ${name} | ${figures.map(one).join(', ')} |`),
    '',
  ];
}

/** ` Desk.ask`, short for what concerns one station of several; nothing for the whole job. */
function place(element: string): string {
  const station = /[Sn](\d+)(?:\.go)?$/.exec(element)?.[1];
  const name = station ?? element.replace(/^truth\.(?:D\.)?/, '');
  return name === 'Job' ? '' : ` ${name}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
}
