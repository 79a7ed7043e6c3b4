/**
 * First half of a sequence diagram's layout: what stands at which height, since the order of the text is the order of
 * the rows. Columns are still numbers of lifelines; nothing here knows a width.
 */
import type {
  ActionFragment,
  CombinedFragment,
  Consumer,
  ElementId,
  Fragment,
  Interaction,
  InteractionUse,
  LifecycleFragment,
  Lifeline,
  Message,
} from '@pollux/engine/model';
import { certainFirst } from './certain-first.ts';
import { metrics } from './metrics.ts';
import type { NameOf } from './names.ts';
import { printAction } from './print-action.ts';
import { printExpression } from './print-expression.ts';
import { printMessage, printOperand, printReturn, printSend, printWithin } from './print-message.ts';
import type { ArrowRow, BarRow, ConstraintRow, FrameRow, NoteRow, SequenceRows } from './sequence-row.ts';

const { row, head, leastBar } = metrics.sequence;

/** `others`: the interactions that this one may refer to. */
export function sequenceRows(
  interaction: Interaction,
  nameOf: NameOf,
  top: number,
  brief: boolean,
  others: readonly Interaction[],
): SequenceRows {
  return new Rows(interaction, nameOf, top, brief, others).finish();
}

class Rows {
  private readonly interaction: Interaction;
  private readonly nameOf: NameOf;
  private readonly brief: boolean;
  private readonly others: readonly Interaction[];
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
  private readonly destroyed = new Map<number, number>();
  private readonly uncertain = new Map<number, number>();
  private readonly depths: number[];
  private cursor: number;

  constructor(interaction: Interaction, nameOf: NameOf, top: number, brief: boolean, others: readonly Interaction[]) {
    this.interaction = interaction;
    this.others = others;
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
    const { arrows, bars, frames, constraints, notes, created, destroyed, uncertain } = this;
    return { arrows, bars, frames, constraints, notes, created, destroyed, uncertain, bottom: this.cursor + 20 };
  }

  /** `caller` is the call whose execution the fragments are; a `return` inside an operand goes back to it at once. */
  private walk(fragments: readonly Fragment[], owner: number, caller: Call | null, frames: FrameRow[]): void {
    for (const fragment of fragments) {
      switch (fragment.kind) {
        case 'message':
          this.message(fragment, owner, caller, frames);
          break;
        case 'consumer':
          this.consumer(fragment, frames);
          break;
        case 'create':
        case 'destroy':
          this.lifecycle(fragment, owner);
          break;
        case 'work':
          this.note(fragment.id, owner, `${fragment.sort} ${printExpression(fragment.time, this.nameOf)}`);
          break;
        case 'ref':
          this.use(fragment, owner, frames);
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

  private message(message: Message, owner: number, caller: Call | null, frames: FrameRow[]): void {
    const sender = this.columns.get(message.from);
    const receiver = this.columns.get(message.to);
    if (sender === undefined || receiver === undefined) this.openEnded(message, sender, receiver, frames);
    else this.delivered(message, sender, receiver, frames);
    if (message.fallback === undefined) return;
    const operand = { element: message.id, guard: '[failed]', body: message.fallback };
    this.framed(message.id, 'fallback', [operand], sender ?? owner, caller, frames);
  }

  /** A lost or found message, or one to a broker that has no lifeline here. */
  private openEnded(
    message: Message,
    sender: number | undefined,
    receiver: number | undefined,
    frames: FrameRow[],
  ): void {
    const column = sender ?? receiver ?? 0;
    const depth = this.depths[column] ?? -1;
    const leaves = sender !== undefined;
    const kind = message.sort === 'lost' || message.sort === 'found' ? message.sort : leaves ? 'out' : 'in';
    const text = printMessage(message, this.nameOf, this.brief);
    this.cursor += row;
    const hasBar = !leaves && !this.actors.has(column);
    const depths = { fromDepth: depth, toDepth: hasBar ? depth + 1 : depth };
    this.arrows.push({ element: message.id, kind, from: column, to: column, ...depths, y: this.cursor, text });
    if (hasBar) this.execution(message.id, message.execution, column, depth + 1, frames);
  }

  /** What a receiver does that nobody waits for, and its bar. */
  private execution(
    element: ElementId,
    body: readonly Fragment[],
    column: number,
    depth: number,
    frames: FrameRow[],
  ): void {
    const top = this.cursor;
    this.depths[column] = depth;
    this.walk(body, column, null, frames);
    if (body.length > 0) this.cursor += 10;
    this.depths[column] = depth - 1;
    this.bars.push({ element, column, depth, top, bottom: Math.max(this.cursor, top + leastBar) });
  }

  private consumer(consumer: Consumer, frames: FrameRow[]): void {
    const to = this.columns.get(consumer.to) ?? 0;
    const from = this.columns.get(consumer.broker);
    const depth = (this.depths[to] ?? -1) + 1;
    const list = consumer.bindings.map(({ name }) => name).join(', ');
    const text = `${this.nameOf(consumer.topic)}(${list}) → ${this.nameOf(consumer.operation)}()`;
    this.cursor += row;
    const isDrawn = from !== undefined && from !== to;
    this.arrows.push({
      element: consumer.id,
      kind: isDrawn ? 'asynchronous' : 'in',
      from: isDrawn ? from : to,
      to,
      fromDepth: isDrawn ? (this.depths[from] ?? -1) : depth,
      toDepth: depth,
      y: this.cursor,
      text,
    });
    this.execution(consumer.id, consumer.execution, to, depth, frames);
  }

  /** UML 2.5.1, 17.4.4: a dashed arrow to the head creates, a cross ends. */
  private lifecycle(fragment: LifecycleFragment, owner: number): void {
    const column = this.columns.get(fragment.lifeline) ?? 0;
    const from = (fragment.from === undefined ? undefined : this.columns.get(fragment.from)) ?? owner;
    const isFirst = fragment.kind === 'create' && this.creators.has(fragment.id);
    this.cursor += isFirst ? row + 4 : row;
    const y = this.cursor;
    const text = fragment.kind === 'create' ? '' : '«destroy»';
    if (from !== column) {
      const kind = isFirst ? 'create' : 'asynchronous';
      const fromDepth = this.depths[from] ?? -1;
      this.arrows.push({ element: fragment.id, kind, from, to: column, fromDepth, toDepth: -1, y, text });
    }
    if (isFirst) {
      this.created.set(column, y);
      this.cursor = y + head / 2 + 2;
    } else if (fragment.kind === 'destroy') this.destroyed.set(column, y);
  }

  /** A frame over the lifelines that take part in what is referred to. */
  private use(use: InteractionUse, owner: number, frames: FrameRow[]): void {
    const other = this.others.find(({ id }) => id === use.interaction);
    const parts = new Set(other?.lifelines.map(({ represents }) => partOf(represents)) ?? []);
    const covered = this.interaction.lifelines.flatMap(({ represents }, column) =>
      represents.kind !== 'actor' && parts.has(partOf(represents)) ? [column] : [],
    );
    const columns = { first: Math.min(owner, ...covered), last: Math.max(owner, ...covered) };
    const list = use.arguments.map(({ value }) => printExpression(value, this.nameOf)).join(', ');
    const text = `${this.nameOf(use.interaction)}${list === '' || this.brief ? '' : `(${list})`}`;
    const top = this.cursor + 14;
    this.cursor = top + 44;
    frames.push({
      element: use.id,
      keyword: 'ref',
      owner,
      top,
      bottom: this.cursor,
      columns,
      operands: [],
      text,
      inner: [],
    });
  }

  private delivered(message: Message, from: number, to: number, frames: FrameRow[]): void {
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
    const operands = fragment.operands.map((operand) => ({
      element: operand.id,
      guard: printOperand(operand, this.nameOf),
      body: operand.body,
    }));
    this.framed(fragment.id, frameKeyword(fragment, this.nameOf), operands, owner, caller, frames);
  }

  private framed(
    element: ElementId,
    keyword: string,
    parts: readonly { readonly element: ElementId; readonly guard: string; readonly body: readonly Fragment[] }[],
    owner: number,
    caller: Call | null,
    frames: FrameRow[],
  ): void {
    const top = this.cursor + 14;
    this.cursor = top;
    const inner: FrameRow[] = [];
    const firstArrow = this.arrows.length;
    const operands: { element: ElementId; guard: string; top: number }[] = [];
    for (const [index, operand] of parts.entries()) {
      const operandTop = index === 0 ? top : this.cursor + 14;
      operands.push({ element: operand.element, guard: operand.guard, top: operandTop });
      const first = operand.body[0];
      const opensFrame = first !== undefined && ('operands' in first || first.kind === 'ref');
      this.cursor = operandTop + (opensFrame ? 12 : 6);
      if (operand.body.length === 0) this.cursor += 18;
      this.walk(operand.body, owner, caller === null ? null : { ...caller, early: true }, inner);
    }
    this.cursor += 14;
    const touched = [
      owner,
      ...this.arrows.slice(firstArrow).flatMap((arrow) => [arrow.from, arrow.to]),
      ...inner.flatMap((frame) => [frame.columns.first, frame.columns.last]),
    ];
    const columns = { first: Math.min(...touched), last: Math.max(...touched) };
    frames.push({ element, keyword, owner, top, bottom: this.cursor, columns, operands, text: '', inner });
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

function partOf(represents: Lifeline['represents']): string {
  switch (represents.kind) {
    case 'actor':
      return 'actor';
    case 'component':
      return represents.component;
    case 'machine':
      return represents.machine;
  }
}

function frameKeyword(fragment: CombinedFragment, nameOf: NameOf): string {
  const { messages } = fragment;
  if (messages !== undefined && messages.length > 0) return `${fragment.kind} {${messages.map(nameOf).join(', ')}}`;
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
