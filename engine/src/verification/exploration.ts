/**
 * Visits every state that a machine can reach, breadth first, so that the first way to each is a shortest one. It keeps what the
 * visits show – states, edges, what was lost to which bound – and judges nothing.
 */
import { type CompiledMachine, type Delivery, delivery } from '../behavior/index.ts';
import type { RunProblem } from '../expressions/index.ts';
import type { Value } from '../model/index.ts';
import type { Environment } from './environment.ts';
import { Interner } from './interner.ts';
import { MOVE, move } from './move.ts';
import { Schedules } from './schedules.ts';
import { StateTable } from './state-table.ts';
import { World } from './world.ts';

/** What kept an exploration from being complete. */
export type Bound =
  | 'states'
  | 'depth'
  | 'time'
  /** More outcomes of one step than are followed. */
  | 'outcomes'
  /** More events waiting than are followed. */
  | 'waiting'
  /** More traces than are told. */
  | 'traces'
  /** Not every value of an attribute or parameter was tried. */
  | 'values'
  /** The machine draws values from distributions. */
  | 'draws'
  /** The machine reads the time, which exploring does not know. */
  | 'clock';

export interface Limits {
  readonly states: number;
  readonly depth: number;
  /** Of one step. */
  readonly outcomes: number;
  /** Events that wait in the machine's pool, are deferred or delayed at the same time. */
  readonly waiting: number;
  /** Asked now and then; true ends it. */
  readonly isOutOfTime: () => boolean;
}

export const usualLimits: Limits = {
  states: 1_000_000,
  depth: 1_000_000,
  outcomes: 20_000,
  waiting: 4,
  isOutOfTime: () => false,
};

/** Which outcome of which move of which state. */
export interface Step {
  readonly from: number;
  readonly move: number;
  readonly outcome: number;
}

export interface Edge extends Step {
  readonly to: number;
  /** What was logged, by number. */
  readonly logs: readonly number[];
}

/** What is told while it goes on; everything by the step that shows it. */
export interface Witness {
  failed(step: Step, problem: RunProblem): void;
  discarded(step: Step, event: number, leaves: readonly number[]): void;
  competed(step: Step): void;
  /** Two outcomes that differ in their order only lead to different states. */
  raced(step: Step, other: Step): void;
  /** Nothing can happen any more that changes anything. */
  stuck(state: number, leaves: readonly number[]): void;
}

const OUTCOME = 65536;

export class Exploration {
  readonly compiled: CompiledMachine;
  readonly world: World;
  readonly table: StateTable;
  readonly schedules = new Schedules();
  readonly bounds = new Set<Bound>();
  readonly logs = new Interner<string>();
  /** Only where traces are asked for. */
  readonly edges: Edge[] = [];
  /** By state: the first of its edges; states beyond the list have not been visited. */
  readonly firstEdge: number[] = [];
  readonly ended = new Set<number>();
  /** Zero-time steps of the machine itself: from, to, and how. */
  readonly internal: Edge[] = [];
  /** Steps of one state whose events come at the same moment, in no order. */
  readonly unordered: Edge[] = [];
  visited = 0;
  readonly roots: number[] = [];
  /** Steps from creating the instance to the state last visited. */
  depth = 0;

  readonly #limits: Limits;
  readonly #witness: Witness | null;
  readonly #keepsEdges: boolean;
  readonly #isOpen: boolean;
  readonly #arguments: readonly (readonly Value[])[];
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  readonly #read: Int32Array;
  #said: number[] = [];

  // The move in progress.
  #from = -1;
  #move = 0;
  #outcome = 0;
  #isRoot = false;
  #isInternal = false;
  #isUnordered = false;
  #delivery: Delivery = delivery.discarded;
  #changes = false;
  readonly #results = new Map<string, { readonly to: number; readonly outcome: number }>();
  readonly #perform = (): boolean => this.#performOnce();

  constructor(
    compiled: CompiledMachine,
    environment: Environment,
    roots: readonly (readonly Value[])[],
    options: { readonly limits: Limits; readonly witness: Witness | null; readonly keepsEdges: boolean },
  ) {
    this.compiled = compiled;
    this.#limits = options.limits;
    this.#witness = options.witness;
    this.#keepsEdges = options.keepsEdges;
    this.#isOpen = environment.kind === 'open';
    this.#arguments = roots;
    this.world = new World(compiled, environment, this.schedules, options.limits.waiting);
    this.table = new StateTable(this.world.words);
    this.#before = new Int32Array(this.world.words);
    this.#after = new Int32Array(this.world.words);
    this.#read = new Int32Array(this.world.words);
    if (this.#keepsEdges) this.#listen((text) => this.#said.push(this.logs.number(text, text)));
  }

  run(): void {
    this.#isRoot = true;
    for (let root = 0; root < this.#arguments.length; root++) this.#try(-1, move.begin * MOVE + root);
    this.#isRoot = false;
    let levelEnd = this.table.count;
    this.depth = 1;
    for (let state = 0; state < this.table.count; state++) {
      if (state === levelEnd) {
        levelEnd = this.table.count;
        this.depth++;
      }
      if (this.depth > this.#limits.depth) this.bounds.add('depth');
      if ((state & 1023) === 1023 && this.#limits.isOutOfTime()) this.bounds.add('time');
      if (this.table.count > this.#limits.states) this.bounds.add('states');
      if (this.bounds.has('depth') || this.bounds.has('time') || this.bounds.has('states')) return;
      this.#visit(state);
      this.visited++;
    }
  }

  /** The steps that lead to a state by the shortest way. */
  wayTo(state: number): Step[] {
    const steps: Step[] = [];
    for (let at = state; at >= 0; at = this.table.parent(at)) {
      const packed = this.table.move(at);
      steps.unshift({ from: this.table.parent(at), move: Math.floor(packed / OUTCOME), outcome: packed % OUTCOME });
    }
    return steps;
  }

  /** Of two states with equal texts the same vertices are active. */
  configuration(state: number): string {
    if (state < 0) return '';
    this.table.read(state, this.#read);
    return this.#read.subarray(1, 1 + this.world.configurationWords).join(' ');
  }

  /** Of two states with equal texts the same vertices are active, and the values are the same. */
  look(state: number): string {
    this.table.read(state, this.#read);
    const { configurationWords, vertexWords, compiled } = this.world;
    const values = 1 + vertexWords;
    const status = this.#read[0]! & 3;
    return `${status} ${this.#read.subarray(1, 1 + configurationWords).join(' ')}/${this.#read.subarray(values, values + compiled.variables.length).join(' ')}`;
  }

  /** The world as it is in a state. */
  at(state: number): World {
    this.#unpack(state);
    return this.world;
  }

  /** Performs a step once more; `before` sees the world in front of it. */
  again({ from, move: next, outcome }: Step, before: () => void): void {
    let count = 0;
    this.schedules.each(outcome + 1, () => {
      this.schedules.begin();
      if (from >= 0) this.#unpack(from);
      if (count++ < outcome) {
        this.#act(from, next);
        return true;
      }
      before();
      this.#act(from, next);
      return false;
    });
  }

  #act(from: number, next: number): void {
    if (from < 0) this.world.create(this.#arguments[next % MOVE] ?? []);
    else this.world.perform(next);
  }

  #unpack(state: number): void {
    this.table.read(state, this.#before);
    this.world.unpack(this.#before);
  }

  #visit(state: number): void {
    if (this.#keepsEdges) this.firstEdge[state] = this.edges.length;
    this.#unpack(state);
    if (!this.world.isLive) {
      this.ended.add(state);
      return;
    }
    const leaves = this.#isOpen ? this.#leaves() : [];
    const moves = this.world.moves();
    this.#changes = this.world.isCrowded;
    if (this.#changes) this.bounds.add('waiting');
    const unordered = this.world.unordered(moves);
    for (const next of moves) {
      this.#isUnordered = unordered.length > 0 && unordered.includes(next);
      this.#try(state, next);
      if (this.#isOpen && this.#delivery === delivery.discarded && next < MOVE)
        this.#witness?.discarded({ from: state, move: next, outcome: 0 }, this.#eventOf(state, next), leaves);
    }
    if (this.#isOpen && !this.#changes) this.#witness?.stuck(state, leaves);
  }

  #eventOf(state: number, next: number): number {
    this.#unpack(state);
    return this.world.eventOf(next).event;
  }

  #leaves(): number[] {
    const leaves: number[] = [];
    for (let strand = 0; strand < this.compiled.strandCount; strand++) {
      const leaf = this.world.active(strand);
      if (leaf >= 0) leaves.push(leaf);
    }
    return leaves;
  }

  #try(from: number, next: number): void {
    this.#from = from;
    this.#move = next;
    this.#outcome = 0;
    if (this.#results.size > 0) this.#results.clear();
    if (!this.schedules.each(this.#limits.outcomes, this.#perform)) this.bounds.add('outcomes');
  }

  #performOnce(): boolean {
    const { world, schedules, table } = this;
    schedules.begin();
    const from = this.#from;
    const next = this.#move;
    if (from >= 0) {
      // The state being visited is unpacked already, unless an outcome has gone on from it.
      this.#unpack(from);
      this.#isInternal = next >= MOVE && world.isInternal(next);
    }
    if (this.#keepsEdges) this.#said = [];
    if (this.#isRoot) world.create(this.#arguments[next % MOVE] ?? []);
    else this.#delivery = world.perform(next);
    const outcome = this.#outcome++;
    if (world.waiting > this.#limits.waiting) {
      this.bounds.add('waiting');
      this.#changes = true;
      return true;
    }
    world.pack(this.#after);
    const to = table.find(this.#after, from, next * OUTCOME + outcome);
    if (this.#isRoot && !this.roots.includes(to)) this.roots.push(to);
    if (this.#delivery === delivery.taken) this.#changes = true;
    if (this.#keepsEdges) this.edges.push({ from, move: next, outcome, to, logs: this.#said });
    if (this.#isUnordered && from >= 0) this.unordered.push({ from, move: next, outcome, to, logs: [] });
    if (this.#isInternal && from >= 0) this.internal.push({ from, move: next, outcome, to, logs: [] });
    const hasNews = world.problem !== null || schedules.competed || schedules.isOrdered;
    if (hasNews && this.#witness !== null) this.#judge(this.#witness, { from, move: next, outcome }, to);
    return true;
  }

  #judge(witness: Witness, step: Step, to: number): void {
    const { world, schedules } = this;
    if (world.problem !== null) witness.failed(step, world.problem);
    if (schedules.competed) witness.competed(step);
    if (!schedules.isOrdered) return;
    const known = this.#results.get(schedules.choices);
    if (known === undefined) this.#results.set(schedules.choices, { to, outcome: step.outcome });
    else if (known.to !== to) witness.raced(step, { ...step, outcome: known.outcome });
  }

  #listen(say: (text: string) => void): void {
    this.world.observer = {
      entered() {},
      exited() {},
      taken() {},
      discarded() {},
      deferred() {},
      terminated() {},
      sent() {},
      logged: (_instance, text) => say(text),
    };
  }
}
