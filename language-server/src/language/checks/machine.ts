/** State machines are well-formed: regions know where they begin, choices can be left. UML 2.5.1 clause 14. */
import type { ElementId, Machine, Region, State, Transition, Vertex } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { checkWeights } from './weights.ts';

export function checkMachine(machine: Machine, report: Report): void {
  const targets = targetsOf(machine);
  for (const region of machine.regions) {
    checkBeginning(region, machine, report);
    checkRegion(region, targets, report);
  }
}

function checkRegion(region: Region, targets: ReadonlySet<ElementId>, report: Report): void {
  const initials = region.vertices.filter((vertex) => vertex.kind === 'initial');
  for (const surplus of initials.slice(1)) {
    report('duplicate-name', surplus.label, 'A region has one `initial` at most. Remove this one.');
  }
  for (const vertex of region.vertices) {
    if (vertex.kind === 'choice' || vertex.kind === 'junction') {
      const branches = region.transitions.filter((transition) => transition.source === vertex.id);
      checkExit(vertex, branches, report);
      checkWeights(branches, vertex.label, report);
    }
    if (vertex.kind !== 'state') continue;
    for (const inner of vertex.regions) {
      if (isEnteredByDefault(vertex, inner, targets)) checkBeginning(inner, vertex, report);
      checkRegion(inner, targets, report);
    }
  }
}

/** Directly targeted, or beside another region that is entered at a vertex of its own. */
function isEnteredByDefault(state: State, region: Region, targets: ReadonlySet<ElementId>): boolean {
  if (targets.has(state.id)) return true;
  const siblings = state.regions.filter((other) => other !== region);
  return siblings.some((sibling) => sibling.vertices.some((vertex) => targets.has(vertex.id)));
}

function checkBeginning(region: Region, owner: Machine | State, report: Report): void {
  if (owner.name === '' || region.vertices.some((vertex) => vertex.kind === 'initial')) return;
  const name = region.name === '' ? `\`${owner.name}\`` : `Region \`${region.name}\``;
  const first = region.vertices.find((vertex) => vertex.kind === 'state');
  const hint = first === undefined ? 'Add a state and `initial -> State`.' : `Add \`initial -> ${first.name}\`.`;
  report('missing-initial', region.label, `${name} does not say where it begins. ${hint}`);
}

function checkExit(vertex: Vertex, branches: readonly Transition[], report: Report): void {
  const open = branches.filter((branch) => branch.guard === undefined);
  const rest = open.some((branch) => branch.weight === undefined);
  const share = open.reduce((sum, branch) => sum + (branch.weight ?? 0), 0);
  if (rest || share > 1 - 1e-9 || areComplementary(branches)) return;
  const why = open.length > 0 ? 'The weights leave a rest that leads nowhere' : 'No branch may hold';
  report('no-exit', vertex.label, `${why}: \`${vertex.name}\` would be stuck. Add \`else -> …\`.`);
}

/** `[c]` beside `[not c]`: one of both always holds. */
function areComplementary(branches: readonly Transition[]): boolean {
  const guards = branches.filter((branch) => branch.weight === undefined).map((branch) => branch.guard);
  const texts = guards.map((guard) => JSON.stringify(guard, (key, value) => (key === 'place' ? undefined : value)));
  return guards.some((guard) => {
    if (guard?.kind !== 'unary' || guard.operator !== 'not') return false;
    const positive = JSON.stringify(guard.operand, (key, value) => (key === 'place' ? undefined : value));
    return texts.includes(positive);
  });
}

function targetsOf(machine: Machine): Set<ElementId> {
  const targets = new Set<ElementId>();
  const collect = (region: Region) => {
    for (const { target } of region.transitions) if (target !== undefined) targets.add(target);
    for (const vertex of region.vertices) if (vertex.kind === 'state') vertex.regions.forEach(collect);
  };
  machine.regions.forEach(collect);
  return targets;
}
