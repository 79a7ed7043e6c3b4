/** Verdicts as JUnit XML, as CI servers read it: one suite a file, inconclusive as an error, times are virtual and so left out. */
import { durationText } from '@pollux/engine/expressions';
import type { RunTest } from '../commands/test.ts';

export function junit(ran: readonly RunTest[]): string {
  const suites = [...Map.groupBy(ran, ({ file }) => file)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pollux" ${counts(ran)}>`,
    ...suites.flatMap(([file, tests]) => [
      `  <testsuite name="${escaped(file)}" ${counts(tests)}>`,
      ...tests.flatMap(testCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(ran: readonly RunTest[]): string {
  const count = (...verdicts: readonly string[]): number =>
    ran.filter(({ result }) => verdicts.includes(result.verdict)).length;
  return `tests="${ran.length}" failures="${count('fail')}" errors="${count('error', 'inconclusive')}" skipped="0"`;
}

function testCase({ file, test, result }: RunTest): readonly string[] {
  const { verdict, message, expected, found, trace } = result;
  const where = `classname="${escaped(test.behaviour)}" file="${escaped(file)}" line="${test.label.start.line + 1}"`;
  const head = `    <testcase name="${escaped(test.name)}" ${where}`;
  if (verdict === 'pass') return [`${head}/>`];
  const kind = verdict === 'fail' ? 'failure' : 'error';
  const text = [
    ...(expected === null ? [] : [`expected: ${expected}`, `found: ${found ?? ''}`]),
    ...trace.map((entry) => `${durationText(entry.time)}  ${entry.text}`),
  ];
  return [
    `${head}>`,
    `      <${kind} type="${verdict}" message="${escaped(message)}">${escaped(text.join('\n'))}</${kind}>`,
    '    </testcase>',
  ];
}

/** Also what XML 1.0 has no place for at all. */
function escaped(text: string): string {
  return [...text.toWellFormed()]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      const isAllowed = code === 9 || code === 10 || code === 13 || (code >= 32 && code !== 0xfffe && code !== 0xffff);
      return isAllowed ? (entities[sign] ?? sign) : '�';
    })
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};
