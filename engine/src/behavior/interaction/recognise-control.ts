/**
 * Where a run through a pattern can stand, and which ways lead on from there without anything being seen. Positions are
 * immutable and have a key, so that a search meets each of them once. Knows nothing of observations or costs.
 */
import type { Known } from '../../expressions/index.ts';
import type { ElementId } from '../../model/index.ts';
import type { Block, Call, Choice, Guard, Loop } from './recognise-pattern.ts';

/** The innermost block in progress, with what encloses it below; null = nothing left to do. */
export type Control = InBlock | InParallel | null;

interface InBlock {
  readonly kind: 'block';
  readonly block: Block;
  readonly index: number;
  /** Set where the block is a turn of a loop. */
  readonly loop: { readonly loop: Loop; readonly turns: number; readonly since: number } | undefined;
  /** Something of a critical region was seen. */
  readonly begun?: boolean;
  readonly below: Control;
}

interface InParallel {
  readonly kind: 'parallel';
  readonly branches: readonly Control[];
  readonly below: Control;
}

/** What one execution may still do, and what is known meanwhile. */
export interface Position {
  readonly control: Control;
  /** Asynchronous calls that were sent and not seen yet. */
  readonly sent: readonly Call[];
  readonly known: readonly Known[];
}

/** A step that nothing shows. */
interface SilentStep {
  readonly position: Position;
  /** The operand that it decides for, where what follows will tell. */
  readonly operand: ElementId | undefined;
  /** The fragment that it decides. */
  readonly fragment: ElementId | undefined;
}

export function atBeginning(block: Block, known: readonly Known[]): Position {
  return { control: enter(block, null), sent: [], known };
}

interface NextCall {
  readonly call: Call;
  readonly after: Position;
  /** Where the call has failed. */
  readonly afterFailure: Position;
}

/** The calls that may be seen next, each with the position after it. */
export function* nextCalls(position: Position): Generator<NextCall> {
  const seen = new Set<Call>();
  for (const call of position.sent) {
    if (seen.has(call)) continue;
    seen.add(call);
    const at = position.sent.indexOf(call);
    const after = { ...position, sent: position.sent.filter((_, index) => index !== at) };
    yield { call, after, afterFailure: after };
  }
  for (const { call, after, afterFailure } of callsOf(position.control)) {
    const known = forget(position.known, call);
    yield {
      call,
      after: { ...position, control: after, known },
      afterFailure: { ...position, control: afterFailure, known },
    };
  }
}

/**
 * The silent ways on, undefined where the next thing must be seen. Where several operands of a `par` could go on
 * silently only the first does: their order makes no difference. `consumed` counts what was seen so far.
 */
export function silentSteps(position: Position, consumed: number): readonly SilentStep[] | undefined {
  return stepsOf(position.control, position, consumed)?.map((way) => ({
    position: {
      control: way.control,
      sent: way.sends === undefined ? position.sent : [...position.sent, way.sends],
      known: way.known ?? position.known,
    },
    operand: way.operand,
    fragment: way.fragment,
  }));
}

export function keyOf({ control, sent, known }: Position): string {
  const calls = sent.map((call) => call.body.number).sort((a, b) => a - b);
  return `${keyOfControl(control)}!${calls.join()}!${known.map(keyOfValue).join()}`;
}

interface Way {
  readonly control: Control;
  readonly sends?: Call;
  readonly known?: readonly Known[];
  readonly operand?: ElementId | undefined;
  readonly fragment?: ElementId | undefined;
}

function enter(block: Block, below: Control): Control {
  return block.parts.length === 0 ? below : { kind: 'block', block, index: 0, loop: undefined, below };
}

function advanced(at: InBlock): InBlock {
  return { ...at, index: at.index + 1 };
}

function forget(known: readonly Known[], call: Call): readonly Known[] {
  if (call.forgets.length === 0) return known;
  const after = [...known];
  for (const slot of call.forgets) after[slot] = undefined;
  return after;
}

interface Follow {
  readonly call: Call;
  readonly after: Control;
  readonly afterFailure: Control;
}

function* callsOf(control: Control): Generator<Follow> {
  if (control === null) return;
  if (control.kind === 'block') {
    const part = control.block.parts[control.index];
    if (part?.kind !== 'call') return;
    const after = begun(advanced(control));
    yield { call: part, after, afterFailure: part.fallback === undefined ? after : enter(part.fallback, after) };
    return;
  }
  const regions = control.branches.map(criticalIn);
  for (const [index, branch] of control.branches.entries()) {
    for (const { call, after, afterFailure } of callsOf(branch)) {
      if (regions.some((region, other) => other !== index && call.lifelines.some((at) => region.has(at)))) continue;
      const below = begun(control.below);
      yield {
        call,
        after: { ...withBranch(control, index, after), below },
        afterFailure: { ...withBranch(control, index, afterFailure), below },
      };
    }
  }
}

/** The same place, with the critical regions around it begun. */
function begun(control: Control): Control {
  if (control === null) return null;
  const below = begun(control.below);
  const begins = control.kind === 'block' && control.block.critical !== undefined && control.begun !== true;
  if (begins) return { ...control, begun: true, below };
  return below === control.below ? control : { ...control, below };
}

const none: ReadonlySet<number> = new Set();

/** The lifelines of the critical regions that are begun and not over. */
function criticalIn(control: Control): ReadonlySet<number> {
  if (control === null) return none;
  const below = criticalIn(control.below);
  if (control.kind === 'parallel') {
    const inside = control.branches.map(criticalIn).filter(({ size }) => size > 0);
    return inside.length === 0 ? below : new Set([...below, ...inside.flatMap((one) => [...one])]);
  }
  return control.begun === true ? new Set([...below, ...(control.block.critical ?? none)]) : below;
}

function withBranch(parallel: InParallel, index: number, branch: Control): InParallel {
  return { ...parallel, branches: parallel.branches.map((other, i) => (i === index ? branch : other)) };
}

function stepsOf(control: Control, position: Position, consumed: number): readonly Way[] | undefined {
  if (control === null) return undefined;
  if (control.kind === 'parallel') {
    if (control.branches.every((branch) => branch === null)) return [{ control: control.below }];
    for (const [index, branch] of control.branches.entries()) {
      const ways = stepsOf(branch, position, consumed);
      if (ways !== undefined) return ways.map((way) => ({ ...way, control: withBranch(control, index, way.control) }));
    }
    return undefined;
  }
  const part = control.block.parts[control.index];
  if (part === undefined) return afterBlock(control, position, consumed);
  const after = advanced(control);
  switch (part.kind) {
    case 'call':
      // Sent now, seen now or later: the callee may take its time.
      return part.asynchronous ? [{ control: after, sends: part, known: forget(position.known, part) }] : undefined;
    case 'choice':
      return choose(part, after, position.known);
    case 'loop':
      return turn(part, 0, after, position.known, consumed, -1);
    case 'parallel':
      return [{ control: { kind: 'parallel', branches: part.bodies.map((body) => enter(body, null)), below: after } }];
    case 'break': {
      const truth = holds(part.guard, position.known);
      return [
        ...(truth === true ? [] : [{ control: after }]),
        ...(truth === false ? [] : [{ control: enter(part.body, control.below) }]),
      ];
    }
    case 'nested':
      return [{ control: enter(part.body, after) }];
    case 'return':
      return [{ control: afterReturn(control) }];
    case 'act': {
      const { known, returned } = part.run(position.known);
      return [
        ...(returned === true ? [] : [{ control: after, known }]),
        ...(returned === false ? [] : [{ control: afterReturn(control), known }]),
      ];
    }
  }
}

/** Behind the interaction that is used, or nothing at all. */
function afterReturn(control: Control): Control {
  for (let at = control; at !== null; at = at.below) {
    if (at.kind === 'block' && at.block.endsReturn === true) return at.below;
  }
  return null;
}

function afterBlock(at: InBlock, position: Position, consumed: number): readonly Way[] {
  if (at.loop === undefined) return [{ control: at.below }];
  return turn(at.loop.loop, at.loop.turns, at.below, position.known, consumed, at.loop.since);
}

function choose(choice: Choice, after: Control, known: readonly Known[]): readonly Way[] {
  const truths = choice.branches.map((branch) => (branch.isElse ? undefined : holds(branch.guard, known)));
  const decided = choice.branches.some(
    (branch, index) =>
      !branch.isElse && !branch.weighted && truths[index] === true && (branch.guard !== undefined || !choice.mayPass),
  );
  const ways: Way[] = [];
  for (const [index, branch] of choice.branches.entries()) {
    if (branch.isElse ? decided : truths[index] === false) continue;
    const operand = choice.telling ? branch.id : undefined;
    ways.push({ control: enter(branch.body, after), operand, fragment: choice.telling ? choice.id : undefined });
  }
  if (choice.mayPass && !decided) ways.push({ control: after, fragment: choice.telling ? choice.id : undefined });
  return ways.length === 0 ? [{ control: after }] : ways;
}

function turn(
  loop: Loop,
  turns: number,
  after: Control,
  known: readonly Known[],
  consumed: number,
  since: number,
): readonly Way[] {
  const again: Way = {
    control: {
      kind: 'block',
      block: loop.body,
      index: 0,
      loop: { loop, turns: Math.min(turns + 1, loop.maximum ?? loop.minimum + 1), since: consumed },
      below: after,
    },
    operand: loop.operand,
  };
  if (turns < loop.minimum) return [again];
  const full = loop.maximum !== null && turns >= loop.maximum;
  // A turn in which nothing was seen need not be repeated: it explains nothing more.
  if (full || consumed <= since || loop.body.parts.length === 0) return [{ control: after }];
  const truth = holds(loop.guard, known);
  if (truth === false) return [{ control: after }];
  return [{ control: after }, again];
}

function holds(guard: Guard | undefined, known: readonly Known[]): boolean | undefined {
  return guard === undefined ? true : guard(known);
}

function keyOfControl(control: Control): string {
  if (control === null) return '';
  if (control.kind === 'parallel')
    return `(${control.branches.map(keyOfControl).join('|')})${keyOfControl(control.below)}`;
  const turns = control.loop === undefined ? '' : `x${control.loop.turns}s${control.loop.since}`;
  return `${control.block.number}.${control.index}${turns}${control.begun === true ? 'c' : ''};${keyOfControl(control.below)}`;
}

function keyOfValue(value: Known): string {
  return value === undefined ? '?' : JSON.stringify(value);
}
