/**
 * Lifelines that are machines: which instance a transaction's lifeline stands for, created by the first message to it,
 * and the timers of all instances. Knows transactions by their number only.
 */

import { instanceKey } from '../behavior/instance-key.ts';
import type { Program } from '../behavior/interaction/index.ts';
import type { CompiledMachine } from '../behavior/machine/index.ts';
import { dataTypesOf, type Frame, type Known } from '../expressions/index.ts';
import type { ElementId, SendTarget } from '../model/index.ts';
import type { QuantileSketch } from '../numeric/index.ts';
import type { AskedLaws } from './asked-laws.ts';
import { NO_REPLICA } from './balancers.ts';
import type { Calendar } from './calendar.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Incidents } from './incidents.ts';
import type { MachineWork } from './machine-work.ts';
import { type Answer, type DoWork, NO_INSTANCE, type Over, Population } from './population.ts';
import { NOBODY } from './senders.ts';
import type { Post, Posted } from './signal-routes.ts';
import { Timers } from './timers.ts';
import { wallClock } from './wall-clock.ts';

export class MachineLifelines {
  readonly #scenario: CompiledScenario;
  readonly #program: Program;
  /** Lifelines of a transaction, at most. */
  readonly #each: number;
  /** By transaction and lifeline. */
  readonly #instances: Float64Array;
  /** By interaction and lifeline: the index of its machine. */
  readonly #machines: readonly (readonly number[])[];
  readonly #timers: Timers;
  readonly #work: MachineWork;
  readonly #answer: Answer;
  readonly #laws: AskedLaws;
  readonly #post: Post;
  readonly #doWork: DoWork;
  readonly #begun: (waiter: number, work: number) => void;
  readonly #over: Over;
  /** Tells what is waited for apart. */
  #performances = -1;
  readonly #keyOf: readonly Population['keyOf'][];
  /** By machine and timer: the lane of the calendar, -1 where the delay varies. */
  readonly #lanes: readonly (readonly number[])[];
  #incidents: Incidents;
  populations: readonly Population[] = [];

  /** `laneFor` finds a lane for a delay that never varies, or -1. */
  constructor(parts: {
    readonly scenario: CompiledScenario;
    readonly tokenLimit: number;
    readonly calendar: Calendar;
    readonly incidents: Incidents;
    laneFor(delay: number): number;
    readonly work: MachineWork;
    readonly answer: Answer;
    readonly laws: AskedLaws;
    /** To an instance of whatever behaviour. */
    readonly post: Post;
    readonly doWork: DoWork;
    /** An instance does work that somebody waits for, see `waiters.ts`; and is over. `work` tells it from other work, and is negative. */
    readonly begun: (waiter: number, work: number) => void;
    readonly over: Over;
  }) {
    const { program, machines } = parts.scenario;
    this.#scenario = parts.scenario;
    this.#program = program;
    this.#answer = parts.answer;
    this.#work = parts.work;
    this.#laws = parts.laws;
    this.#post = parts.post;
    this.#doWork = parts.doWork;
    this.#begun = parts.begun;
    this.#over = parts.over;
    const dataTypes = dataTypesOf(parts.scenario.model);
    this.#keyOf = machines.map(({ machine }) => instanceKey(machine.parameters, dataTypes));
    this.#each = Math.max(0, ...program.interactions.map((interaction) => interaction.machines.length));
    this.#instances = new Float64Array(parts.tokenLimit * this.#each);
    this.#machines = program.interactions.map((interaction) =>
      interaction.machines.map(({ machine }) => machines.findIndex(({ id }) => id === machine)),
    );
    this.#timers = new Timers(parts.calendar);
    this.#lanes = machines.map((machine) =>
      machine.timers.map((_, timer) => {
        const delay = constantDelay(machine, timer);
        return delay === null ? -1 : parts.laneFor(delay);
      }),
    );
    this.#incidents = parts.incidents;
  }

  /** A replication begins. */
  prepare(replication: number, incidents: Incidents): void {
    const { machines, seed, keyed, model, scenario, answersSenders } = this.#scenario;
    this.#incidents = incidents;
    this.#timers.clear();
    this.#performances = -1;
    this.populations = machines.map(
      (compiled, index) =>
        new Population({
          compiled,
          index,
          seed,
          replication,
          timers: this.#timers,
          work: this.#work,
          lanes: this.#lanes[index]!,
          incidents,
          answer: this.#answer,
          post: this.#post,
          doWork: this.#doWork,
          over: this.#over,
          keyOf: this.#keyOf[index]!,
          hasKeys: keyed.has(compiled.id),
          canBeAnswered: answersSenders,
          clock: wallClock(scenario),
          sightings: this.#sightingsOf(index, compiled.vertices.length),
          signalNames: model.signals.map((signal) => signal.name),
        }),
    );
  }

  /** The warm-up is over. */
  mark(): void {
    for (const population of this.populations) population.mark();
  }

  #sightingsOf(machine: number, vertices: number): readonly QuantileSketch[] | null {
    const { plan, sketches } = this.#laws;
    const first = plan.machines[machine]!;
    return first < 0 ? null : sketches.slice(first, first + 2 * vertices + 1);
  }

  /** A transaction begins: its lifelines stand for nothing yet. */
  open(transaction: number): void {
    for (let i = 0; i < this.#each; i++) this.#instances[transaction * this.#each + i] = NO_INSTANCE;
  }

  /** A transaction has ended, its lifelines with it. */
  close(transaction: number, interaction: number): void {
    const machines = this.#machines[interaction]!;
    for (let i = 0; i < machines.length; i++) {
      const instance = this.#instances[transaction * this.#each + i]!;
      if (instance !== NO_INSTANCE) this.populations[machines[i]!]!.abandon(instance);
    }
  }

  /** Hands a signal to the instance of a lifeline, now or after a delay, creating it where this is its first message. */
  deliver(
    transaction: number,
    interaction: number,
    lifeline: number,
    signal: number,
    values: readonly Known[],
    frame: Frame,
    delay = 0,
    from = NOBODY,
  ): void {
    const population = this.populations[this.#machines[interaction]![lifeline]!]!;
    const instance = this.#instanceOf(transaction, interaction, lifeline, frame);
    if (instance === NO_INSTANCE) return;
    if (delay > 0) population.deliverAfter(instance, signal, values, frame.now, delay, from);
    else population.deliver(instance, signal, values, frame.now, from);
  }

  /** Through the calendar, also where it takes no time: the one who sends may be in the middle of a step. */
  post(
    { behaviour, key }: Extract<SendTarget, { kind: 'instance' }>,
    { signal, values, now, delay, from }: Posted,
  ): void {
    const population = this.populations.find(({ compiled }) => compiled.id === behaviour);
    const instance = key.kind === 'literal' ? (population?.find(key.value) ?? NO_INSTANCE) : NO_INSTANCE;
    if (population === undefined || instance === NO_INSTANCE) this.#missing(behaviour);
    else population.deliverAfter(instance, signal, values, now, delay, from);
  }

  /** To whoever handles it on a replica of a component, both by their index; NO_REPLICA: it has none. */
  offerAfter(component: number, replica: number, { signal, values, now, delay, from }: Posted): void {
    this.#timers.sendLater(-1 - component, replica, signal, values, now + delay, from);
  }

  /** The instances that its machines have on the replica are asked, one machine after the other. */
  #offer(component: number, replica: number, record: number, now: number): void {
    const { model, layout } = this.#scenario;
    const { id, name, owns } = model.components[component]!;
    const { replicasOf, replicasAtBeginning } = layout;
    const homes = (replicasOf.get(id) ?? []).filter((each) => each < replicasAtBeginning);
    const isThere = (instance: number): boolean =>
      replica === NO_REPLICA || homes.length === 0 || homes[instance % homes.length] === replica;
    const [signal, values, from] = [
      this.#timers.signal(record),
      this.#timers.values(record),
      this.#timers.from(record),
    ];
    const isTaken = this.populations.some(
      (population) => owns.includes(population.compiled.id) && population.offer(isThere, signal, values, now, from),
    );
    if (isTaken) return;
    const what = model.signals[signal]?.name ?? 'A signal';
    const message = `${what} came to ${name}, where nobody takes it: it was discarded.`;
    this.#incidents.add({ code: 'signal-discarded', severity: 'information', element: id, message });
  }

  /** What goes along with the signals of a lifeline that is a machine; NOBODY where it stands for no instance yet. */
  addressOf(transaction: number, interaction: number, lifeline: number): number {
    const instance = this.#instances[transaction * this.#each + lifeline]!;
    return instance === NO_INSTANCE
      ? NOBODY
      : this.populations[this.#machines[interaction]![lifeline]!]!.addressOf(instance);
  }

  /** A new instance whose end somebody waits for, see `waiters.ts`; false where the behaviour is no machine. */
  begin(machine: ElementId, values: readonly Known[], now: number, waiter: number): boolean {
    const population = this.populations.find(({ compiled }) => compiled.id === machine);
    if (population === undefined) return false;
    const work = --this.#performances;
    this.#begun(waiter, work);
    population.perform(values, now, waiter, work);
    return true;
  }

  /** Calls the instance of a lifeline; undefined where it answers later. `token` is who waits for the answer. */
  call(
    transaction: number,
    interaction: number,
    lifeline: number,
    operation: ElementId,
    values: readonly Known[],
    frame: Frame,
    token: number,
  ): Known {
    const population = this.populations[this.#machines[interaction]![lifeline]!]!;
    const instance = this.#instanceOf(transaction, interaction, lifeline, frame);
    return instance === NO_INSTANCE ? null : population.call(instance, operation, values, frame.now, token);
  }

  /** A caller has gone whom an instance has not answered. */
  forget(caller: number): void {
    for (const population of this.populations) population.forget(caller);
  }

  /** Creates it where this is its first message. */
  #instanceOf(transaction: number, interaction: number, lifeline: number, frame: Frame): number {
    const { key, arguments: given, machine } = this.#program.interactions[interaction]!.machines[lifeline]!;
    const population = this.populations[this.#machines[interaction]![lifeline]!]!;
    const at = transaction * this.#each + lifeline;
    let instance = this.#instances[at]!;
    if (instance !== NO_INSTANCE) return instance;
    instance =
      key === null
        ? population.create(
            given.map((value) => value(frame)),
            frame.now,
          )
        : population.find(key(frame));
    this.#instances[at] = instance;
    if (instance === NO_INSTANCE) this.#missing(machine);
    return instance;
  }

  /** Makes the instance of a lifeline before any message to it. */
  create(transaction: number, interaction: number, lifeline: number, frame: Frame): void {
    const { arguments: given, machine } = this.#program.interactions[interaction]!.machines[lifeline]!;
    const population = this.populations[this.#machines[interaction]![lifeline]!]!;
    const at = transaction * this.#each + lifeline;
    if (this.#instances[at] !== NO_INSTANCE) {
      const message = 'An instance was to be created that its lifeline already has.';
      this.#incidents.add({ code: 'created-twice', severity: 'warning', element: machine, message });
      return;
    }
    this.#instances[at] = population.create(
      given.map((value) => value(frame)),
      frame.now,
    );
  }

  /** Ends the instance of a lifeline; what is sent to it from now on comes to one that has ended. */
  destroy(transaction: number, interaction: number, lifeline: number, frame: Frame): void {
    const { key, machine } = this.#program.interactions[interaction]!.machines[lifeline]!;
    const population = this.populations[this.#machines[interaction]![lifeline]!]!;
    const at = transaction * this.#each + lifeline;
    if (this.#instances[at] === NO_INSTANCE && key !== null) this.#instances[at] = population.find(key(frame));
    const instance = this.#instances[at]!;
    if (instance !== NO_INSTANCE) population.destroy(instance, frame.now);
    else this.#missing(machine);
  }

  /** One that does not exist, yet or any more, is in no state. */
  isIn(transaction: number, interaction: number, lifeline: number, state: ElementId): boolean {
    const instance = this.#instances[transaction * this.#each + lifeline]!;
    if (instance === NO_INSTANCE) return false;
    return this.populations[this.#machines[interaction]![lifeline]!]!.isIn(instance, state);
  }

  #missing(machine: ElementId): void {
    this.#incidents.add({
      code: 'no-such-instance',
      severity: 'warning',
      element: machine,
      message: 'A message went to an instance that was never created, or had ended.',
    });
  }

  /** What an instance did on a core is done. */
  worked(token: number, now: number): void {
    const work = this.#work;
    this.populations[work.machine(token)]!.worked(work.instance(token), work.timer(token), now);
  }

  /** Of whose timer, or signal sent with a delay, an event of the calendar is. */
  machineOf(record: number): ElementId {
    const machine = this.#timers.machine(record);
    return machine < 0 ? this.#scenario.model.components[-1 - machine]!.id : this.populations[machine]!.compiled.id;
  }

  /** An event of the calendar: a timer, or a signal sent with a delay. */
  timer(record: number, now: number): void {
    const timers = this.#timers;
    const machine = timers.machine(record);
    const instance = timers.instance(record);
    if (machine < 0) {
      this.#offer(-1 - machine, instance, record, now);
      timers.give(record);
      return;
    }
    const population = this.populations[machine]!;
    const from = timers.from(record);
    const signal = timers.signal(record);
    const values = timers.values(record);
    const timer = timers.timer(record);
    timers.give(record);
    if (signal < 0) population.timerFired(instance, timer, now);
    else population.deliverLate(instance, signal, values, now, from);
  }
}

/** The delay of a timer in microseconds where it is written as a number. */
function constantDelay(machine: CompiledMachine, timer: number): number | null {
  const { vertex, transition } = machine.timers[timer]!;
  const state = machine.vertices[vertex]!;
  const trigger = machine.transitions[transition]?.trigger;
  const activity = state.kind === 'state' ? state.activity?.takes : undefined;
  const delay = transition < 0 ? activity : trigger?.kind === 'time' ? trigger.delay : undefined;
  return delay?.kind === 'literal' && typeof delay.value === 'number' ? delay.value : null;
}
