/** The verdicts of tests for people: one line each, with what was expected, what was found and what happened where it did not pass. */
import { durationText } from '@pollux/engine/expressions';
import type { TestVerdict } from '@pollux/engine/testing';
import type { RunTest } from '../commands/test.ts';
import { shownPath } from '../read-model.ts';
import type { Paint } from './paint.ts';
import type { CoveredElement, CoveredMachine } from './test-coverage.ts';

/** The last lines of a trace that are shown. */
const LINES = 12;

export function testText(
  ran: readonly RunTest[],
  coverage: readonly CoveredMachine[] | null,
  folder: string,
  paint: Paint,
): string {
  const lines = ran.flatMap((each) => linesOf(each, folder, paint));
  return [...lines, summary(ran), ...(coverage ?? []).flatMap(coverageLines)].map((line) => `${line}\n`).join('');
}

function linesOf({ file, test, result }: RunTest, folder: string, paint: Paint): readonly string[] {
  const { verdict, message, expected, found, trace, place } = result;
  const head = `${marked(verdict, paint)} ${test.name} ${paint.quiet(`${file}:${test.label.start.line + 1}`)}`;
  if (verdict === 'pass') return [head];
  const at = place === null ? '' : `${shownPath(place.uri, folder)}:${place.start.line + 1} `;
  const shown = trace.slice(-LINES);
  const left = trace.length - shown.length;
  return [
    head,
    `    ${at}${message}`,
    ...(expected === null ? [] : [`    expected  ${expected}`, `    found     ${found ?? ''}`]),
    ...(left === 0 ? [] : [paint.quiet(`    … ${left} before`)]),
    ...shown.map(({ time, text }) => paint.quiet(`    ${durationText(time).padStart(10)}  ${text}`)),
  ];
}

function marked(verdict: TestVerdict, paint: Paint): string {
  switch (verdict) {
    case 'pass':
      return paint.good('✓ pass');
    case 'fail':
      return paint.bad('✗ fail');
    case 'error':
      return paint.bad('✗ error');
    case 'inconclusive':
      return paint.doubtful('? inconclusive');
  }
}

function summary(ran: readonly RunTest[]): string {
  const count = (verdict: TestVerdict): number => ran.filter(({ result }) => result.verdict === verdict).length;
  const parts = (['pass', 'fail', 'inconclusive', 'error'] as const)
    .map((verdict) => [count(verdict), verdict] as const)
    .filter(([number]) => number > 0)
    .map(([number, verdict]) => `${number} ${verdict}`);
  return `${ran.length} ${ran.length === 1 ? 'test' : 'tests'}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

function coverageLines({ name, states, transitions }: CoveredMachine): readonly string[] {
  const missing = [...states, ...transitions].filter(({ count }) => count === 0);
  return [
    `${name}: ${share(states)} states, ${share(transitions)} transitions`,
    ...missing.map(({ element, file, line }) => `    not reached  ${file}:${line}  ${element}`),
  ];
}

function share(elements: readonly CoveredElement[]): string {
  return `${elements.filter(({ count }) => count > 0).length} of ${elements.length}`;
}
