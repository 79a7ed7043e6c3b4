/**
 * One instance of a machine as a simulation drives it: by its population, the run's calendar, and events of a script that come before
 * or behind what is due at the same time, as a seed has it.
 */
import type { CompiledMachine } from '@pollux/engine/behavior';
import type { Value } from '@pollux/engine/model';
import { randomStream } from '@pollux/engine/numeric';
import type { ScriptStep } from '@pollux/engine/verification';
import { AT, Calendar } from '../../src/simulation/calendar.ts';
import { indexOf } from '../../src/simulation/event.ts';
import { Incidents } from '../../src/simulation/incidents.ts';
import { MachineWork } from '../../src/simulation/machine-work.ts';
import { Population } from '../../src/simulation/population.ts';
import { Timers } from '../../src/simulation/timers.ts';
import { wallClock } from '../../src/simulation/wall-clock.ts';

export function simulated(
  compiled: CompiledMachine,
  steps: readonly ScriptStep[],
  values: readonly Value[],
  seed: number,
): { readonly logs: readonly string[]; readonly problems: readonly string[] } {
  const calendar = new Calendar();
  const timers = new Timers(calendar);
  const incidents = new Incidents();
  const logs: string[] = [];
  // No deployment: nothing works on a core, so that neither tokens nor stations are asked for.
  const none = undefined as never;
  const population = new Population({
    compiled,
    index: 0,
    seed,
    replication: 0,
    timers,
    work: new MachineWork([{ replicas: [], isWork: new Uint8Array(compiled.timers.length) }], none, none),
    lanes: compiled.timers.map(() => -1),
    incidents,
    answer: () => {},
    post: () => {},
    doWork: { begin: () => -1, abort: () => {} },
    over: () => {},
    keyOf: () => null,
    hasKeys: false,
    canBeAnswered: false,
    clock: wallClock({}),
    sightings: null,
    signalNames: compiled.signals.map(({ name }) => name),
  });
  population.runtime.observer = {
    entered() {},
    exited() {},
    taken() {},
    discarded() {},
    deferred() {},
    terminated() {},
    sent() {},
    logged: (_instance, text) => logs.push(text),
  };
  const dice = randomStream(seed, 'order');
  let now = 0;
  const instance = population.create(values, now);
  const passUpTo = (time: number) => {
    while (calendar.pending > 0) {
      const next = calendar.peek();
      if (next > time || (next === time && dice.uniform() < 0.5)) break;
      const record = indexOf(calendar.next());
      const signal = timers.signal(record);
      const carried = timers.values(record);
      const timer = timers.timer(record);
      const from = timers.from(record);
      timers.give(record);
      if (signal < 0) population.timerFired(instance, timer, calendar.moments[AT]!);
      else population.deliverLate(instance, signal, carried, calendar.moments[AT]!, from);
    }
    now = time;
  };
  for (const step of steps) {
    if (step.kind === 'wait') passUpTo(now + step.time);
    else if (step.event < compiled.signals.length) population.deliver(instance, step.event, step.values, now);
    else {
      const operation = compiled.operations[step.event - compiled.signals.length];
      if (operation !== undefined) population.call(instance, operation.id, step.values, now, 0);
    }
  }
  return { logs, problems: incidents.list().map(({ code }) => code) };
}
