/** Writes a run as one HTML file, and says where it lies. The page's style stands beside the bundle, or in its sources. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from '@pollux/engine/model';
import type { Answers, ComparisonResult, SimulationResult, SweepResult } from '@pollux/engine/simulation';
import { inProcessLayout, reportHtml, runOfSweep } from '@pollux/webview/report';
import { UsageError } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface Reported {
  readonly run: SimulationResult;
  readonly comparison?: ComparisonResult;
  readonly sweep?: SweepResult;
  readonly answers?: Answers;
}

export async function writeReport(path: string, reported: Reported, model: Model, terminal: Terminal): Promise<void> {
  const text = await reportHtml({
    comparison: null,
    sweep: null,
    answers: null,
    ...reported,
    model,
    css: await pageStyle(),
    layout: inProcessLayout(),
  });
  const target = resolve(terminal.folder, path);
  try {
    await writeFile(target, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the report cannot be written: ${reason}`);
  }
  terminal.error(`Report: ${relative(terminal.folder, target) || target}\n`);
}

/** Of a sweep in which nothing could be run there is nothing to report. */
export async function writeSweepReport(
  path: string,
  sweep: SweepResult,
  model: Model,
  terminal: Terminal,
): Promise<void> {
  const run = runOfSweep(sweep, model);
  if (run !== null) await writeReport(path, { run, sweep }, model, terminal);
}

async function pageStyle(): Promise<string> {
  const isBundled = !import.meta.url.endsWith('.ts');
  if (isBundled) return readFile(join(dirname(fileURLToPath(import.meta.url)), 'page.css'), 'utf8');
  const path = createRequire(import.meta.url).resolve('@pollux/webview/page.css');
  const css = await readFile(path, 'utf8');
  const imported = /@import "([^"]+)";/g;
  const parts = [...css.matchAll(imported)].map(([, name]) => readFile(join(dirname(path), name ?? ''), 'utf8'));
  return [...(await Promise.all(parts)), css.replace(imported, '')].join('\n');
}
