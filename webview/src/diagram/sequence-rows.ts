/**
 * First half of a sequence diagram's layout: what stands at which height, since the order of the text is the order of
 * the rows. Columns are still numbers of lifelines; nothing here knows a width.
 */
import type { ActionFragment, CombinedFragment, ElementId, Fragment, Interaction, Message } from '@pollux/engine/model';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import { printAction } from './print-action.ts';
import { printExpression } from './print-expression.ts';
import { printMessage, printOperand, printReturn, printSend, printWithin } from './print-message.ts';

export type ArrowKind = 'synchronous' | 'asynchronous' | 'reply' | 'create';

interface ArrowRow {
  readonly element: ElementId;
  readonly kind: ArrowKind;
  readonly from: number;
  readonly to: number;
  /** How many bars lie beneath at either end: each shifts the end by half a bar; −1 where there is none. */
  readonly fromDepth: number;
  readonly toDepth: number;
  readonly y: number;
  readonly text: string;
}

interface BarRow {
  readonly element: ElementId;
  readonly column: number;
  readonly depth: number;
  readonly top: number;
  readonly bottom: number;
}

export interface FrameRow {
  readonly element: ElementId;
  readonly keyword: string;
  readonly owner: number;
  readonly top: number;
  readonly bottom: number;
  readonly columns: { readonly first: number; readonly last: number };
  readonly operands: readonly { readonly element: ElementId; readonly guard: string; readonly top: number }[];
  readonly inner: readonly FrameRow[];
}

interface ConstraintRow {
  readonly element: ElementId;
  readonly column: number;
  readonly text: string;
  readonly top: number;
  readonly bottom: number;
}

/** Actions and invariants, beside the bar of their lifeline. */
interface NoteRow {
  readonly element: ElementId;
  readonly column: number;
  readonly y: number;
  readonly text: string;
}

export interface SequenceRows {
  readonly arrows: readonly ArrowRow[];
  readonly bars: readonly BarRow[];
  readonly frames: readonly FrameRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly notes: readonly NoteRow[];
  /** Column → centre of the head that its first message creates. */
  readonly created: ReadonlyMap<number, number>;
  /** Column → height of the first message that may create it, where several may. */
  readonly uncertain: ReadonlyMap<number, number>;
  readonly bottom: number;
}

const { row, head, leastBar } = metrics.sequence;

export function sequenceRows(interaction: Interaction, nameOf: NameOf, top: number, brief: boolean): SequenceRows {
  return new Rows(interaction, nameOf, top, brief).finish();
}

class Rows {
  private readonly interaction: Interaction;
  private readonly nameOf: NameOf;
  private readonly brief: boolean;
  private readonly columns: ReadonlyMap<ElementId, number>;
  private readonly actors: ReadonlySet<number>;
  /** Lifelines whose creating message is certain → that message. */
  private readonly creators = new Map<ElementId, ElementId>();
  private readonly arrows: ArrowRow[] = [];
  private readonly bars: BarRow[] = [];
  private readonly frames: FrameRow[] = [];
  private readonly constraints: ConstraintRow[] = [];
  private readonly notes: NoteRow[] = [];
  private readonly created = new Map<number, number>();
  private readonly uncertain = new Map<number, number>();
  private readonly depths: number[];
  private cursor: number;

  constructor(interaction: Interaction, nameOf: NameOf, top: number, brief: boolean) {
    this.interaction = interaction;
    this.nameOf = nameOf;
    this.brief = brief;
    this.cursor = top;
    this.columns = new Map(interaction.lifelines.map((lifeline, column) => [lifeline.id, column]));
    this.actors = new Set(
      interaction.lifelines.flatMap((each, column) => (each.represents.kind === 'actor' ? [column] : [])),
    );
    this.depths = interaction.lifelines.map(() => -1);
    for (const { id, represents } of interaction.lifelines) {
      if (represents.kind !== 'machine' || represents.key !== undefined) continue;
      const creator = certainFirst(interaction.body, id);
      if (typeof creator === 'string') this.creators.set(creator, id);
    }
  }

  finish(): SequenceRows {
    this.walk(this.interaction.body, 0, null, this.frames);
    const { arrows, bars, frames, constraints, notes, created, uncertain } = this;
    return { arrows, bars, frames, constraints, notes, created, uncertain, bottom: this.cursor + 20 };
  }

  /** `caller` is the call whose execution the fragments are; a `return` inside an operand goes back to it at once. */
  private walk(fragments: readonly Fragment[], owner: number, caller: Call | null, frames: FrameRow[]): void {
    for (const fragment of fragments) {
      switch (fragment.kind) {
        case 'message':
          this.message(fragment, frames);
          break;
        case 'return':
          if (caller?.early === true) this.reply(caller, printReturn(fragment.value, this.nameOf));
          break;
        case 'action':
          this.action(fragment, owner);
          break;
        case 'invariant':
          this.note(fragment.id, owner, `{${printExpression(fragment.condition, this.nameOf)}}`);
          break;
        default:
          this.frame(fragment, owner, caller, frames);
      }
    }
  }

  private message(message: Message, frames: FrameRow[]): void {
    const from = this.columns.get(message.from) ?? 0;
    const to = this.columns.get(message.to) ?? 0;
    const creates = this.creators.get(message.id) === message.to;
    const y = this.cursor + (creates ? row + 4 : row);
    const fromDepth = this.depths[from] ?? -1;
    const kind = creates ? 'create' : message.sort === 'synchronous-call' ? 'synchronous' : 'asynchronous';
    const hasBar = !creates && !this.actors.has(to);
    const toDepth = hasBar ? (this.depths[to] ?? -1) + 1 : -1;
    const text = printMessage(message, this.nameOf, this.brief);
    this.arrows.push({ element: message.id, kind, from, to, fromDepth, toDepth, y, text });
    this.cursor = y;
    if (creates) {
      this.created.set(to, y);
      this.cursor = y + head / 2 + 2;
    } else if (this.isMachine(to) && !this.created.has(to) && !this.uncertain.has(to)) this.uncertain.set(to, y);
    if (hasBar) this.depths[to] = toDepth;
    if (message.execution.length > 0) {
      this.walk(message.execution, to, { message, from, to, fromDepth, toDepth, early: false }, frames);
    }
    this.end(message, { message, from, to, fromDepth, toDepth, early: false }, y, hasBar);
  }

  private end(message: Message, call: Call, y: number, hasBar: boolean): void {
    const synchronous = message.sort === 'synchronous-call';
    if (synchronous && (message.result !== undefined || message.execution.length > 0)) {
      this.reply(call, replyText(message, this.nameOf));
    } else if (message.execution.length > 0) this.cursor += 10;
    const bottom = Math.max(this.cursor, y + leastBar);
    if (hasBar) {
      this.depths[call.to] = call.toDepth - 1;
      this.bars.push({ element: message.id, column: call.to, depth: call.toDepth, top: y, bottom });
    }
    if (message.within !== undefined && bottom - y > 20) {
      this.constraints.push({
        element: message.id,
        column: call.to,
        text: printWithin(message.within),
        top: y,
        bottom: this.cursor,
      });
    }
  }

  private reply({ message, from, to, fromDepth, toDepth }: Call, text: string): void {
    this.cursor += 26;
    const ends = { from: to, to: from, fromDepth: toDepth, toDepth: fromDepth };
    this.arrows.push({ element: message.id, kind: 'reply', ...ends, y: this.cursor, text });
  }

  /** A signal that is sent to a lifeline is a message, however it is written. */
  private action({ id, action }: ActionFragment, owner: number): void {
    const to =
      action.kind === 'send' && action.target.kind === 'lifeline'
        ? this.columns.get(action.target.lifeline)
        : undefined;
    if (action.kind !== 'send' || to === undefined || to === owner) {
      this.note(id, owner, printAction(action, this.nameOf));
      return;
    }
    this.cursor += row;
    const fromDepth = this.depths[owner] ?? -1;
    const toDepth = (this.depths[to] ?? -1) + 1;
    const text = printSend(action, this.nameOf, this.brief);
    this.arrows.push({ element: id, kind: 'asynchronous', from: owner, to, fromDepth, toDepth, y: this.cursor, text });
    this.bars.push({ element: id, column: to, depth: toDepth, top: this.cursor, bottom: this.cursor + leastBar });
  }

  private note(element: ElementId, column: number, text: string): void {
    this.cursor += 20;
    this.notes.push({ element, column, y: this.cursor, text });
  }

  private frame(fragment: CombinedFragment, owner: number, caller: Call | null, frames: FrameRow[]): void {
    const top = this.cursor + 14;
    this.cursor = top;
    const inner: FrameRow[] = [];
    const firstArrow = this.arrows.length;
    const operands: { element: ElementId; guard: string; top: number }[] = [];
    for (const [index, operand] of fragment.operands.entries()) {
      const operandTop = index === 0 ? top : this.cursor + 14;
      const guard = printOperand(operand, this.nameOf);
      operands.push({ element: operand.id, guard, top: operandTop });
      const opensFrame = operand.body[0] !== undefined && 'operands' in operand.body[0];
      this.cursor = operandTop + (opensFrame ? 12 : 6);
      if (operand.body.length === 0) this.cursor += 18;
      this.walk(operand.body, owner, caller === null ? null : { ...caller, early: true }, inner);
    }
    this.cursor += 14;
    const touched = [owner, ...this.arrows.slice(firstArrow).flatMap((arrow) => [arrow.from, arrow.to])];
    const columns = { first: Math.min(...touched), last: Math.max(...touched) };
    const keyword = frameKeyword(fragment);
    frames.push({ element: fragment.id, keyword, owner, top, bottom: this.cursor, columns, operands, inner });
  }

  private isMachine(column: number): boolean {
    return this.interaction.lifelines[column]?.represents.kind === 'machine';
  }
}

interface Call {
  readonly message: Message;
  readonly from: number;
  readonly to: number;
  readonly fromDepth: number;
  readonly toDepth: number;
  readonly early: boolean;
}

function frameKeyword(fragment: CombinedFragment): string {
  if (fragment.kind !== 'loop') return fragment.kind;
  const { minimum, maximum } = fragment;
  if (minimum === undefined) return 'loop';
  if (maximum === null || maximum === undefined) return `loop (${minimum}, *)`;
  return minimum === maximum ? `loop (${minimum})` : `loop (${minimum}, ${maximum})`;
}

/** A reply carries what is returned at the end of the execution, else the name that takes it. */
function replyText(message: Message, nameOf: NameOf): string {
  const last = message.execution[message.execution.length - 1];
  if (last?.kind === 'return') return printReturn(last.value, nameOf);
  return message.result === undefined ? '' : nameOf(message.result);
}

/** The first message to the lifeline, where no choice decides whether it is sent; else null. */
function certainFirst(fragments: readonly Fragment[], lifeline: ElementId): ElementId | null | undefined {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      if (fragment.to === lifeline) return fragment.id;
      const inside = certainFirst(fragment.execution, lifeline);
      if (inside !== undefined) return inside;
    } else if ('operands' in fragment) {
      const found = fragment.operands
        .map((operand) => certainFirst(operand.body, lifeline))
        .filter((each) => each !== undefined);
      if (found.length === 0) continue;
      return fragment.kind === 'par' && found.length === 1 ? found[0] : null;
    }
  }
  return undefined;
}
