/** Verdicts of tests for CI servers: inconclusive is an error. */
import { durationText } from '@pollux/engine/expressions';
import type { RunTest } from '../commands/test.ts';
import { type JunitCase, junit } from './junit.ts';

export function junitOfTests(ran: readonly RunTest[]): string {
  const files = [...Map.groupBy(ran, ({ file }) => file)];
  return junit(files.map(([name, tests]) => ({ name, cases: tests.map(caseOf) })));
}

function caseOf({ test, result }: RunTest): JunitCase {
  const { verdict, message, expected, found, trace } = result;
  const common = { name: test.name, classname: test.behaviour, line: test.label.start.line + 1 };
  if (verdict === 'pass') return common;
  const text = [
    ...(expected === null ? [] : [`expected: ${expected}`, `found: ${found ?? ''}`]),
    ...trace.map((entry) => `${durationText(entry.time)}  ${entry.text}`),
  ].join('\n');
  return { ...common, trouble: { kind: verdict === 'fail' ? 'failure' : 'error', type: verdict, message, text } };
}
