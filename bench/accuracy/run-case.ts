/**
 * Runs one case until its figures are narrow enough, and holds them against what is known. A first run tells how long the
 * real one has to be. Its figures are thrown away, as are those of a run that turned out too wide, so that nothing is stopped where it
 * happens to look well: only widths are looked at.
 */
import type { Model } from '@pollux/engine/model';
import { studentQuantile } from '@pollux/engine/numeric';
import type { MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { simulateInWorkers } from '@pollux/runtime';
import type { AccuracyCase, Check } from './accuracy-case.ts';
import { REPLICATIONS } from './network-text.ts';

export interface CheckedFigure {
  readonly check: Check;
  readonly value: number;
  /** Half the width of the 99 % interval, as a share of the exact figure. */
  readonly half: number;
  /** How far off the figure is, as a share of the exact one. */
  readonly off: number;
  readonly isInside: boolean;
  /** Outside at the first run: how the second, with another seed, went. */
  readonly again: boolean;
}

export interface Effort {
  /** Visits of stations in the first run, all replications together. */
  readonly first: number;
  /** Of the real run, at most. */
  readonly most: number;
}

/** Half-widths that are wanted: wider for the far tail, and where what is known is an approximation. */
const WANTED = 0.01;
const WANTED_IN_TAIL = 0.02;
const WARMUP_SHARE = 0.1;
/** Widths have luck of their own: so much longer than what the run before makes likely to do. */
const RESERVE = 1.4;

export async function runCase(one: AccuracyCase, effort: Effort): Promise<readonly CheckedFigure[]> {
  const [least, most] = [effort.first / one.visits, effort.most / one.visits];
  let seed = 11;
  let transactions = least;
  let figures = await measure(one, transactions, seed);
  do {
    transactions = Math.min(most, Math.max(least, transactions * Math.max(0.2, excess(figures)) ** 2 * RESERVE));
    figures = await measure(one, transactions, ++seed);
  } while (excess(figures) > 1 && transactions < most);
  if (figures.every(({ isInside }) => isInside)) return figures;
  // One in a hundred lies outside of its interval by chance alone: a defect does so twice.
  const again = await measure(one, transactions, ++seed);
  return figures.map((figure, index) => (figure.isInside ? figure : { ...(again[index] ?? figure), again: true }));
}

/** The widest of the intervals over what is wanted. */
function excess(figures: readonly CheckedFigure[]): number {
  return Math.max(...figures.map(({ half, check }) => half / wanted(check)));
}

export function wanted({ measure: name, approximate }: Check): number {
  return approximate !== undefined || /^p99/.test(name) ? WANTED_IN_TAIL : WANTED;
}

async function measure(one: AccuracyCase, transactions: number, seed: number): Promise<readonly CheckedFigure[]> {
  const run = Math.ceil(transactions / REPLICATIONS / one.rate);
  const warmup = Math.max(Math.ceil(run * WARMUP_SHARE), one.settles ?? 0);
  const text = one.text({ run: Math.max(run, 2 * warmup), warmup });
  const result = await simulateInWorkers(await modelFrom(text), 'truth.Truth', { seed });
  return one.checks.map((check) => held(check, figureOf(result, check)));
}

async function modelFrom(text: string): Promise<Model> {
  const { model, problems } = await modelOf(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (model === null || errors.length > 0)
    throw new Error(`${errors.map(({ message }) => message).join('\n')}\n${text}`);
  return model;
}

function figureOf(result: SimulationResult, { element, measure: name }: Check): MeasuredValue {
  const found = result.measures.find((figure) => figure.element === element && figure.measure === name);
  if (found === undefined) {
    const why = result.findings.map(({ message }) => message).join('\n');
    throw new Error(`There is no ${name} of ${element}. ${why}`);
  }
  return found;
}

function held(check: Check, { value, lower, upper }: MeasuredValue): CheckedFigure {
  if (value === null || lower === null || upper === null) throw new Error(`${check.measure} has no interval.`);
  const freedom = REPLICATIONS - 1;
  const wider = studentQuantile(0.995, freedom) / studentQuantile(0.975, freedom);
  const off = value - check.exact;
  // An interval need not be as wide above its figure as below.
  const allowed = wider * (off > 0 ? value - lower : upper - value) + (check.approximate ?? 0) * check.exact;
  return {
    check,
    value,
    half: (wider * (upper - lower)) / 2 / check.exact,
    off: off / check.exact,
    isInside: Math.abs(off) <= allowed,
    again: false,
  };
}
