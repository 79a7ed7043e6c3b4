/** What the tests of a run took of the machines in each text: states, and transitions beneath them. Knows nothing of VS Code. */
import type { ElementId, Place } from '@pollux/engine/model';
import type { Covered, TestResult } from '@pollux/engine/testing';

interface CoveredPlace {
  readonly element: ElementId;
  readonly name: string;
  readonly place: Place;
  readonly count: number;
}

export interface FileCoverage {
  readonly uri: string;
  readonly states: readonly CoveredPlace[];
  readonly transitions: readonly CoveredPlace[];
}

/** What several machines inherit from one counts where it stands. */
export function fileCoverage(results: readonly TestResult[]): readonly FileCoverage[] {
  const states = new Map<string, CoveredPlace>();
  const transitions = new Map<string, CoveredPlace>();
  for (const { machine, ...covered } of results.flatMap(({ coverage }) => coverage)) {
    for (const each of covered.states) add(states, machine, each);
    for (const each of covered.transitions) add(transitions, machine, each);
  }
  const inFile = (places: ReadonlyMap<string, CoveredPlace>, uri: string): readonly CoveredPlace[] =>
    [...places.values()].filter(({ place }) => place.uri === uri);
  const uris = new Set([...states.values(), ...transitions.values()].map(({ place }) => place.uri));
  return [...uris].map((uri) => ({ uri, states: inFile(states, uri), transitions: inFile(transitions, uri) }));
}

function add(places: Map<string, CoveredPlace>, machine: ElementId, { element, place, count }: Covered): void {
  const key = JSON.stringify(place);
  const before = places.get(key)?.count ?? 0;
  const name = element.startsWith(machine) ? element.slice(machine.length + 1) : element;
  places.set(key, { element, name, place, count: before + count });
}
