/**
 * What `launch.json` says about a run, read against the model: the machine, its arguments, the script of events. Whatever is
 * wrong there comes back as a sentence.
 */
import type { Model, Value } from '@pollux/engine/model';
import type { Fragment, FragmentAnswer } from '@pollux/language-server/protocol';
import { happeningOf } from './happening-of.ts';
import { listOf, literalText, recordOf, stepText, Unreadable } from './launch-texts.ts';
import { MachineDebugger, type MachineProgram } from './machine-debugger.ts';
import type { Happening } from './moment.ts';

interface MachineLaunch {
  readonly machine: string;
  readonly arguments?: unknown;
  readonly events?: unknown;
}

/** Reads an expression or a step where the machine stands. */
export type ReadOf = (behaviour: string, text: string) => Promise<FragmentAnswer>;

export async function launchProgram(
  model: Model,
  launch: MachineLaunch,
  readOf: ReadOf,
): Promise<MachineProgram | { readonly problem: string }> {
  try {
    return await read(model, launch, readOf);
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

async function read(model: Model, launch: MachineLaunch, readOf: ReadOf): Promise<MachineProgram> {
  const found = model.machines.filter(({ id, name }) => id === launch.machine || name === launch.machine);
  const machine = found.find(({ id }) => id === launch.machine) ?? found[0];
  if (machine === undefined) {
    const known = model.machines.map(({ name }) => name).join(', ');
    throw new Unreadable(
      `The model has no machine ${launch.machine}${known === '' ? '' : `; it has: ${known}`}. Mend "machine" in launch.json.`,
    );
  }
  const bare: MachineProgram = { model, machine: machine.id, values: [], script: [] };
  // Values are read as of an instance that knows nothing yet.
  const blank = MachineDebugger.of(bare, () => undefined);
  if (blank === null) throw new Unreadable(`${machine.name} cannot be run.`);
  const { moment, evaluator } = blank;
  const fragment = async (text: string, what: string): Promise<Fragment> => {
    const answer = await readOf(machine.id, text);
    if ('problem' in answer) throw new Unreadable(`${what}: ${answer.problem}`);
    return answer.fragment;
  };

  const script: Happening[] = [];
  for (const [index, item] of listOf(launch.events).entries()) {
    const what = `Event ${index + 1} of the script`;
    const happening = happeningOf(await fragment(stepText(item, what, model), what), evaluator, moment);
    if ('problem' in happening) throw new Unreadable(`${what}: ${happening.problem}`);
    script.push(happening);
  }
  const values: Value[] = [];
  const given = recordOf(launch.arguments, '"arguments"');
  // Inherited ones first, as the compiled machine has them.
  const parameters = blank.machine.compiled.variables.slice(0, blank.machine.compiled.parameterCount);
  const surplus = Object.keys(given).find((name) => !parameters.some((parameter) => parameter.name === name));
  if (surplus !== undefined) {
    const known = parameters.map(({ name }) => name).join(', ') || 'none';
    throw new Unreadable(`${machine.name} has no parameter ${surplus}; its parameters: ${known}. Mend "arguments".`);
  }
  for (const parameter of parameters) {
    const value = given[parameter.name];
    if (value === undefined || value === null) {
      values.push(null);
      continue;
    }
    const what = `The argument ${parameter.name}`;
    const read = await fragment(literalText(value, parameter, what, model), what);
    if (read.kind !== 'expression') throw new Unreadable(`${what} is no value.`);
    const result = evaluator.evaluate(read.expression, moment);
    if ('problem' in result) throw new Unreadable(`${what}: ${result.problem.message}`);
    values.push(result.value);
  }
  return { ...bare, values, script };
}
