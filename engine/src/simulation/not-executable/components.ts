/** What components say that the simulation does not do yet. */
import type { Component } from '../../model/index.ts';
import { type NotExecutable, refused, unreadRecordings, when } from './entry.ts';

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
  ];
}
