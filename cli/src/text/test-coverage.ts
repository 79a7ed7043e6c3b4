/** What the tests that were run took of each machine and activity, all together. */
import type { Model } from '@pollux/engine/model';
import type { Covered } from '@pollux/engine/testing';
import type { RunTest } from '../commands/test.ts';
import { shownPath } from '../read-model.ts';

export interface CoveredMachine {
  readonly machine: string;
  readonly name: string;
  readonly states: readonly CoveredElement[];
  readonly transitions: readonly CoveredElement[];
}

export interface CoveredElement {
  readonly element: string;
  readonly file: string;
  readonly line: number;
  readonly count: number;
}

/** Machines that no test has to do with are not among them. */
export function mergedCoverage(
  ran: readonly RunTest[],
  models: readonly Model[],
  folder: string,
): readonly CoveredMachine[] {
  const names = new Map(
    models.flatMap(({ machines, activities }) =>
      [...machines, ...activities].map(({ id, name }) => [id, name] as const),
    ),
  );
  const all = Map.groupBy(
    ran.flatMap(({ result }) => result.coverage),
    ({ machine }) => machine,
  );
  return [...all].map(([machine, parts]) => ({
    machine,
    name: names.get(machine) ?? machine,
    states: added(
      parts.map(({ states }) => states),
      folder,
    ),
    transitions: added(
      parts.map(({ transitions }) => transitions),
      folder,
    ),
  }));
}

/** The lists have the same elements. */
function added(lists: readonly (readonly Covered[])[], folder: string): readonly CoveredElement[] {
  const [first = []] = lists;
  return first.map(({ element, place }, index) => ({
    element,
    file: shownPath(place.uri, folder),
    line: place.start.line + 1,
    count: lists.reduce((sum, list) => sum + (list[index]?.count ?? 0), 0),
  }));
}
