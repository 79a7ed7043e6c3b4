/** What a debugger shows of a moment of an interaction or a test: a thread for each lifeline, its executions, its instance. */
import { durationText } from '@pollux/engine/expressions';
import { type ElementId, indexElements, type Place } from '@pollux/engine/model';
import type { ShownThread } from './debuggee.ts';
import { activeStates, framesOf, poolOf, type ShownFrame, type ShownVariable, timersOf } from './moment-views.ts';
import type { PlayMoment, PlayProgram } from './play-moment.ts';

/** The interaction, or the test. */
export const WHOLE = 1;

/** The machine under test comes first. */
export function threadOf(lifeline: number | null): number {
  return lifeline === null ? WHOLE : lifeline + 3;
}

export function lifelineOf(thread: number): number | null {
  return thread === WHOLE ? null : thread - 3;
}

export function playThreads({ model, test, isScript }: PlayProgram, moment: PlayMoment): readonly ShownThread[] {
  const behaviour = indexElements(model).get(test.behaviour)?.name ?? test.behaviour;
  const lifelines = model.interactions.find(({ id }) => id === test.behaviour)?.lifelines ?? [];
  const under = [...moment.instances.keys(), ...moment.executions.map(({ lifeline }) => lifeline)];
  const named = [...new Set(under)].sort((a, b) => a - b);
  return [
    { id: WHOLE, name: isScript ? behaviour : test.name },
    ...named.map((lifeline) => ({ id: threadOf(lifeline), name: lifelines[lifeline]?.name ?? behaviour })),
  ];
}

/** Innermost first. */
export function playFrames(program: PlayProgram, moment: PlayMoment, thread: number): readonly ShownFrame[] {
  const lifeline = lifelineOf(thread);
  if (lifeline === null) return wholeFrames(program, moment);
  const instance = moment.instances.get(lifeline);
  const executions = moment.executions.map((execution, i) => ({ ...execution, isNow: i === moment.execution }));
  const own = executions.filter((execution) => execution.lifeline === lifeline).reverse();
  own.sort((a, b) => Number(b.isNow) - Number(a.isNow));
  return [
    ...own.map(({ name, caller, place }) => ({ name: caller === '' ? name : `${name} for ${caller}`, place })),
    ...(instance === undefined ? [] : framesOf(instance.machine.compiled, instance.moment)),
  ];
}

function wholeFrames({ model, test, isScript }: PlayProgram, moment: PlayMoment): readonly ShownFrame[] {
  const behaviour = indexElements(model).get(test.behaviour);
  const root = moment.root ?? behaviour?.label ?? test.place;
  const isInteraction = behaviour?.kind === 'interaction';
  const whole = isInteraction ? [{ name: behaviour.name, place: root }] : [];
  const tested = isScript ? [] : [{ name: test.name, place: moment.test ?? test.label }];
  const frames = moment.depth === 0 && moment.problem === null ? [...tested, ...whole] : [...whole, ...tested];
  if (moment.problem === null) return frames;
  return [
    { name: isScript ? 'stopped by a run-time error' : 'not as expected', place: moment.problem.place },
    ...frames,
  ];
}

/** What the machines are doing, for those who draw: what happens now, whatever is under way, states. */
export function playActive({ element, kind, executions, instances }: PlayMoment): readonly ElementId[] {
  const states = [...instances.values()].flatMap(({ machine, moment }) => activeStates(machine.compiled, moment));
  const now = kind === 'rest' ? [] : [element];
  return [...now, ...executions.map(({ message }) => message).reverse(), ...states];
}

export function playPool(moment: PlayMoment): ShownVariable[] {
  return [...moment.instances.values()].flatMap((instance) => poolOf(instance.moment, []));
}

export function playTimers(moment: PlayMoment): ShownVariable[] {
  const { time, waits } = moment;
  const due = waits.map((until) => ({ name: 'wait', text: `due in ${durationText(until - time)}` }));
  const timers = [...moment.instances.values()].flatMap((instance) => timersOf(instance.moment).slice(1));
  return [{ name: 'now', text: durationText(time) }, ...due, ...timers];
}

/** Where it stands is within what the place covers. */
export function isInside({ uri, start }: Place, outer: Place): boolean {
  return uri === outer.uri && start.line >= outer.start.line && start.line <= outer.end.line;
}
