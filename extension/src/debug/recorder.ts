/**
 * Lets one thing happen to an instance and records every moment of it. A run-to-completion step cannot be halted in its middle,
 * so it runs to its end at once; a debugger then walks over what was recorded. The same snapshot, happening and changes give the
 * same moments again.
 */
import { MachineStepper, type Occurrence, type StepperSnapshot } from '@pollux/engine/behavior';
import type { Frame, Known } from '@pollux/engine/expressions';
import type { Place, SendTarget, Value } from '@pollux/engine/model';
import { MachineWitness } from './machine-witness.ts';
import type { Happening, Moment, Output } from './moment.ts';
import { saidOf } from './said-of.ts';
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
  readonly #output: Output[] = [];
  readonly #witness: MachineWitness;

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
    this.#witness = new MachineWitness(machine, this.#output);
    const { compiled } = machine;
    this.#stepper = before === null ? new MachineStepper(compiled) : MachineStepper.restore(compiled, before);
  }

  run(): Recording {
    const { occurrences, left } = this.#happen();
    this.#output.push(...occurrences.flatMap(saidOf));
    const at = this.#moments.length;
    const changed = this.#changes.filter((change) => change.at === at);
    const reached = this.#stepper.snapshot();
    const names = this.#machine.compiled.variables.map(({ id }) => id);
    const values = { ...reached.values };
    for (const { slot, value } of changed) values[names[slot] ?? ''] = value;
    const after = { ...reached, values };
    this.#moments.push(this.#witness.atRest(after, this.#stepper.problem));
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
        this.#witness.handles(happening.element, happening.values);
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
    this.#moments.push(this.#witness.during(stroke, frame, this.#stepper));
  }

  logged(text: string, place: Place): void {
    this.#witness.logged(text, place);
  }

  sent(signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    this.#witness.sent(signal, values, target, delay);
  }
}
