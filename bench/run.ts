/** `npm run bench -- NAME…`: prints each benchmark's table and, as its last line, one JSON object. */
import { pathToFileURL } from 'node:url';
import Table from 'cli-table3';
import { bundleSimulationBenchmark } from '../scripts/bundle.mjs';
import type { BenchReport } from './report.ts';

const benchmarks: Readonly<Record<string, () => Promise<{ bench(): Promise<BenchReport> }>>> = {
  machines: () => import('./machines.ts'),
  simulation: asShipped,
  editing: () => import('./editing.ts'),
  telemetry: () => import('./telemetry.ts'),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (names.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`Unknown benchmark: ${unknown.join(', ')}.`);
  console.error(`Usage: npm run bench -- ${Object.keys(benchmarks).join('|')}`);
  process.exit(3);
}

for (const name of names) {
  const load = benchmarks[name];
  if (load === undefined) continue;
  const report = await (await load()).bench();
  const table = new Table({ head: [...report.columns], style: { head: [], border: [] } });
  for (const row of report.rows) table.push(row.map((cell) => (typeof cell === 'number' ? readable(cell) : cell)));
  console.log(`\n${report.title}\n${table.toString()}`);
  for (const note of report.notes ?? []) console.log(note);
  console.log(JSON.stringify({ bench: name, figures: report.figures }));
}

/** What users run is a bundle; programs written by hand are measured in the same one. */
async function asShipped(): Promise<{ bench(): Promise<BenchReport> }> {
  return import(pathToFileURL(await bundleSimulationBenchmark()).href);
}

function readable(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}
