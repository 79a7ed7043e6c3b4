/** What arguments go to: the parameters of a callee, those that a machine inherits first, as its instances have them. */
import * as ast from '../../generated/ast.ts';
import type { Callee } from './scope-provider.ts';
import { machineWithBases } from './value-members.ts';

/** One that is declared again stands where it stood. */
export function allParameters(callee: Callee): readonly ast.Parameter[] {
  if (!ast.isMachine(callee) || callee.base === undefined) return callee.parameters;
  const byName = new Map<string, ast.Parameter>();
  for (const machine of machineWithBases(callee).reverse()) {
    for (const parameter of machine.parameters) byName.set(parameter.name, parameter);
  }
  return [...byName.values()];
}
