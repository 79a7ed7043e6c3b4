/** JUnit XML, as CI servers read it: one suite a file. Times are virtual and so left out. Knows nothing of what was judged. */

interface JunitSuite {
  /** The file. */
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

export interface JunitCase {
  readonly name: string;
  /** What it belongs to: a behaviour, a scenario. */
  readonly classname: string;
  readonly line: number;
  /** Absent: it passed. */
  readonly trouble?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
    readonly text: string;
  };
}

export function junit(suites: readonly JunitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pollux" ${counts(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${escaped(name)}" ${counts(cases)}>`,
      ...cases.flatMap((one) => testCase(name, one)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly JunitCase[]): string {
  const count = (kind: string): number => cases.filter(({ trouble }) => trouble?.kind === kind).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function testCase(file: string, { name, classname, line, trouble }: JunitCase): readonly string[] {
  const where = `classname="${escaped(classname)}" file="${escaped(file)}" line="${line}"`;
  const head = `    <testcase name="${escaped(name)}" ${where}`;
  if (trouble === undefined) return [`${head}/>`];
  const { kind, type, message, text } = trouble;
  // What is skipped has a message, and no type.
  const about = kind === 'skipped' ? '' : ` type="${escaped(type)}"`;
  return [
    `${head}>`,
    `      <${kind}${about} message="${escaped(message)}">${escaped(text)}</${kind}>`,
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
