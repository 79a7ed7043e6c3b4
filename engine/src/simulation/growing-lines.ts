/** Lines for connections that only grow, as findings: so many calls of others at once cannot carry the load. */
import { formatFigure, SECOND } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';

export function growingLines(
  { program, layout }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  const callers = [...new Set(program.messages.map(({ caller }) => caller))];
  return callers.flatMap((caller, index): Finding[] => {
    const calls = program.messages.filter((one) => one.caller === caller && one.policy?.needsConnection === true);
    if (caller === null || calls.length === 0) return [];
    const lines = [...(layout.replicasOf.get(caller) ?? []), layout.nodeOfReplica.length + index];
    let growth = 0;
    let begun = 0;
    let seconds = 0;
    for (const { connections, roundTrips, measured } of results) {
      for (const line of lines) growth += connections.growth[line]!;
      for (const call of calls) begun += roundTrips[call.index]!.started;
      seconds += measured / SECOND;
    }
    // A line in balance wanders by about the square root of what passed through it.
    if (growth <= 3 * Math.sqrt(begun)) return [];
    const name = caller.slice(caller.lastIndexOf('.') + 1);
    const message = `The line at ${name}.connections grows by ${formatFigure(growth / seconds)}/s: its replicas need more connections for the calls they make.`;
    return [{ code: 'line-grows', severity: 'warning', element: caller, message }];
  });
}
