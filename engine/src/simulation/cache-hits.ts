/** How often caches that remember keys have answered: no figure of the model says it beforehand. */
import { formatCount, formatShare } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';

export function cacheHits(
  { program, layout }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  const replicas = layout.nodeOfReplica.length;
  return calledComponents(program.messages).flatMap((component, index): Finding[] => {
    const isKeyed = program.messages.some(
      (message) => message.component === component && message.caches.some(({ key }) => key !== null),
    );
    if (component === null || !isKeyed) return [];
    const pools = [...(layout.replicasOf.get(component) ?? []), replicas + index];
    const sum = (of: (result: ReplicationResult) => readonly number[]): number =>
      results.reduce((total, result) => total + pools.reduce((all, pool) => all + of(result)[pool]!, 0), 0);
    const asked = sum(({ caches }) => caches.asked);
    const hits = sum(({ caches }) => caches.hits);
    if (asked === 0) return [];
    const name = component.slice(component.lastIndexOf('.') + 1);
    const message = `The cache of ${name} answered ${formatShare(hits / asked)} of ${formatCount(asked)} calls.`;
    return [{ code: 'cache-hits', severity: 'information', element: component, message }];
  });
}
