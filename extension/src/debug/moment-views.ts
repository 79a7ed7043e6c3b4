/** What a debugger shows of a moment: its call stack and its scopes, as names, texts and places. */
import { type CompiledMachine, flag, type Pending, parametersOfBehaviours } from '@pollux/engine/behavior';
import { durationText } from '@pollux/engine/expressions';
import type { ElementId, Place, Value, ValueType } from '@pollux/engine/model';
import type { FragmentEvaluator } from './fragment-evaluator.ts';
import type { Happening, Moment } from './moment.ts';

export interface ShownFrame {
  readonly name: string;
  readonly place: Place;
}

export interface ShownVariable {
  readonly name: string;
  readonly text: string;
  /** Of what can be set. */
  readonly element?: ElementId;
  readonly type?: ValueType;
  /** What it is made of. */
  readonly parts?: readonly ShownVariable[];
}

export interface ShownScope {
  readonly name: string;
  readonly variables: readonly ShownVariable[];
}

/** Of an instance of a machine. */
export function scopesOf(
  compiled: CompiledMachine,
  moment: Moment,
  evaluator: FragmentEvaluator,
  script: readonly Happening[],
): readonly ShownScope[] {
  return [
    { name: 'Variables', variables: variablesOf(compiled, moment, evaluator) },
    { name: 'Event', variables: eventOf(moment) },
    { name: 'Pool', variables: poolOf(moment, script) },
    { name: 'Timers', variables: timersOf(moment) },
  ];
}

const doing = { enter: 'enters', exit: 'leaves', transition: 'takes', action: 'does', rest: 'waits' } as const;

/** What happens at the moment, then the active states, innermost first, a frame for each region that is beside others, the machine last. */
export function framesOf(compiled: CompiledMachine, moment: Moment): readonly ShownFrame[] {
  const { vertices, parent, regionOf, regionIds, flags } = compiled;
  const frames = activeVertices(compiled, moment).flatMap((v): ShownFrame[] => {
    const vertex = vertices[v];
    if (vertex === undefined) return [];
    const owner = parent[v] ?? -1;
    const isBeside = owner >= 0 ? ((flags[owner] ?? 0) & flag.orthogonal) !== 0 : compiled.machine.regions.length > 1;
    const region = isBeside ? nameOf(regionIds[regionOf[v] ?? -1] ?? '') : '';
    const name = vertex.name === '' ? vertex.kind : vertex.name;
    return [{ name: region === '' ? name : `${name} in ${region}`, place: vertex.label }];
  });
  frames.push({ name: compiled.machine.name, place: compiled.place });
  if (moment.kind === 'rest' && moment.problem === null) return frames;
  const name =
    moment.problem === null ? `${doing[moment.kind]} ${contentOf(moment, compiled)}` : 'stopped by a run-time error';
  return [{ name, place: moment.place }, ...frames];
}

/** Innermost first. */
export function activeStates(compiled: CompiledMachine, moment: Moment): readonly ElementId[] {
  return activeVertices(compiled, moment).flatMap((v) => compiled.vertices[v]?.id ?? []);
}

function activeVertices({ parent }: CompiledMachine, moment: Moment): readonly number[] {
  const active = new Set<number>();
  for (const leaf of moment.active) for (let v = leaf; v >= 0; v = parent[v] ?? -1) active.add(v);
  // They are numbered from the outside in.
  return [...active].sort((a, b) => b - a);
}

function contentOf(moment: Moment, { id }: CompiledMachine): string {
  const name = moment.element.startsWith(id) ? moment.element.slice(id.length + 1) : nameOf(moment.element);
  return moment.kind === 'action' ? `an action of ${name}` : name;
}

/** What a behaviour of a state has taken is there while it holds a value: as long as the behaviour is done. */
export function variablesOf(
  { variables, machine }: CompiledMachine,
  moment: Moment,
  evaluator: FragmentEvaluator,
): ShownVariable[] {
  const taken = new Set(parametersOfBehaviours(machine).map(({ id }) => id));
  return variables.flatMap(({ id, name, type }, slot): ShownVariable[] => {
    const value = moment.slots[slot] ?? null;
    if (value === null && taken.has(id)) return [];
    return [{ name, text: evaluator.text(value, type), element: id, type }];
  });
}

export function eventOf({ event }: Moment): ShownVariable[] {
  if (event === null) return [];
  const shown = event.values.map(({ name, value }) => ({ name, text: plainText(value) }));
  return [{ name: 'event', text: event.name }, ...shown];
}

/** What waits: deferred events first, then delayed signals, then what the script still holds. */
export function poolOf(moment: Moment, script: readonly Happening[]): ShownVariable[] {
  const deferred = moment.deferred.map(({ element, values, by }) => ({
    name: nameOf(element),
    text: `${carried(values)} deferred by ${nameOf(by)}`.trim(),
  }));
  const delayed = moment.timers.flatMap(({ element, values, due }) =>
    values === undefined
      ? []
      : [{ name: nameOf(element), text: `${carried(values)} ${dueText(due, moment.time)}`.trim() }],
  );
  return [...deferred, ...delayed, ...script.map((happening) => scriptedOf(happening, moment.time))];
}

function scriptedOf(happening: Happening, now: number): ShownVariable {
  switch (happening.kind) {
    case 'event':
      return { name: nameOf(happening.element), text: `${carried(happening.values)} from the script`.trim() };
    case 'after':
      return { name: 'after', text: durationText(happening.delay) };
    case 'until':
      return { name: 'after', text: durationText(Math.max(0, happening.time - now)) };
    case 'create':
      return { name: 'create', text: '' };
  }
}

export function timersOf({ timers, time }: Moment): ShownVariable[] {
  const running = timers.filter(({ values }: Pending) => values === undefined);
  return [
    { name: 'now', text: durationText(time) },
    ...running.map(({ element, due }) => ({ name: nameOf(element), text: dueText(due, time) })),
  ];
}

function dueText(due: number | null, now: number): string {
  return due === null ? 'runs until it is told to end' : `due in ${durationText(due - now)}`;
}

function carried(values: readonly Value[]): string {
  return values.length === 0 ? '' : `(${values.map(plainText).join(', ')})`;
}

function plainText(value: Value): string {
  return value === null ? 'absent' : JSON.stringify(value);
}

function nameOf(element: ElementId): string {
  return element.slice(element.lastIndexOf('.') + 1);
}
