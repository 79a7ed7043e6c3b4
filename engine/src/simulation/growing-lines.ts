/** Lines for connections, for places in a bulkhead and for threads that only grow, as findings: so many calls at once cannot carry the load. */

import type { ElementId } from '../model/index.ts';
import { formatFigure, SECOND } from '../numeric/index.ts';
import { CallPairs } from './call-pairs.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';
import { policiesIn } from './policies-in.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';

export function growingLines(compiled: CompiledScenario, results: readonly ReplicationResult[]): readonly Finding[] {
  return [...forConnections(compiled, results), ...forBulkheads(compiled, results), ...forThreads(compiled, results)];
}

function forThreads({ program, layout }: CompiledScenario, results: readonly ReplicationResult[]): readonly Finding[] {
  return calledComponents(program.messages).flatMap((component, index): readonly Finding[] => {
    const calls = program.messages.filter((one) => one.component === component && one.needsThread);
    if (component === null || calls.length === 0) return [];
    const pools = [...(layout.replicasOf.get(component) ?? []), layout.nodeOfReplica.length + index];
    let growth = 0;
    let begun = 0;
    let seconds = 0;
    for (const { threads, timed, measured } of results) {
      for (const pool of pools) growth += threads.growth[pool]!;
      for (const call of calls) begun += timed[call.index]!.started;
      seconds += measured / SECOND;
    }
    return growing(component, 'threads', growth, begun, seconds, 'calls come faster than its threads carry them out');
  });
}

/** Nothing where a line only wanders: in balance it does so by about the square root of what passed through it. */
function growing(
  element: ElementId,
  what: string,
  growth: number,
  passed: number,
  seconds: number,
  why: string,
): readonly Finding[] {
  if (growth <= 3 * Math.sqrt(passed)) return [];
  const name = element.slice(element.lastIndexOf('.') + 1);
  const message = `The line at ${name}.${what} grows by ${formatFigure(growth / seconds)}/s: ${why}.`;
  return [{ code: 'line-grows', severity: 'warning', element, message }];
}

/** Towards each component called; the finding stands at the caller, whose bulkhead it is. */
function forBulkheads(
  { program, layout }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  const pairs = new CallPairs(program, layout);
  const calls = program.messages.filter((one) => policiesIn([one]).some(({ bulkhead }) => bulkhead !== null));
  const ways = new Set(calls.map(({ caller, component }) => `${caller} ${component}`));
  return [...ways].flatMap((way): readonly Finding[] => {
    const own = calls.filter(({ caller, component }) => `${caller} ${component}` === way);
    const [{ caller, component } = { caller: null, component: null }] = own;
    if (caller === null || component === null) return [];
    const replicas = [...(layout.replicasOf.get(caller) ?? []), -1];
    const lines = new Set(own.flatMap(({ index }) => replicas.map((replica) => pairs.of(replica, index))));
    let growth = 0;
    let begun = 0;
    let seconds = 0;
    for (const { bulkheads, roundTrips, measured } of results) {
      for (const line of lines) growth += bulkheads.growth[line]!;
      for (const call of own) begun += roundTrips[call.index]!.started;
      seconds += measured / SECOND;
    }
    const called = component.slice(component.lastIndexOf('.') + 1);
    return growing(caller, 'bulkhead', growth, begun, seconds, `it lets too few calls of ${called} through at a time`);
  });
}

function forConnections(
  { program, layout }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  const callers = [...new Set(program.messages.map(({ caller }) => caller))];
  return callers.flatMap((caller, index): readonly Finding[] => {
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
    const why = 'its replicas need more connections for the calls they make';
    return growing(caller, 'connections', growth, begun, seconds, why);
  });
}
