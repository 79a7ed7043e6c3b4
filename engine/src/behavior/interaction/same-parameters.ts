/** What an expression for all operations of a component reads of one of them: parameters of the same name. */
import type { ElementId, Expression, Operation } from '../../model/index.ts';

/** Variables of the expression that are no parameters of the operation, each with the parameter that has its name. */
export function sameParameters(
  expression: Expression,
  { parameters }: Operation,
): ReadonlyMap<ElementId, ElementId | undefined> {
  const own = new Set(parameters.map(({ id }) => id));
  const others = new Map<ElementId, ElementId | undefined>();
  for (const variable of variablesIn(expression)) {
    const name = variable.slice(variable.lastIndexOf('.') + 1);
    if (!own.has(variable)) others.set(variable, parameters.find((parameter) => parameter.name === name)?.id);
  }
  return others;
}

function variablesIn(part: unknown): readonly ElementId[] {
  if (typeof part !== 'object' || part === null) return [];
  const inside = Object.values(part).flatMap(variablesIn);
  const isVariable = 'kind' in part && part.kind === 'variable' && 'variable' in part;
  return isVariable ? [String(part.variable), ...inside] : inside;
}
