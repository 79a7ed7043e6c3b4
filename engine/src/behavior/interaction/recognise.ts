/**
 * Does a tree of observed calls conform to an interaction? Each execution's calls are aligned with what the braces of
 * its message allow, at the least cost: one for each message that is missing and each call that is unexpected
 * (the alignments of process mining, A. Adriansyah, 2014). Relates by who called whom and the order in which calls
 * began; knows nothing of time, spans or bindings.
 */
import type { DataTypes, Known } from '../../expressions/index.ts';
import type { ElementId } from '../../model/index.ts';
import type { CompiledInteraction } from './compiled-interaction.ts';
import { atBeginning, keyOf, nextCalls, type Position, silentSteps } from './recognise-control.ts';
import { type Block, type Call, compilePattern, type Pattern } from './recognise-pattern.ts';

/** One observed execution of an operation, with those that it called in the order in which they began. */
export interface ObservedCall {
  readonly operation: ElementId;
  /** It ended with an error: what it did not do any more is no contradiction. */
  readonly failed: boolean;
  /** It began at the same instant as another of its caller's calls: their order is not known. */
  readonly tied: boolean;
  readonly children: readonly ObservedCall[];
}

type Deviation =
  | { readonly kind: 'missing-message'; readonly message: ElementId; readonly caller: ObservedCall | undefined }
  /** `within` is the message whose execution called it, or the interaction. */
  | { readonly kind: 'unexpected-message'; readonly within: ElementId; readonly call: ObservedCall }
  | { readonly kind: 'wrong-order'; readonly message: ElementId; readonly call: ObservedCall };

export interface InteractionRecognition {
  readonly interaction: ElementId;
  readonly verdict: 'conforms' | 'violates' | 'undecided';
  /** Why it is undecided. */
  readonly reason?: string;
  /** Messages missing plus calls unexpected; a message out of order counts as both. */
  readonly cost: number;
  readonly matches: readonly { readonly message: ElementId; readonly call: ObservedCall }[];
  readonly deviations: readonly Deviation[];
  /** Alternatives that were decided, and the operands taken, as often as it happened; only where the calls tell. */
  readonly fragments: readonly ElementId[];
  readonly operands: readonly ElementId[];
}

/**
 * What a deviation weighs against those inside a call that is matched: whether a call is the one that the model means does
 * not depend on what happens inside of it.
 */
const WEIGHT = 64;
/** An actor's call is hardly ever anything else than the interaction's beginning. */
const BEGINNING = 16 * WEIGHT;

/** Positions that one trace's search may visit; past it the trace is undecided. */
const BUDGET = 50_000;
/** An execution with more calls is not searched for calls out of order. */
const REORDERED = 64;

export class InteractionRecogniser {
  readonly #pattern: Pattern;

  constructor(compiled: CompiledInteraction, dataTypes?: DataTypes) {
    this.#pattern = compilePattern(compiled, dataTypes);
  }

  /** Operations that an actor may begin the interaction with. */
  get beginnings(): ReadonlySet<ElementId> {
    return this.#pattern.beginnings;
  }

  recognise(roots: readonly ObservedCall[]): InteractionRecognition {
    return new Alignment(this.#pattern, roots).recognition();
  }
}

type Move =
  | {
      readonly kind: 'match';
      readonly call: Call;
      readonly seen: ObservedCall;
      readonly known: readonly Known[];
      readonly inner: Aligned;
    }
  | { readonly kind: 'missing'; readonly call: Call; readonly excused: boolean }
  | { readonly kind: 'unexpected'; readonly seen: ObservedCall }
  | { readonly kind: 'silent'; readonly operand: ElementId | undefined; readonly fragment: ElementId | undefined };

interface Aligned {
  /** Messages missing and calls unexpected, here and inside of what is matched. */
  readonly deviations: number;
  /** Only those here. */
  readonly here: number;
  readonly moves: readonly Move[];
}

interface Node {
  readonly position: Position;
  readonly consumed: number;
  readonly cost: number;
  readonly move: Move | undefined;
  readonly previous: Node | undefined;
}

interface Execution {
  readonly block: Block;
  readonly known: readonly Known[];
  readonly children: readonly ObservedCall[];
  readonly mayStop: boolean;
  /** An actor's calls need not all be in one trace. */
  readonly actorsAreFree: boolean;
}

class Alignment {
  readonly #pattern: Pattern;
  readonly #roots: readonly ObservedCall[];
  readonly #inner = new Map<ObservedCall, Map<string, Aligned>>();
  #budget = BUDGET;

  constructor(pattern: Pattern, roots: readonly ObservedCall[]) {
    this.#pattern = pattern;
    this.#roots = roots;
  }

  recognition(): InteractionRecognition {
    const { interaction, body, initial, beginnings } = this.#pattern;
    const execution: Execution = {
      block: body,
      known: initial,
      children: this.#roots,
      mayStop: this.#roots.some((root) => root.failed),
      actorsAreFree: this.#roots.some((root) => beginnings.has(root.operation)),
    };
    const aligned = this.#align(execution);
    const found = { matches: [], deviations: [], fragments: [], operands: [] };
    if (aligned === undefined) {
      const reason = 'the trace is too large to compare with every run of the interaction';
      return { interaction, verdict: 'undecided', reason, cost: Number.POSITIVE_INFINITY, ...found };
    }
    const report: Report = found;
    this.#report(execution, aligned, interaction, undefined, report);
    const verdict = report.deviations.length === 0 ? 'conforms' : 'violates';
    return { interaction, verdict, cost: aligned.deviations, ...report };
  }

  /** The cheapest alignment; undefined where the budget did not suffice. */
  #align(execution: Execution): Aligned | undefined {
    const { block, known, children } = execution;
    const frontier: Node[][] = [
      [{ position: atBeginning(block, known), consumed: 0, cost: 0, move: undefined, previous: undefined }],
    ];
    const visited = new Set<string>();
    for (let cost = 0; cost < frontier.length; cost++) {
      for (let node = frontier[cost]?.pop(); node !== undefined; node = frontier[cost]?.pop()) {
        const key = `${node.consumed}!${keyOf(node.position)}`;
        if (visited.has(key)) continue;
        visited.add(key);
        if (--this.#budget < 0) return undefined;
        const { control, sent } = node.position;
        if (control === null && sent.length === 0 && node.consumed === children.length) return traced(node);
        for (const next of this.#successors(node, execution)) {
          while (frontier.length <= next.cost) frontier.push([]);
          frontier[next.cost]?.push(next);
        }
        if (this.#budget < 0) return undefined;
      }
    }
    return undefined;
  }

  /** In rising order of preference among equals: the last is tried first. */
  *#successors(node: Node, execution: Execution): Generator<Node> {
    const { position, consumed, cost } = node;
    const { children, actorsAreFree } = execution;
    const follow = (move: Move, to: Position, seen: number, price: number): Node => ({
      position: to,
      consumed: consumed + seen,
      cost: cost + price,
      move,
      previous: node,
    });
    if (execution.mayStop && (position.control !== null || position.sent.length > 0)) {
      const stopped: Position = { control: null, sent: [], known: position.known };
      yield follow({ kind: 'silent', operand: undefined, fragment: undefined }, stopped, 0, 0);
    }
    const silent = silentSteps(position, consumed);
    if (silent !== undefined) {
      for (const step of silent.toReversed()) {
        yield follow({ kind: 'silent', operand: step.operand, fragment: step.fragment }, step.position, 0, 0);
      }
      return;
    }
    const seen = children[consumed];
    if (seen !== undefined) {
      const isBeginning = actorsAreFree && this.#pattern.beginnings.has(seen.operation);
      yield follow({ kind: 'unexpected', seen }, position, 1, isBeginning ? BEGINNING : WEIGHT);
    }
    const next = [...nextCalls(position)];
    for (const { call, after } of next) {
      // What was sent may still come while there is anything left to see.
      if (seen !== undefined && position.sent.includes(call)) continue;
      const excused = call.elsewhere || (actorsAreFree && call.fromActor);
      yield follow({ kind: 'missing', call, excused }, after, 0, excused ? 0 : WEIGHT);
    }
    if (seen === undefined) return;
    for (const { call, after, afterFailure } of next) {
      if (call.operation !== seen.operation) continue;
      const inner = this.#innerAlignment(call, seen, position.known);
      if (inner === undefined) continue;
      yield follow(
        { kind: 'match', call, seen, known: position.known, inner },
        seen.failed ? afterFailure : after,
        1,
        Math.min(inner.deviations, WEIGHT - 1),
      );
    }
  }

  #innerAlignment(call: Call, seen: ObservedCall, known: readonly Known[]): Aligned | undefined {
    let alignments = this.#inner.get(seen);
    if (alignments === undefined) {
      alignments = new Map();
      this.#inner.set(seen, alignments);
    }
    const key = keyOf(atBeginning(call.body, known));
    const before = alignments.get(key);
    if (before !== undefined) return before;
    const aligned = this.#align(executionOf(call, seen, known));
    if (aligned !== undefined) alignments.set(key, aligned);
    return aligned;
  }

  #report(
    execution: Execution,
    found: Aligned,
    within: ElementId,
    caller: ObservedCall | undefined,
    report: Report,
  ): void {
    const { aligned, displaced } = this.#inOrder(execution, found);
    const isOrdered = !execution.children.some((child) => child.tied);
    for (const move of aligned.moves) {
      switch (move.kind) {
        case 'silent':
          if (move.fragment !== undefined) report.fragments.push(move.fragment);
          if (move.operand !== undefined) report.operands.push(move.operand);
          break;
        case 'match': {
          const { call, seen } = move;
          report.matches.push({ message: call.message, call: seen });
          if (isOrdered && displaced.has(seen)) {
            report.deviations.push({ kind: 'wrong-order', message: call.message, call: seen });
          }
          this.#report(executionOf(call, seen, move.known), move.inner, call.message, seen, report);
          break;
        }
        case 'missing':
          if (!move.excused) {
            report.deviations.push({ kind: 'missing-message', message: move.call.message, caller });
          }
          break;
        case 'unexpected':
          report.deviations.push({ kind: 'unexpected-message', within, call: move.seen });
      }
    }
  }

  /**
   * An unexpected call that would be expected at another place among its siblings is only out of order: moves such
   * calls there, one after the other.
   */
  #inOrder(execution: Execution, found: Aligned): { readonly aligned: Aligned; readonly displaced: Set<ObservedCall> } {
    const displaced = new Set<ObservedCall>();
    let aligned = found;
    let children = execution.children;
    for (const move of found.moves) {
      if (move.kind !== 'unexpected' || children.length > REORDERED) continue;
      const rest = children.filter((child) => child !== move.seen);
      for (let place = 0; place <= rest.length; place++) {
        const moved = rest.toSpliced(place, 0, move.seen);
        const better = this.#align({ ...execution, children: moved });
        if (better === undefined || better.here >= aligned.here) continue;
        displaced.add(move.seen);
        aligned = better;
        children = moved;
        break;
      }
    }
    return { aligned, displaced };
  }
}

function executionOf(call: Call, seen: ObservedCall, known: readonly Known[]): Execution {
  return {
    block: call.body,
    known,
    children: seen.children,
    mayStop: seen.failed || seen.children.some((child) => child.failed),
    actorsAreFree: false,
  };
}

interface Report {
  readonly matches: { message: ElementId; call: ObservedCall }[];
  readonly deviations: Deviation[];
  readonly fragments: ElementId[];
  readonly operands: ElementId[];
}

function traced(goal: Node): Aligned {
  const moves: Move[] = [];
  let deviations = 0;
  let here = 0;
  for (let node: Node | undefined = goal; node !== undefined; node = node.previous) {
    const { move } = node;
    if (move === undefined) continue;
    moves.push(move);
    if (move.kind === 'match') deviations += move.inner.deviations;
    else if (move.kind === 'unexpected' || (move.kind === 'missing' && !move.excused)) here++;
  }
  return { deviations: deviations + here, here, moves: moves.reverse() };
}
