/** What components say that the simulation does not do yet. */
import type { Component } from '../../model/index.ts';
import { type NotExecutable, quiet, refused, unreadRecordings, when } from './entry.ts';

export function inComponent(component: Component): readonly NotExecutable[] {
  return [
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
      return topic.partitions > 1 || topic.key !== undefined || topic.retention !== undefined
        ? [quiet('topic', topic, message)]
        : [];
    }),
  ];
}
