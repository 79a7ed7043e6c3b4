/**
 * Machine instances as telemetry shows them: events by the twin's bindings, in the order of event time behind the
 * lateness, each held against the machine. Knows nothing of traces.
 */
import { compileMachine } from '../behavior/index.ts';
import type { Known } from '../expressions/index.ts';
import type { ElementId, InstanceBinding, Machine, Model, Region, Transition, Twin } from '../model/index.ts';
import {
  compileObservedCondition,
  compileObservedFor,
  type EpochMicroseconds,
  type Observation,
  type Reported,
  reportedBy,
  TimeQueue,
} from '../observation/index.ts';
import type { DivergenceLog } from './divergence-log.ts';
import { FigureBook } from './figure-book.ts';
import { FollowedInstances } from './followed-instances.ts';
import { HiddenWays } from './hidden-ways.ts';
import { illegalTransition, unknownEvent } from './instance-contradiction.ts';
import { RecentlySeen } from './recently-seen.ts';
import type { SpanLoss } from './span-loss.ts';
import type { Figures } from './state.ts';

/** Events that wait for their time; past it the rest is dropped and counted. */
const WAITING = 200_000;
const WINDOW = 60;

interface Followed {
  readonly binding: InstanceBinding;
  readonly machine: Machine;
  readonly instances: FollowedInstances;
  readonly parameters: readonly ((observed: Reported) => Known)[];
  /** Signals that are bound to something, and were not seen yet. */
  readonly unseen: Set<ElementId>;
  readonly bound: ReadonlySet<ElementId>;
  readonly ways: HiddenWays;
  /** Signals that some transition of the machine takes. */
  readonly known: ReadonlySet<ElementId>;
  readonly names: ReadonlyMap<ElementId, string>;
  readonly transitions: ReadonlyMap<ElementId, Transition>;
}

interface BoundEvent {
  readonly followed: Followed;
  readonly kind: 'span' | 'span-start' | 'log';
  readonly guard: ((observed: Reported) => boolean) | undefined;
  readonly signal: ElementId;
  readonly signalName: string;
  readonly values: readonly ((observed: Reported) => Known)[];
}

interface Waiting {
  readonly event: BoundEvent;
  readonly key: string;
  readonly reported: Reported;
  readonly traceId: string;
}

interface InstanceOptions {
  /** Followed at the same time, each machine. */
  readonly instances: number;
  /** Whether a component of the model never reported anything. */
  readonly isSourceSilent: () => boolean;
  readonly loss: SpanLoss;
}

export class InstanceWatch {
  /** Events dropped because too many were waiting. */
  shed = 0;
  readonly #log: DivergenceLog;
  readonly #followed: readonly Followed[];
  readonly #spans = new Map<string, BoundEvent[]>();
  readonly #logs = new Map<string, BoundEvent[]>();
  readonly #waiting = new TimeQueue<Waiting>();
  readonly #seen = new RecentlySeen(100_000);
  readonly #book = new FigureBook(WINDOW, new Map());
  readonly #isSourceSilent: () => boolean;
  readonly #loss: SpanLoss;

  constructor(model: Model, twin: Twin, log: DivergenceLog, options: InstanceOptions) {
    this.#log = log;
    this.#isSourceSilent = options.isSourceSilent;
    this.#loss = options.loss;
    this.#followed = twin.instances.flatMap((binding) => this.#follow(model, binding, options.instances));
  }

  observe(observation: Observation): void {
    const events = observation.kind === 'span' ? this.#spans.get(observation.name) : this.#logEvents(observation);
    if (events === undefined) return;
    const reported = reportedBy(observation);
    for (const event of events) {
      const value = reported.attributes[event.followed.binding.key];
      if (value === undefined) continue;
      if (event.guard !== undefined && !event.guard(reported)) continue;
      const key = String(value);
      const time = timeOf(observation, event.kind);
      const report = `${observation.traceId}/${observation.spanId}/${event.kind}/${key}/${event.signal}`;
      // Exporters send again when they are not sure; one report is one event.
      if (!this.#seen.isNew(observation.kind === 'span' ? report : `${report}/${time}`)) continue;
      if (this.#waiting.size >= WAITING) this.shed++;
      else this.#waiting.push(time, { event, key, reported, traceId: observation.traceId });
    }
  }

  /** No event before `watermark` is expected any more. */
  advance(watermark: EpochMicroseconds): void {
    for (let next = this.#waiting.take(watermark); next !== undefined; next = this.#waiting.take(watermark)) {
      this.#take(next.item, next.time);
    }
    for (const { instances } of this.#followed) instances.advance(watermark);
  }

  figures(now: EpochMicroseconds): Map<ElementId, Figures> {
    const figures = this.#book.figures(now);
    for (const { machine, instances } of this.#followed) {
      figures.set(machine.id, { total: instances.total, instances: instances.live });
      for (const [state, total] of instances.entered) {
        figures.set(state, { total, instances: instances.states.get(state) ?? 0 });
      }
    }
    return figures;
  }

  #take({ event, key, reported, traceId }: Waiting, time: EpochMicroseconds): void {
    const { followed, signal, signalName } = event;
    const { machine, instances, unseen } = followed;
    unseen.delete(signal);
    this.#book.began(time);
    this.#log.chance(machine.id, time);
    const witness = { time, traceId, instance: key };
    if (!followed.known.has(signal)) {
      this.#log.occurred(unknownEvent(machine, { id: signal, name: signalName }), witness);
      return;
    }
    const values = event.values.map((value) => value(reported));
    const outcome = instances.event(key, signal, values, time, () =>
      followed.parameters.map((parameter) => parameter(reported)),
    );
    if (outcome.kind === 'accepted') {
      for (const id of outcome.transitions) {
        const source = followed.transitions.get(id)?.source;
        if (source === undefined) continue;
        this.#book.decided(source, time);
        this.#book.taken(id, source, time);
      }
    } else if (outcome.kind === 'illegal') {
      if (!outcome.ended && this.#isExcused(followed, outcome.states, signal, time)) return;
      const states = outcome.states.map((id) => ({ id, name: followed.names.get(id) ?? id }));
      this.#log.occurred(illegalTransition(machine, { id: signal, name: signalName }, states, outcome.ended), witness);
    }
  }

  /** Events in between may have been lost, or be known to a component that does not report. */
  #isExcused(followed: Followed, states: readonly ElementId[], signal: ElementId, time: EpochMicroseconds): boolean {
    const { machine, unseen, ways, bound } = followed;
    if (unseen.size > 0 && this.#isSourceSilent() && ways.lead(states, unseen, signal)) return true;
    const isLost = this.#loss.explains(machine.id, this.#log.chances(machine.id, time), time);
    return isLost && ways.lead(states, bound, signal);
  }

  #follow(model: Model, binding: InstanceBinding, limit: number): Followed[] {
    const compiled = compileMachine(model, binding.machine);
    if (compiled === null) return [];
    const { machine } = compiled;
    const given = new Map(binding.arguments.map((argument) => [argument.parameter, argument.value]));
    const { names, transitions } = insideOf(machine);
    const triggers = [...transitions.values()].map((transition) => transition.trigger);
    const takesAny = triggers.some((trigger) => trigger.kind === 'any');
    const known = new Set(
      takesAny
        ? model.signals.map((signal) => signal.id)
        : triggers.flatMap((trigger) => (trigger.kind === 'signal' ? trigger.signals : [])),
    );
    const followed: Followed = {
      binding,
      machine,
      instances: new FollowedInstances(compiled, limit),
      parameters: machine.parameters.map((parameter) => {
        const value = given.get(parameter.id);
        return value === undefined ? () => undefined : compileObservedFor(value, parameter.type);
      }),
      unseen: new Set(binding.events.map((event) => event.signal)),
      bound: new Set(binding.events.map((event) => event.signal)),
      ways: new HiddenWays(machine),
      known,
      names,
      transitions,
    };
    for (const event of binding.events) {
      const signal = model.signals.find(({ id }) => id === event.signal);
      const values = new Map(event.arguments.map((argument) => [argument.parameter, argument.value]));
      const bound: BoundEvent = {
        followed,
        kind: event.observed.kind,
        guard: event.guard && compileObservedCondition(event.guard),
        signal: event.signal,
        signalName: signal?.name ?? event.signal,
        values: (signal?.attributes ?? []).map((attribute) => {
          const value = values.get(attribute.id);
          return value === undefined ? () => undefined : compileObservedFor(value, attribute.type);
        }),
      };
      const byName = event.observed.kind === 'log' ? this.#logs : this.#spans;
      byName.set(event.observed.name, [...(byName.get(event.observed.name) ?? []), bound]);
    }
    return [followed];
  }

  #logEvents(log: Extract<Observation, { kind: 'log' }>): readonly BoundEvent[] | undefined {
    const name = log.attributes['event.name'];
    return this.#logs.get(log.body) ?? (typeof name === 'string' ? this.#logs.get(name) : undefined);
  }
}

function timeOf(observation: Observation, kind: BoundEvent['kind']): EpochMicroseconds {
  if (observation.kind === 'log') return observation.time;
  return kind === 'span-start' ? observation.start : observation.end;
}

function insideOf(machine: Machine): {
  readonly names: ReadonlyMap<ElementId, string>;
  readonly transitions: ReadonlyMap<ElementId, Transition>;
} {
  const names = new Map<ElementId, string>();
  const transitions = new Map<ElementId, Transition>();
  const visit = (region: Region) => {
    for (const transition of region.transitions) transitions.set(transition.id, transition);
    for (const vertex of region.vertices) {
      names.set(vertex.id, vertex.name);
      if (vertex.kind === 'state') for (const inner of vertex.regions) visit(inner);
    }
  };
  for (const region of machine.regions) visit(region);
  return { names, transitions };
}
