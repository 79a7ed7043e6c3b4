/** Transitions that no event can fire, states that nothing leaves. Looks at guards one by one; explores no runs. */
import type { Expression, Machine, Region, State, Transition, Trigger } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { isNeverTrue, sameText } from './guards.ts';

export function checkNeverFires(machine: Machine, report: Report): void {
  for (const region of machine.regions) {
    checkRegion(region, machine.extends === undefined, report);
    checkLocal(region, `${machine.id}.`, report);
  }
}

/** `endsHere` is false where something around, or in the base machine, may lead away. */
function checkRegion(region: Region, endsHere: boolean, report: Report): void {
  for (const transition of region.transitions) {
    if (transition.guard === undefined || !isNeverTrue(transition.guard)) continue;
    report('never-fires', transition.guard.place, 'This condition is never true: it contradicts itself.');
  }
  for (const vertex of region.vertices) {
    if (vertex.kind !== 'state') continue;
    const leaving = region.transitions.filter(({ source }) => source === vertex.id);
    checkShadowed(vertex, leaving, report);
    checkDeferred(vertex, leaving, report);
    const isLeft = leaving.some(({ sort }) => sort !== 'internal') || (vertex.submachine?.exits.length ?? 0) > 0;
    if (endsHere && !isLeft && !canBeLeftFromInside(vertex)) reportSink(vertex, report);
    for (const inner of vertex.regions) checkRegion(inner, false, report);
  }
}

/** `local` keeps its source active, which only a target in it, or on its border, allows. */
function checkLocal({ vertices, transitions }: Region, prefix: string, report: Report): void {
  for (const { source, sort, target, entryPoint, label } of transitions) {
    if (sort !== 'local' || target === undefined || target.startsWith(`${source}.`)) continue;
    // What lies in the machine that this one extends, or in a submachine, has the name that it has there.
    if (!target.startsWith(prefix) || (target === source && entryPoint !== undefined)) continue;
    const name = source.slice(source.lastIndexOf('.') + 1);
    const message = `\`${name}\` cannot stay active: the target does not lie in it. Remove \`local\`.`;
    report('local-outside', label, message);
  }
  for (const vertex of vertices) {
    if (vertex.kind === 'state') for (const inner of vertex.regions) checkLocal(inner, prefix, report);
  }
}

/** Transitions may cross the border of a composite state. */
function canBeLeftFromInside(state: State): boolean {
  const inside = new Set<string>();
  const targets: string[] = [];
  const collect = (region: Region) => {
    for (const { target } of region.transitions) if (target !== undefined) targets.push(target);
    for (const vertex of region.vertices) {
      inside.add(vertex.id);
      if (vertex.kind !== 'state') continue;
      for (const point of vertex.connectionPoints) inside.add(point.id);
      vertex.regions.forEach(collect);
    }
  };
  state.regions.forEach(collect);
  return targets.some((target) => !inside.has(target));
}

function reportSink(state: State, report: Report): void {
  const message = `Nothing leads away from \`${state.name}\`. If this is an end, write \`final ${state.name}\`; else add a transition.`;
  report('sink-state', state.label, message);
}

/** An earlier transition with the same trigger and no guard, or the same one, always comes first. */
function checkShadowed(state: State, leaving: readonly Transition[], report: Report): void {
  const completesAtOnce = state.activity === undefined && state.regions.length === 0 && state.submachine === undefined;
  const atOnce = leaving.find(({ trigger, guard }) => trigger.kind === 'completion' && guard === undefined);
  for (const [index, transition] of leaving.entries()) {
    if (completesAtOnce && atOnce !== undefined && atOnce !== transition && transition.trigger.kind !== 'completion') {
      report(
        'never-fires',
        transition.label,
        `\`${state.name}\` has nothing to do, so its \`completion\` fires at once and this never does. Guard the completion, or remove it.`,
      );
      continue;
    }
    const earlier = leaving.slice(0, index).find((other) => covers(other, transition));
    if (earlier === undefined) continue;
    const line = earlier.label.start.line + 1;
    report(
      'never-fires',
      transition.label,
      `The transition in line ${line} takes the same event ${earlier.guard === undefined ? 'always' : 'under the same condition'}, so this one never fires. Guard the first, or remove one.`,
    );
  }
}

function covers(earlier: Transition, later: Transition): boolean {
  if (!takesAll(earlier.trigger, later.trigger)) return false;
  return earlier.guard === undefined || (later.guard !== undefined && sameText(earlier.guard, later.guard));
}

function takesAll(earlier: Trigger, later: Trigger): boolean {
  if (earlier.kind === 'any') return later.kind === 'any' || later.kind === 'signal' || later.kind === 'call';
  if (earlier.kind === 'signal' && later.kind === 'signal')
    return later.signals.length > 0 && later.signals.every((signal) => earlier.signals.includes(signal));
  if (earlier.kind === 'call' && later.kind === 'call')
    return earlier.operation !== '' && earlier.operation === later.operation;
  if (earlier.kind === 'completion') return later.kind === 'completion';
  if (earlier.kind === 'change' && later.kind === 'change') return sameText(earlier.condition, later.condition);
  return earlier.kind === 'time' && later.kind === 'time' && isNotLater(earlier.delay, later.delay);
}

function isNotLater(earlier: Expression, later: Expression): boolean {
  if (earlier.kind !== 'literal' || later.kind !== 'literal') return false;
  return typeof earlier.value === 'number' && typeof later.value === 'number' && earlier.value <= later.value;
}

/** A transition of the state itself comes before its deferral. */
function checkDeferred(state: State, leaving: readonly Transition[], report: Report): void {
  for (const event of state.deferred) {
    const taken = leaving.find(({ trigger, guard }) => {
      if (guard !== undefined) return false;
      if (trigger.kind === 'any') return true;
      return event.kind === 'signal'
        ? trigger.kind === 'signal' && trigger.signals.includes(event.signal)
        : trigger.kind === 'call' && trigger.operation === event.operation;
    });
    if (taken === undefined) continue;
    const id = event.kind === 'signal' ? event.signal : event.operation;
    const name = id.slice(id.lastIndexOf('.') + 1);
    report(
      'never-fires',
      state.label,
      `\`${state.name}\` takes \`${name}\` itself, so it is never deferred. Remove \`defer ${name}\`, or the transition.`,
    );
  }
}
