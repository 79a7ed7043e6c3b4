/** Publications that came to nobody because a topic without partitions keeps nothing: the calls alone do not say that these are lost. */
import { consumersOf } from '../behavior/interaction/index.ts';
import type { ElementId } from '../model/index.ts';
import { formatCount } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';

export function unkeptPublications(
  { model, program }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  const unkept = model.components.flatMap(({ topics }) => topics.filter(({ partitions }) => partitions === undefined));
  const consumers = consumersOf(model.interactions).map(({ consumer }) => consumer);
  return unkept.flatMap(({ id }): Finding[] => {
    const operations = new Set<ElementId>(
      consumers.filter(({ topic }) => topic === id).map(({ operation }) => operation),
    );
    let lost = 0;
    program.messages.forEach(({ compiled: { isConsumed, signature, delivery } }, message) => {
      if (!isConsumed || delivery !== undefined || !operations.has(signature)) return;
      for (const { turnedAway } of results) lost += turnedAway.noReplica[message]!;
    });
    if (lost === 0) return [];
    const name = id.split('.').slice(-2).join('.');
    const what = `${formatCount(lost)} ${lost === 1 ? 'publication' : 'publications'} of ${name}`;
    const message = `${what} found no consumer that was up, and were lost: a topic without \`partitions\` keeps nothing. With \`partitions 1\`, or more, they wait in the broker.`;
    return [{ code: 'publications-not-kept', severity: 'warning', element: id, message }];
  });
}
