/** Expressions from their text, as the body of a machine's variable; and their value with given slots. */
import {
  attempt,
  compileExpression,
  compilePartly,
  Frame,
  type Known,
  type RunProblemCode,
  slotScope,
} from '@pollux/engine/expressions';
import type { Expression, Value } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';

export interface Parsed {
  readonly expression: Expression;
  /** Ids of the variables it may use, in the order of their slots. */
  readonly variables: readonly string[];
}

/** `declarations` such as `n: Integer, s: String` become parameters; `type` is that of the result. */
export async function parsed(text: string, type: string, declarations = ''): Promise<Parsed> {
  const source = `machine M(${declarations}) {\n  var result: ${type} = ${text}\n  initial -> A\n  state A {}\n}`;
  const { model, problems } = await modelOf(source);
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((problem) => problem.message).join('\n'));
  const machine = model?.machines[0];
  const expression = machine?.variables[0]?.initial;
  if (machine === undefined || expression === undefined) throw new Error(`no expression in ${source}`);
  return { expression, variables: machine.parameters.map(({ id }) => id) };
}

export function exact({ expression, variables }: Parsed, slots: readonly Known[]): Value | RunProblemCode {
  const frame = new Frame();
  frame.slots = [...slots];
  const evaluate = compileExpression(expression, slotScope(variables));
  const outcome = attempt(() => evaluate(frame));
  return 'problem' in outcome ? outcome.problem.code : outcome.value;
}

export function partly({ expression, variables }: Parsed, slots: readonly Known[]): Known {
  const frame = new Frame();
  frame.slots = [...slots];
  return compilePartly(expression, slotScope(variables))(frame);
}
