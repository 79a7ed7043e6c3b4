/** What comes to the instances of a machine: messages of the interaction that made them, and what may come from elsewhere. */
import type { Activity, ElementId, Expression, Interaction, Machine, Model, Scenario } from '../../model/index.ts';
import { type Bounds, exactly, times } from './bounds.ts';
import type { Demands } from './demands.ts';
import { chanceOf, type Knowledge, type Known, nothing } from './knowledge.ts';

/** What a message to a machine carries, as far as it is known. */
export interface Sending {
  /** The signal, or the operation called; empty for what only makes the instance. */
  readonly signature: ElementId;
  readonly values: ReadonlyMap<ElementId, Known>;
}

/** Under the messages. */
export type Sent = ReadonlyMap<ElementId, Sending>;

/** One message to a lifeline. */
interface Arrival extends Sending {
  readonly chance: Bounds;
}

export class SignalArrivals {
  /** How likely the instance is made at all. */
  readonly created: Bounds;
  private readonly arrivals: readonly Arrival[];
  private readonly elsewhere: ReadonlySet<ElementId>;

  constructor(lifeline: ElementId, demands: Demands, sent: Sent, elsewhere: ReadonlySet<ElementId>) {
    this.arrivals = [...demands.values()].flatMap(({ server, kind, by, visits }): Arrival[] => {
      const message = kind === 'arrival' && server === lifeline && by !== undefined ? sent.get(by) : undefined;
      return message === undefined ? [] : [{ ...message, chance: { low: Math.min(1, visits.low), high: visits.high } }];
    });
    this.created = union(this.arrivals.map(({ chance }) => chance));
    this.elsewhere = elsewhere;
  }

  /** How likely one of the signals, or calls, comes to an instance while the guard holds; undefined signatures: any of them. */
  chanceOf(
    signatures: readonly ElementId[] | undefined,
    guard: Expression | undefined,
    knowledge: Knowledge,
    bind: (signature: ElementId, values: ReadonlyMap<ElementId, Known>) => Knowledge,
  ): Bounds {
    const own = this.arrivals.filter(
      ({ signature }) => signature !== '' && (signatures === undefined || signatures.includes(signature)),
    );
    const { low, high } = union(
      own.map(({ signature, chance, values }) => {
        const holds =
          guard === undefined ? exactly(1) : chanceOf(guard, new Map([...knowledge, ...bind(signature, values)]));
        return times(chance, holds);
      }),
    );
    const isOpen =
      signatures === undefined ? this.elsewhere.size > 0 : signatures.some((one) => this.elsewhere.has(one));
    return {
      low: this.created.high > 0 ? Math.min(1, low / this.created.high) : 0,
      high: isOpen ? 1 : this.created.low > 0 ? Math.min(1, high / this.created.low) : high > 0 ? 1 : 0,
    };
  }
}

/** Whatever the events have to do with each other. */
function union(chances: readonly Bounds[]): Bounds {
  return {
    low: Math.min(1, Math.max(0, ...chances.map(({ low }) => low))),
    high: Math.min(
      1,
      chances.reduce((sum, { high }) => sum + high, 0),
    ),
  };
}

const found = new WeakMap<Model, ReadonlyMap<ElementId, ReadonlySet<ElementId>>>();

/** Signals that something sends to instances by their key, or that instances send to themselves, under the machine. */
export function sentElsewhere(model: Model, machine: ElementId): ReadonlySet<ElementId> {
  let all = found.get(model);
  if (all === undefined) {
    all = gathered(model);
    found.set(model, all);
  }
  return all.get(machine) ?? new Set();
}

function gathered(model: Model): ReadonlyMap<ElementId, ReadonlySet<ElementId>> {
  const all = new Map<ElementId, Set<ElementId>>();
  const add = (machine: ElementId, signal: ElementId): void => {
    all.set(machine, (all.get(machine) ?? new Set()).add(signal));
  };
  const sendings = [...model.machines, ...model.interactions, ...model.activities, ...model.scenarios].flatMap(sentBy);
  if (sendings.length === 0) return all;
  const byLifeline = new Map(model.interactions.flatMap((interaction) => [...machinesOf(interaction)]));
  for (const { to, id, signal } of sendings) {
    if (to === 'machine') add(id, signal);
    else if (to === 'lifeline') add(byLifeline.get(id)?.machine ?? '', signal);
    else for (const machine of model.machines) add(machine.id, signal);
  }
  return all;
}

/** A signal that is sent to whatever instances: of a machine, of the one that a lifeline stands for, or to who knows which. */
interface Elsewhere {
  readonly to: 'machine' | 'lifeline' | 'anybody';
  readonly id: ElementId;
  readonly signal: ElementId;
}

type Whole = Machine | Interaction | Activity | Scenario;

/** Under what sends them, which never changes and belongs to many models. */
const sendings = new WeakMap<Whole, readonly Elsewhere[]>();

function sentBy(sender: Whole): readonly Elsewhere[] {
  let known = sendings.get(sender);
  if (known === undefined) {
    const machines = sender.kind === 'interaction' ? machinesOf(sender) : new Map<ElementId, Represented>();
    const parts = sendsIn(sender.kind === 'machine' ? sender.regions : sender);
    known = parts.flatMap((part) => elsewhereOf(part, sender, machines) ?? []);
    sendings.set(sender, known);
  }
  return known;
}

function elsewhereOf(
  node: Sender,
  sender: Whole,
  machines: ReadonlyMap<ElementId, Represented>,
): Elsewhere | undefined {
  const target = (node.target ?? node.to) as Sender | string | undefined;
  const signal = node.signal ?? node.signature;
  if (typeof signal !== 'string') return undefined;
  if (node.kind === 'send' && typeof target === 'object') {
    if (target.kind === 'instance') return { to: 'machine', id: String(target.behaviour), signal };
    if (target.kind === 'self' && sender.kind === 'machine') return { to: 'machine', id: sender.id, signal };
    if (target.kind === 'sender') return { to: 'anybody', id: '', signal };
    if (target.kind === 'lifeline') return { to: 'lifeline', id: String(target.lifeline), signal };
  }
  if (node.kind === 'message' && typeof target === 'string') {
    const lifeline = machines.get(target);
    if (lifeline?.isKeyed === true) return { to: 'machine', id: lifeline.machine, signal };
  }
  return undefined;
}

interface Represented {
  readonly machine: ElementId;
  readonly isKeyed: boolean;
}

/** What lifelines stand for, where that is a machine. */
function machinesOf({ lifelines }: Interaction): ReadonlyMap<ElementId, Represented> {
  const machines = new Map<ElementId, Represented>();
  for (const { id, represents } of lifelines) {
    if (represents.kind !== 'machine') continue;
    machines.set(id, { machine: represents.machine, isKeyed: represents.key !== undefined });
  }
  return machines;
}

/** Parts that send something. */
type Sender = Readonly<Record<string, unknown>>;

function sendsIn(whole: object): readonly Sender[] {
  const sending: Sender[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Sender;
    if (node.kind === 'send' || node.kind === 'message') sending.push(node);
    for (const key in node) if (key !== 'place' && key !== 'label' && key !== 'type') look(node[key]);
  };
  look(whole);
  return sending;
}

/** What an argument says, where one message carries it. */
export function valueIn(values: ReadonlyMap<ElementId, Known>, parameter: ElementId | undefined): Known {
  return (parameter === undefined ? undefined : values.get(parameter)) ?? nothing;
}
