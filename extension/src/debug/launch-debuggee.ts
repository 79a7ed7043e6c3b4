/** What a launch configuration names, ready to be debugged: a machine, an interaction or a test. Or why there is no debugging it. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { TestResult } from '@pollux/engine/testing';
import type { Debuggee } from './debuggee.ts';
import { launchProgram, type ReadOf } from './launch-program.ts';
import { listOf, literalText, recordOf, stepText, Unreadable } from './launch-texts.ts';
import { MachineDebugger } from './machine-debugger.ts';
import type { Output } from './moment.ts';
import { PlayDebugger } from './play-debugger.ts';

/** One of the three, by its own or its qualified name. */
export interface LaunchArguments {
  readonly machine?: string;
  readonly interaction?: string;
  readonly test?: string;
  readonly arguments?: unknown;
  readonly events?: unknown;
}

interface LaunchSurroundings {
  readonly read: ReadOf;
  readonly runTest: (test: ElementId) => Promise<TestResult | null>;
  readonly say: (output: Output) => void;
}

type Refused = { readonly problem: string };

export async function launchDebuggee(
  model: Model,
  launch: LaunchArguments,
  around: LaunchSurroundings,
): Promise<Debuggee | Refused> {
  try {
    if (launch.test !== undefined) return await ofTest(model, launch.test, around);
    if (launch.interaction !== undefined) return await ofInteraction(model, launch.interaction, launch, around);
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
  const program = await launchProgram(model, { ...launch, machine: launch.machine ?? '' }, around.read);
  if ('problem' in program) return program;
  return MachineDebugger.of(program, around.say) ?? { problem: `${launch.machine} cannot be run.` };
}

/** In the way that decided its verdict: the first that did not pass, where there is one. */
async function ofTest(model: Model, name: string, { runTest, say }: LaunchSurroundings): Promise<Debuggee | Refused> {
  const test = named(model.tests, name, 'test');
  const result = await runTest(test.id);
  if (result === null) return { problem: `${test.name} was not run.` };
  const { way, outcomes, verdict } = result;
  if (way === null) return { problem: result.message };
  if (outcomes > 1) {
    const text = `${test.name}: ${verdict} over ${outcomes} ways in which what is left open can be decided. This is the one that tells.`;
    say({ text, isError: false });
  }
  return new PlayDebugger({ model, test, way, isScript: false }, say);
}

/** As a test that expects nothing: the language has a word for everything that can be given to it. */
async function ofInteraction(
  model: Model,
  name: string,
  launch: LaunchArguments,
  { read, say }: LaunchSurroundings,
): Promise<Debuggee | Refused> {
  const interaction = named(model.interactions, name, 'interaction');
  const given = Object.entries(recordOf(launch.arguments, '"arguments"'))
    .filter(([, value]) => value !== null)
    .map(([key, value]) => {
      const parameter = interaction.parameters.find((each) => each.name === key);
      return `${key}: ${literalText(value, parameter, `The argument ${key}`, model)}`;
    });
  const steps = listOf(launch.events).map((item, i) => stepText(item, `Event ${i + 1} of the script`, model));
  const values = given.length === 0 ? '' : `(${given.join(', ')})`;
  const answer = await read(interaction.id, `test debugged of ${interaction.name}${values} { ${steps.join(' ')} }`);
  if ('problem' in answer) return { problem: answer.problem };
  if (answer.fragment.kind !== 'test') return { problem: `${interaction.name} cannot be run.` };
  const program = { model, test: answer.fragment, way: { seed: 1, decisions: [] }, isScript: true };
  return new PlayDebugger(program, say);
}

function named<E extends { readonly id: ElementId; readonly name: string }>(
  elements: readonly E[],
  name: string,
  kind: string,
): E {
  const found = elements.find(({ id }) => id === name) ?? elements.find((each) => each.name === name);
  if (found !== undefined) return found;
  const known = elements.map((each) => each.name).join(', ');
  const has = known === '' ? '' : `; it has: ${known}`;
  throw new Unreadable(`The model has no ${kind} ${name}${has}. Mend "${kind}" in launch.json.`);
}
