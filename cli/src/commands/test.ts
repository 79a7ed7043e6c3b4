/** `pollux test FILES…`: runs the tests that models declare, or proposes some for a machine. */
import type { Model, TestCase } from '@pollux/engine/model';
import { generateTests, runTest, TEST_SCHEMA, type TestResult } from '@pollux/engine/testing';
import { type ExitCode, exitCode, UsageError } from '../exit-code.ts';
import { named, shownPath } from '../read-model.ts';
import type { Terminal, TestFormat } from '../terminal.ts';
import { generatedText } from '../text/generated-tests.ts';
import { junitOfTests } from '../text/junit-of-tests.ts';
import { paintFor } from '../text/paint.ts';
import { type CoveredMachine, mergedCoverage } from '../text/test-coverage.ts';
import { testText } from '../text/tests.ts';
import { runnableModel } from './runnable-model.ts';

export interface TestOptions {
  readonly filter?: string;
  readonly format: TestFormat;
  readonly coverage?: boolean;
  readonly generate?: boolean;
  readonly machine?: string;
}

/** A result with the file that its test stands in. */
export interface RunTest {
  readonly file: string;
  readonly test: TestCase;
  readonly result: TestResult;
}

export async function test(paths: readonly string[], options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.generate === true) return generate(paths, options, terminal);
  if (options.machine !== undefined) throw new UsageError('--machine says for what --generate proposes tests.');
  const ran: RunTest[] = [];
  const models: Model[] = [];
  let isBroken = false;
  for (const path of new Set(paths)) {
    const model = await runnableModel(path, problemFormat(options.format), errorsAside(options.format, terminal));
    if (model === null) isBroken = true;
    else {
      models.push(model);
      for (const each of runAll(model, options.filter, terminal)) {
        // Two files may import the same one.
        if (!ran.some(({ test: other }) => keyOf(other) === keyOf(each.test))) ran.push(each);
      }
    }
  }
  checkFilter(models, ran, options.filter, isBroken);
  const coverage = options.coverage === true ? mergedCoverage(ran, models, terminal.folder) : null;
  terminal.out(printed(ran, coverage, options.format, terminal));
  if (isBroken || ran.some(({ result }) => result.verdict === 'fail' || result.verdict === 'error')) {
    return exitCode.problems;
  }
  const isOpen = terminal.signal.aborted || ran.some(({ result }) => result.verdict === 'inconclusive');
  return isOpen ? exitCode.undecided : exitCode.fine;
}

function runAll(model: Model, filter: string | undefined, { folder, signal }: Terminal): readonly RunTest[] {
  return model.tests
    .filter(({ id, name }) => filter === undefined || [id, name].some((each) => each.includes(filter)))
    .flatMap((each) => {
      if (signal.aborted) return [];
      const result = runTest(model, each.id, { cancelled: () => signal.aborted });
      return result === null ? [] : [{ file: shownPath(each.place.uri, folder), test: each, result }];
    });
}

function checkFilter(
  models: readonly Model[],
  ran: readonly RunTest[],
  filter: string | undefined,
  isBroken: boolean,
): void {
  if (filter === undefined || ran.length > 0 || isBroken) return;
  const known = models.flatMap(({ tests }) => tests.map(({ name }) => name)).join(', ');
  throw new UsageError(`No test has ${filter} in its name${known === '' ? '' : `; there are: ${known}`}.`);
}

function printed(
  ran: readonly RunTest[],
  coverage: readonly CoveredMachine[] | null,
  format: TestFormat,
  terminal: Terminal,
): string {
  switch (format) {
    case 'text':
      return testText(ran, coverage, terminal.folder, paintFor(terminal.colours));
    case 'junit':
      return junitOfTests(ran);
    case 'json': {
      const tests = ran.map(({ file, result: { coverage: _, place, ...result }, test: { label } }) => ({
        file,
        line: label.start.line + 1,
        ...result,
        failedAt: place === null ? null : { file: shownPath(place.uri, terminal.folder), line: place.start.line + 1 },
      }));
      const report = { schema: TEST_SCHEMA, tests, ...(coverage === null ? {} : { coverage }) };
      return `${JSON.stringify(report, null, 2)}\n`;
    }
  }
}

async function generate(paths: readonly string[], options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) throw new UsageError('--generate takes one file.');
  if (options.format === 'junit') throw new UsageError('--generate prints text or json.');
  const model = await runnableModel(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const machine = named(model.machines, options.machine, 'machine', '--machine');
  const proposal = generateTests(model, machine.id, { cancelled: () => terminal.signal.aborted });
  if (proposal === null) return exitCode.problems;
  terminal.out(
    options.format === 'json'
      ? `${JSON.stringify({ schema: TEST_SCHEMA, ...proposal }, null, 2)}\n`
      : generatedText(proposal, terminal.folder),
  );
  return terminal.signal.aborted ? exitCode.undecided : exitCode.fine;
}

function keyOf({ place, id }: TestCase): string {
  return JSON.stringify([place.uri, id]);
}

function problemFormat(format: TestFormat): 'text' | 'json' {
  return format === 'json' ? 'json' : 'text';
}

/** What is wrong with a model must not stand in the middle of a report that a machine reads. */
function errorsAside(format: TestFormat, terminal: Terminal): Terminal {
  return format === 'text' ? terminal : { ...terminal, out: terminal.error };
}
