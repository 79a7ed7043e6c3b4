/**
 * `npm run accuracy`: every published case with a known answer and cases from theory, run until its intervals are narrow, and written to
 * `docs/accuracy.md`. `-- --most=N` gives a case up after so many visits of stations; `-- Links` renews only what the page says of families
 * with that in their titles, `-- --coverage` only how often intervals hold; `-- --quick` runs a short form and writes nothing. Ends with 1 where a figure is wrong.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Family } from './accuracy-case.ts';
import { accuracyPage, type FamilyFigures, renewedPage } from './accuracy-page.ts';
import { coverageOver } from './coverage.ts';
import { metastableVariants, metastableVerdict } from './metastable.ts';
import { networks } from './networks.ts';
import { type Effort, runCase, wanted } from './run-case.ts';
import { singleStations } from './single-stations.ts';
import { theory } from './theory/index.ts';

const given = process.argv.find((argument) => argument.startsWith('--most='))?.slice('--most='.length);
const LONG: Effort = { first: 400_000, most: Number(given ?? 60_000_000) };
const QUICK: Effort = { first: 100_000, most: 400_000 };
const SEEDS = 200;

const quick = process.argv.includes('--quick');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const coverageAlone = process.argv.includes('--coverage') && only.length === 0;
const families: readonly Family[] = [...singleStations(), ...networks(), ...theory()].filter(
  ({ title, cases }) =>
    !coverageAlone && cases.length > 0 && (only.length === 0 || only.some((word) => title.includes(word))),
);
if (families.length === 0 && !coverageAlone) {
  console.error('No cases are on this machine: they stand beside the repository, in shared/conformance/queueing.');
  process.exit(3);
}

const file = new URL('../../docs/accuracy.md', import.meta.url);
let wrong = 0;
const figures: FamilyFigures[] = [];
for (const family of families) {
  const cases = [];
  for (const one of family.cases) {
    const begin = Date.now();
    const checked = await runCase(one, quick ? QUICK : LONG);
    cases.push({ name: one.name, figures: checked });
    const outside = checked.filter(({ isInside }) => !isInside);
    wrong += outside.length;
    const widest = Math.max(...checked.map(({ half, check }) => half / wanted(check)));
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    console.log(
      `${outside.length === 0 ? '✔' : '✘'} ${family.title}: ${one.name}, ${checked.length} figures, half-width ${widest.toFixed(2)} of what is wanted, ${seconds} s`,
    );
    for (const { check, value, off, half } of outside)
      console.log(
        `    ${check.measure} of ${check.element}: ${value}, exactly ${check.exact}: off by ${percent(off)}, ± ${percent(half)}`,
      );
  }
  figures.push({ family, cases });
  // What is known is kept, whatever becomes of the families that come after it.
  if (!quick && only.length > 0) await renew([{ family, cases }], []);
}
if (!quick) {
  const coverage = only.length === 0 ? await coverageOver(SEEDS) : [];
  wrong += coverage.filter(({ isHonest }) => !isHonest).length;
  if (only.length > 0 || coverageAlone) {
    await renew([], coverage);
  } else {
    const metastable = [];
    for (const one of metastableVariants()) metastable.push(await metastableVerdict(one));
    wrong += metastable.filter(({ collapsed, published }) => collapsed !== published.collapsed).length;
    await writeFile(file, accuracyPage({ families: figures, coverage, metastable }));
  }
}
console.log(wrong === 0 ? 'Every figure is right.' : `${wrong} figures are wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;

async function renew(families: readonly FamilyFigures[], coverage: Awaited<ReturnType<typeof coverageOver>>) {
  await writeFile(file, renewedPage(await readFile(file, 'utf8'), families, coverage));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
