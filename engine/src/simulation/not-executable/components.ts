/** What components say that the simulation does not do yet. */
import type { Capacity, Component, Element } from '../../model/index.ts';
import { type NotExecutable, quiet, refused, unreadRecordings, when } from './entry.ts';
import { inPolicy } from './interactions.ts';

export function inComponent(component: Component): readonly NotExecutable[] {
  return [
    ...inCapacity(component, component),
    ...component.requires.flatMap((requirement) => inPolicy(requirement.policy, requirement)),
    ...component.operations.flatMap((operation) => [
      ...when(operation.method, () =>
        refused(
          'method',
          operation,
          'The method of an operation is not simulated yet. `takes` or `delays` stand for it.',
        ),
      ),
      ...unreadRecordings([operation.takes, operation.delays, operation.fails, operation.result], operation),
    ]),
    ...component.topics.flatMap((topic) => {
      const message =
        'What is published comes to its consumers at once and in order, whatever the partitions and the retention.';
      return topic.partitions > 1 || topic.retention !== undefined ? [quiet('topic', topic, message)] : [];
    }),
  ];
}

/** Limits of a replica, of a component or of where it is deployed. */
export function inCapacity(
  { connections, cache }: Capacity,
  where: Pick<Element, 'id' | 'place'>,
): readonly NotExecutable[] {
  const unlimited = (word: string): NotExecutable =>
    refused(word, where, `\`${word}\` is not simulated yet. Without it a replica takes whatever comes.`);
  return [
    ...when(connections, () => unlimited('connections')),
    ...when(cache, () =>
      refused('cache', where, '`cache` is not simulated yet. Without it every call does its whole work.'),
    ),
  ];
}
