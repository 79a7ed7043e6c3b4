/**
 * The heart of a run: tokens going through the program, event by event. One closure over flat arrays, made once a
 * scenario and used for one replication after the other. Nothing is allocated per event but what expressions
 * of the model make. Knows nothing of statistics beyond what it tells `Tallies` and `Cores`.
 */
import type { Cost, op } from '../behavior/interaction/index.ts';
import { type Effects, Frame, type Known, RunError } from '../expressions/index.ts';
import type { ElementId, Place, SendTarget } from '../model/index.ts';
import { BlockSampler, type RandomStream, randomStream } from '../numeric/index.ts';
import { Calendar } from './calendar.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { Cores, NO_JOB } from './cores.ts';
import { eventOf, eventType, indexOf, typeOf } from './event.ts';
import { Incidents } from './incidents.ts';
import { NO_INSTANCE, Population } from './population.ts';
import { Tallies } from './tallies.ts';
import { Timers } from './timers.ts';
import { flag, kind, NO_TOKEN, TokenPool } from './token-pool.ts';
import { TokenQueue } from './token-queue.ts';

/** Calls, loops and branches alive at a time; beyond it work is refused, and counted. */
export const TOKEN_LIMIT = 1 << 20;
/** Events at one and the same moment after which time is taken to stand still. */
const STANDSTILL = 5_000_000;
/** Turns of loops within one event after which they are taken to be endless. */
const TURN_LIMIT = 200_000;
/** So many events pass between two looks at whether the run was cancelled. */
const CANCEL_INTERVAL = 2048;
const PROGRESS_INTERVAL = 65_536;
/** Lanes cost a look an event each; more constant delays than this go to the heap. */
const LANE_LIMIT = 6;

export interface RunControl {
  progress?(share: number, events: number): void;
  cancelled?(): boolean;
}

/** What is left of a replication when it is over. */
export interface KernelRun {
  readonly finished: boolean;
  readonly events: number;
  /** When measuring began and ended, microseconds. */
  readonly from: number;
  readonly to: number;
  readonly refused: number;
  readonly tallies: Tallies;
  /** Only for messages that cross a link: as the caller sees them. */
  readonly roundTrips: Tallies;
  readonly cores: Cores;
  /** Microseconds waited for a core, and how many wanted one, by message. */
  readonly waited: Float64Array;
  readonly served: Float64Array;
  readonly populations: readonly Population[];
  readonly incidents: Incidents;
  /** Tokens of what had not ended. */
  readonly liveTokens: number;
}

export interface Kernel {
  run(replication: number, control: RunControl): KernelRun;
}

export function createKernel(compiled: CompiledScenario, tokenLimit = TOKEN_LIMIT): Kernel {
  const { program, layout, loads, scenario } = compiled;
  const { code, choices, loops, conditions, behaviours, interactions, messages } = program;
  const messageCount = messages.length;

  // ── what never changes, by message ──
  const entry = Int32Array.from(messages, (message) => message.entry);
  const endOf = Int32Array.from(messages, (message) => message.end);
  const isSynchronous = Uint8Array.from(messages, ({ compiled: { sort } }) => (sort === 'synchronous-call' ? 1 : 0));
  const toItself = Uint8Array.from(messages, (message) => (message.toItself ? 1 : 0));
  const failProbability = Float64Array.from(messages, ({ fails }) => fails?.probability ?? 0);
  const binds = messages.map((message) => message.bind);
  const replicasOf = messages.map(({ component }) =>
    component === null ? undefined : layout.replicasOf.get(component),
  );
  const noReplicas = new Int32Array(0);
  const replicas = replicasOf.map((placed) => placed ?? noReplicas);
  const components = [...new Set(messages.map((message) => message.component))];
  const componentOf = Int32Array.from(messages, (message) => components.indexOf(message.component));
  const nextReplica = new Int32Array(components.length);
  const { latency, nodeOfReplica, kindOfNode, coresOfNode } = layout;
  const kinds = layout.kinds.length;
  const travels = Uint8Array.from(messages, (message, index) =>
    latency !== null && message.fromEnclosing && replicas[index]!.length > 0 ? 1 : 0,
  );
  const isContended = Uint8Array.from(nodeOfReplica, (node) => (coresOfNode[node]! > 0 ? 1 : 0));
  const finishOf = Int32Array.from(interactions, (interaction) => interaction.finish);
  const slotCounts = Int32Array.from(interactions, (interaction) => interaction.slotCount);
  const lastsUntilAllEnded = Uint8Array.from(interactions, (one) => (one.lastsUntilAllEnded ? 1 : 0));
  const hasGuards = Uint8Array.from(choices, ({ operands }) => (operands.some(({ guard }) => guard !== null) ? 1 : 0));
  const machineIndex = new Map(compiled.machines.map((machine, index) => [machine.id, index]));
  const machinesPerRoot = Math.max(0, ...interactions.map((interaction) => interaction.machines.length));

  // ── the state of a run ──
  const pool = new TokenPool(tokenLimit);
  const { position, parent, root, what, place, branches, count, goal, open, flags, sent, arrived, demand } = pool;
  const arrivalLimit = Math.floor(tokenLimit * 0.75);
  const calendar = new Calendar();
  const lanes = new Map<number, number>();
  const ready = new TokenQueue();
  const cores = new Cores(layout, tokenLimit);
  const tallies = new Tallies(messageCount + interactions.length);
  const roundTrips = new Tallies(latency === null ? 0 : messageCount);
  const timers = new Timers(calendar);
  const waited = new Float64Array(messageCount);
  const served = new Float64Array(messageCount);
  const waitedAtMark = new Float64Array(messageCount);
  const servedAtMark = new Float64Array(messageCount);
  const slotsOf: Known[][] = [];
  const instances = new Float64Array(machinesPerRoot === 0 ? 0 : tokenLimit * machinesPerRoot);
  const frame = new Frame();
  const valuesOf = new Array<Known>(16);

  let incidents = new Incidents();
  let populations: Population[] = [];
  let now = 0;
  let measuredFrom = Number.POSITIVE_INFINITY;
  let refused = 0;
  let turns = 0;
  /** Time will never pass again: the run is given up. */
  let isStuck = false;
  /** The token whose expression is being evaluated: the one that a run-time error ends. */
  let current = NO_TOKEN;

  // ── random sources, one each ──
  let takes: (BlockSampler | null)[] = [];
  let delays: (BlockSampler | null)[] = [];
  let failsAfter: (BlockSampler | null)[] = [];
  let failDraws: RandomStream[] = [];
  let choiceDraws: RandomStream[] = [];
  let loopDraws: RandomStream[] = [];
  let gaps: BlockSampler[] = [];
  let loadStreams: RandomStream[][] = [];
  let expressionStreams: RandomStream[] = [];

  const constantLanes = lanesFor(calendar, lanes, [
    ...(latency ?? []),
    ...messages.flatMap(({ delays: cost }) => (cost?.kind === 'constant' ? [cost.value] : [])),
  ]);
  const timerLanes = compiled.machines.map((machine) =>
    machine.timers.map(({ vertex, transition }) => {
      const state = machine.vertices[vertex]!;
      const trigger = machine.transitions[transition]?.trigger;
      const delay =
        transition < 0
          ? state.kind === 'state'
            ? state.activity?.takes
            : undefined
          : trigger?.kind === 'time'
            ? trigger.delay
            : undefined;
      if (delay?.kind !== 'literal' || typeof delay.value !== 'number') return -1;
      return lanesFor(calendar, lanes, [delay.value]).get(delay.value) ?? -1;
    }),
  );

  const effects: Effects = {
    send(signal: number, values: readonly Known[], target: SendTarget) {
      if (target.kind !== 'lifeline') return;
      const owner = root[current]!;
      const interaction = interactions[count[owner]!]!;
      const lifeline = interaction.compiled.lifelineOf.get(target.lifeline);
      const machine = interaction.machines.findIndex((candidate) => candidate.lifeline === lifeline);
      // Copied: creating the instance may evaluate further values.
      if (machine >= 0) deliver(current, machine, signal, [...values]);
    },
    log() {},
  };
  frame.effects = effects;

  function prepare(replication: number): void {
    const stream = (name: string): RandomStream => randomStream(compiled.seed, name, replication);
    const block = (cost: Cost | null | undefined): BlockSampler | null => {
      if (cost === null || cost === undefined || cost.kind === 'expression') return null;
      if (cost.kind === 'law') return new BlockSampler(cost.draw, stream(cost.source));
      return new BlockSampler(() => cost.value, stream(''));
    };
    takes = messages.map((message) => block(message.takes));
    delays = messages.map((message) => block(message.delays));
    failsAfter = messages.map((message) => block(message.fails?.after));
    failDraws = messages.map((message) => stream(`${message.compiled.id}/fails`));
    choiceDraws = choices.map((choice) => stream(choice.source));
    loopDraws = loops.map((loop) => stream(loop.source));
    gaps = loads.map(({ gap, load }) => new BlockSampler(gap, stream(`${load.id}/arrivals`)));
    loadStreams = loads.map(({ sources }) => sources.map(stream));
    expressionStreams = program.sources.map(stream);
    incidents = new Incidents();
    now = 0;
    measuredFrom = Number.POSITIVE_INFINITY;
    refused = 0;
    isStuck = false;
    pool.clear();
    calendar.clear();
    ready.clear();
    cores.clear();
    tallies.clear();
    roundTrips.clear();
    timers.clear();
    waited.fill(0);
    served.fill(0);
    waitedAtMark.fill(0);
    servedAtMark.fill(0);
    nextReplica.fill(0);
    populations = compiled.machines.map(
      (machine, index) =>
        new Population({
          compiled: machine,
          index,
          seed: compiled.seed,
          replication,
          timers,
          lanes: timerLanes[index]!,
          incidents,
          hasKeys: compiled.keyed.has(machine.id),
        }),
    );
    loads.forEach((load, index) => {
      if (load.users === 0) calendar.push(gaps[index]!.next(), eventOf(eventType.arrival, index));
      else {
        for (let user = 0; user < load.users; user++) {
          calendar.push(gaps[index]!.next(), eventOf(eventType.thought, index));
        }
      }
    });
  }

  function mark(): void {
    tallies.mark(now);
    roundTrips.mark(now);
    cores.mark(now);
    waitedAtMark.set(waited);
    servedAtMark.set(served);
    for (const population of populations) population.mark();
    refused = 0;
    measuredFrom = now;
  }

  /** The frame in which the token's expressions are evaluated. */
  function frameOf(token: number): Frame {
    const owner = root[token]!;
    current = token;
    frame.slots = slotsOf[owner]!;
    frame.now = now;
    frame.began = sent[owner]!;
    frame.streams = expressionStreams;
    frame.budget = TURN_LIMIT;
    return frame;
  }

  function costOf(cost: Cost | null | undefined, token: number): number {
    return cost?.kind === 'expression' ? cost.evaluate(frameOf(token)) : 0;
  }

  /** A token for something within the activity of another. */
  function child(of: number, is: number): number {
    const token = pool.take();
    if (token === NO_TOKEN) {
      incidents.add({
        code: 'token-limit',
        severity: 'warning',
        element: scenario.id,
        message: `More than ${tokenLimit} calls were in progress at a time: some were refused.`,
      });
      return token;
    }
    what[token] = is;
    parent[token] = of;
    root[token] = root[of]!;
    place[token] = place[of]!;
    flags[token] = 0;
    branches[token] = 0;
    return token;
  }

  // ── transactions ──

  function start(load: number): void {
    const { interaction } = loads[load]!;
    const token = pool.live < arrivalLimit ? pool.take() : NO_TOKEN;
    const index = messageCount + interaction;
    if (token === NO_TOKEN) {
      if (now >= measuredFrom) tallies.started[index]!++;
      refused++;
      incidents.add({
        code: 'refused',
        severity: 'warning',
        element: interactions[interaction]!.interaction.id,
        message: `More than ${arrivalLimit} calls were in progress at a time: arrivals were refused.`,
      });
      if (loads[load]!.users > 0) think(load);
      return;
    }
    tallies.begin(index, now);
    what[token] = kind.root;
    parent[token] = NO_TOKEN;
    root[token] = token;
    place[token] = -1;
    flags[token] = 0;
    branches[token] = 0;
    count[token] = interaction;
    goal[token] = load;
    open[token] = 1;
    sent[token] = now;
    position[token] = interactions[interaction]!.start;
    for (let i = 0; i < machinesPerRoot; i++) instances[token * machinesPerRoot + i] = NO_INSTANCE;
    if (slotCounts[interaction]! > 0) fillSlots(token, load, interaction);
    ready.push(token);
  }

  function fillSlots(token: number, load: number, interaction: number): void {
    while (slotsOf.length <= token) slotsOf.push([]);
    const slots = slotsOf[token]!;
    for (let i = 0; i < slotCounts[interaction]!; i++) slots[i] = null;
    const { values } = loads[load]!;
    try {
      const itsFrame = frameOf(token);
      itsFrame.streams = loadStreams[load]!;
      for (let i = 0; i < values.length; i++) slots[i] = values[i]!(itsFrame);
      interactions[interaction]!.initialise?.(frameOf(token));
    } catch (error) {
      report(error, interactions[interaction]!.interaction.id);
      flags[token]! |= flag.failed;
      position[token] = finishOf[interaction]!;
    }
  }

  /** The transaction is over as far as anyone waits for it. */
  function conclude(token: number): void {
    tallies.end(messageCount + count[token]!, sent[token]!, now, (flags[token]! & flag.failed) !== 0);
    if (loads[goal[token]!]!.users > 0) think(goal[token]!);
  }

  function think(load: number): void {
    calendar.push(now + gaps[load]!.next(), eventOf(eventType.thought, load));
  }

  /** One of the activities that keep a transaction alive has ended. */
  function close(owner: number): void {
    if (--open[owner]! > 0) return;
    const interaction = count[owner]!;
    if (lastsUntilAllEnded[interaction] === 1) conclude(owner);
    const { machines } = interactions[interaction]!;
    for (let i = 0; i < machines.length; i++) {
      const instance = instances[owner * machinesPerRoot + i]!;
      if (instance !== NO_INSTANCE) populations[machineIndex.get(machines[i]!.machine)!]!.abandon(instance);
    }
    pool.give(owner);
  }

  // ── tokens ──

  function resumeAt(time: number, token: number): void {
    calendar.push(time, eventOf(eventType.resume, token));
  }

  function resumeAfter(delay: number, token: number): void {
    const lane = constantLanes.size === 0 ? undefined : constantLanes.get(delay);
    if (lane === undefined) resumeAt(now + delay, token);
    else calendar.pushLane(lane, now + delay, eventOf(eventType.resume, token));
  }

  function travelTime(from: number, to: number): number {
    if (from < 0 || to < 0) return 0;
    const fromNode = nodeOfReplica[from]!;
    const toNode = nodeOfReplica[to]!;
    return fromNode === toNode ? 0 : latency![kindOfNode[fromNode]! * kinds + kindOfNode[toNode]!]!;
  }

  /** Starts the execution of a message; returns its token where the caller's token is to be left, else -1. */
  function call(caller: number, message: number): number {
    const bind = binds[message]!;
    if (bind !== null) bind(frameOf(caller));
    const token = child(caller, message);
    if (token === NO_TOKEN) return isSynchronous[message] === 1 ? fail(caller) : caller;
    const from = place[caller]!;
    const choices = replicas[message]!;
    let to = -1;
    if (choices.length > 0) {
      if (toItself[message] === 1 && from >= 0) to = from;
      else {
        const component = componentOf[message]!;
        const at = nextReplica[component]!;
        to = choices[at]!;
        nextReplica[component] = at + 1 === choices.length ? 0 : at + 1;
      }
    }
    place[token] = to;
    position[token] = entry[message]!;
    sent[token] = now;
    arrived[token] = now;
    const { replySlot } = messages[message]!;
    if (replySlot >= 0) slotsOf[root[token]!]![replySlot] = undefined;
    const isWaitedFor = isSynchronous[message] === 1;
    if (!isWaitedFor) {
      parent[token] = NO_TOKEN;
      open[root[token]!]!++;
    }
    if (travels[message] === 1) {
      roundTrips.begin(message, now);
      const time = travelTime(from, to);
      if (time > 0) {
        arrived[token] = now + time;
        tallies.begin(message, now + time);
        resumeAfter(time, token);
        return isWaitedFor ? NO_TOKEN : caller;
      }
    }
    tallies.begin(message, now);
    if (isWaitedFor) return token;
    ready.push(token);
    return caller;
  }

  /** The reply has arrived: the token ends; returns the one that goes on. */
  function reply(token: number, message: number): number {
    const failed = (flags[token]! & flag.failed) !== 0;
    if (travels[message] === 1) roundTrips.end(message, sent[token]!, now, failed);
    const caller = parent[token]!;
    const owner = root[token]!;
    const { resultSlot, replySlot, reply: law } = messages[message]!;
    pool.give(token);
    if (resultSlot >= 0 && !failed) {
      const slots = slotsOf[owner]!;
      const returned = slots[replySlot];
      slots[resultSlot] = returned !== undefined ? returned : law === null ? null : law(frameOf(caller));
    }
    if (caller === NO_TOKEN) {
      close(owner);
      return NO_TOKEN;
    }
    return failed ? fail(caller) : caller;
  }

  /** The activity of the token fails: unwinds loops, waits for sister branches, ends the call or the transaction. */
  function fail(failing: number): number {
    let token = failing;
    for (;;) {
      const is = what[token]!;
      if (is >= 0) {
        flags[token]! |= flag.failed;
        position[token] = endOf[is]!;
        return token;
      }
      if (is === kind.root) {
        flags[token]! |= flag.failed;
        position[token] = finishOf[count[token]!]!;
        return token;
      }
      const outer = parent[token]!;
      pool.give(token);
      if (is === kind.branch) {
        flags[outer]! |= flag.branchFailed;
        if (--branches[outer]! > 0) return NO_TOKEN;
        flags[outer]! &= ~flag.branchFailed;
      }
      token = outer;
    }
  }

  function join(token: number): number {
    const outer = parent[token]!;
    pool.give(token);
    if (--branches[outer]! > 0) return NO_TOKEN;
    if ((flags[outer]! & flag.branchFailed) === 0) return outer;
    flags[outer]! &= ~flag.branchFailed;
    return fail(outer);
  }

  function fork(token: number, at: number): number {
    const size = code[at + 2]!;
    position[token] = code[at + 1]!;
    if (size === 0) return token;
    branches[token] = size;
    for (let i = 0; i < size; i++) {
      const branch = child(token, kind.branch);
      if (branch === NO_TOKEN) {
        flags[token]! |= flag.branchFailed;
        if (--branches[token]! === 0) {
          flags[token]! &= ~flag.branchFailed;
          return fail(token);
        }
        continue;
      }
      position[branch] = code[at + 3 + i]!;
      ready.push(branch);
    }
    return NO_TOKEN;
  }

  function choose(token: number, index: number): number {
    const { operands, isWeighted, isComplete, otherwise } = choices[index]!;
    const itsFrame = hasGuards[index] === 1 ? frameOf(token) : frame;
    // Every time, whatever the guards say: the numbers of other transactions stay as they are.
    let draw = isWeighted ? choiceDraws[index]!.uniform() : 0;
    let rest = -1;
    let total = 0;
    let held = 0;
    for (let i = 0; i < operands.length; i++) {
      const { guard, weight, isElse, target } = operands[i]!;
      if (isElse) continue;
      if (guard !== null && !guard(itsFrame)) continue;
      if (weight < 0) {
        if (rest < 0) rest = target;
        if (!isWeighted) return target;
      } else {
        total += weight;
        if (i < 31) held |= 1 << i;
      }
    }
    for (let i = 0; rest < 0 && i < operands.length; i++) if (operands[i]!.isElse) rest = operands[i]!.target;
    if (total > 0) {
      if (total > 1 || (rest < 0 && isComplete)) draw *= total;
      for (let i = 0; i < operands.length; i++) {
        const { weight, target } = operands[i]!;
        if (weight < 0 || (held & (1 << i)) === 0) continue;
        if (draw < weight) return target;
        draw -= weight;
      }
    }
    return rest >= 0 ? rest : otherwise;
  }

  function enterLoop(token: number, at: number): number {
    const index = code[at + 1]!;
    const { minimum, maximum, guard } = loops[index]!;
    position[token] = code[at + 2]!;
    const loop = child(token, kind.loop);
    if (loop === NO_TOKEN) return fail(token);
    count[loop] = 0;
    goal[loop] =
      guard === null && maximum > minimum ? minimum + loopDraws[index]!.below(maximum - minimum + 1) : minimum;
    position[loop] = at + 3;
    return loop;
  }

  /** Whether the loop takes another turn. */
  function turnsAgain(token: number, index: number): boolean {
    const { maximum, guard, element } = loops[index]!;
    const done = count[token]!++;
    if (done < goal[token]!) return true;
    if (guard === null || done >= maximum) return false;
    if (++turns > TURN_LIMIT) {
      incidents.add({
        code: 'endless-loop',
        severity: 'error',
        element,
        message: 'This loop turns for ever without time passing: the run was stopped.',
      });
      isStuck = true;
      return false;
    }
    return guard(frameOf(token));
  }

  /** Hands a signal to the machine instance of a lifeline, creating it where this is its first message. */
  function deliver(token: number, machine: number, signal: number, values: readonly Known[]): void {
    const owner = root[token]!;
    const lifeline = interactions[count[owner]!]!.machines[machine]!;
    const population = populations[machineIndex.get(lifeline.machine)!]!;
    const at = owner * machinesPerRoot + machine;
    let instance = instances[at]!;
    if (instance === NO_INSTANCE) {
      if (lifeline.key !== null) instance = population.find(lifeline.key(frameOf(token)));
      else {
        const itsFrame = frameOf(token);
        instance = population.create(
          lifeline.arguments.map((value) => value(itsFrame)),
          now,
        );
      }
      if (instance === NO_INSTANCE) {
        incidents.add({
          code: 'no-such-instance',
          severity: 'warning',
          element: lifeline.machine,
          message: 'A message went to an instance that was never created.',
        });
        return;
      }
      instances[at] = instance;
    }
    population.deliver(instance, signal, values, now);
  }

  function signal(token: number, index: number): void {
    const { machine, signal: id, values } = messages[index]!;
    const itsFrame = frameOf(token);
    valuesOf.length = values.length;
    for (let i = 0; i < values.length; i++) valuesOf[i] = values[i]!(itsFrame);
    deliver(token, machine, id, valuesOf);
    tallies.begin(index, now);
    tallies.end(index, now, now, false);
  }

  /** Lets a token, and whoever it sets free, go on until time has to pass. */
  function step(first: number): void {
    let token = first;
    while (token !== NO_TOKEN) {
      const at = position[token]!;
      switch (code[at]!) {
        case 0 satisfies typeof op.call: {
          position[token] = at + 2;
          token = call(token, code[at + 1]!);
          break;
        }
        case 3 satisfies typeof op.work: {
          const message = code[at + 1]!;
          const sampler = takes[message]!;
          const time = sampler !== null ? sampler.next() : costOf(messages[message]!.takes, token);
          const replica = place[token]!;
          if (replica < 0 || isContended[replica] === 0) {
            position[token] = at + 4;
            resumeAt(now + time, token);
            return;
          }
          position[token] = at + 2;
          served[message]!++;
          if (cores.acquire(token, replica, now)) resumeAt(now + time, token);
          else demand[token] = time;
          return;
        }
        case 4 satisfies typeof op.release: {
          const job = cores.release(place[token]!, now);
          if (job !== NO_JOB) {
            waited[what[job]!]! += now - cores.waitingSince(job);
            resumeAt(now + demand[job]!, job);
          }
          position[token] = at + 2;
          break;
        }
        case 7 satisfies typeof op.end: {
          const message = code[at + 1]!;
          tallies.end(message, arrived[token]!, now, (flags[token]! & flag.failed) !== 0);
          if (travels[message] === 1 && isSynchronous[message] === 1) {
            const time = travelTime(place[token]!, place[parent[token]!]!);
            if (time > 0) {
              position[token] = at + 2;
              resumeAfter(time, token);
              return;
            }
          }
          token = reply(token, message);
          break;
        }
        case 8 satisfies typeof op.done:
          token = reply(token, code[at + 1]!);
          break;
        case 9 satisfies typeof op.finish: {
          if (lastsUntilAllEnded[count[token]!] === 0) conclude(token);
          close(token);
          return;
        }
        case 5 satisfies typeof op.delay: {
          const message = code[at + 1]!;
          const sampler = delays[message]!;
          position[token] = at + 2;
          resumeAfter(sampler !== null ? sampler.next() : costOf(messages[message]!.delays, token), token);
          return;
        }
        case 6 satisfies typeof op.fail: {
          const message = code[at + 1]!;
          position[token] = at + 2;
          if (failDraws[message]!.uniform() < failProbability[message]!) token = fail(token);
          break;
        }
        case 2 satisfies typeof op.failFast: {
          const message = code[at + 1]!;
          position[token] = at + 2;
          if (failDraws[message]!.uniform() >= failProbability[message]!) break;
          const sampler = failsAfter[message]!;
          const time = sampler !== null ? sampler.next() : costOf(messages[message]!.fails?.after, token);
          fail(token);
          resumeAt(now + time, token);
          return;
        }
        case 1 satisfies typeof op.signal:
          position[token] = at + 2;
          signal(token, code[at + 1]!);
          break;
        case 10 satisfies typeof op.choose:
          position[token] = choose(token, code[at + 1]!);
          break;
        case 11 satisfies typeof op.jump:
          position[token] = code[at + 1]!;
          break;
        case 12 satisfies typeof op.unless:
          position[token] = conditions[code[at + 1]!]!.holds(frameOf(token)) ? at + 3 : code[at + 2]!;
          break;
        case 13 satisfies typeof op.enterLoop:
          token = enterLoop(token, at);
          break;
        case 14 satisfies typeof op.testLoop:
          if (turnsAgain(token, code[at + 1]!)) position[token] = at + 2;
          else token = leave(token);
          break;
        case 15 satisfies typeof op.leaveLoop:
          token = leave(token);
          break;
        case 16 satisfies typeof op.dropLoop:
          token = leave(token);
          position[token] = code[at + 1]!;
          break;
        case 17 satisfies typeof op.fork:
          token = fork(token, at);
          break;
        case 18 satisfies typeof op.join:
          token = join(token);
          break;
        case 19 satisfies typeof op.act:
          position[token] = at + 2;
          behaviours[code[at + 1]!]!(frameOf(token));
          break;
        case 20 satisfies typeof op.check: {
          const { element, holds, place: where } = conditions[code[at + 1]!]!;
          position[token] = at + 2;
          if (!holds(frameOf(token))) violated(element, where);
          break;
        }
        default:
          throw new Error(`no instruction at ${at}`);
      }
    }
  }

  function leave(token: number): number {
    const outer = parent[token]!;
    pool.give(token);
    return outer;
  }

  function violated(element: ElementId, where: Place | null): void {
    const line = where === null ? '' : `Line ${where.start.line + 1}: `;
    const message = `${line}the invariant does not hold.`;
    incidents.add({ code: 'invariant-violated', severity: 'warning', element, message });
  }

  function report(error: unknown, element: ElementId): void {
    if (!(error instanceof RunError)) throw error;
    const { code: problem, message, place: where } = error.problem;
    const line = `Line ${where.start.line + 1}: ${message}`;
    incidents.add({ code: problem, severity: 'error', element, message: line });
  }

  function elementOf(token: number): ElementId {
    const is = what[token]!;
    return is >= 0 ? messages[is]!.compiled.id : interactions[count[root[token]!]!]!.interaction.id;
  }

  /** A run-time error of the model ends the activity in which it happened, as a failure. */
  function stepSafely(first: number): void {
    let token = first;
    while (token !== NO_TOKEN) {
      try {
        step(token);
        return;
      } catch (error) {
        report(error, elementOf(current));
        token = fail(current);
      }
    }
  }

  function timer(record: number): void {
    const population = populations[timers.machine(record)]!;
    const instance = timers.instance(record);
    const id = timers.signal(record);
    const values = timers.values(record);
    const which = timers.timer(record);
    timers.give(record);
    if (id < 0) population.timerFired(instance, which, now);
    else population.deliverLate(instance, id, values, now);
  }

  function run(replication: number, control: RunControl): KernelRun {
    prepare(replication);
    const end = scenario.duration;
    const warmup = Math.max(0, scenario.warmup);
    let boundary = warmup;
    let events = 0;
    let still = 0;
    let finished = true;
    if (warmup === 0) {
      mark();
      boundary = end;
    }
    for (;;) {
      const event = calendar.pop();
      const time = event < 0 ? Number.POSITIVE_INFINITY : calendar.time;
      if (time >= boundary) {
        if (boundary !== end) {
          now = warmup;
          mark();
          boundary = end;
        }
        if (time >= end) break;
      }
      if (time !== now) still = 0;
      else if (++still > STANDSTILL) {
        incidents.add({
          code: 'standstill',
          severity: 'error',
          element: scenario.id,
          message: `Time stands still at ${(now / 1e6).toFixed(6)} s: events follow each other without end.`,
        });
        isStuck = true;
      }
      if (isStuck) {
        finished = false;
        break;
      }
      now = time;
      turns = 0;
      events++;
      if (events % CANCEL_INTERVAL === 0) {
        if (control.cancelled?.() === true) {
          finished = false;
          break;
        }
        if (events % PROGRESS_INTERVAL === 0) control.progress?.(now / end, events);
      }
      switch (typeOf(event)) {
        case 0 satisfies typeof eventType.resume:
          stepSafely(indexOf(event));
          break;
        case 1 satisfies typeof eventType.arrival: {
          const load = indexOf(event);
          calendar.push(now + gaps[load]!.next(), event);
          start(load);
          break;
        }
        case 2 satisfies typeof eventType.thought:
          start(indexOf(event));
          break;
        default:
          timer(indexOf(event));
      }
      while (!ready.isEmpty) stepSafely(ready.shift());
    }
    now = Math.max(end, 0);
    return {
      finished,
      events,
      from: warmup,
      to: end,
      refused,
      tallies,
      roundTrips,
      cores,
      waited: waited.map((sum, index) => sum - waitedAtMark[index]!),
      served: served.map((sum, index) => sum - servedAtMark[index]!),
      populations,
      incidents,
      liveTokens: pool.live,
    };
  }

  return { run };
}

/** A lane of the calendar for each positive delay that never varies, as long as there are few. */
function lanesFor(calendar: Calendar, known: Map<number, number>, delays: Iterable<number>): Map<number, number> {
  for (const delay of delays) {
    if (!(delay > 0) || known.has(delay) || known.size >= LANE_LIMIT) continue;
    known.set(delay, calendar.addLane());
  }
  return known;
}
