/** State machines are well-formed: regions know where they begin, choices can be left. UML 2.5.1 clause 14. */
import type { Machine, Region, State, Vertex } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { DefaultEntries } from './default-entry.ts';
import { checkExit } from './exits.ts';
import { checkForksAndJoins } from './forks-and-joins.ts';
import { checkOverlaps } from './overlapping-guards.ts';
import { checkWeights } from './weights.ts';

export function checkMachine(machine: Machine, report: Report): void {
  const entries = new DefaultEntries(machine);
  for (const region of machine.regions) {
    if (machine.extends === undefined) checkBeginning(region, machine, report);
    checkRegion(region, entries, report);
  }
  checkForksAndJoins(machine, report);
}

function checkRegion(region: Region, entries: DefaultEntries, report: Report): void {
  checkOnlyOne(region, 'initial', '`initial`', report);
  checkOnlyOne(region, 'shallow-history', '`history`', report);
  checkOnlyOne(region, 'deep-history', '`deep history`', report);
  for (const vertex of region.vertices) {
    if (vertex.kind === 'choice' || vertex.kind === 'junction') {
      const branches = region.transitions.filter((transition) => transition.source === vertex.id);
      if (vertex.kind === 'choice') checkExit(vertex, branches, report);
      checkWeights(branches, vertex.label, report);
      checkOverlaps(branches, report);
    }
    if (vertex.kind !== 'state') continue;
    checkHistory(vertex, report);
    checkCompletion(vertex, region, report);
    for (const inner of vertex.regions) {
      if (entries.has(vertex, inner)) checkBeginning(inner, vertex, report);
      checkRegion(inner, entries, report);
    }
  }
}

function checkOnlyOne(region: Region, kind: Vertex['kind'], word: string, report: Report): void {
  for (const surplus of region.vertices.filter((vertex) => vertex.kind === kind).slice(1)) {
    report('duplicate-name', surplus.label, `A region has one ${word} at most. Remove this one.`);
  }
}

/** History remembers a region; beside several named ones it would stand in none of them. */
function checkHistory(state: State, report: Report): void {
  const [first] = state.regions;
  if (first === undefined || first.name !== '' || state.regions.length === 1) return;
  const named = state.regions[1]?.name ?? '';
  for (const vertex of first.vertices) {
    if (!isHistory(vertex)) continue;
    report(
      'wrong-history',
      vertex.label,
      `\`${state.name}\` has several regions: write the history into one of them, such as \`${named}\`.`,
    );
  }
}

function isHistory(vertex: Vertex): boolean {
  return vertex.kind === 'shallow-history' || vertex.kind === 'deep-history';
}

/** A composite state completes when each of its regions has come to a final state. */
function checkCompletion(state: State, region: Region, report: Report): void {
  const completion = region.transitions.find(
    ({ source, trigger }) => source === state.id && trigger.kind === 'completion',
  );
  if (completion === undefined || state.regions.length === 0) return;
  const endless = state.regions.find(({ vertices }) => !vertices.some((vertex) => vertex.kind === 'final'));
  if (endless === undefined || endless.vertices.every(isHistory)) return;
  const where = endless.name === '' ? `\`${state.name}\`` : `Region \`${endless.name}\` of \`${state.name}\``;
  report(
    'never-completes',
    completion.label,
    `${where} has no final state, so \`${state.name}\` never completes. Add \`final\`, or leave by an event.`,
  );
}

function checkBeginning(region: Region, owner: Machine | State, report: Report): void {
  if (owner.name === '' || region.vertices.some((vertex) => vertex.kind === 'initial')) return;
  if (region.vertices.length > 0 && region.vertices.every(isHistory)) return;
  const name = region.name === '' ? `\`${owner.name}\`` : `Region \`${region.name}\``;
  const first = region.vertices.find((vertex) => vertex.kind === 'state');
  const hint = first === undefined ? 'Add a state and `initial -> State`.' : `Add \`initial -> ${first.name}\`.`;
  report('missing-initial', region.label, `${name} does not say where it begins. ${hint}`);
}
