/** Which behaviours wait for which signals. Reads references, reports nothing. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { machineWithBases } from './value-members.ts';

/** Does anything in the behaviour wait for the signal? */
export function receives(behaviour: ast.Behaviour | ast.Component, signal: ast.Signal): boolean {
  if (ast.isInteraction(behaviour)) return true;
  const bodies: readonly AstNode[] = ast.isMachine(behaviour) ? machineWithBases(behaviour) : [behaviour];
  return bodies.some((body) =>
    AstUtils.streamAllContents(body).some((node) => {
      if (ast.isSignalTrigger(node) && node.any) return true;
      if (ast.isState(node)) {
        const machine = node.submachine?.ref;
        return machine !== undefined && !bodies.includes(machine) && receives(machine, signal);
      }
      return ast.isSignalPattern(node) && node.signal?.ref === signal;
    }),
  );
}
