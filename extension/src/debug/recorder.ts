/**
 * Lets one thing happen to an instance and records every moment of it. A run-to-completion step cannot be halted in its middle,
 * so it runs to its end at once; a debugger then walks over what was recorded. The same snapshot, happening and changes give the
 * same moments again.
 */
import { MachineStepper, type Occurrence, type StepperSnapshot } from '@pollux/engine/behavior';
import { durationText, type Frame, type Known } from '@pollux/engine/expressions';
import type { ElementId, Place, Value } from '@pollux/engine/model';
import type { EventSeen, Happening, Moment, Output } from './moment.ts';
import type { Stroke, WatchedMachine } from './watched-machine.ts';

/** A variable that a person set, at the moment with that position. */
export interface Change {
  readonly at: number;
  readonly slot: number;
  readonly value: Value;
}

export interface Recording {
  readonly happening: Happening;
  /** Null where the instance is created. */
  readonly before: StepperSnapshot | null;
  readonly changes: readonly Change[];
  /** At least one; the last is the rest behind the step. */
  readonly moments: readonly Moment[];
  readonly after: StepperSnapshot;
  /** What of the happening is still to come, because a timer fired first. */
  readonly left: Happening | null;
}

export function record(
  machine: WatchedMachine,
  happening: Happening,
  before: StepperSnapshot | null,
  changes: readonly Change[] = [],
): Recording {
  const recorder = new Recorder(machine, happening, before, changes);
  machine.watcher = recorder;
  try {
    return recorder.run();
  } finally {
    machine.watcher = null;
  }
}

class Recorder {
  readonly #machine: WatchedMachine;
  readonly #happening: Happening;
  readonly #before: StepperSnapshot | null;
  readonly #changes: readonly Change[];
  readonly #stepper: MachineStepper;
  readonly #moments: Moment[] = [];
  #output: Output[] = [];
  #carried: readonly Known[] = [];
  #event: EventSeen | null = null;

  constructor(
    machine: WatchedMachine,
    happening: Happening,
    before: StepperSnapshot | null,
    changes: readonly Change[],
  ) {
    this.#machine = machine;
    this.#happening = happening;
    this.#before = before;
    this.#changes = changes;
    const { compiled } = machine;
    this.#stepper = before === null ? new MachineStepper(compiled) : MachineStepper.restore(compiled, before);
  }

  run(): Recording {
    const { occurrences, left } = this.#happen();
    for (const occurrence of occurrences) this.#say(occurrence);
    const at = this.#moments.length;
    const changed = this.#changes.filter((change) => change.at === at);
    const reached = this.#stepper.snapshot();
    const names = this.#machine.compiled.variables.map(({ id }) => id);
    const values = { ...reached.values };
    for (const { slot, value } of changed) values[names[slot] ?? ''] = value;
    const after = { ...reached, values };
    this.#moments.push(this.#rest(after));
    const [happening, before, changes] = [this.#happening, this.#before, this.#changes];
    return { happening, before, changes, moments: this.#moments, after, left };
  }

  #happen(): { occurrences: readonly Occurrence[]; left: Happening | null } {
    const stepper = this.#stepper;
    const happening = this.#happening;
    switch (happening.kind) {
      case 'create':
        return { occurrences: stepper.createInstance(happening.values), left: null };
      case 'event':
        this.#carried = happening.values;
        this.#event = this.#given(happening.element, happening.values);
        return { occurrences: stepper.dispatch(happening.element, happening.values), left: null };
      case 'after':
        return this.#pass(stepper.now + happening.delay);
      case 'until':
        return this.#pass(happening.time);
    }
  }

  /** As far as the next timer, so that what it does can be looked at on its own. */
  #pass(to: number): { occurrences: readonly Occurrence[]; left: Happening | null } {
    const due = this.#stepper.pending()[0]?.due ?? null;
    const isInterrupted = due !== null && due < to;
    const occurrences = this.#stepper.advance(isInterrupted ? due : to);
    return { occurrences, left: isInterrupted ? { kind: 'until', time: to } : null };
  }

  stroke(stroke: Stroke, frame: Frame): void {
    const at = this.#moments.length;
    for (const change of this.#changes) if (change.at === at) frame.slots[change.slot] = change.value;
    const strands = this.#machine.compiled.strandCount;
    this.#moments.push({
      ...stroke,
      time: frame.now,
      began: frame.began,
      slots: [...frame.slots],
      active: [...frame.active.subarray(frame.base, frame.base + strands)],
      event: this.#eventOf(stroke, frame.event),
      timers: this.#stepper.pending(),
      deferred: this.#stepper.deferredEvents(),
      output: this.#spoken(),
      problem: null,
    });
  }

  logged(text: string, place: Place): void {
    this.#output.push({ text, isError: false, place });
  }

  sent(signal: number, values: readonly Known[], target: { readonly kind: string }, delay: number): void {
    const { name } = this.#machine.compiled.signals[signal] ?? { name: 'a signal' };
    const carried = values.length === 0 ? '' : `(${values.map((value) => JSON.stringify(value ?? null)).join(', ')})`;
    const later = delay === 0 ? '' : ` after ${durationText(delay)}`;
    this.#output.push({ text: `sends ${name}${carried} to ${target.kind}${later}`, isError: false });
  }

  #rest(after: StepperSnapshot): Moment {
    const { compiled } = this.#machine;
    const { problem } = this.#stepper;
    const active = after.configuration.map((id) => (id === null ? -1 : (compiled.vertexIndex.get(id) ?? -1)));
    const innermost = compiled.vertices[Math.max(-1, ...active)];
    return {
      kind: 'rest',
      element: compiled.id,
      place: problem?.place ?? innermost?.label ?? compiled.place,
      depth: 0,
      time: after.time,
      began: after.began,
      slots: compiled.variables.map(({ id }) => after.values[id] ?? null),
      active,
      event: null,
      timers: after.pending,
      deferred: after.deferred,
      output: this.#spoken(),
      problem,
    };
  }

  /** What is said of the step as a whole. */
  #say(occurrence: Occurrence): void {
    const name = this.#nameOf(occurrence.element);
    const say = (text: string, isError = false, place?: Place) =>
      this.#output.push({ text, isError, ...(place === undefined ? {} : { place }) });
    switch (occurrence.kind) {
      case 'discard':
        return void say(`${name} is discarded: nothing takes it now.`);
      case 'defer':
        return void say(`${name} is deferred.`);
      case 'reply':
        return void say(`${name} answers ${JSON.stringify(occurrence.value)}.`);
      case 'call': {
        const answer = occurrence.reply === null ? '' : `, which answers ${JSON.stringify(occurrence.reply)}`;
        return void say(`${name} is called${answer}.`);
      }
      case 'complete':
        return void say('The machine has come to its end.');
      case 'terminate':
        return void say('The machine is terminated.');
      case 'error':
        return void say(occurrence.problem.message, true, occurrence.problem.place);
      case 'enter':
      case 'exit':
      case 'transition':
      case 'log':
      case 'send':
        return;
    }
  }

  #spoken(): readonly Output[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }

  /** The event given from outside is known; one that the machine sent itself is named by the transition that takes it. */
  #eventOf(stroke: Stroke, carried: readonly Known[]): EventSeen | null {
    if (carried !== this.#carried) {
      this.#carried = carried;
      this.#event =
        carried.length === 0 ? null : { name: 'an event', element: null, values: named([], carried), carried };
    }
    if (stroke.kind === 'transition' && this.#event?.element === null) {
      const { compiled } = this.#machine;
      const transition = compiled.transitions[compiled.transitionIndex.get(stroke.element) ?? -1];
      const trigger = transition?.trigger;
      if (trigger?.kind === 'signal' || trigger?.kind === 'call') {
        const elements = trigger.kind === 'call' ? [trigger.operation] : trigger.signals;
        const name = elements.map((element) => this.#nameOf(element)).join(' or ');
        this.#event = { name, element: elements[0] ?? null, values: named(trigger.bindings, carried), carried };
      }
    }
    return this.#event;
  }

  #given(element: ElementId, carried: readonly Value[]): EventSeen {
    const { signals, operations } = this.#machine.compiled;
    const signal = signals.find(({ id }) => id === element);
    const names = signal?.attributes ?? operations.find(({ id }) => id === element)?.parameters ?? [];
    return { name: this.#nameOf(element), element, values: named(names, carried), carried };
  }

  #nameOf(element: ElementId): string {
    return element.slice(element.lastIndexOf('.') + 1);
  }
}

function named(names: readonly { readonly name: string }[], values: readonly Known[]): EventSeen['values'] {
  return values.map((value, i) => ({ name: names[i]?.name ?? `value ${i + 1}`, value: value ?? null }));
}
