/** What components say that the simulation does not do yet. */
import type { Component } from '../../model/index.ts';
import { type NotExecutable, unreadRecordings } from './entry.ts';

export function inComponent(component: Component): readonly NotExecutable[] {
  return component.operations.flatMap((operation) =>
    unreadRecordings([operation.takes, operation.delays, operation.fails, operation.result], operation),
  );
}
