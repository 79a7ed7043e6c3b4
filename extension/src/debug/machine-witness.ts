/**
 * What can be seen of an instance of a machine: while it runs, before each part of its step, and at rest. Knows neither why it
 * runs nor who keeps what was seen.
 */
import type { MachineStepper, StepperSnapshot } from '@pollux/engine/behavior';
import { durationText, type Frame, type Known, type RunProblem } from '@pollux/engine/expressions';
import type { ElementId, Place, Value } from '@pollux/engine/model';
import type { EventSeen, Moment, Output } from './moment.ts';
import type { Stroke, WatchedMachine } from './watched-machine.ts';

export class MachineWitness {
  readonly #machine: WatchedMachine;
  /** Takes what is said until somebody asks for it. */
  readonly #output: Output[];
  #carried: readonly Known[] = [];
  #event: EventSeen | null = null;

  constructor(machine: WatchedMachine, output: Output[]) {
    this.#machine = machine;
    this.#output = output;
  }

  /** The event that the next step is about. */
  handles(element: ElementId, carried: readonly Value[]): void {
    this.#carried = carried;
    this.#event = this.#given(element, carried);
  }

  during(stroke: Stroke, frame: Frame, stepper: MachineStepper): Moment {
    const strands = this.#machine.compiled.strandCount;
    return {
      ...stroke,
      time: frame.now,
      began: frame.began,
      slots: [...frame.slots],
      active: [...frame.active.subarray(frame.base, frame.base + strands)],
      event: this.#eventOf(stroke, frame.event),
      timers: stepper.pending(),
      deferred: stepper.deferredEvents(),
      output: this.#output.splice(0),
      problem: null,
    };
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

  atRest(after: StepperSnapshot, problem: RunProblem | null): Moment {
    const { compiled } = this.#machine;
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
      output: this.#output.splice(0),
      problem,
    };
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
