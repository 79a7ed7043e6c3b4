/**
 * State machines, events a second: ours through the compiled machine, XState 5, SCION, and a loop written by hand for the
 * same machine. *Flat*: ten states in a ring, each with a guard and an entry action. *Hierarchical*: two orthogonal regions of
 * two composite states of two leaves, entry and exit actions on every state, a trace of all that happens. The engines
 * must agree on how often the actions ran, or the figures compare nothing.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type CompiledMachine, compileMachine, MachineRuntime } from '@pollux/engine/behavior';
import { modelOf } from '@pollux/language-server/language';
import { assign, createActor, setup } from 'xstate';
import { benchExploring } from './exploring.ts';
import { type BenchReport, perSecond } from './report.ts';
import { flatScion, pairScion } from './scion.ts';

const STATES = 10;
const EVENTS = 200_000;
const INSTANCES = 100_000;

/** How an engine is driven: `send` takes the index of an event; `count` says how often actions ran. */
interface Contestant {
  send(event: number): void;
  count(): number;
}

const flatText = `
signal Next
machine Ring() {
  var n: Integer = 0
  initial -> S0
${Array.from({ length: STATES }, (_, i) => `  state S${i} { entry / n += 1  on Next [n >= 0] -> S${(i + 1) % STATES} }`).join('\n')}
}`;

const leaf = (name: string, other: string) => `state ${name} { entry / n += 1  exit / n += 1  on Toggle -> ${other} }`;
const half = (name: string, other: string) =>
  `state ${name} { entry / n += 1  exit / n += 1  initial -> ${name}a  ${leaf(`${name}a`, `${name}b`)}  ${leaf(`${name}b`, `${name}a`)}  on Switch -> ${other} }`;
const hierarchicalText = `
signal Toggle
signal Switch
machine Pair() {
  var n: Integer = 0
  initial -> Both
  state Both {
    region left { initial -> L1 ${half('L1', 'L2')} ${half('L2', 'L1')} }
    region right { initial -> R1 ${half('R1', 'R2')} ${half('R2', 'R1')} }
  }
}`;
/** Toggle, Toggle, Switch, …: as in life, most events stay inside. */
const MIX = [0, 0, 1, 0, 0, 1, 0, 1];

export async function bench(): Promise<BenchReport> {
  const rows = [
    measure('flat', () => 0, await ours(flatText, false), flatXState(), flatScion(STATES), flatByHand()),
    measure(
      'hierarchical',
      (i) => MIX[i & 7]!,
      await ours(hierarchicalText, true),
      pairXState(),
      pairScion(),
      pairByHand(),
    ),
  ];
  const figures: Record<string, number> = {};
  for (const row of rows) {
    figures[`${row.name}.pollux`] = row.pollux;
    figures[`${row.name}.xstate5`] = row.xstate5;
    figures[`${row.name}.scion`] = row.scion;
    figures[`${row.name}.hand`] = row.hand;
  }
  figures['instances.bytes'] = await bytesAnInstance();
  const exploring = await benchExploring();
  Object.assign(figures, exploring.figures);
  return {
    title: 'State machines: events per CPU second',
    columns: [
      'machine',
      'pollux',
      'xstate 5',
      'scion',
      'by hand',
      'pollux / xstate',
      'pollux / scion',
      'pollux / by hand',
    ],
    rows: rows.map((row) => [
      row.name,
      row.pollux,
      row.xstate5,
      row.scion,
      row.hand,
      row.pollux / row.xstate5,
      row.pollux / row.scion,
      row.pollux / row.hand,
    ]),
    figures,
    notes: [
      'Medians of five runs; user and system time of this process.',
      `${INSTANCES.toLocaleString('en')} live instances of the hierarchical machine: ${Math.round(figures['instances.bytes'])} bytes each beyond their variables.`,
      ...exploring.notes,
    ],
  };
}

/** Memory of many live instances, beyond 8 bytes a variable. */
async function bytesAnInstance(): Promise<number> {
  const { model } = await modelOf(hierarchicalText);
  const machine = model?.machines[0];
  const compiled = model && machine ? compileMachine(model, machine.id) : null;
  if (compiled === null) throw new Error('the benchmark machine does not compile');
  const host = { now: 0, streams: [], startTimer: () => 0, stopTimer() {}, send() {}, ended() {} };
  const runtime = new MachineRuntime(compiled, host);
  const before = usedMemory();
  for (let i = 0; i < INSTANCES; i++) runtime.spawn([]);
  return (usedMemory() - before) / runtime.store.live - 8 * compiled.variables.length;
}

function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let i = 0; i < 3; i++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function measure(
  name: string,
  event: (i: number) => number,
  pollux: Contestant,
  xstate: Contestant,
  scion: Contestant,
  hand: Contestant,
) {
  const events = Array.from({ length: 8 }, (_, i) => event(i));
  const all = [pollux, xstate, scion, hand];
  for (let i = 0; i < 80; i++) for (const contestant of all) contestant.send(events[i & 7]!);
  const counts = all.map((contestant) => contestant.count());
  if (new Set(counts).size !== 1) throw new Error(`${name}: actions ran ${counts.join(', ')} times`);
  const speed = (contestant: Contestant, share: number) =>
    perSecond(() => {
      const n = EVENTS * share;
      for (let i = 0; i < n; i++) contestant.send(events[i & 7]!);
      return n;
    });
  return {
    name,
    pollux: speed(pollux, 20),
    xstate5: speed(xstate, 0.5),
    scion: speed(scion, 0.5),
    hand: speed(hand, 40),
  };
}

async function ours(text: string, traced: boolean): Promise<Contestant> {
  const { model } = await modelOf(text);
  const machine = model?.machines[0];
  const compiled = model && machine ? compileMachine(model, machine.id) : null;
  if (compiled === null) throw new Error('the benchmark machine does not compile');
  return running(compiled, traced);
}

/** With a trace: every exit, transition and entry goes into a ring, as a debugger or a recorder would keep it. */
function running(compiled: CompiledMachine, traced: boolean): Contestant {
  const host = { now: 0, streams: [], startTimer: () => 0, stopTimer() {}, send() {}, ended() {} };
  const runtime = new MachineRuntime(compiled, host);
  const ring = new Int32Array(65536);
  let at = 0;
  const note = (_instance: number, element: number) => {
    ring[at++ & 65535] = element;
  };
  if (traced)
    runtime.observer = {
      entered: note,
      exited: note,
      taken() {},
      discarded() {},
      deferred() {},
      terminated() {},
      logged() {},
      sent() {},
    };
  const instance = runtime.spawn([]);
  const none: readonly never[] = [];
  return {
    send: (event) => void runtime.deliver(instance, event, none),
    count: () => Number(runtime.value(instance, 0)),
  };
}

const counting = setup({
  types: { context: {} as { n: number }, events: {} as { type: 'Next' | 'Toggle' | 'Switch' } },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
  guards: { counted: ({ context }) => context.n >= 0 },
});

function flatXState(): Contestant {
  const states = Object.fromEntries(
    Array.from({ length: STATES }, (_, i) => [
      `S${i}`,
      { entry: 'count' as const, on: { Next: { target: `S${(i + 1) % STATES}`, guard: 'counted' as const } } },
    ]),
  );
  const actor = createActor(counting.createMachine({ context: { n: 0 }, initial: 'S0', states })).start();
  const event = { type: 'Next' } as const;
  return { send: () => actor.send(event), count: () => actor.getSnapshot().context.n };
}

function pairXState(): Contestant {
  const both = { entry: 'count', exit: 'count' } as const;
  const part = (name: string, other: string) => ({
    ...both,
    initial: `${name}a`,
    on: { Switch: other },
    states: {
      [`${name}a`]: { ...both, on: { Toggle: `${name}b` } },
      [`${name}b`]: { ...both, on: { Toggle: `${name}a` } },
    },
  });
  const region = (r: string) => ({
    initial: `${r}1`,
    states: { [`${r}1`]: part(`${r}1`, `${r}2`), [`${r}2`]: part(`${r}2`, `${r}1`) },
  });
  const actor = createActor(
    counting.createMachine({ context: { n: 0 }, type: 'parallel', states: { left: region('L'), right: region('R') } }),
  ).start();
  const events = [{ type: 'Toggle' }, { type: 'Switch' }] as const;
  return { send: (event) => actor.send(events[event]!), count: () => actor.getSnapshot().context.n };
}

/** As a programmer would write it for speed, with the same lookups: by event, then guard, then action. */
function flatByHand(): Contestant {
  let state = 0;
  let n = 1;
  const guard = () => n >= 0;
  const entry = () => {
    n++;
  };
  const table = Array.from({ length: STATES }, (_, i) => [{ guard, entry, target: (i + 1) % STATES }]);
  return {
    send(event) {
      const transition = table[state]?.[event];
      if (transition?.guard()) {
        state = transition.target;
        transition.entry();
      }
    },
    count: () => n,
  };
}

/** Leaves 0 1 | 2 3 of each region; the trace notes every exit and entry. */
function pairByHand(): Contestant {
  const ring = new Int32Array(65536);
  let at = 0;
  let n = 4;
  let left = 0;
  let right = 0;
  const move = (from: number, to: number): number => {
    const across = ((from ^ to) & 2) === 0 ? 0 : 2;
    n += 2 + across;
    ring[at++ & 65535] = from;
    if (across) {
      ring[at++ & 65535] = 4 + (from >> 1);
      ring[at++ & 65535] = 4 + (to >> 1);
    }
    ring[at++ & 65535] = to;
    return to;
  };
  const step = (state: number, event: number): number => {
    switch (event) {
      case 0:
        return move(state, state ^ 1);
      case 1:
        return move(state, state < 2 ? 2 : 0);
      default:
        return state;
    }
  };
  return {
    send(event) {
      left = step(left, event);
      right = step(right, event);
    },
    count: () => n,
  };
}
