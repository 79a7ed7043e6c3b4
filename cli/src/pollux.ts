/**
 * The commands and options of `pollux`, and the one guard that turns errors into messages and exit codes. A command's code is
 * loaded when it is asked for.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CompareOptions } from './commands/compare.ts';
import type { ExplainCommandOptions } from './commands/explain.ts';
import type { FormatOptions } from './commands/format.ts';
import type { FreezeOptions } from './commands/freeze.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import type { SolveOptions } from './commands/solve.ts';
import type { StepOptions } from './commands/step.ts';
import type { SweepCommandOptions } from './commands/sweep.ts';
import type { TestOptions } from './commands/test.ts';
import type { VerifyOptions } from './commands/verify.ts';
import { type ExitCode, exitCode, UsageError } from './exit-code.ts';
import type { CheckFormat, Terminal } from './terminal.ts';

/** Runs one command line and says how it ended. Never throws. */
export async function pollux(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let ended: ExitCode = exitCode.fine;
  try {
    await program(terminal, (code) => {
      ended = code;
    }).parseAsync(argv, { from: 'user' });
    return ended;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
    if (error instanceof UsageError) terminal.error(`pollux: ${error.message}\n`);
    else
      terminal.error(
        `pollux: this is a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    return exitCode.usage;
  }
}

function program(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const pollux = new Command('pollux')
    .description('Checks, formats, steps, verifies, simulates and replays executable UML digital twins.')
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .addHelpText(
      'after',
      '\nExit codes: 0 fine, 1 problems, missed expectations or divergences, 2 undecided, 3 wrong usage or unreadable input.',
    );

  pollux
    .command('check')
    .description('Say what is wrong with models, without running them.')
    .argument('<files...>', '*.twin files')
    .addOption(formatOption('sarif'))
    .action(async (files: string[], { format }: { format: CheckFormat }) => {
      const { check } = await import('./commands/check.ts');
      end(await check(files, format, terminal));
    });

  pollux
    .command('format')
    .description('Lay models out. Files with syntax errors are left alone.')
    .argument('<files...>', '*.twin files, written in place')
    .option('--check', 'write nothing; list the files that would change')
    .addOption(formatOption())
    .action(async (files: string[], options: FormatOptions) => {
      const { format } = await import('./commands/format.ts');
      end(await format(files, options, terminal));
    });

  pollux
    .command('step')
    .description('Run one instance of a machine by a script of events.')
    .argument('<file>', 'a *.twin file')
    .option('--machine <name>', 'the machine; may be left out where there is only one')
    .option(
      '--events <file>',
      'a JSON array of {"signal": …}, {"call": …} and {"after": "5 s"}; nothing happens without',
    )
    .option('--arg <name=value>', 'a parameter of the machine; may be repeated', repeated, [])
    .option('--seed <number>', 'for what is drawn', wholeNumber(0))
    .option('--budget <number>', 'steps of one event before it is taken for endless (100000)', wholeNumber(1))
    .option('--explore', 'every schedule that UML leaves open instead of one')
    .option('--states <number>', 'with --explore: how many states to visit at most', wholeNumber(1))
    .addOption(formatOption())
    .action(async (file: string, options: StepOptions) => {
      const { step } = await import('./commands/step.ts');
      end(await step(file, options, terminal));
    });

  pollux
    .command('verify')
    .description('Explore machines in a world that may send them anything at any time.')
    .argument('<file>', 'a *.twin file')
    .option('--machine <name>', 'only this one')
    .option('--states <number>', 'how many states of a machine to visit at most', wholeNumber(1))
    .option('--seconds <number>', 'how long to explore a machine at most', wholeNumber(1), 30)
    .addOption(formatOption('sarif'))
    .action(async (file: string, options: VerifyOptions) => {
      const { verify } = await import('./commands/verify.ts');
      end(await verify(file, options, terminal));
    });

  pollux
    .command('simulate')
    .description('Run a scenario and judge its expectations.')
    .argument('<file>', 'a *.twin file')
    .option('--scenario <name>', 'the scenario to run; may be left out where there is only one')
    .option('--seed <number>', 'instead of the seed of the scenario', wholeNumber(0))
    .option('--replications <number>', 'instead of the replications of the scenario', wholeNumber(1))
    .option('--threads <number>', 'threads to run on; the result does not depend on it', wholeNumber(1))
    .option('--report <file>', 'write diagrams, charts and tables into one HTML file, which needs nothing else')
    .option('--junit <file>', 'write the expectations there too, as JUnit XML for CI')
    .addOption(formatOption())
    .action(async (file: string, options: SimulateOptions) => {
      const { simulate } = await import('./commands/simulate.ts');
      end(await simulate(file, options, terminal));
    });

  pollux
    .command('compare')
    .description('Run scenarios under the same luck and say what differs between them.')
    .argument('<file>', 'a *.twin file')
    .argument('[other]', 'another one that it is held against, such as the same model before a change')
    .option('--scenario <name>', 'what changed; may be left out where only one scenario says `compare with`')
    .option(
      '--with <name>',
      'what it is held against, instead of what the scenario says; may be repeated',
      repeated,
      [],
    )
    .option('--seed <number>', 'instead of the seed of the scenario', wholeNumber(0))
    .option('--replications <number>', 'instead of the replications of the scenario', wholeNumber(1))
    .option('--threads <number>', 'threads to run on; the result does not depend on it', wholeNumber(1))
    .option('--report <file>', 'write diagrams, charts and tables into one HTML file, which needs nothing else')
    .addOption(formatOption())
    .action(async (file: string, other: string | undefined, options: CompareOptions) => {
      const { compare } = await import('./commands/compare.ts');
      end(await compare(file, other, options, terminal));
    });

  pollux
    .command('explain')
    .description('Say what limits a scenario, what would help, and the smallest change that meets every expectation.')
    .argument('<file>', 'a *.twin file')
    .option('--scenario <name>', 'the scenario; may be left out where there is only one')
    .option('--no-search', 'only what limits it and what single changes bring')
    .option('--budget <number>', 'combinations to simulate at most in the search', wholeNumber(1))
    .option('--seed <number>', 'instead of the seed of the scenario', wholeNumber(0))
    .option('--replications <number>', 'instead of the replications of the scenario', wholeNumber(1))
    .option('--threads <number>', 'threads to run on; the result does not depend on it', wholeNumber(1))
    .option('--report <file>', 'write diagrams, charts and tables into one HTML file, which needs nothing else')
    .addOption(formatOption())
    .action(async (file: string, options: ExplainCommandOptions) => {
      const { explain } = await import('./commands/explain.ts');
      end(await explain(file, options, terminal));
    });

  pollux
    .command('sweep')
    .description('Run a scenario with every combination of the values that its `vary` names.')
    .argument('<file>', 'a *.twin file')
    .option('--scenario <name>', 'the scenario; may be left out where only one varies anything')
    .option('--all', 'run the combinations too that formulas show to be hopeless')
    .option('--seed <number>', 'instead of the seed of the scenario', wholeNumber(0))
    .option('--replications <number>', 'instead of the replications of the scenario', wholeNumber(1))
    .option('--threads <number>', 'threads to run on; the result does not depend on it', wholeNumber(1))
    .option('--report <file>', 'write diagrams, charts and tables into one HTML file, which needs nothing else')
    .addOption(formatOption())
    .action(async (file: string, options: SweepCommandOptions) => {
      const { sweep } = await import('./commands/sweep.ts');
      end(await sweep(file, options, terminal));
    });

  pollux
    .command('test')
    .description('Run the tests that models declare, or propose some for a machine.')
    .argument('<files...>', '*.twin files')
    .option('--filter <name>', 'only tests with this in their name')
    .option('--coverage', 'say which states and transitions of machines the tests took')
    .option('--generate', 'propose the fewest tests that take every transition of a machine; run nothing')
    .option('--machine <name>', 'for which machine; may be left out where there is only one')
    .addOption(formatOption('junit'))
    .action(async (files: string[], options: TestOptions) => {
      const { test } = await import('./commands/test.ts');
      end(await test(files, options, terminal));
    });

  pollux
    .command('solve')
    .description('Say what formulas of queues tell of a scenario, without running it.')
    .argument('<file>', 'a *.twin file')
    .argument('[scenario]', 'the scenario; may be left out where there is only one')
    .addOption(formatOption())
    .action(async (file: string, scenario: string | undefined, options: SolveOptions) => {
      const { solve } = await import('./commands/solve.ts');
      end(await solve(file, scenario, options, terminal));
    });

  pollux
    .command('replay')
    .description('Hold recorded telemetry against a model.')
    .argument('<file>', 'a *.twin file')
    .argument('<recordings...>', 'OTLP/JSON lines, packed with gzip or not')
    .option('--twin <name>', 'the twin that binds them; may be left out where there is only one')
    .option('--no-simulation', 'do not simulate the observed load; latencies are then not held against a prediction')
    .addOption(formatOption())
    .action(async (file: string, recordings: string[], options: ReplayOptions) => {
      const { replay } = await import('./commands/replay.ts');
      end(await replay(file, recordings, options, terminal));
    });

  pollux
    .command('freeze')
    .description('Write down beside a model what its twin observes, so that scenarios with `observed` can be repeated.')
    .argument('<file>', 'a *.twin file')
    .argument('[recordings...]', 'OTLP/JSON lines; those that the twin names, where left out')
    .option('--twin <name>', 'the twin that binds them; may be left out where there is only one')
    .addOption(formatOption())
    .action(async (file: string, recordings: string[], options: FreezeOptions) => {
      const { freeze } = await import('./commands/freeze.ts');
      end(await freeze(file, recordings, options, terminal));
    });

  return pollux;
}

function formatOption(...more: string[]): Option {
  return new Option('--format <format>', 'how to print').choices(['text', 'json', ...more]).default('text');
}

function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  };
}
