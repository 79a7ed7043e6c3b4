/**
 * The heart of a run: tokens going through the program, event by event. Made once a scenario and used for one replication
 * after the other. Nothing is allocated per event but what expressions of the model make. Knows nothing of
 * statistics beyond what it tells `Tallies` and `Cores`.
 *
 * A class with flat records rather than objects or closures: V8 then keeps the constants below as constants, and a token
 * in one line of the cache. The hot methods read `#words` and its like into locals for the same reason.
 */
import {
  type Cost,
  type DelegatedWork,
  exitOfChoice,
  methodWorkOf,
  op,
  type Priority,
  type Program,
} from '../behavior/index.ts';
import { type Effects, Frame, type Known, type LifelineStates, RunError } from '../expressions/index.ts';
import type { ElementId, Expression, Place, SendTarget } from '../model/index.ts';
import {
  formatCount,
  formatSeconds,
  type LevelData,
  powerOfTwo,
  type QuantileSketch,
  SECOND,
} from '../numeric/index.ts';
import { Activities } from './activities/activities.ts';
import { workOf } from './activities/delegated-work.ts';
import { noResources } from './activities/resources.ts';
import type { ArrivalRate } from './arrival-rate.ts';
import { AskedLaws } from './asked-laws.ts';
import { Balancers, NO_REPLICA } from './balancers.ts';
import { Breakers, passage } from './breakers.ts';
import { type BusyPlace, BusyPlaces } from './busy-places.ts';
import { type CacheFigures, Caches } from './caches.ts';
import { Calendar } from './calendar.ts';
import { CallPairs } from './call-pairs.ts';
import { CallPlaces } from './call-places.ts';
import { CallPolicies } from './call-policies.ts';
import { CallTimeouts, moment } from './call-timeouts.ts';
import { Changes } from './changes/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { CriticalRegions } from './critical-regions.ts';
import { deadlockText, type ToldDeadlock } from './deadlock-text.ts';
import { DeadlockWatch } from './deadlock-watch.ts';
import { deadlocksIn } from './deadlocks.ts';
import { Deliveries } from './deliveries.ts';
import { DirectCalls } from './direct-calls.ts';
import type * as event from './event.ts';
import { eventOf, eventType, indexOf, typeOf } from './event.ts';
import { EventLoop, type PlainLoad, type Steps } from './event-loop.ts';
import { type Incident, Incidents } from './incidents.ts';
import type { Layout } from './layout.ts';
import { LevelWatch } from './levels/level-watch.ts';
import { Links, NEVER } from './links.ts';
import { MachineLifelines } from './machine-lifelines.ts';
import { MachineWork, workplacesOf } from './machine-work.ts';
import { mayDeadlock } from './may-deadlock.ts';
import type * as message from './message-table.ts';
import { calledComponents, messageTable } from './message-table.ts';
import { PendingArrivals } from './pending-arrivals.ts';
import { PendingMethods } from './pending-methods.ts';
import { type plain, plainCalls } from './plain-calls.ts';
import { policiesIn } from './policies-in.ts';
import type { Population } from './population.ts';
import { Presence } from './presence.ts';
import { RateLimits } from './rate-limits.ts';
import type { Reading } from './reading.ts';
import type { Readable, Recorder } from './recorder.ts';
import { RetryBudgets } from './retry-budgets.ts';
import { ARRIVAL_SHARE, ENDLESS_LIMIT, EVENT_LIMIT, REFUSAL_LIMIT, TURN_LIMIT } from './run-limits.ts';
import type { ReplicationResult } from './run-replication.ts';
import { NOBODY, senderAddress } from './senders.ts';
import { SignalRoutes } from './signal-routes.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { Cores, Stations, together } from './stations/index.ts';
import { Tallies } from './tallies.ts';
import { entry, Threads } from './threads.ts';
import type * as token from './token-pool.ts';
import { TokenPool } from './token-pool.ts';
import { TokenQueue } from './token-queue.ts';
import { reasons, TurnedAway, type TurnedAwayFigures } from './turned-away.ts';
import { numberOf, waiterOf, waiters } from './waiters.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const ASSIGNED = 16_384 satisfies typeof message.ASSIGNED;
const BINDS = 8 satisfies typeof message.BINDS;
const CUT = 4096 satisfies typeof message.CUT;
const COMPONENT = 5 satisfies typeof message.COMPONENT;
const END = 1 satisfies typeof message.END;
const ENTRY = 0 satisfies typeof message.ENTRY;
const JUDGED = 8192 satisfies typeof message.JUDGED;
const FALLS_BACK = 32 satisfies typeof message.FALLS_BACK;
const POLICED = 128 satisfies typeof message.POLICED;
const KEYED = 64 satisfies typeof message.KEYED;
const MESSAGE_SHIFT = 3 satisfies typeof message.MESSAGE_SHIFT;
const REPLICA_COUNT = 4 satisfies typeof message.REPLICA_COUNT;
const REPLIES = 16 satisfies typeof message.REPLIES;
const SPLIT = 2048 satisfies typeof message.SPLIT;
const SYNCHRONOUS = 1 satisfies typeof message.SYNCHRONOUS;
const TO_ITSELF = 2 satisfies typeof message.TO_ITSELF;
const TRAITS = 2 satisfies typeof message.TRAITS;
const TRAVELS = 4 satisfies typeof message.TRAVELS;
const UNREACHABLE = 1024 satisfies typeof message.UNREACHABLE;
const WATCHED = 256 satisfies typeof message.WATCHED;
const LIMITED = 512 satisfies typeof message.LIMITED;
const ABANDONED = 16 satisfies typeof token.ABANDONED;
const ARRIVED = 1 satisfies typeof token.ARRIVED;
const BESIDE = 13 satisfies typeof token.BESIDE;
const BEGUN = 1024 satisfies typeof token.BEGUN;
const BRANCH = -3 satisfies typeof token.BRANCH;
const BRANCH_FAILED = 2 satisfies typeof token.BRANCH_FAILED;
const BRANCHES = 6 satisfies typeof token.BRANCHES;
const CALLING = -5 satisfies typeof token.CALLING;
const CANCELLED = 32 satisfies typeof token.CANCELLED;
const CRITICAL = -4 satisfies typeof token.CRITICAL;
const COUNT = 7 satisfies typeof token.COUNT;
const DELIVERY = -8 satisfies typeof token.DELIVERY;
const DEMAND = 3 satisfies typeof token.DEMAND;
const FAILED = 1 satisfies typeof token.FAILED;
const FLAGS = 5 satisfies typeof token.FLAGS;
const GOAL = 8 satisfies typeof token.GOAL;
const HEDGED = 32768 satisfies typeof token.HEDGED;
const INSIDE = 12 satisfies typeof token.INSIDE;
const LOST = 128 satisfies typeof token.LOST;
const LOOP = -2 satisfies typeof token.LOOP;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
/** Events of type `resume`, 0, are just tokens shifted. */
const EVENT_SHIFT = 3 satisfies typeof event.TYPE_BITS;
const OPEN = 9 satisfies typeof token.OPEN;
const PARENT = 1 satisfies typeof token.PARENT;
const NOTHING_COMES = -2 satisfies typeof token.NOTHING_COMES;
const PLACE = 4 satisfies typeof token.PLACE;
const POSITION = 0 satisfies typeof token.POSITION;
const PROBES = 64 satisfies typeof token.PROBES;
const QUEUED = 2 satisfies typeof token.QUEUED;
const ROOT = 2 satisfies typeof token.ROOT;
const SENT = 0 satisfies typeof token.SENT;
const SERIAL = 11 satisfies typeof token.SERIAL;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const TRANSACTION = -1 satisfies typeof token.TRANSACTION;
const VERSION = 15 satisfies typeof token.VERSION;
const WHAT = 3 satisfies typeof token.WHAT;
const WAITS_FOR_CONNECTION = 8192 satisfies typeof token.WAITS_FOR_CONNECTION;
const WAITS_FOR_PLACE = 2048 satisfies typeof token.WAITS_FOR_PLACE;
const WAITS_FOR_THREAD = 8 satisfies typeof token.WAITS_FOR_THREAD;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

const PLAIN_CALL = 2 satisfies typeof plain.yes;

/** How a replica's node hands out cores: to whoever asks, one after the other, or in a way that changes while they work. */
const UNLIMITED = 0;
const CORE = 1;
const STATION = 2;

/** Microseconds that a user of a closed load takes at least after a failure that took none, where something may crash. */
const LEAST_THOUGHT = 1000;
const PROGRESS_INTERVAL = 65_536;
/** In one event many may come at once: so many pass between two looks at whether the run goes on. */
const LOOK_MASK = 8191;
/** Lanes cost a look an event each; more constant delays than this go to the heap. */
const LANE_LIMIT = 6;

export interface RunControl {
  progress?(share: number, events: number): void;
  cancelled?(): boolean;
  /** How many events end it, in place of the declared limit. */
  readonly events?: number;
}

/** What is left of a replication when it is over. */
export interface KernelRun {
  readonly finished: boolean;
  /** It was given up because the limit of tokens was reached and a larger one is to be tried. */
  readonly needsMore: boolean;
  readonly events: number;
  /** When measuring began and ended, microseconds. */
  readonly from: number;
  readonly to: number;
  readonly refused: number;
  readonly tallies: Tallies;
  /** Only for messages that cross a link or have a policy: as the caller sees them. */
  readonly roundTrips: Tallies;
  readonly cores: Cores;
  readonly stations: Stations;
  readonly threads: Threads;
  readonly turnedAway: TurnedAwayFigures;
  readonly laws: readonly QuantileSketch[];
  readonly levels: readonly LevelData[];
  /** As far as a recorder has come. */
  readonly series: ReplicationResult['series'];
  readonly windows: ReplicationResult['windows'];
  readonly places: CallPlaces;
  readonly caches: CacheFigures;
  readonly deliveries: Deliveries;
  /** Microseconds waited for a core, and how many wanted one, by message. */
  readonly waited: Float64Array;
  readonly served: Float64Array;
  readonly populations: readonly Population[];
  readonly incidents: Incidents;
  /** Null where the scenario runs none. */
  readonly activities: Activities | null;
  readonly presence: Presence;
  /** Null where nothing of the scenario changes. */
  readonly changes: Changes | null;
  /** Tokens of what had not ended. */
  readonly liveTokens: number;
}

export class Kernel implements Effects, LifelineStates, Readable {
  /** Another one where its timeline was written anew. */
  #scenario: CompiledScenario;
  readonly #program: Program;
  readonly #layout: Layout;
  readonly #code: Int32Array;
  readonly #messages: Int32Array;
  readonly #balancers: Balancers;
  /** By replica: how its node hands out cores, one of the three above. */
  readonly #service: Uint8Array;
  readonly #hasGuards: Uint8Array;
  /** By interaction. */
  readonly #lastsUntilAllEnded: Uint8Array;
  readonly #hasMachines: Uint8Array;
  /** By message: who waits is counted when it takes a thread, not once more for each piece of its work. */
  readonly #waitsAtEntry: Uint8Array;
  /** By message: see `plainCalls`. */
  readonly #isPlain: Uint8Array;
  /** By load: 0 where it is open. */
  readonly #users: Int32Array;
  /** By load: how many users there are, and may be; null where that never changes. */
  readonly #populations: Int32Array | null;
  readonly #allowed: Int32Array;
  /** By load: null where the gaps do not depend on the time. */
  #rates: readonly (ArrivalRate | null)[];
  /** Null where nobody has the run in hand. */
  readonly #arrivals: PendingArrivals | null;
  /** By load: where changes of its users stand among what happens at the same time. */
  readonly #userOrders: Int32Array;
  readonly #until: Float64Array;
  readonly #messageCount: number;
  readonly #arrivalLimit: number;
  readonly #givesUpAtLimit: boolean;

  readonly #pool: TokenPool;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #calendar = new Calendar();
  /** Its first number is the time now: an array so that reading and passing it makes no object of it. */
  readonly #clock = this.#calendar.moments;
  readonly #loop: EventLoop;
  readonly #direct: DirectCalls;
  /** By lane of the calendar: its delay. */
  readonly #lanes: number[] = [];
  readonly #ready = new TokenQueue();
  readonly #cores: Cores;
  readonly #stations: Stations;
  readonly #threads: Threads;
  readonly #lifelines: MachineLifelines;
  readonly #regions: CriticalRegions;
  readonly #methods = new PendingMethods();
  readonly #hasMethods: boolean;
  readonly #activities: Activities | null;
  readonly #routes: SignalRoutes;
  /** Somebody sends something back to who sent a signal. */
  readonly #answersSenders: boolean;
  readonly #pairs: CallPairs;
  readonly #timeouts = new CallTimeouts();
  readonly #budgets: RetryBudgets;
  readonly #breakers = new Breakers();
  readonly #policies: CallPolicies;
  readonly #turnedAway: TurnedAway;
  readonly #limits: RateLimits;
  readonly #places: CallPlaces;
  /** Null where links do nothing but delay. */
  readonly #links: Links | null;
  readonly #caches: Caches;
  readonly #deliveries: Deliveries;
  /** By token of an execution: until when it may last, as far as its caller said so; by that of a call: what it will say. */
  readonly #deadlines: Float64Array;
  readonly #hasPolicies: boolean;
  /** Some execution may last only as long as its caller said: without it, nothing is known of deadlines in calls that are plain. */
  readonly #handsDeadlinesDown: boolean;
  readonly #mayCancel: boolean;
  /** Something may be cancelled, or crash. */
  readonly #mayStop: boolean;
  /** Null where nothing of the scenario changes. */
  readonly #changes: Changes | null;
  readonly #presence: Presence;
  /** By token: when it goes on; the calendar's other events for it are stale. Only where something may stop. */
  readonly #due: Float64Array;
  readonly #tallies: Tallies;
  readonly #roundTrips: Tallies;
  readonly #laws: AskedLaws;
  readonly #recordsWaits: boolean;
  /** Null where nobody asks for more than means. */
  readonly #levels: LevelWatch | null;
  readonly #waited: Float64Array;
  readonly #served: Float64Array;
  readonly #waitedAtMark: Float64Array;
  readonly #servedAtMark: Float64Array;
  /** Parameters and variables by transaction. */
  readonly #slots: Known[][] = [];
  readonly #frame = new Frame();
  readonly #values: Known[] = [];

  #sources: Sources;
  #takes: Sources['takes'];
  #incidents = new Incidents();
  #deadlocks: DeadlockWatch;
  #refused = 0;
  #needsMore = false;
  /** What it was given up for, where what was measured until then counts. */
  #endedFor: 'refusals' | 'events' | 'endless' | null = null;
  readonly #busy = new BusyPlaces();
  #recorder: Recorder | null = null;
  #control: RunControl = {};
  #wasCancelled = false;
  #isOver = false;
  /** The warm-up is over. */
  #isMeasuring = false;
  /** The token whose expression is being evaluated: the one that a run-time error ends. */
  #current = NO_TOKEN;

  constructor(scenario: CompiledScenario, tokenLimit: number, givesUpAtLimit = false) {
    this.#givesUpAtLimit = givesUpAtLimit;
    const { program, layout } = scenario;
    const table = messageTable(program, layout);
    const count = program.messages.length;
    this.#scenario = scenario;
    this.#program = program;
    this.#layout = layout;
    this.#code = program.code;
    this.#messages = table.records;
    this.#balancers = new Balancers(layout, calledComponents(program.messages));
    this.#hasGuards = Uint8Array.from(program.choices, ({ operands }) =>
      operands.some(({ guard }) => guard !== null) ? 1 : 0,
    );
    this.#lastsUntilAllEnded = Uint8Array.from(program.interactions, (one) => (one.lastsUntilAllEnded ? 1 : 0));
    this.#hasMachines = Uint8Array.from(program.interactions, (one) => (one.machines.length > 0 ? 1 : 0));
    this.#waitsAtEntry = Uint8Array.from(program.messages, (one) => (one.needsThread ? 1 : 0));
    this.#users = Int32Array.from(scenario.loads, (load) => load.users);
    const mayVary = scenario.takesInputs || scenario.loads.some(({ userSteps }) => userSteps.length > 0);
    this.#populations = mayVary ? this.#users.slice() : null;
    this.#userOrders = new Int32Array(scenario.loads.length);
    this.#arrivals = scenario.takesInputs ? new PendingArrivals(this.#calendar, scenario.loads.length) : null;
    this.#allowed = this.#users.slice();
    this.#rates = scenario.loads.map((load) => load.rate);
    this.#until = Float64Array.from(scenario.loads, (load) => load.until);
    this.#messageCount = count;
    this.#arrivalLimit = Math.floor(tokenLimit * ARRIVAL_SHARE);
    this.#pool = new TokenPool(tokenLimit);
    this.#words = this.#pool.words;
    this.#times = this.#pool.times;
    const workplaces = workplacesOf(scenario.machines, scenario.model.components, layout);
    this.#stations = new Stations({
      layout,
      pool: this.#pool,
      clock: this.#clock,
      calendar: this.#calendar,
      backgrounds: scenario.backgrounds,
      workplaces: workplaces.flatMap(({ replicas }) => replicas),
      worked: (token) => this.#lifelines.worked(token, this.#clock[0]!),
      canChange: scenario.mayChange,
      waited: (token, time) => this.#noteWait(token, time),
      isCancelled: (token) => this.#mayCancel && this.#isCancelled(token),
    });
    this.#cores = new Cores(layout, this.#pool, this.#clock, (node) => !this.#stations.keeps(node));
    this.#service = Uint8Array.from(layout.nodeOfReplica, (node) => {
      if (this.#stations.keeps(node)) return STATION;
      return layout.coresOfNode[node]! > 0 ? CORE : UNLIMITED;
    });
    const versions = [...scenario.variants.versions.values()].flat().map(({ component }) => component);
    this.#threads = new Threads(layout, calledComponents(program.messages), versions, this.#pool, this.#clock);
    this.#tallies = new Tallies(count + program.interactions.length, this.#clock, this.#times);
    const policies = policiesIn(program.messages);
    this.#hasPolicies = policies.length > 0;
    this.#hasMethods = program.messages.some(({ method }) => method !== null);
    this.#handsDeadlinesDown = policies.some(({ deadlinePropagates }) => deadlinePropagates);
    this.#mayCancel = policies.some(({ cancels }) => cancels);
    this.#mayStop = this.#mayCancel || scenario.mayChange;
    this.#due = new Float64Array(this.#mayStop ? tokenLimit : 0);
    this.#pairs = new CallPairs(program, layout);
    this.#turnedAway = new TurnedAway(count);
    this.#limits = new RateLimits(layout.limits, program);
    this.#links = Links.of(
      layout,
      scenario.model.deployments.find(({ id }) => id === scenario.scenario.deployment),
    );
    this.#policies = new CallPolicies(program, this.#pool.words);
    this.#places = new CallPlaces({
      program,
      layout,
      pairs: this.#pairs,
      policies: this.#policies,
      pool: this.#pool,
      clock: this.#clock,
    });
    this.#caches = new Caches(program, layout, calledComponents(program.messages));
    this.#deliveries = new Deliveries({
      program,
      pool: this.#pool,
      clock: this.#clock,
      forget: (token) => this.#forgetDelivery(token),
      serves: (component) => this.#changes === null || this.#changes.serves(component),
    });
    this.#budgets = new RetryBudgets(this.#pairs.size);
    this.#deadlines = new Float64Array(this.#hasPolicies ? tokenLimit : 0);
    const hasRoundTrips = layout.latency !== null || this.#hasPolicies;
    this.#roundTrips = new Tallies(hasRoundTrips ? count : 0, this.#clock, this.#times);
    this.#waited = new Float64Array(count);
    this.#served = new Float64Array(count);
    this.#laws = new AskedLaws(scenario, tokenLimit);
    this.#recordsWaits = this.#laws.recordsWaits;
    this.#waitedAtMark = new Float64Array(count);
    this.#servedAtMark = new Float64Array(count);
    this.#sources = sourcesOf(scenario, 0);
    this.#takes = this.#sources.takes;
    this.#answersSenders = scenario.answersSenders;
    this.#frame.effects = this;
    this.#frame.instances = this;
    this.#regions = new CriticalRegions(program.criticals);
    for (const latency of layout.latency ?? []) this.#addLane(latency);
    for (const { cost } of program.sites) if (cost.kind === 'constant') this.#addLane(cost.value);
    for (const { delays } of program.messages) if (delays?.kind === 'constant') this.#addLane(delays.value);
    for (const { timeout, hedge } of policies) {
      for (const time of [timeout, hedge]) if (time?.kind === 'constant') this.#addLane(time.value);
    }
    const isSteady = (replica: number): boolean =>
      !this.#handsDeadlinesDown && !this.#mayStop && !this.#recordsWaits && this.#service[replica] === CORE;
    this.#isPlain = plainCalls(program, table, layout, isSteady);
    this.#lifelines = new MachineLifelines({
      scenario,
      tokenLimit,
      calendar: this.#calendar,
      incidents: this.#incidents,
      laneFor: (delay) => this.#addLane(delay),
      work: new MachineWork(workplaces, this.#pool, this.#stations),
      answer: (token, reply) => this.#answer(token, reply),
      laws: this.#laws,
      post: (posted) => this.#routes.post(posted),
      begun: (waiter, work) => {
        if (waiter >= 0) this.#activities?.delegated(waiter, work);
      },
      over: (waiter, work, hasFailed) => {
        if (waiter >= 0) this.#activities?.resumeLater(waiter, work, hasFailed);
        else this.#performed(numberOf(waiters.method, waiter), hasFailed, null);
      },
      doWork: {
        begin: (population, instance, timer) => this.#beginVisit(population, instance, timer),
        abort: (visit) => this.#activities?.visits.abort(visit),
      },
    });
    this.#activities = scenario.activities.activities.length === 0 ? null : this.#activitiesOf(tokenLimit);
    const components = calledComponents(program.messages);
    this.#routes = new SignalRoutes({
      model: scenario.model,
      scenario: scenario.scenario.id,
      layout,
      lifelines: this.#lifelines,
      activities: this.#activities,
      incidents: this.#incidents,
      choose: (component) => {
        const index = components.indexOf(component);
        return index < 0 ? undefined : this.#balancers.choose(index);
      },
    });
    this.#presence = new Presence(layout, this.#clock);
    this.#changes = scenario.mayChange ? this.#changesOf(scenario) : null;
    this.#levels = LevelWatch.of({
      scenario,
      cores: this.#cores,
      stations: this.#stations,
      threads: this.#threads,
      places: this.#places,
      pairs: this.#pairs,
      presence: this.#presence,
      resources: this.#activities?.resources,
      tallies: [
        this.#tallies,
        this.#deliveries.tallies,
        ...(this.#activities === null ? [] : [this.#activities.tallies]),
      ],
    });
    this.#direct = new DirectCalls({
      messages: program.messages,
      table,
      layout,
      isPossible: !this.#handsDeadlinesDown && !this.#mayStop && !this.#recordsWaits && !this.#places.isNeeded,
      linksOnlyDelay: this.#links === null,
      laneOf: (delay) => this.#lanes.indexOf(delay),
      pool: this.#pool,
      clock: this.#clock,
      calendar: this.#calendar,
      balancers: this.#balancers,
      timeouts: this.#timeouts,
      tallies: this.#tallies,
      roundTrips: this.#roundTrips,
    });
    this.#deadlocks = this.#watchForDeadlocks();
    this.#loop = new EventLoop({
      code: this.#code,
      records: this.#messages,
      isPlain: this.#isPlain,
      plainLoads: this.#plainLoads(),
      interactions: count,
      arrivalLimit: this.#arrivalLimit,
      mayStop: this.#mayStop,
      onlyReplica: (component) => this.#balancers.only(component),
      pool: this.#pool,

      calendar: this.#calendar,
      ready: this.#ready,
      tallies: this.#tallies,
      cores: this.#cores,
      balancers: this.#balancers,
      direct: this.#direct,
      timeouts: this.#timeouts,
      served: this.#served,
      waited: this.#waited,
      levels: this.#levels,
      steps: this.#stepsOfLoop(),
    });
  }

  /** Loads whose transactions need nothing but a token. */
  #plainLoads(): (PlainLoad | null)[] {
    return this.#scenario.loads.map(({ interaction, users, rate, batch, until }) => {
      const program = this.#program.interactions[interaction];
      if (program === undefined || users > 0 || rate !== null || batch !== null || this.#mayStop) return null;
      if (program.slotCount > 0 || program.machines.length > 0 || program.lastsUntilAllEnded) return null;
      return { interaction, start: program.start, until };
    });
  }

  #changesOf(scenario: CompiledScenario): Changes {
    return new Changes({
      scenario,
      records: this.#messages,
      pool: this.#pool,
      clock: this.#clock,
      calendar: this.#calendar,
      ready: this.#ready,
      due: this.#due,
      stations: this.#stations,
      threads: this.#threads,
      places: this.#places,
      pairs: this.#pairs,
      policies: this.#policies,
      breakers: this.#breakers,
      limits: this.#limits,
      balancers: this.#balancers,
      presence: this.#presence,
      activities: this.#activities,
      caches: this.#caches,
      regions: this.#regions,
      lifelines: this.#lifelines,
      methods: this.#methods,
      post: (posted) => this.#routes.post(posted),
      evaluate: (cost, token) => this.#cost(cost, token),
      rank: (token, order) => this.#rankInLine(token, this.#word(token, WHAT), order),
      report: (finding) => this.#incidents.add(finding),
      withdrawCall: (token) => this.#withdrawCall(token),
      dropCall: (token) => this.#dropCall(token),
      admit: (pool) => this.#admit(pool),
    });
  }

  /** `recorder` reads off what was counted, at times of its own. */
  run(replication: number, control: RunControl, recorder: Recorder | null = null): KernelRun {
    this.begin(replication, recorder);
    this.runUntil(Number.POSITIVE_INFINITY, control);
    return this.finish();
  }

  /** Everything that happens before a virtual time; what happens at that very time is left for the next slice. True: the run is over. */
  runUntil(until: number, control: RunControl): boolean {
    if (this.#isOver) return true;
    const { duration: end } = this.#scenario.scenario;
    const warmup = Math.max(0, this.#scenario.scenario.warmup);
    const last = Math.min(until, end);
    let boundary = this.#boundary(warmup, last);
    let isOver = false;
    this.#control = control;
    while (!isOver) {
      try {
        while (this.#loop.run(boundary)) {
          const next = this.#calendar.peek();
          boundary = this.#pass(boundary, next, warmup, last);
          if (next >= last) break;
        }
        isOver = true;
      } catch (error) {
        // An error of the model is a failure of the activity in which it happened; the run goes on.
        this.#report(error, this.#elementOf(this.#current));
        const next = this.#fail(this.#current);
        if (next !== NO_TOKEN) this.#ready.push(next);
      }
    }
    this.#isOver = this.#loop.isStuck || this.#wasCancelled || last === end;
    if (!this.#isOver && this.#clock[0]! < last) this.#clock[0] = last;
    return this.#isOver;
  }

  /** What the loop leaves to the kernel. */
  #stepsOfLoop(): Steps {
    return {
      advance: (token) => this.#advance(token),
      happen: (event) => this.#happen(event),
      isDue: (token) => this.#isDue(token, this.#clock[0]!),
      start: (load) => this.#start(load),
      call: (caller, message) => this.#call(caller, message),
      failBranches: (token) => this.#failBranches(token),
      noteWait: (token) => this.#noteWait(token, this.#clock[0]! - this.#times[(token << TIME_SHIFT) + QUEUED]!),
      looksUp: (events, event) => this.#looksUp(events, event),
      standStill: () => this.#standStill(),
    };
  }

  /** Any event but that a token goes on; returns the one that does now. */
  #happen(event: number): number {
    switch (typeOf(event)) {
      case 1 satisfies typeof eventType.arrival: {
        const load = indexOf(event);
        this.#expect(load, this.#clock[0]!, event);
        const batch = this.#sources.batches[load]!;
        if (batch === null) return this.#start(load);
        this.#startBatch(load, batch.next());
        return NO_TOKEN;
      }
      case 2 satisfies typeof eventType.thought: {
        const load = indexOf(event);
        if (load < this.#users.length) return this.#start(load);
        this.#changeUsers(load - this.#users.length, this.#clock[0]!);
        return NO_TOKEN;
      }
      case 4 satisfies typeof eventType.timeout:
        return this.#atMoment(indexOf(event));
      case 5 satisfies typeof eventType.station:
        return this.#stations.ring(indexOf(event));
      case 6 satisfies typeof eventType.activity:
        this.#activities?.event(indexOf(event), this.#clock[0]!);
        return NO_TOKEN;
      case 7 satisfies typeof eventType.change:
        this.#changes!.happen(indexOf(event));
        this.#deliveries.wake(this.#ready);
        return NO_TOKEN;
      default:
        this.#lifelines.timer(indexOf(event), this.#clock[0]!);
        return NO_TOKEN;
    }
  }

  /** Every so often: tells how far the run is, and whether it is to end. */
  #looksUp(events: number, event: number): boolean {
    this.#wasCancelled = this.#control.cancelled?.() === true;
    if (this.#wasCancelled) return true;
    this.#busy.note(this.#placeOf(event));
    if (events >= (this.#control.events ?? EVENT_LIMIT)) {
      this.#giveUp('events');
      return true;
    }
    if (events % PROGRESS_INTERVAL === 0)
      this.#control.progress?.(this.#clock[0]! / this.#scenario.scenario.duration, events);
    return false;
  }

  /** Of an event that is about to happen. */
  #placeOf(event: number): BusyPlace {
    const index = indexOf(event);
    switch (typeOf(event)) {
      case eventType.resume:
        return this.#placeOfToken(index);
      case eventType.timeout:
        return this.#placeOfToken(this.#timeouts.token(index));
      case eventType.arrival:
      case eventType.thought: {
        const element = this.#scenario.loads[index % this.#scenario.loads.length]!.load.behaviour;
        return { element, what: `arrivals of ${lastOf(element)}` };
      }
      case eventType.station: {
        const { element, isOutside } = this.#stations.placeOf(index);
        return { element, what: `${isOutside ? 'background load' : 'work'} on ${lastOf(element)}` };
      }
      case eventType.timer: {
        const element = this.#lifelines.machineOf(index);
        return { element, what: `timers of ${lastOf(element)}` };
      }
      case eventType.activity:
        return { element: this.#scenario.scenario.id, what: 'steps of activities' };
      default:
        return { element: this.#scenario.scenario.id, what: 'changes on the timeline' };
    }
  }

  /** The event may be stale, and its token free or another one. */
  #placeOfToken(token: number): BusyPlace {
    const what = this.#word(token, WHAT);
    const message = this.#program.messages[what === CALLING ? this.#word(token, GOAL) : what];
    if (message === undefined) {
      const { id } = this.#program.interactions[this.#interactionOf(token)]?.interaction ?? this.#scenario.scenario;
      return { element: id, what: `steps of ${lastOf(id)}` };
    }
    const { compiled, operation } = message;
    const called = operation === null ? lastOf(compiled.id) : operation.split('.').slice(-2).join('.');
    return { element: compiled.id, what: what === CALLING ? `attempts to call ${called}` : `work of ${called}` };
  }

  /** When something is to be done besides events: measuring begins, what was counted is read off, or the slice ends. */
  #boundary(warmup: number, last: number): number {
    return Math.min(last, this.#isMeasuring ? last : warmup, this.#recorder?.next ?? last, this.#deadlocks.next);
  }

  /** Does what is due up to a time; returns what comes next. */
  #pass(first: number, time: number, warmup: number, last: number): number {
    let boundary = first;
    while (boundary <= time) {
      const ends = !this.#isMeasuring && boundary === warmup;
      const reads = this.#recorder !== null && boundary === this.#recorder.next;
      const looks = boundary === this.#deadlocks.next && boundary < last;
      if (!ends && !reads && !looks) break;
      // Whoever sums up until now has to find this moment, not that of the event before.
      this.#clock[0] = boundary;
      if (ends) this.#mark(warmup);
      else if (reads) this.#recorder?.read(boundary, this);
      if (looks) this.#deadlocks.look(boundary);
      boundary = this.#boundary(warmup, last);
    }
    return boundary;
  }

  /** What is left when it is over. */
  finish(): KernelRun {
    const { duration: end } = this.#scenario.scenario;
    const warmup = Math.max(0, this.#scenario.scenario.warmup);
    const endsEarly = this.#endedFor !== null && this.#isMeasuring && this.#clock[0]! > warmup;
    if (this.#endedFor === 'refusals') this.#noteOverload(endsEarly);
    if (this.#endedFor === 'events') this.#noteEvents(endsEarly);
    if (this.#endedFor === 'endless') this.#noteEndless(endsEarly);
    this.#deadlocks.finish(endsEarly ? this.#clock[0]! : end);
    if (!endsEarly) this.#clock[0] = end;
    this.#recorder?.finish(this.#clock[0]!, this);
    this.#activities?.finish();
    return this.soFar(!this.#wasCancelled && (!this.#loop.isStuck || endsEarly));
  }

  /** The same of a run that goes on. */
  soFar(finished = false): KernelRun {
    return {
      finished,
      needsMore: this.#needsMore,
      events: this.#loop.events,
      from: Math.max(0, this.#scenario.scenario.warmup),
      to: this.#clock[0]!,
      refused: this.#refused,
      tallies: this.#tallies,
      roundTrips: this.#roundTrips,
      cores: this.#cores,
      stations: this.#stations,
      threads: this.#threads,
      turnedAway: this.#turnedAway.figures(),
      laws: this.#laws.sketches,
      levels: this.#levels?.figures(this.#clock[0]!) ?? [],
      series: this.#recorder?.series ?? [],
      windows: this.#recorder?.windows ?? [],
      places: this.#places,
      caches: this.#caches.figures(),
      deliveries: this.#deliveries,
      waited: this.#waited.map((sum, index) => sum - this.#waitedAtMark[index]!),
      served: this.#served.map((sum, index) => sum - this.#servedAtMark[index]!),
      populations: this.#lifelines.populations,
      incidents: this.#incidents,
      activities: this.#activities,
      changes: this.#changes,
      presence: this.#presence,
      liveTokens: this.#pool.live,
    };
  }

  /** What was counted until now. */
  reading(now: number): Reading {
    const since = (sums: Float64Array, mark: Float64Array): Float64Array => sums.map((sum, i) => sum - mark[i]!);
    return {
      time: now - this.#tallies.from,
      timed: this.#allCounts(now),
      roundTrips: this.#roundTrips.counts(now),
      waited: since(this.#waited, this.#waitedAtMark),
      served: since(this.#served, this.#servedAtMark),
      cores: together(this.#cores.figures(now), this.#stations.figures(now)),
      threads: this.#threads.figures(now),
      turnedAway: this.#turnedAway.figures(),
      machines: this.#lifelines.populations.map((population) => population.figures()),
      resources: this.#activities?.resources.figures(now) ?? noResources,
      present: this.#presence.figures(now),
      levels: this.#levels?.figures(now) ?? [],
    };
  }

  #allCounts(now: number): Float64Array {
    const counts = this.#tallies.counts(now);
    const others = [this.#deliveries.tallies, ...(this.#activities === null ? [] : [this.#activities.tallies])];
    if (others.every(({ size }) => size === 0)) return counts;
    return Float64Array.from([...counts, ...others.flatMap((tallies) => [...tallies.counts(now)])]);
  }

  get latencies(): readonly QuantileSketch[] {
    return [
      ...this.#tallies.latencies,
      ...this.#deliveries.tallies.latencies,
      ...(this.#activities?.tallies.latencies ?? []),
    ];
  }

  get laws(): readonly QuantileSketch[] {
    return this.#laws.sketches;
  }

  get roundTripLatencies(): readonly QuantileSketch[] {
    return this.#roundTrips.latencies;
  }

  /** What an action of an interaction sends to a lifeline. */
  send(signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    if (target.kind === 'self') return;
    if (target.kind !== 'lifeline') {
      const now = this.#clock[0]!;
      const from = this.#senderOf(this.#current);
      const handled = this.#callerOf(this.#current);
      this.#routes.post({ target, signal, values: [...values], now, delay, from, handled });
      return;
    }
    const interaction = this.#program.interactions[this.#interactionOf(this.#current)]!;
    const lifeline = interaction.compiled.lifelineOf.get(target.lifeline);
    const machine = interaction.machines.findIndex((candidate) => candidate.lifeline === lifeline);
    // Copied: creating the instance may evaluate further values.
    if (machine < 0) return;
    const token = this.#current;
    const frame = this.#frameOf(token);
    const from = this.#senderOf(token);
    this.#lifelines.deliver(
      this.#word(token, ROOT),
      interaction.index,
      machine,
      signal,
      [...values],
      frame,
      delay,
      from,
    );
  }

  /** What goes along with a signal of the execution around a token: which replica of which component sends it. */
  #senderOf(token: number): number {
    const component = this.#answersSenders
      ? (this.#program.messages[this.#messageAround(token)]?.component ?? null)
      : null;
    if (component === null) return NOBODY;
    const index = this.#scenario.model.components.findIndex(({ id }) => id === component);
    return senderAddress('component', index, this.#word(token, PLACE));
  }

  /** Who called the execution around a token. */
  #callerOf(token: number): number {
    let at = token;
    while (this.#word(at, WHAT) < 0 && this.#word(at, PARENT) !== NO_TOKEN) at = this.#word(at, PARENT);
    const caller = this.#word(at, PARENT);
    return caller === NO_TOKEN ? NOBODY : this.#senderOf(caller);
  }

  log(): void {}

  /** Whether the instance that a lifeline of the current transaction stands for is in a state. */
  isIn(machine: number, state: ElementId): boolean {
    const token = this.#current;
    return this.#lifelines.isIn(this.#word(token, ROOT), this.#interactionOf(token), machine, state);
  }

  // ── beginning and end of measuring ──

  /** Makes everything new for a replication, which then runs in one go or slice by slice. */
  begin(replication: number, recorder: Recorder | null = null): void {
    this.#recorder = recorder;
    this.#sources = sourcesOf(this.#scenario, replication);
    this.#takes = this.#sources.takes;
    this.#incidents = new Incidents(() => this.#giveUp('endless'));
    this.#deadlocks = this.#watchForDeadlocks();
    this.#clock[0] = 0;
    this.#refused = 0;
    this.#loop.begin(this.#sources);
    this.#needsMore = false;
    this.#endedFor = null;
    this.#busy.clear();
    this.#wasCancelled = false;
    this.#isOver = false;
    this.#isMeasuring = false;
    for (const part of [
      this.#pool,
      this.#calendar,
      this.#ready,
      this.#cores,
      this.#stations,
      this.#threads,
      this.#regions,
      this.#methods,
    ])
      part.clear();
    this.#due.fill(-1);
    this.#laws.clear();
    this.#levels?.clear();
    for (const part of [
      this.#timeouts,
      this.#budgets,
      this.#breakers,
      this.#turnedAway,
      this.#limits,
      this.#places,
      ...(this.#links === null ? [] : [this.#links]),
      this.#caches,
      this.#deliveries,
    ])
      part.clear();
    for (const tallies of [this.#tallies, this.#roundTrips]) tallies.clear();
    for (const sums of [this.#waited, this.#served, this.#waitedAtMark, this.#servedAtMark]) sums.fill(0);
    this.#balancers.prepare(this.#sources.balances);
    this.#stations.begin(this.#sources.backgrounds);
    const { loads } = this.#scenario;
    this.#lifelines.prepare(replication, this.#incidents);
    this.#activities?.prepare(replication, this.#incidents);
    this.#routes.prepare(this.#incidents);
    this.#presence.clear();
    this.#policies.begin(this.#sources);
    this.#changes?.begin(replication, this.#sources);
    loads.forEach(({ users, from }, load) => {
      if (users === 0) {
        if (!this.#loop.beginLoad(load, from)) this.#expect(load, from, eventOf(eventType.arrival, load));
      } else for (let i = 0; i < users; i++) this.#think(load, from);
    });
    this.#populations?.set(this.#users);
    this.#allowed.set(this.#users);
    loads.forEach(({ userSteps }, load) => {
      for (const { time } of userSteps) this.#calendar.push(time, eventOf(eventType.thought, load + loads.length));
      this.#userOrders[load] = this.#calendar.reserve(1);
    });
    recorder?.begin(this);
  }

  /** Whether what has happened so far happens as well in a scenario that differs in its timeline. */
  allows({ scenario }: CompiledScenario): boolean {
    return this.#changes !== null && this.#arrivals !== null && this.#changes.allows(scenario.timeline);
  }

  /** Goes on as that scenario, which `allows` has found possible: byte for byte as if it had been it from the beginning. */
  rewrite(scenario: CompiledScenario): void {
    const before = this.#scenario.loads;
    this.#scenario = scenario;
    this.#rates = scenario.loads.map(({ rate }) => rate);
    this.#changes?.rewrite(scenario.scenario.timeline);
    scenario.loads.forEach(({ users, userSteps }, load) => {
      if (users === 0) {
        this.#arrivals?.findAgain(load, this.#rates[load]!, this.#until[load]!, eventOf(eventType.arrival, load));
        return;
      }
      const event = eventOf(eventType.thought, load + scenario.loads.length);
      const isIn = (steps: typeof userSteps, wanted: number): boolean => steps.some(({ time }) => time === wanted);
      const old = before[load]!.userSteps;
      for (const { time } of old) if (!isIn(userSteps, time)) this.#calendar.remove(time, event);
      for (const { time } of userSteps) {
        if (!isIn(old, time)) this.#calendar.insert(time, event, this.#userOrders[load]!);
      }
    });
  }

  /** The warm-up is over. */
  #mark(now: number): void {
    // Before anything is cleared.
    this.#recorder?.endWarmup(now, this);
    this.#isMeasuring = true;
    this.#tallies.mark(now);
    this.#roundTrips.mark(now);
    this.#cores.mark(now);
    this.#stations.mark(now);
    this.#threads.mark(now);
    this.#turnedAway.mark();
    this.#places.mark(now);
    this.#caches.mark();
    this.#deliveries.mark(now);
    this.#laws.clear();
    this.#levels?.mark(now);
    this.#lifelines.mark();
    this.#activities?.mark(now);
    this.#presence.mark(now);
    this.#waitedAtMark.set(this.#waited);
    this.#servedAtMark.set(this.#served);
    this.#refused = 0;
    this.#recorder?.mark(now, this);
  }

  /** A lane of the calendar for a positive delay that never varies, as long as there are few; -1 where there is none. */
  #addLane(delay: number): number {
    const known = this.#lanes.indexOf(delay);
    if (known >= 0) return known;
    if (!(delay > 0) || this.#lanes.length >= LANE_LIMIT) return -1;
    const lane = this.#calendar.addLane();
    this.#lanes[lane] = delay;
    return lane;
  }

  // ── transactions ──

  /** Begins a transaction; returns its token, or -1 where it was turned away. */
  #start(load: number): number {
    const { interaction, users } = this.#scenario.loads[load]!;
    if (interaction < 0) {
      this.#startActivity(load);
      return NO_TOKEN;
    }
    const subject = this.#messageCount + interaction;
    const token = this.#pool.live < this.#arrivalLimit ? this.#pool.take() : NO_TOKEN;
    if (token === NO_TOKEN) {
      this.#reachLimit();
      this.#tallies.turnAway(subject);
      this.#refused++;
      const message = `More than ${formatCount(this.#arrivalLimit)} calls were in progress at a time: arrivals were refused.`;
      this.#note('refused', 'warning', this.#program.interactions[interaction]!.interaction.id, message);
      if (this.#refused >= REFUSAL_LIMIT) this.#giveUp('refusals');
      if (users > 0) this.#think(load, this.#clock[0]!);
      return NO_TOKEN;
    }
    this.#tallies.begin(subject);
    this.#openTransaction(token, interaction, load);
    const { slotCount } = this.#program.interactions[interaction]!;
    if (slotCount > 0) this.#fillSlots(token, load, slotCount);
    return token;
  }

  /** `load`: below 0 who waits for it. */
  #openTransaction(token: number, interaction: number, load: number): void {
    const { start } = this.#program.interactions[interaction]!;
    const words = this.#words;
    const at = token << WORD_SHIFT;
    words[at + POSITION] = start;
    words[at + PARENT] = NO_TOKEN;
    words[at + ROOT] = token;
    words[at + WHAT] = TRANSACTION;
    words[at + PLACE] = -1;
    words[at + INSIDE] = NO_TOKEN;
    words[at + FLAGS] = 0;
    words[at + COUNT] = interaction;
    words[at + GOAL] = load;
    words[at + OPEN] = 1;
    this.#times[(token << TIME_SHIFT) + SENT] = this.#clock[0]!;
    if (this.#hasMachines[interaction] === 1) this.#lifelines.open(token);
  }

  #fillSlots(token: number, load: number, slotCount: number): void {
    while (this.#slots.length <= token) this.#slots.push([]);
    const slots = this.#slots[token]!;
    for (let i = 0; i < slotCount; i++) slots[i] = null;
    const { values, interaction } = this.#scenario.loads[load]!;
    try {
      const frame = this.#frameOf(token);
      frame.streams = this.#sources.loads[load]!;
      for (let i = 0; i < values.length; i++) slots[i] = values[i]!(frame);
      this.#program.interactions[interaction]!.initialise?.(this.#frameOf(token));
    } catch (error) {
      this.#report(error, this.#program.interactions[interaction]!.interaction.id);
      this.#fail(token);
    }
  }

  // ── activities ──

  #activitiesOf(tokenLimit: number): Activities {
    const { activities, model, scenario, seed } = this.#scenario;
    return new Activities({
      program: activities,
      resources: model.resources,
      seed,
      scenario,
      tokenLimit,
      calendar: this.#calendar,
      clock: this.#clock,
      concluded: (load) => {
        if (this.#users[load]! > 0) this.#think(load, this.#clock[0]!);
      },
      performed: (ticket, hasFailed) => this.#performed(ticket, hasFailed, null),
      full: () => this.#reachLimit(),
      start: (token, work, values) => this.#startWork(token, work, values),
      post: (posted) => this.#routes.post(posted),
      keyed: this.#scenario.keyed,
      stateDone: (population, instance, timer) =>
        this.#lifelines.populations[population]!.worked(instance, timer, this.#clock[0]!),
      ofStates: this.#scenario.ofStates.map(({ activity, machine, timer }) => ({
        activity: activity.id,
        population: this.#scenario.machines.findIndex(({ id }) => id === machine),
        timer,
      })),
      activityIds: model.activities.map(({ id }) => id),
      signalNames: model.signals.map(({ name }) => name),
    });
  }

  #beginVisit(population: number, instance: number, timer: number): number {
    const { store } = this.#lifelines.populations[population]!.runtime;
    return this.#activities?.visits.begin(population, instance, timer, store.slots[store.place(instance)]!) ?? -1;
  }

  /** Begins an invocation, unless there are too many. */
  #startActivity(load: number): void {
    const { activity, values, users } = this.#scenario.loads[load]!;
    const frame = this.#frame;
    frame.slots = [];
    frame.now = this.#clock[0]!;
    frame.began = this.#clock[0]!;
    frame.streams = this.#sources.loads[load]!;
    frame.budget = TURN_LIMIT;
    const given = values.map((value) => value(frame));
    if (this.#activities?.begin(activity, given, load) !== false) return;
    this.#reachLimit();
    this.#refused++;
    if (this.#refused >= REFUSAL_LIMIT) this.#giveUp('refusals');
    if (users > 0) this.#think(load, this.#clock[0]!);
  }

  /** What an action calls or refers to begins as a transaction of its own; it goes on when the activity has come to rest. */
  #startWork(waiting: number, { element, behaviour }: DelegatedWork, given: readonly Known[]): void {
    if (behaviour !== null && this.#lifelines.begin(behaviour, given, this.#clock[0]!, waiting)) return;
    const token = this.#openWork(workOf(element), waiterOf(waiters.action, waiting), given);
    if (token === NO_TOKEN) this.#activities?.refuse(waiting);
    else this.#activities?.delegated(waiting, token);
  }

  /** The method of an operation: the execution goes on when it is over, or fails with it. */
  #perform(token: number, message: number): void {
    const { method, operation } = this.#program.messages[message]!;
    const { behaviour, values } = method!;
    const frame = this.#frameOf(token);
    const given = values.map((value) => value(frame));
    const ticket = this.#methods.wait(token);
    const activity = this.#scenario.activities.activities.findIndex(({ id }) => id === behaviour);
    const waiter = waiterOf(waiters.method, ticket);
    if (activity >= 0) this.#activities!.perform(activity, given, ticket);
    else if (!this.#lifelines.begin(behaviour, given, this.#clock[0]!, waiter)) {
      const work = this.#openWork(methodWorkOf(operation!), waiter, given);
      if (work === NO_TOKEN) this.#performed(ticket, true, null);
    }
  }

  /** `reply`: null where the method returns none. */
  #performed(ticket: number, hasFailed: boolean, reply: Known): void {
    const token = this.#methods.end(ticket);
    if (token === NO_TOKEN) return;
    if (hasFailed) {
      const next = this.#fail(token);
      if (next !== NO_TOKEN) this.#ready.push(next);
      return;
    }
    if (reply !== null) this.#takeReply(token, reply);
    this.#words[(token << WORD_SHIFT) + POSITION]! += 2;
    this.#ready.push(token);
  }

  /** A transaction for which nobody but whoever asked waits; NO_TOKEN where there is no room for it. */
  #openWork(id: ElementId, waiter: number, given: readonly Known[]): number {
    const found = this.#program.interactions.find(({ interaction }) => interaction.id === id);
    const token = found === undefined ? NO_TOKEN : this.#pool.take();
    if (found === undefined || token === NO_TOKEN) {
      this.#reachLimit();
      return NO_TOKEN;
    }
    this.#tallies.begin(this.#messageCount + found.index);
    this.#openTransaction(token, found.index, waiter);
    if (found.slotCount > 0) {
      while (this.#slots.length <= token) this.#slots.push([]);
      const slots = this.#slots[token]!;
      for (let i = 0; i < found.slotCount; i++) slots[i] = given[i] ?? null;
    }
    this.#ready.push(token);
    return token;
  }

  /** The transaction is over as far as anyone waits for it. */
  #conclude(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const hasFailed = (words[at + FLAGS]! & FAILED) !== 0;
    this.#tallies.end(this.#messageCount + words[at + COUNT]!, (token << TIME_SHIFT) + SENT, hasFailed);
    const load = words[at + GOAL]!;
    const changes = this.#changes;
    changes?.concluded(words[at + COUNT]!, this.#times[(token << TIME_SHIFT) + SENT]!, hasFailed);
    if (load < 0) {
      const { methodReply } = this.#program.interactions[words[at + COUNT]!]!;
      const ticket = numberOf(waiters.method, load);
      if (ticket < 0) this.#activities?.resume(numberOf(waiters.action, load), token, hasFailed);
      else this.#performed(ticket, hasFailed, methodReply < 0 ? null : (this.#slots[token]![methodReply] ?? null));
      return;
    }
    if (this.#users[load]! === 0) return;
    // Who does not think and is refused at once would never let time pass.
    const isStill = changes !== null && hasFailed && this.#times[(token << TIME_SHIFT) + SENT] === this.#clock[0];
    this.#think(load, this.#clock[0]! + (isStill ? LEAST_THOUGHT : 0));
  }

  /** A user of a closed load thinks, then starts the next one, as long as the load is on. */
  #think(load: number, from: number): void {
    if (this.#populations !== null && this.#populations[load]! > this.#allowed[load]!) {
      this.#populations[load]! -= 1;
      return;
    }
    const time = from + this.#sources.gaps[load]!.next();
    if (time < this.#until[load]!) this.#calendar.push(time, eventOf(eventType.thought, load));
  }

  /** The number of a closed load's users changes: who is too many leaves after what is in progress. */
  #changeUsers(load: number, now: number): void {
    const { userSteps } = this.#scenario.loads[load]!;
    const allowed = userSteps.findLast(({ time }) => time <= now)?.users ?? this.#users[load]!;
    this.#allowed[load] = allowed;
    while (this.#populations !== null && this.#populations[load]! < allowed) {
      this.#populations[load]! += 1;
      this.#think(load, now);
    }
  }

  /** The next arrival of an open load after a time, as long as it is on. */
  #expect(load: number, after: number, event: number): void {
    const gap = this.#sources.gaps[load]!.next();
    const rate = this.#rates[load]!;
    const time = rate === null ? after + gap : rate.after(after, gap);
    const isComing = time < this.#until[load]!;
    if (isComing) this.#calendar.push(time, event);
    this.#arrivals?.note(load, after, gap, time, isComing);
  }

  /** Several at a time; what a batch of more than can be started would tell is told by its beginning. */
  #startBatch(load: number, size: number): void {
    for (let i = 0; i < size && !this.#loop.isStuck; i++) {
      if ((i & LOOK_MASK) === LOOK_MASK && this.#control.cancelled?.() === true) {
        this.#wasCancelled = true;
        this.#loop.isStuck = true;
      }
      const token = this.#start(load);
      if (token !== NO_TOKEN) this.#ready.push(token);
    }
  }

  /** One of the activities that keep a transaction alive has ended. */
  #close(transaction: number): void {
    const words = this.#words;
    const at = transaction << WORD_SHIFT;
    const open = words[at + OPEN]! - 1;
    words[at + OPEN] = open;
    if (open > 0) return;
    const interaction = words[at + COUNT]!;
    if (this.#lastsUntilAllEnded[interaction] === 1) this.#conclude(transaction);
    if (this.#hasMachines[interaction] === 1) this.#lifelines.close(transaction, interaction);
    this.#pool.give(transaction);
  }

  // ── tokens ──

  #word(token: number, field: number): number {
    return this.#words[(token << WORD_SHIFT) + field]!;
  }

  #interactionOf(token: number): number {
    return this.#word(this.#word(token, ROOT), COUNT);
  }

  #resumeAfter(delay: number, token: number): void {
    if (this.#mayStop) this.#due[token] = this.#clock[0]! + delay;
    this.#schedule(delay, token << EVENT_SHIFT);
  }

  /** As `resumeAfter`, for times that vary. */
  #resumeAt(time: number, token: number): void {
    if (this.#mayStop) this.#due[token] = time;
    this.#calendar.push(time, token << EVENT_SHIFT);
  }

  #isDue(token: number, time: number): boolean {
    if (this.#due[token] !== time) return false;
    this.#due[token] = -1;
    return true;
  }

  #schedule(delay: number, event: number): void {
    const lanes = this.#lanes;
    // Few of them: looking through all is faster than a map.
    for (let lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] !== delay) continue;
      this.#calendar.pushLane(lane, this.#clock[0]! + delay, event);
      return;
    }
    this.#calendar.push(this.#clock[0]! + delay, event);
  }

  #travelTime(from: number, to: number): number {
    if (from < 0 || to < 0) return 0;
    const { latency, nodeOfReplica, kindOfNode, kinds } = this.#layout;
    const fromNode = nodeOfReplica[from]!;
    const toNode = nodeOfReplica[to]!;
    return fromNode === toNode ? 0 : latency![kindOfNode[fromNode]! * kinds.length + kindOfNode[toNode]!]!;
  }

  /** Microseconds until a request or its reply is there, or NEVER. */
  #carry(token: number, message: number, from: number, to: number, isReply: boolean): number {
    const { size, versions } = this.#program.messages[message]!;
    const { requests, replies, losses } = this.#sources;
    const sampler = isReply ? (replies[message] ?? requests[message]) : requests[message];
    const cost = isReply ? (size?.reply ?? size?.request) : size?.request;
    const bytes =
      versions.length > 0
        ? this.#changes!.costs.size(message, token, isReply ? from : to, isReply)
        : (sampler?.next() ?? this.#cost(cost, token));
    return this.#links!.carry(from, to, bytes, this.#clock[0]!, losses[message]!);
  }

  /** A message is lost by a link: whoever waits for it is told nothing. False where nobody does. */
  #loseOnLink(token: number, message: number, waiting: number): boolean {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    this.#turnedAway.count(message, reasons.lost);
    words[at + PARENT] = NO_TOKEN;
    this.#pool.give(token);
    if (
      (this.#messages[(message << MESSAGE_SHIFT) + TRAITS]! & WATCHED) !== 0 &&
      words[at + POSITION] === this.#messages[(message << MESSAGE_SHIFT) + ENTRY]
    ) {
      this.#balancers.ended(words[at + PLACE]!);
    }
    if (waiting === NO_TOKEN) {
      this.#close(words[at + ROOT]!);
      return false;
    }
    const caller = waiting << WORD_SHIFT;
    words[caller + INSIDE] = NOTHING_COMES;
    if (words[caller + WHAT] !== CALLING) {
      this.#note('lost-for-ever', 'warning', this.#program.messages[message]!.compiled.id, lostForEver);
      return true;
    }
    if (words[caller + OPEN] === token) words[caller + OPEN] = NO_TOKEN;
    if (words[caller + BESIDE] === token) words[caller + BESIDE] = NO_TOKEN;
    const { timeout, hedge } = this.#policies.of(waiting);
    if (timeout === null && hedge === null && this.#deadlines[waiting] === Number.POSITIVE_INFINITY) {
      this.#note('lost-for-ever', 'warning', this.#program.messages[message]!.compiled.id, lostForEver);
    }
    return true;
  }

  /** A token for something within the activity of another. */
  #child(parent: number, what: number, position: number): number {
    const token = this.#pool.take();
    if (token === NO_TOKEN) {
      this.#reachLimit();
      const message = `More than ${formatCount(this.#pool.limit)} calls were in progress at a time: some were refused.`;
      this.#note('token-limit', 'warning', this.#scenario.scenario.id, message);
      return token;
    }
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const from = parent << WORD_SHIFT;
    words[at + POSITION] = position;
    words[at + PARENT] = parent;
    words[at + ROOT] = words[from + ROOT]!;
    words[at + WHAT] = what;
    words[at + PLACE] = words[from + PLACE]!;
    words[at + FLAGS] = 0;
    words[at + INSIDE] = NO_TOKEN;
    words[from + INSIDE] = token;
    return token;
  }

  /** Starts the execution of a message; returns the token that goes on now. */
  #call(caller: number, message: number): number {
    const records = this.#messages;
    const record = message << MESSAGE_SHIFT;
    const traits = records[record + TRAITS]!;
    const isWaitedFor = (traits & (SYNCHRONOUS | POLICED)) !== 0;
    if ((traits & BINDS) !== 0) this.#program.messages[message]!.bind!(this.#frameOf(caller));
    const token = this.#child(caller, message, records[record + ENTRY]!);
    if (token === NO_TOKEN) {
      if ((traits & POLICED) !== 0) {
        return this.#isBesideAnother(caller, NO_TOKEN, true) ? NO_TOKEN : this.#endAttempt(caller, message, true);
      }
      return isWaitedFor ? this.#failCall(caller, traits) : caller;
    }
    if (this.#recordsWaits) this.#laws.begin(token);
    const words = this.#words;
    const at = token << WORD_SHIFT;
    let isSecond = false;
    if (this.#hasPolicies) {
      const isPoliced = (traits & POLICED) !== 0;
      if (isPoliced) {
        isSecond = (words[(caller << WORD_SHIFT) + FLAGS]! & HEDGED) !== 0;
        words[(caller << WORD_SHIFT) + (isSecond ? BESIDE : OPEN)] = token;
      }
      this.#deadlines[token] = isPoliced ? this.#deadlines[caller]! : Number.POSITIVE_INFINITY;
    }
    const from = words[at + PLACE]!;
    const choices = records[record + REPLICA_COUNT]!;
    let to = NO_REPLICA;
    const isLimited = (traits & LIMITED) !== 0 && !this.#limits.admits(message, this.#clock[0]!);
    if (choices > 0 && !isLimited) {
      const component = records[record + COMPONENT]!;
      if ((traits & TO_ITSELF) !== 0 && from >= 0) to = from;
      else if ((traits & SPLIT) !== 0 && this.#changes!.goesToCanary(component)) to = this.#changes!.canary(component);
      else if ((traits & (KEYED | ASSIGNED)) === 0) to = this.#balancers.choose(component);
      else if ((traits & ASSIGNED) !== 0) {
        this.#deliveries.tried(caller);
        to = this.#balancers.assigned(component, this.#deliveries.partitionOf(caller));
      } else
        to = this.#balancers.chooseFor(component, this.#program.messages[message]!.balanceKey!(this.#frameOf(caller)));
      if ((traits & WATCHED) !== 0 && to >= 0) this.#balancers.began(to);
    }
    words[at + PLACE] = to;
    // What the first of two sendings has returned stands.
    if ((traits & REPLIES) !== 0 && !isSecond) {
      this.#slots[words[at + ROOT]!]![this.#program.messages[message]!.replySlot] = undefined;
    }
    if (!isWaitedFor) {
      words[at + PARENT] = NO_TOKEN;
      words[(words[at + ROOT]! << WORD_SHIFT) + OPEN]!++;
    }
    const now = this.#clock[0]!;
    const times = token << TIME_SHIFT;
    this.#times[times + SENT] = now;
    if ((traits & CUT) !== 0 && this.#changes!.partitions.separates(from, to)) {
      this.#loseInPartition(token, message, from, to);
      return isWaitedFor ? NO_TOKEN : caller;
    }
    if ((traits & TRAVELS) !== 0) {
      if ((traits & POLICED) === 0) this.#roundTrips.begin(message);
      const time = this.#links === null ? this.#travelTime(from, to) : this.#carry(token, message, from, to, false);
      if (time === NEVER) return this.#loseOnLink(token, message, isWaitedFor ? caller : NO_TOKEN) ? NO_TOKEN : caller;
      if (time > 0) {
        this.#times[times + ARRIVED] = now + time;
        this.#tallies.beginAt(message, now + time);
        this.#resumeAfter(time, token);
        return isWaitedFor ? NO_TOKEN : caller;
      }
    }
    this.#times[times + ARRIVED] = now;
    this.#tallies.begin(message);
    if (isLimited) this.#turnAway(token, message, reasons.limit);
    else if (to < 0 && (choices > 0 || (traits & UNREACHABLE) !== 0)) {
      this.#turnAway(token, message, reasons.noReplica);
    }
    if (isWaitedFor) return token;
    this.#ready.push(token);
    return caller;
  }

  /** What has just been sent is refused before anybody works on it. */
  #turnAway(token: number, message: number, reason: number): void {
    this.#turnedAway.count(message, reason);
    if (reason === reasons.noReplica) this.#pool.notServed(token);
    this.#fail(token);
  }

  /**
   * A message is lost while its nodes are cut off from each other: who waits for its reply does not know, until the partition ends and
   * the connection turns out to be broken. So its token is kept, unlike that of a message lost on a link, of which nothing comes ever.
   */
  #loseInPartition(token: number, message: number, from: number, to: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const record = message << MESSAGE_SHIFT;
    if ((this.#messages[record + TRAITS]! & (TRAVELS | POLICED)) === TRAVELS) this.#roundTrips.begin(message);
    this.#times[(token << TIME_SHIFT) + ARRIVED] = this.#clock[0]!;
    this.#tallies.begin(message);
    words[at + FLAGS]! |= FAILED;
    words[at + POSITION] = this.#messages[record + END]!;
    if (words[at + PARENT] === NO_TOKEN) this.#ready.push(token);
    else this.#holdLost(token, from, to);
  }

  #holdLost(token: number, from: number, to: number): void {
    this.#words[(token << WORD_SHIFT) + FLAGS]! |= LOST;
    this.#changes!.partitions.lose(token, from, to);
  }

  /** Nobody waits any more for what was lost. */
  #forgetLost(token: number): void {
    this.#words[(token << WORD_SHIFT) + FLAGS]! &= ~LOST;
    this.#changes!.partitions.take(token);
    this.#ready.push(token);
  }

  /** The end of an execution while something is cut off, or a rollout is judged; false where its reply is lost. */
  #replyLeaves(token: number, message: number, traits: number): boolean {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    if ((traits & JUDGED) !== 0) this.#changes!.ended(message, token);
    const waiting = words[at + PARENT]!;
    if ((traits & (CUT | SYNCHRONOUS)) !== (CUT | SYNCHRONOUS) || waiting === NO_TOKEN) return true;
    const [from, to] = [words[at + PLACE]!, this.#word(waiting, PLACE)];
    if (!this.#changes!.partitions.separates(from, to)) return true;
    words[at + FLAGS]! |= FAILED;
    words[at + POSITION]! += 2;
    this.#holdLost(token, from, to);
    return false;
  }

  #withdrawCall(token: number): void {
    const at = token << WORD_SHIFT;
    this.#words[at + OPEN] = NO_TOKEN;
    this.#words[at + BESIDE] = NO_TOKEN;
    if (this.#places.isNeeded) this.#places.withdraw(token, this.#words[at + GOAL]!);
  }

  /** A call with its attempts is over for whoever made it. */
  #dropCall(token: number): void {
    const at = token << WORD_SHIFT;
    const message = this.#words[at + GOAL]!;
    this.#noteOutcome(token, message, true);
    this.#roundTrips.end(message, (token << TIME_SHIFT) + SENT, true);
    this.#pool.give(token);
    if (this.#words[at + PARENT] === NO_TOKEN) this.#close(this.#words[at + ROOT]!);
  }

  /** Threads have become free, or more: whoever waits for them goes on. */
  #admit(pool: number): void {
    for (let next = this.#threads.admit(pool); next !== NO_TOKEN; next = this.#threads.admit(pool)) {
      this.#takeTurn(next, pool);
    }
  }

  /** Who has waited for a thread has one: it goes on, or is dropped. */
  #takeTurn(token: number, pool: number): void {
    const waited = this.#clock[0]! - this.#times[(token << TIME_SHIFT) + QUEUED]!;
    this.#waited[this.#word(token, WHAT)]! += waited;
    if (this.#recordsWaits) this.#laws.wait(token, waited);
    this.#ready.push(this.#isLate(token, pool) ? this.#fail(token) : token);
  }

  /** The reply has arrived: the call ends; returns the token that goes on now. */
  #reply(token: number, message: number): number {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const traits = this.#messages[(message << MESSAGE_SHIFT) + TRAITS]!;
    const hasFailed = (words[at + FLAGS]! & FAILED) !== 0;
    if ((traits & (TRAVELS | POLICED)) === TRAVELS) {
      this.#roundTrips.end(message, (token << TIME_SHIFT) + SENT, hasFailed);
    }
    let caller = words[at + PARENT]!;
    this.#pool.give(token);
    if (caller === NO_TOKEN) {
      this.#close(words[at + ROOT]!);
      return NO_TOKEN;
    }
    if ((traits & POLICED) !== 0) {
      if (this.#isBesideAnother(caller, token, hasFailed)) return NO_TOKEN;
      caller = this.#endAttempt(caller, message, hasFailed);
      if (hasFailed || caller === NO_TOKEN) return caller;
    } else if (hasFailed) return this.#failCall(caller, traits);
    if ((traits & REPLIES) !== 0) {
      const { resultSlot, replySlot, reply: written, versions } = this.#program.messages[message]!;
      const reply = versions.length === 0 ? written : this.#changes!.costs.replyOf(message, words[at + PLACE]!);
      const slots = this.#slots[words[at + ROOT]!]!;
      const returned = slots[replySlot];
      slots[resultSlot] = returned !== undefined ? returned : reply === null ? null : reply(this.#frameOf(caller));
    }
    return caller;
  }

  /** A call has failed for good: the caller falls back, or fails itself. */
  #failCall(caller: number, traits: number): number {
    if ((traits & FALLS_BACK) === 0) return this.#fail(caller);
    this.#words[(caller << WORD_SHIFT) + POSITION]! += 2;
    return caller;
  }

  /** The activity of the token fails: unwinds loops, waits for sister branches, ends the call or the transaction. */
  #fail(failing: number): number {
    const words = this.#words;
    let token = failing;
    for (;;) {
      const at = token << WORD_SHIFT;
      const what = words[at + WHAT]!;
      if (what >= 0) {
        if (this.#hasMethods) this.#methods.forget(token);
        words[at + FLAGS]! |= FAILED;
        words[at + POSITION] = this.#messages[(what << MESSAGE_SHIFT) + END]!;
        return token;
      }
      if (what === TRANSACTION) {
        words[at + FLAGS]! |= FAILED;
        words[at + POSITION] = this.#program.interactions[words[at + COUNT]!]!.finish;
        return token;
      }
      if (what === CALLING) {
        this.#noteOutcome(token, words[at + GOAL]!, true);
        return this.#endCall(token, words[at + GOAL]!, true);
      }
      if (what === DELIVERY) {
        words[at + FLAGS]! |= FAILED;
        words[at + POSITION] = this.#program.messages[words[at + GOAL]!]!.delivery!.end;
        return token;
      }
      const outer = words[at + PARENT]!;
      if (what === CRITICAL) this.#leaveCritical(token);
      this.#pool.give(token);
      if (what === BRANCH) {
        const outerAt = outer << WORD_SHIFT;
        words[outerAt + FLAGS]! |= BRANCH_FAILED;
        words[outerAt + BRANCHES]!--;
        if (words[outerAt + BRANCHES]! > 0) return NO_TOKEN;
        words[outerAt + FLAGS]! &= ~BRANCH_FAILED;
      }
      token = outer;
    }
  }

  #fork(token: number, position: number): number {
    const code = this.#code;
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const size = code[position + 2]!;
    words[at + POSITION] = code[position + 1]!;
    if (size === 0) return token;
    words[at + BRANCHES] = size;
    for (let i = 0; i < size; i++) {
      const begin = code[position + 3 + i]!;
      const branch = this.#child(token, BRANCH, begin);
      if (branch !== NO_TOKEN) {
        this.#ready.push(branch);
        continue;
      }
      words[at + FLAGS]! |= BRANCH_FAILED;
      words[at + BRANCHES]!--;
      if (words[at + BRANCHES]! > 0) continue;
      words[at + FLAGS]! &= ~BRANCH_FAILED;
      return this.#fail(token);
    }
    return NO_TOKEN;
  }

  #failBranches(token: number): number {
    this.#words[(token << WORD_SHIFT) + FLAGS]! &= ~BRANCH_FAILED;
    return this.#fail(token);
  }

  #choose(token: number, index: number): number {
    const choice = this.#program.choices[index]!;
    const frame = this.#hasGuards[index] === 1 ? this.#frameOf(token) : this.#frame;
    // Every time, whatever the guards say: the numbers of other transactions stay as they are.
    const draw = choice.isWeighted ? this.#sources.choices[index]!.uniform() : 0;
    return exitOfChoice(choice, frame, draw);
  }

  #enterLoop(token: number, position: number): number {
    const code = this.#code;
    const index = code[position + 1]!;
    const { minimum, maximum, guard } = this.#program.loops[index]!;
    this.#words[(token << WORD_SHIFT) + POSITION] = code[position + 2]!;
    const loop = this.#child(token, LOOP, position + 3);
    if (loop === NO_TOKEN) return this.#fail(token);
    const at = loop << WORD_SHIFT;
    const isDrawn = guard === null && maximum > minimum && maximum < Number.POSITIVE_INFINITY;
    const extra = isDrawn ? this.#sources.loops[index]!.below(maximum - minimum + 1) : 0;
    this.#words[at + COUNT] = 0;
    this.#words[at + GOAL] = minimum + extra;
    return loop;
  }

  /** Whether the loop takes another turn. */
  #turnsAgain(token: number, index: number): boolean {
    const at = token << WORD_SHIFT;
    const { maximum, guard, element } = this.#program.loops[index]!;
    const done = this.#words[at + COUNT]!;
    this.#words[at + COUNT] = done + 1;
    if (++this.#loop.turns > TURN_LIMIT) {
      const message = 'This loop turns for ever without time passing: the run was stopped.';
      this.#note('endless-loop', 'error', element, message);
      this.#loop.isStuck = true;
      return false;
    }
    if (done < this.#words[at + GOAL]!) return true;
    if (guard === null) return maximum === Number.POSITIVE_INFINITY;
    return done < maximum && guard(this.#frameOf(token));
  }

  #enterCritical(token: number, position: number): number {
    const code = this.#code;
    const region = code[position + 1]!;
    const transaction = this.#word(token, ROOT);
    if (!this.#regions.enter(transaction, region)) {
      this.#regions.wait(transaction, token);
      return NO_TOKEN;
    }
    this.#words[(token << WORD_SHIFT) + POSITION] = code[position + 2]!;
    const inside = this.#child(token, CRITICAL, position + 3);
    if (inside === NO_TOKEN) {
      for (const waiting of this.#regions.leave(transaction, region)) this.#ready.push(waiting);
      return this.#fail(token);
    }
    this.#words[(inside << WORD_SHIFT) + GOAL] = region;
    return inside;
  }

  #leaveCritical(token: number): void {
    const released = this.#regions.leave(this.#word(token, ROOT), this.#word(token, GOAL));
    for (const waiting of released) this.#ready.push(waiting);
  }

  /** Of a critical region too. */
  #leaveLoop(token: number): number {
    if (this.#word(token, WHAT) === CRITICAL) this.#leaveCritical(token);
    this.#pool.give(token);
    return this.#word(token, PARENT);
  }

  /** Lets a token, and whoever it sets free, go on until time has to pass or a plain call or plain work is next: returns whose it is. */
  #advance(first: number): number {
    const code = this.#code;
    const words = this.#words;
    let token = first;
    let isFirst = true;
    for (; token !== NO_TOKEN; isFirst = false) {
      const at = token << WORD_SHIFT;
      const position = words[at + POSITION]!;
      const operand = code[position + 1]!;
      switch (code[position]!) {
        case 0 satisfies typeof op.call:
          if (this.#isPlain[operand]! >= PLAIN_CALL || (!isFirst && this.#direct.isDirect(operand))) return token;
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          words[at + POSITION] = position + 2;
          token = this.#call(token, operand);
          break;
        case 3 satisfies typeof op.work: {
          if (this.#isPlain[operand] !== 0) return token;
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          const sampler = this.#takes[operand]!;
          const time = sampler !== null ? sampler.next() : this.#timeOnCore(token, operand);
          if (time < 0) {
            words[at + POSITION] = position + 4;
            break;
          }
          const replica = words[at + PLACE]!;
          const service = replica < 0 ? UNLIMITED : this.#service[replica]!;
          if (service === UNLIMITED) words[at + POSITION] = position + 4;
          else {
            words[at + POSITION] = position + 2;
            if (this.#waitsAtEntry[operand] === 0) this.#served[operand]! += 1;
            if (this.#recordsWaits) this.#laws.wait(token, 0);
            if (service === STATION) {
              this.#arrive(token, replica, time, operand);
              return NO_TOKEN;
            }
            if (!this.#cores.acquire(token, replica)) {
              this.#times[(token << TIME_SHIFT) + DEMAND] = time;
              return NO_TOKEN;
            }
          }
          this.#resumeAt(this.#clock[0]! + time, token);
          return NO_TOKEN;
        }
        case 4 satisfies typeof op.release: {
          words[at + POSITION] = position + 2;
          const replica = words[at + PLACE]!;
          if (this.#service[replica] === STATION) this.#stations.leave(token, replica);
          else {
            const next = this.#cores.release(replica);
            if (next !== NO_TOKEN) {
              const times = next << TIME_SHIFT;
              this.#noteWait(next, this.#clock[0]! - this.#times[times + QUEUED]!);
              const demand = this.#mayCancel && this.#isCancelled(next) ? 0 : this.#times[times + DEMAND]!;
              this.#resumeAt(this.#clock[0]! + demand, next);
            }
          }
          if (this.#mayCancel && this.#isCancelled(token)) token = this.#fail(token);
          break;
        }
        case 7 satisfies typeof op.end: {
          this.#tallies.end(operand, (token << TIME_SHIFT) + ARRIVED, (words[at + FLAGS]! & FAILED) !== 0);
          if (this.#recordsWaits) this.#laws.end(token, operand);
          const traits = this.#messages[(operand << MESSAGE_SHIFT) + TRAITS]!;
          if ((traits & WATCHED) !== 0 && words[at + PLACE]! >= 0) this.#balancers.ended(words[at + PLACE]!);
          const waiting = words[at + PARENT]!;
          if ((traits & (CUT | JUDGED)) !== 0 && !this.#replyLeaves(token, operand, traits)) return NO_TOKEN;
          if ((traits & (TRAVELS | SYNCHRONOUS)) === (TRAVELS | SYNCHRONOUS) && waiting !== NO_TOKEN) {
            const time =
              this.#links === null
                ? this.#travelTime(words[at + PLACE]!, this.#word(waiting, PLACE))
                : this.#carry(token, operand, words[at + PLACE]!, this.#word(waiting, PLACE), true);
            if (time === NEVER) {
              this.#loseOnLink(token, operand, waiting);
              return NO_TOKEN;
            }
            if (time > 0) {
              words[at + POSITION] = position + 2;
              this.#resumeAfter(time, token);
              return NO_TOKEN;
            }
          }
          token = this.#reply(token, operand);
          break;
        }
        case 8 satisfies typeof op.done:
          token = this.#reply(token, operand);
          break;
        case 9 satisfies typeof op.finish:
          if (this.#lastsUntilAllEnded[words[at + COUNT]!] === 0) this.#conclude(token);
          this.#close(token);
          return NO_TOKEN;
        case 17 satisfies typeof op.fork:
          token = this.#fork(token, position);
          break;
        case 18 satisfies typeof op.join:
          return token;
        case 10 satisfies typeof op.choose:
          words[at + POSITION] = this.#choose(token, operand);
          break;
        case 11 satisfies typeof op.jump:
          words[at + POSITION] = operand;
          break;
        case 12 satisfies typeof op.unless: {
          const holds = this.#program.conditions[operand]!.holds(this.#frameOf(token));
          words[at + POSITION] = holds ? position + 3 : code[position + 2]!;
          break;
        }
        case 13 satisfies typeof op.enterLoop:
          token = this.#enterLoop(token, position);
          break;
        case 14 satisfies typeof op.testLoop:
          if (this.#turnsAgain(token, operand)) words[at + POSITION] = position + 2;
          else token = this.#leaveLoop(token);
          break;
        case 15 satisfies typeof op.leaveLoop:
          token = this.#leaveLoop(token);
          break;
        case 16 satisfies typeof op.dropLoop:
          token = this.#leaveLoop(token);
          words[(token << WORD_SHIFT) + POSITION] = operand;
          break;
        case 5 satisfies typeof op.delay: {
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          words[at + POSITION] = position + 2;
          const sampler = this.#sources.delays[operand]!;
          const time = sampler !== null ? sampler.next() : this.#timeWithoutCore(token, operand);
          if (time < 0) break;
          this.#resumeAfter(time, token);
          return NO_TOKEN;
        }
        case 6 satisfies typeof op.fail:
          words[at + POSITION] = position + 2;
          if (this.#isUnlucky(operand, token, false)) token = this.#fail(token);
          break;
        case 2 satisfies typeof op.failFast: {
          words[at + POSITION] = position + 2;
          if (!this.#isUnlucky(operand, token, true)) break;
          const sampler = this.#sources.failsAfter[operand]!;
          const time = sampler !== null ? sampler.next() : this.#timeToFail(token, operand);
          this.#fail(token);
          this.#resumeAfter(time, token);
          return NO_TOKEN;
        }
        case 1 satisfies typeof op.signal:
          words[at + POSITION] = position + 2;
          this.#signal(token, operand);
          break;
        case 19 satisfies typeof op.act:
          words[at + POSITION] = position + 2;
          this.#program.behaviours[operand]!(this.#frameOf(token));
          break;
        case 20 satisfies typeof op.check: {
          words[at + POSITION] = position + 2;
          const { element, holds, place } = this.#program.conditions[operand]!;
          if (!holds(this.#frameOf(token))) this.#note('invariant-violated', 'warning', element, violated(place));
          break;
        }
        case 21 satisfies typeof op.note:
          words[at + POSITION] = position + 2;
          this.#tallies.instant(operand);
          break;
        case 22 satisfies typeof op.create:
          words[at + POSITION] = position + 2;
          this.#lifelines.create(words[at + ROOT]!, this.#interactionOf(token), operand, this.#frameOf(token));
          break;
        case 23 satisfies typeof op.destroy:
          words[at + POSITION] = position + 2;
          this.#lifelines.destroy(words[at + ROOT]!, this.#interactionOf(token), operand, this.#frameOf(token));
          break;
        case 24 satisfies typeof op.workHere:
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          this.#workHere(token, operand);
          return NO_TOKEN;
        case 25 satisfies typeof op.delayHere:
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          words[at + POSITION] = position + 2;
          this.#resumeAfter(this.#siteTime(token, operand, false), token);
          return NO_TOKEN;
        case 26 satisfies typeof op.gate:
          if (this.#regions.isEntered(words[at + ROOT]!, operand)) {
            this.#regions.wait(words[at + ROOT]!, token);
            return NO_TOKEN;
          }
          words[at + POSITION] = position + 2;
          break;
        case 27 satisfies typeof op.enterCritical:
          token = this.#enterCritical(token, position);
          break;
        case 28 satisfies typeof op.callMachine:
          words[at + POSITION] = position + 2;
          if (!this.#callMachine(token, operand)) return NO_TOKEN;
          break;
        case 29 satisfies typeof op.enter:
          if (!this.#enter(token, operand)) return NO_TOKEN;
          break;
        case 30 satisfies typeof op.leave:
          words[at + POSITION] = position + 2;
          this.#leave(token, operand);
          break;
        case 31 satisfies typeof op.try:
          if (!isFirst && this.#direct.isDirect(operand)) return token;
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          words[at + POSITION] = position + 2;
          token = this.#try(token, operand);
          break;
        case 32 satisfies typeof op.attempt:
          token = this.#attempt(token, operand);
          break;
        case 33 satisfies typeof op.lookUp:
          words[at + POSITION] = this.#lookUp(token, operand, code[position + 2]!);
          break;
        case 37 satisfies typeof op.perform:
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          this.#perform(token, operand);
          return NO_TOKEN;
        case 34 satisfies typeof op.fill:
          words[at + POSITION] = position + 2;
          this.#caches.fill(token, operand, this.#threadsFor(token, operand), this.#frameOf(token));
          break;
        case 35 satisfies typeof op.publish:
          if (this.#mayCancel && this.#isCancelled(token)) {
            token = this.#fail(token);
            break;
          }
          words[at + POSITION] = position + 2;
          this.#publish(token, operand);
          break;
        case 36 satisfies typeof op.delivered:
          token = this.#delivered(token);
          break;
        default:
          throw new Error(`no instruction at ${position}`);
      }
    }
    return NO_TOKEN;
  }

  /** The replica whose threads a message needs. */
  #threadsFor(token: number, message: number): number {
    const replica = this.#word(token, PLACE);
    if (replica >= 0) return replica;
    return this.#service.length + this.#messages[(message << MESSAGE_SHIFT) + COMPONENT]!;
  }

  /** False where the token has to wait for a thread; one that is refused fails. */
  #enter(token: number, message: number): boolean {
    const replica = this.#threadsFor(token, message);
    const order = this.#threads.priorityOf(replica);
    const rank = order === null ? 0 : this.#rankInLine(token, message, order);
    const outcome = this.#threads.enter(token, replica, rank);
    if (outcome === entry.refused) {
      this.#fail(token);
      return true;
    }
    this.#served[message]! += 1;
    if (this.#recordsWaits) this.#laws.wait(token, 0);
    if (outcome === entry.granted && this.#isLate(token, replica)) this.#fail(token);
    else this.#words[(token << WORD_SHIFT) + POSITION]! += 2;
    return outcome === entry.granted;
  }

  #leave(token: number, message: number): void {
    const replica = this.#threadsFor(token, message);
    const next = this.#threads.leave(token, replica);
    if (next === NO_TOKEN) return;
    this.#takeTurn(next, replica);
  }

  /** Where a call goes on: with what a cache answers, or with its work. */
  #lookUp(token: number, message: number, work: number): number {
    const replica = this.#threadsFor(token, message);
    const found = this.#caches.lookUp(token, message, replica, this.#frameOf(token), this.#sources.caches[message]!);
    return found < 0 ? work : found;
  }

  #siteTime(token: number, site: number, isOnCore: boolean): number {
    const sampler = this.#sources.sites[site]!;
    if (sampler !== null) return sampler.next();
    if (this.#changes !== null) return this.#changes.costs.atSite(site, token, this.#word(token, PLACE), isOnCore);
    return this.#cost(this.#program.sites[site]!.cost, token);
  }

  /** Where no sampler of the message's own says so; negative: there is none. */
  #timeOnCore(token: number, message: number): number {
    if (this.#changes !== null) return this.#changes.costs.takes(message, token, this.#word(token, PLACE));
    return this.#cost(this.#program.messages[message]!.takes, token);
  }

  #timeWithoutCore(token: number, message: number): number {
    if (this.#changes !== null) return this.#changes.costs.delays(message, token, this.#word(token, PLACE));
    return this.#cost(this.#program.messages[message]!.delays, token);
  }

  #timeToFail(token: number, message: number): number {
    if (this.#changes !== null) return this.#changes.costs.failsAfter(message, token, this.#word(token, PLACE));
    return this.#cost(this.#program.messages[message]!.fails?.after, token);
  }

  /** Work at its place: time passes, or the token waits in line for a core. */
  #workHere(token: number, site: number): void {
    const at = token << WORD_SHIFT;
    const words = this.#words;
    const time = this.#siteTime(token, site, true);
    const replica = words[at + PLACE]!;
    const service = replica < 0 ? UNLIMITED : this.#service[replica]!;
    words[at + POSITION]! += service === UNLIMITED ? 4 : 2;
    if (service !== UNLIMITED) {
      const { message } = this.#program.sites[site]!;
      if (message >= 0 && this.#waitsAtEntry[message] === 0) this.#served[message]! += 1;
      if (this.#recordsWaits) this.#recordWait(token, 0);
      if (service === STATION) {
        this.#arrive(token, replica, time, message);
        return;
      }
      if (!this.#cores.acquire(token, replica)) {
        this.#times[(token << TIME_SHIFT) + DEMAND] = time;
        return;
      }
    }
    this.#resumeAt(this.#clock[0]! + time, token);
  }

  /** Work of a message, or of none, at a node where it can change while it is under way. */
  #arrive(token: number, replica: number, time: number, message: number): void {
    const priority =
      message >= 0 && this.#stations.goesByPriority(replica) ? this.#program.messages[message]!.priority : 0;
    this.#stations.arrive(token, replica, time, this.#rank(priority, token));
  }

  #rankInLine(token: number, message: number, order: Expression): number {
    return this.#rank(this.#program.messages[message]!.queuePriorities.get(order), token);
  }

  #rank(priority: Priority | null | undefined, token: number): number {
    if (typeof priority === 'number') return priority;
    return priority === null || priority === undefined ? 0 : priority(this.#frameOf(token));
  }

  /** A token has waited for a core. */
  #noteWait(token: number, time: number): void {
    const message = this.#messageAround(token);
    if (message >= 0) this.#waited[message]! += time;
    if (!this.#recordsWaits) return;
    this.#laws.waitAtNode(this.#layout.nodeOfReplica[this.#word(token, PLACE)]!, time);
    if (message >= 0) this.#recordWait(token, time);
  }

  /** Of the execution in which a token works. */
  #recordWait(token: number, time: number): void {
    let at = token;
    while (this.#word(at, WHAT) < 0) {
      if (this.#word(at, WHAT) === TRANSACTION) return;
      at = this.#word(at, PARENT);
    }
    this.#laws.wait(at, time);
  }

  /** The message in whose execution a token works; negative at the top of an interaction. */
  #messageAround(token: number): number {
    let at = token;
    for (;;) {
      const what = this.#word(at, WHAT);
      if (what >= 0 || what === TRANSACTION) return what;
      at = this.#word(at, PARENT);
    }
  }

  #isUnlucky(message: number, token: number, isFast: boolean): boolean {
    const draw = this.#sources.fails[message]!.uniform();
    const changes = this.#changes;
    if (changes !== null) return draw < changes.costs.fails(message, this.#word(token, PLACE), isFast);
    return draw < this.#program.messages[message]!.fails!.probability;
  }

  // ── expressions and machines ──

  /** The frame in which the token's expressions are evaluated. */
  #frameOf(token: number): Frame {
    const transaction = this.#word(token, ROOT);
    const frame = this.#frame;
    this.#current = token;
    frame.slots = this.#slots[transaction] ?? [];
    frame.now = this.#clock[0]!;
    frame.began = this.#times[(transaction << TIME_SHIFT) + SENT]!;
    frame.streams = this.#sources.expressions;
    frame.budget = TURN_LIMIT;
    return frame;
  }

  #cost(cost: Cost | null | undefined, token: number): number {
    return cost?.kind === 'expression' ? cost.evaluate(this.#frameOf(token)) : 0;
  }

  /** What a message to a machine carries: reused after the call. */
  #carried(values: readonly ((frame: Frame) => Known)[], frame: Frame): readonly Known[] {
    const carried = this.#values;
    carried.length = values.length;
    for (let i = 0; i < values.length; i++) carried[i] = values[i]!(frame);
    return carried;
  }

  /** False where the machine keeps the call for later: the token then waits for `answer`. */
  #callMachine(token: number, index: number): boolean {
    const { machine, called, values } = this.#program.messages[index]!;
    const frame = this.#frameOf(token);
    const carried = [...this.#carried(values, frame)];
    const [transaction, interaction] = [this.#word(token, ROOT), this.#interactionOf(token)];
    const reply = this.#lifelines.call(transaction, interaction, machine, called!, carried, frame, token);
    if (reply === undefined) return false;
    this.#takeReply(token, reply);
    return true;
  }

  #takeReply(token: number, reply: Known): void {
    const { replySlot } = this.#program.messages[this.#word(token, WHAT)]!;
    if (replySlot >= 0) this.#slots[this.#word(token, ROOT)]![replySlot] = reply;
  }

  /** A call that a machine had kept has been answered. */
  #answer(token: number, reply: Known): void {
    this.#takeReply(token, reply);
    this.#ready.push(token);
  }

  #signal(token: number, index: number): void {
    const { machine, signal, values } = this.#program.messages[index]!;
    const frame = this.#frameOf(token);
    const carried = this.#carried(values, frame);
    const [transaction, interaction] = [this.#word(token, ROOT), this.#interactionOf(token)];
    const from = this.#answersSenders ? this.#senderOfMessage(token, index) : NOBODY;
    this.#lifelines.deliver(transaction, interaction, machine, signal, carried, frame, 0, from);
    this.#tallies.instant(index);
  }

  /** The instance that its lifeline stands for, or the replica that sends it. */
  #senderOfMessage(token: number, index: number): number {
    const { from } = this.#program.messages[index]!.compiled;
    if (from < 0) return NOBODY;
    const { index: interaction, machines } = this.#program.interactions[this.#interactionOf(token)]!;
    const machine = machines.findIndex(({ lifeline }) => lifeline === from);
    if (machine >= 0) return this.#lifelines.addressOf(this.#word(token, ROOT), interaction, machine);
    return this.#senderOf(token);
  }

  // ── what is published ──

  /** A consumer is to get what a token has just published. */
  #publish(publisher: number, message: number): void {
    const { key, start } = this.#program.messages[message]!.delivery!;
    const token = this.#child(publisher, DELIVERY, start);
    if (token === NO_TOKEN) return;
    const words = this.#words;
    const at = token << WORD_SHIFT;
    words[at + PARENT] = NO_TOKEN;
    words[at + PLACE] = -1;
    words[(words[at + ROOT]! << WORD_SHIFT) + OPEN]!++;
    const value = key === null ? undefined : key(this.#frameOf(publisher));
    if (!this.#deliveries.isTaken(message)) {
      this.#deliveries.refuse(token, message);
      this.#forgetDelivery(token);
    } else if (this.#deliveries.enter(token, message, value)) this.#ready.push(token);
  }

  /** Returns the token that goes on now: what the consumer takes next. */
  #delivered(token: number): number {
    if (this.#deliveries.isUnserved(token)) return this.#deliveries.again(token) ? token : NO_TOKEN;
    const next = this.#deliveries.leave(token);
    this.#forgetDelivery(token);
    return next;
  }

  #forgetDelivery(token: number): void {
    const root = this.#word(token, ROOT);
    this.#pool.give(token);
    this.#close(root);
  }

  // ── what callers do about trouble ──

  /** Starts a call that has a policy; returns the token that goes on now. */
  #try(caller: number, message: number): number {
    const words = this.#words;
    const traits = this.#messages[(message << MESSAGE_SHIFT) + TRAITS]!;
    const isWaitedFor = (traits & SYNCHRONOUS) !== 0;
    const { attempt, policyVersions } = this.#program.messages[message]!;
    const token = this.#child(caller, CALLING, attempt);
    if (token === NO_TOKEN) return isWaitedFor ? this.#failCall(caller, traits) : caller;
    const at = token << WORD_SHIFT;
    words[at + COUNT] = 0;
    words[at + GOAL] = message;
    words[at + OPEN] = NO_TOKEN;
    words[at + BESIDE] = NO_TOKEN;
    words[at + INSIDE] = NO_TOKEN;
    this.#times[(token << TIME_SHIFT) + SENT] = this.#clock[0]!;
    this.#roundTrips.begin(message);
    words[at + VERSION] = policyVersions.length === 0 ? 0 : this.#changes!.versionOf(words[at + PLACE]!);
    const share = this.#policies.of(token).budget;
    if (share !== null) this.#budgets.earn(this.#pairs.of(words[at + PLACE]!, message), share);
    if (isWaitedFor) return token;
    words[at + PARENT] = NO_TOKEN;
    words[(words[at + ROOT]! << WORD_SHIFT) + OPEN]!++;
    this.#ready.push(token);
    return caller;
  }

  #attempt(token: number, message: number): number {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const hasBegun = (words[at + FLAGS]! & BEGUN) !== 0;
    if (this.#mayCancel && this.#isCancelled(token)) {
      if (hasBegun) this.#noteOutcome(token, message, true);
      return this.#endCall(token, message, true);
    }
    if (!hasBegun) {
      const begun = this.#beginAttempt(token, message);
      if (begun !== token) return begun;
    }
    if (this.#places.isNeeded && !this.#places.enter(token, message)) return NO_TOKEN;
    return this.#call(token, message);
  }

  /** Returns the token itself where the attempt goes on, else the one that goes on now. */
  #beginAttempt(token: number, message: number): number {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const now = this.#clock[0]!;
    const { breaker, timeout, hedge, deadlinePropagates } = this.#policies.of(token);
    const draws = this.#policies.drawsOf(token);
    words[at + COUNT]!++;
    if (this.#places.isNeeded && this.#places.isFull(token, message)) {
      this.#turnedAway.count(message, reasons.bulkhead);
      return this.#tryAgain(token, message);
    }
    if (breaker !== null) {
      const way = this.#breakers.pass(this.#pairs.of(words[at + PLACE]!, message), breaker, now);
      if (way === passage.blocked) return this.#endCall(token, message, true);
      if (way === passage.probe) words[at + FLAGS]! |= PROBES;
    }
    words[at + FLAGS]! |= BEGUN;
    const limit = timeout === null ? Number.POSITIVE_INFINITY : (draws.timeout?.next() ?? this.#cost(timeout, token));
    const left = this.#deadlineAround(token) - now;
    const wait = Math.min(limit, left);
    this.#deadlines[token] = deadlinePropagates ? now + wait : Number.POSITIVE_INFINITY;
    if (wait <= 0) return this.#endAttempt(token, message, true);
    if (wait < Number.POSITIVE_INFINITY) this.#expectMoment(token, wait, moment.givesUp);
    if (hedge !== null) {
      const time = draws.hedge?.next() ?? this.#cost(hedge, token);
      if (time < wait) this.#expectMoment(token, time, moment.hedges);
    }
    return token;
  }

  #expectMoment(token: number, delay: number, kind: number): void {
    const serial = this.#word(token, SERIAL);
    this.#schedule(delay, eventOf(eventType.timeout, this.#timeouts.take(token, serial, kind)));
  }

  /** The caller has waited long enough; returns the token that goes on now. */
  #atMoment(record: number): number {
    const token = this.#timeouts.token(record);
    const serial = this.#timeouts.serial(record);
    const kind = this.#timeouts.kind(record);
    this.#timeouts.give(record);
    if (this.#word(token, SERIAL) !== serial) return NO_TOKEN;
    const message = this.#word(token, GOAL);
    return kind === moment.hedges ? this.#hedge(token, message) : this.#endAttempt(token, message, true);
  }

  /** Sends an attempt a second time, where everything for it is there; returns the token that goes on now. */
  #hedge(token: number, message: number): number {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    // It was never sent, or is the one that a breaker lets through to see how it ends.
    if ((words[at + FLAGS]! & (WAITS_FOR_PLACE | WAITS_FOR_CONNECTION | PROBES)) !== 0) return NO_TOKEN;
    if (this.#places.isNeeded && !this.#places.entersAgain(token, message)) return NO_TOKEN;
    words[at + FLAGS]! |= HEDGED;
    const { budget } = this.#policies.of(token);
    if (budget !== null && !this.#budgets.spend(this.#pairs.of(words[at + PLACE]!, message))) {
      this.#isBesideAnother(token, NO_TOKEN, true);
      return NO_TOKEN;
    }
    return this.#call(token, message);
  }

  /** One of two sendings is over: true where it failed and the other is still to answer. */
  #isBesideAnother(token: number, execution: number, hasFailed: boolean): boolean {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    if (words[at + BESIDE] === execution) words[at + BESIDE] = NO_TOKEN;
    else if (words[at + OPEN] === execution) {
      words[at + OPEN] = words[at + BESIDE]!;
      words[at + BESIDE] = NO_TOKEN;
    }
    if (!hasFailed || (words[at + FLAGS]! & HEDGED) === 0) return false;
    words[at + INSIDE] = words[at + OPEN]!;
    this.#places.giveBackOne(token, words[at + GOAL]!, this.#ready);
    words[at + FLAGS]! &= ~HEDGED;
    return true;
  }

  /** Nobody waits for an execution any more; it works on, unless its caller cancels it. */
  #abandon(execution: number, cancels: boolean): void {
    const words = this.#words;
    const inside = execution << WORD_SHIFT;
    words[inside + PARENT] = NO_TOKEN;
    words[inside + FLAGS]! |= ABANDONED;
    words[(words[inside + ROOT]! << WORD_SHIFT) + OPEN]!++;
    if ((words[inside + FLAGS]! & LOST) !== 0) this.#forgetLost(execution);
    else if (cancels) {
      words[inside + FLAGS]! |= CANCELLED;
      this.#interrupt(execution);
    }
  }

  /** An attempt is over: the call ends, or is tried again later. Returns the token that goes on now. */
  #endAttempt(token: number, message: number, hasFailed: boolean): number {
    this.#noteOutcome(token, message, hasFailed);
    return hasFailed ? this.#tryAgain(token, message) : this.#endCall(token, message, false);
  }

  /** After an attempt that failed, or could not be made. */
  #tryAgain(token: number, message: number): number {
    const policy = this.#policies.of(token);
    const done = this.#word(token, COUNT);
    if (done > policy.retries) return this.#endCall(token, message, true);
    if (this.#mayCancel && this.#isCancelled(token)) return this.#endCall(token, message, true);
    const delay = this.#backoff(token, message, done);
    const isLate = this.#clock[0]! + delay >= this.#deadlineAround(token);
    const pair = this.#pairs.of(this.#word(token, PLACE), message);
    if (isLate || (policy.budget !== null && !this.#budgets.spend(pair))) return this.#endCall(token, message, true);
    this.#resumeAfter(delay, token);
    return NO_TOKEN;
  }

  /** Makes the attempt's moments stale, leaves what has not answered, gives back what it held, and tells the breaker. */
  #noteOutcome(token: number, message: number, hasFailed: boolean): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const { component } = this.#program.messages[message]!;
    const { cancels, breaker } = this.#policies.of(token);
    words[at + SERIAL]!++;
    const first = words[at + OPEN]!;
    const second = words[at + BESIDE]!;
    words[at + OPEN] = NO_TOKEN;
    words[at + BESIDE] = NO_TOKEN;
    if (first !== NO_TOKEN) this.#abandon(first, cancels);
    if (second !== NO_TOKEN) this.#abandon(second, cancels);
    if (this.#places.isNeeded) this.#places.giveBack(token, message, this.#ready);
    words[at + INSIDE] = NO_TOKEN;
    words[at + FLAGS]! &= ~(BEGUN | HEDGED);
    if (breaker === null) return;
    const pair = this.#pairs.of(words[at + PLACE]!, message);
    const isProbe = (words[at + FLAGS]! & PROBES) !== 0;
    words[at + FLAGS]! &= ~PROBES;
    if (!this.#breakers.record(pair, breaker, this.#clock[0]!, hasFailed, isProbe) || component === null) return;
    const name = component.slice(component.lastIndexOf('.') + 1);
    this.#note('breaker-opened', 'information', component, `A breaker in front of ${name} opened.`);
  }

  /** Whoever waits for the call goes on, or fails. */
  #endCall(token: number, message: number, hasFailed: boolean): number {
    const at = token << WORD_SHIFT;
    this.#roundTrips.end(message, (token << TIME_SHIFT) + SENT, hasFailed);
    const caller = this.#words[at + PARENT]!;
    this.#pool.give(token);
    if (caller === NO_TOKEN) {
      this.#close(this.#words[at + ROOT]!);
      return NO_TOKEN;
    }
    return hasFailed ? this.#failCall(caller, this.#messages[(message << MESSAGE_SHIFT) + TRAITS]!) : caller;
  }

  /** Microseconds before the next attempt, after so many. */
  #backoff(token: number, message: number, attempts: number): number {
    const { backoff } = this.#policies.of(token);
    if (backoff === null) return 0;
    const first = this.#policies.drawsOf(token).backoff?.next() ?? this.#cost(backoff.first, token);
    const delay = backoff.isExponential ? first * powerOfTwo(Math.min(attempts - 1, 1000)) : first;
    return backoff.hasJitter ? delay * this.#sources.jitters[message]!.uniform() : delay;
  }

  /** Until when the execution around a call may last; it is bound to nothing where nobody handed the time down. */
  #deadlineAround(call: number): number {
    if (!this.#handsDeadlinesDown) return Number.POSITIVE_INFINITY;
    let at = this.#word(call, PARENT);
    while (at !== NO_TOKEN) {
      const what = this.#word(at, WHAT);
      if (what >= 0) return this.#deadlines[at]!;
      at = this.#word(at, PARENT);
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Nobody waits for it any more, or too soon nobody will: it is not worth a thread there. */
  #isLate(token: number, pool: number): boolean {
    const margin = this.#threads.marginOf(pool);
    if (margin < 0) return false;
    if ((this.#word(token, FLAGS) & ABANDONED) !== 0) return true;
    return this.#handsDeadlinesDown && this.#deadlines[token]! - margin <= this.#clock[0]!;
  }

  /**
   * Ends what a cancelled execution is waiting for, or doing, down to whom it calls. What stands in line for a core, and all but
   * one branch of a `par`, find out when their turn comes.
   */
  #interrupt(execution: number): void {
    let token = execution;
    for (;;) {
      const flags = this.#word(token, FLAGS);
      if ((flags & LOST) !== 0) {
        this.#forgetLost(token);
        return;
      }
      const isWaiting = (flags & (WAITS_FOR_THREAD | WAITS_FOR_PLACE | WAITS_FOR_CONNECTION)) !== 0;
      if ((flags & WAITS_FOR_THREAD) !== 0)
        this.#threads.withdraw(token, this.#threadsFor(token, this.#word(token, WHAT)));
      else if (isWaiting) this.#places.withdraw(token, this.#word(token, GOAL));
      if (isWaiting || this.#due[token]! >= 0 || this.#stations.isServing(token, this.#word(token, PLACE))) break;
      if ((flags & HEDGED) !== 0 && this.#word(token, OPEN) !== NO_TOKEN && this.#word(token, BESIDE) !== NO_TOKEN)
        this.#interrupt(this.#word(token, OPEN));
      const inside = this.#word(token, INSIDE);
      if (inside === NOTHING_COMES) break;
      if (this.#word(inside, PARENT) !== token) return;
      token = inside;
    }
    const instruction = this.#code[this.#word(token, POSITION)];
    const isUnderWay = this.#word(token, WHAT) >= 0 && this.#times[(token << TIME_SHIFT) + ARRIVED]! > this.#clock[0]!;
    // A request or a reply on its way arrives.
    if (isUnderWay || instruction === op.done) return;
    this.#due[token] = -1;
    if (instruction === op.release || instruction === op.attempt) this.#ready.push(token);
    else {
      const next = this.#fail(token);
      if (next !== NO_TOKEN) this.#ready.push(next);
    }
  }

  #isCancelled(token: number): boolean {
    for (let at = token; at !== NO_TOKEN; at = this.#word(at, PARENT)) {
      if ((this.#word(at, FLAGS) & CANCELLED) !== 0) return true;
    }
    return false;
  }

  // ── what went wrong ──

  #watchForDeadlocks(): DeadlockWatch {
    return new DeadlockWatch(
      this.#scenario.scenario.duration,
      mayDeadlock(this.#scenario),
      (isPatient) => this.#searchForDeadlocks(isPatient),
      (finding) => this.#incidents.add(finding),
    );
  }

  /** Everybody waits for places that are held by those who wait. */
  #searchForDeadlocks(isPatient: boolean): readonly ToldDeadlock[] {
    const found = deadlocksIn({
      isPatient,
      program: this.#program,
      pool: this.#pool,
      threads: this.#threads,
      places: this.#places,
      pairs: this.#pairs,
      policies: this.#policies,
      methods: this.#methods,
      standing: this.#activities?.standing() ?? null,
      threadsFor: (token, message) => this.#threadsFor(token, message),
      waiterOf: (transaction) => {
        const load = this.#word(transaction, GOAL);
        return { ticket: numberOf(waiters.method, load), action: numberOf(waiters.action, load) };
      },
    });
    return found.flatMap((deadlock) => deadlockText(deadlock, this.#scenario.model, this.#program.messages) ?? []);
  }

  #standStill(): void {
    const moment = formatSeconds(this.#clock[0]! / SECOND);
    const busiest = this.#busy.busiest;
    const most = busiest === null ? '' : `, mostly ${busiest.what}`;
    const message = `Time stands still at ${moment}: events follow each other without end${most}, and the run was stopped. Something there has to take time: \`takes\`, \`delays\`, \`thinking\`, or the \`backoff\` of a \`retry\`.`;
    this.#note('standstill', 'error', busiest?.element ?? this.#scenario.scenario.id, message);
    this.#loop.isStuck = true;
  }

  /** More of the same would tell nothing new: what was measured until now counts. */
  #giveUp(reason: 'refusals' | 'events' | 'endless'): void {
    this.#loop.isStuck = true;
    this.#endedFor = reason;
  }

  #noteEvents(hasMeasured: boolean): void {
    const when = hasMeasured ? '' : ' before anything was measured';
    const busiest = this.#busy.busiest;
    const most = busiest === null ? '' : `, the latest mostly ${busiest.what}`;
    const moment = formatSeconds(this.#clock[0]! / SECOND);
    const message = `A run was ended at ${moment}${when}: ${formatCount(this.#loop.events)} events had happened${most}. A shorter \`run\`, or pieces of work that take longer, end by themselves.`;
    this.#note(
      'event-limit',
      hasMeasured ? 'warning' : 'error',
      busiest?.element ?? this.#scenario.scenario.id,
      message,
    );
  }

  #noteEndless(hasMeasured: boolean): void {
    const when = hasMeasured ? '' : ' before anything was measured';
    const message = `A run was ended early${when}: ${ENDLESS_LIMIT} times something in it had gone on for ever without any time passing.`;
    this.#note('standstill', hasMeasured ? 'warning' : 'error', this.#scenario.scenario.id, message);
  }

  #noteOverload(hasMeasured: boolean): void {
    const when = hasMeasured ? '' : ' before anything was measured';
    const message = `A run was ended early${when}: ${formatCount(REFUSAL_LIMIT)} arrivals had been refused.`;
    this.#note('overloaded', hasMeasured ? 'warning' : 'error', this.#scenario.scenario.id, message);
  }

  #reachLimit(): void {
    if (!this.#givesUpAtLimit) return;
    this.#loop.isStuck = true;
    this.#needsMore = true;
  }

  #note(code: string, severity: Incident['severity'], element: ElementId, message: string): void {
    this.#incidents.add({ code, severity, element, message });
  }

  #report(error: unknown, element: ElementId): void {
    if (!(error instanceof RunError)) throw error;
    const { code, message, place } = error.problem;
    this.#note(code, 'error', element, `Line ${place.start.line + 1}: ${message}`);
  }

  #elementOf(token: number): ElementId {
    const what = this.#word(token, WHAT);
    if (what >= 0) return this.#program.messages[what]!.compiled.id;
    return this.#program.interactions[this.#interactionOf(token)]!.interaction.id;
  }
}

const lostForEver =
  'A message of this call was lost on a link, and its caller waits for ever: the call has no `timeout`.';

function lastOf(element: ElementId): string {
  return element.slice(element.lastIndexOf('.') + 1);
}

function violated(place: Place | null): string {
  return `${place === null ? '' : `Line ${place.start.line + 1}: `}the invariant does not hold.`;
}
