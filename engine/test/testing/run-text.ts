/** Runs the tests of a text: the kit of the tests in this folder. */
import { runTest, type TestResult } from '@pollux/engine/testing';
import { modelOf } from '@pollux/language-server/language';

export async function results(text: string, limit?: number): Promise<readonly TestResult[]> {
  const { model, problems } = await modelOf(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (model === null || errors.length > 0) {
    throw new Error(errors.map((p) => `line ${p.place.start.line + 1}: ${p.message}`).join('\n'));
  }
  return model.tests.flatMap(({ id }) => runTest(model, id, limit === undefined ? {} : { limit }) ?? []);
}

export async function result(text: string, limit?: number): Promise<TestResult> {
  const [first] = await results(text, limit);
  if (first === undefined) throw new Error('no test in the text');
  return first;
}

/** One line of what was not as expected. */
export function told({ verdict, message, expected, found }: TestResult): string {
  return [verdict, message, ...(expected === null ? [] : [`${expected} ≠ ${found}`])]
    .filter((part) => part !== '')
    .join(' | ');
}
