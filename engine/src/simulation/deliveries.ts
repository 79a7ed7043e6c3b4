/**
 * The partitions of topics: what was published waits in line at each consumer, which takes one publication of a partition at a time,
 * in their order. Those who wait are tokens, chained through their own records. What a consumer that is down should have got waits for it.
 * Knows nothing of what a consumer does, nor of why somebody is down.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { Known } from '../expressions/index.ts';
import type { ElementId } from '../model/index.ts';
import { hashOfValue } from './hash-of-value.ts';
import { Tallies } from './tallies.ts';
import type * as token from './token-pool.ts';
import { NO_TOKEN, type TokenPool } from './token-pool.ts';
import type { TokenQueue } from './token-queue.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const CALLING = -5 satisfies typeof token.CALLING;
const COUNT = 7 satisfies typeof token.COUNT;
const FAILED = 1 satisfies typeof token.FAILED;
const FLAGS = 5 satisfies typeof token.FLAGS;
const GOAL = 8 satisfies typeof token.GOAL;
const NEXT = 10 satisfies typeof token.NEXT;
const PARENT = 1 satisfies typeof token.PARENT;
const POSITION = 0 satisfies typeof token.POSITION;
const SENT = 0 satisfies typeof token.SENT;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const UNSERVED = 131_072 satisfies typeof token.UNSERVED;
const WHAT = 3 satisfies typeof token.WHAT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

export interface DeliveryFigures {
  /** By topic: how many more waited at the end than at the beginning. */
  readonly growth: readonly number[];
  /** By topic: publications that no broker took. */
  readonly refused: readonly number[];
}

interface Delivering {
  readonly program: Program;
  readonly pool: TokenPool;
  /** Holds the time now. */
  readonly clock: Float64Array;
  /** Nothing more comes of a token that was kept too long. */
  forget(token: number): void;
  /** Whether somebody of a component takes what comes. */
  serves(component: ElementId): boolean;
}

export class Deliveries {
  readonly #run: Delivering;
  /** By message: its consumer; those of one consumer, wherever something is published, are in line together. */
  readonly #consumerOf: Int32Array;
  readonly #topicOf: Int32Array;
  readonly #retention: Float64Array;
  /** By consumer. */
  readonly #partitions: Int32Array;
  readonly #firstLine: Int32Array;
  readonly #turn: Int32Array;
  /** By line: one partition of one consumer. */
  readonly #busy: Uint8Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** By consumer: its component. */
  readonly #component: (ElementId | null)[] = [];
  /** By topic. */
  readonly #broker: readonly ElementId[];
  readonly #refused: Float64Array;
  readonly #refusedAtMark: Float64Array;
  readonly #waiting: Float64Array;
  readonly #waitingAtMark: Float64Array;
  /** By topic: from publication until the consumer has done; then, again by topic, until it begins. */
  readonly tallies: Tallies;

  constructor(run: Delivering) {
    this.#run = run;
    const { program, pool, clock } = run;
    const consumers = new Map<string, number>();
    const partitions: number[] = [];
    this.#topicOf = Int32Array.from(program.messages, ({ delivery }) => delivery?.topic ?? -1);
    this.#consumerOf = Int32Array.from(program.messages, ({ delivery, compiled, component }) => {
      if (delivery === null) return -1;
      const known = consumers.get(compiled.id);
      if (known !== undefined) return known;
      consumers.set(compiled.id, partitions.length);
      this.#component.push(component);
      return partitions.push(program.topics[delivery.topic]!.partitions ?? 1) - 1;
    });
    this.#retention = Float64Array.from(program.topics, ({ retention }) => retention ?? Number.POSITIVE_INFINITY);
    this.#partitions = Int32Array.from(partitions);
    let lines = 0;
    this.#firstLine = this.#partitions.map((count) => {
      lines += count;
      return lines - count;
    });
    this.#turn = new Int32Array(partitions.length);
    this.#busy = new Uint8Array(lines);
    this.#first = new Int32Array(lines);
    this.#last = new Int32Array(lines);
    this.#broker = program.topics.map(({ id }) => id.slice(0, id.lastIndexOf('.')));
    this.#refused = new Float64Array(program.topics.length);
    this.#refusedAtMark = new Float64Array(program.topics.length);
    this.#waiting = new Float64Array(program.topics.length);
    this.#waitingAtMark = new Float64Array(program.topics.length);
    this.tallies = new Tallies(2 * program.topics.length, clock, pool.times);
    this.clear();
  }

  clear(): void {
    for (const part of [this.#turn, this.#busy, this.#waiting, this.#waitingAtMark]) part.fill(0);
    for (const part of [this.#refused, this.#refusedAtMark]) part.fill(0);
    this.#first.fill(NO_TOKEN);
    this.#last.fill(NO_TOKEN);
    this.tallies.clear();
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.tallies.mark(now);
    this.#waitingAtMark.set(this.#waiting);
    this.#refusedAtMark.set(this.#refused);
  }

  figures(): DeliveryFigures {
    return {
      growth: Array.from(this.#waiting, (waiting, topic) => waiting - this.#waitingAtMark[topic]!),
      refused: Array.from(this.#refused, (count, topic) => count - this.#refusedAtMark[topic]!),
    };
  }

  /** Whether the broker takes what is to be delivered by a message. */
  isTaken(message: number): boolean {
    return this.#run.serves(this.#broker[this.#topicOf[message]!]!);
  }

  /** The broker is down: what was published is lost, and counted. */
  refuse(token: number, message: number): void {
    const topic = this.#topicOf[message]!;
    const sent = (token << TIME_SHIFT) + SENT;
    this.#run.pool.times[sent] = this.#run.clock[0]!;
    this.tallies.begin(topic);
    this.tallies.end(topic, sent, true);
    this.#refused[topic]! += 1;
  }

  /** Something was published, to the partition of its key; true where its consumer takes it at once. */
  enter(token: number, message: number, key: Known | undefined): boolean {
    const { words, times } = this.#run.pool;
    const at = token << WORD_SHIFT;
    const topic = this.#topicOf[message]!;
    const consumer = this.#consumerOf[message]!;
    const partition = this.#partition(consumer, key);
    words[at + COUNT] = partition;
    words[at + GOAL] = message;
    times[(token << TIME_SHIFT) + SENT] = this.#run.clock[0]!;
    this.tallies.begin(topic);
    this.tallies.begin(this.#waits(topic));
    const line = this.#firstLine[consumer]! + partition;
    if (this.#busy[line] === 0 && this.#first[line] === NO_TOKEN && this.#isServed(consumer, topic)) {
      this.#busy[line] = 1;
      this.tallies.end(this.#waits(topic), (token << TIME_SHIFT) + SENT, false);
      return true;
    }
    words[at + NEXT] = NO_TOKEN;
    const last = this.#last[line]!;
    if (last === NO_TOKEN) this.#first[line] = token;
    else words[(last << WORD_SHIFT) + NEXT] = token;
    this.#last[line] = token;
    this.#waiting[topic]!++;
    return false;
  }

  /** A consumer has done with a publication; returns the one that it takes next, -1 where none waits. */
  leave(token: number): number {
    const { words } = this.#run.pool;
    const at = token << WORD_SHIFT;
    const topic = this.#topicOf[words[at + GOAL]!]!;
    const line = this.#firstLine[this.#consumerOf[words[at + GOAL]!]!]! + words[at + COUNT]!;
    const hasFailed = (words[at + FLAGS]! & FAILED) !== 0;
    this.tallies.end(topic, (token << TIME_SHIFT) + SENT, hasFailed);
    this.#busy[line] = 0;
    return this.#next(line, this.#consumerOf[words[at + GOAL]!]!, topic);
  }

  /** It came to nobody, or to one that has crashed since. */
  isUnserved(token: number): boolean {
    return (this.#run.pool.words[(token << WORD_SHIFT) + FLAGS]! & UNSERVED) !== 0;
  }

  /** A consumer is called for what a token delivers, or a call with its attempts within it. */
  tried(token: number): void {
    this.#run.pool.words[(this.#deliveryOf(token) << WORD_SHIFT) + FLAGS]! &= ~UNSERVED;
  }

  /** Back to where it was published: true where another replica gets it at once; else it is the first in line again. */
  again(token: number): boolean {
    const { words } = this.#run.pool;
    const at = token << WORD_SHIFT;
    const message = words[at + GOAL]!;
    const topic = this.#topicOf[message]!;
    const consumer = this.#consumerOf[message]!;
    words[at + FLAGS]! &= ~(FAILED | UNSERVED);
    words[at + POSITION] = this.#run.program.messages[message]!.delivery!.start;
    if (this.#isServed(consumer, topic)) return true;
    const line = this.#firstLine[consumer]! + words[at + COUNT]!;
    words[at + NEXT] = this.#first[line]!;
    if (this.#first[line] === NO_TOKEN) this.#last[line] = token;
    this.#first[line] = token;
    this.#waiting[topic]!++;
    this.tallies.begin(this.#waits(topic));
    this.#busy[line] = 0;
    return false;
  }

  /** Something may have come up: whoever can be delivered now goes on. */
  wake(ready: TokenQueue): void {
    this.#run.program.messages.forEach((_, message) => {
      const topic = this.#topicOf[message]!;
      if (topic < 0 || this.#waiting[topic] === 0) return;
      const consumer = this.#consumerOf[message]!;
      const first = this.#firstLine[consumer]!;
      for (let line = first; line < first + this.#partitions[consumer]!; line++) {
        if (this.#busy[line] === 1) continue;
        const next = this.#next(line, consumer, topic);
        if (next !== NO_TOKEN) ready.push(next);
      }
    });
  }

  /** The one of a line that its consumer takes now; those that were kept for too long are dropped. */
  #next(line: number, consumer: number, topic: number): number {
    if (!this.#isServed(consumer, topic)) return NO_TOKEN;
    for (let next = this.#shift(line, topic); next !== NO_TOKEN; next = this.#shift(line, topic)) {
      const sent = (next << TIME_SHIFT) + SENT;
      const isKept = this.#run.clock[0]! - this.#run.pool.times[sent]! <= this.#retention[topic]!;
      this.tallies.end(this.#waits(topic), sent, !isKept);
      if (isKept) {
        this.#busy[line] = 1;
        return next;
      }
      this.tallies.end(topic, sent, true);
      this.#run.forget(next);
    }
    return NO_TOKEN;
  }

  #isServed(consumer: number, topic: number): boolean {
    const component = this.#component[consumer] ?? null;
    return this.#run.serves(this.#broker[topic]!) && (component === null || this.#run.serves(component));
  }

  #deliveryOf(token: number): number {
    const { words } = this.#run.pool;
    const at = token << WORD_SHIFT;
    return words[at + WHAT] === CALLING ? words[at + PARENT]! : token;
  }

  /** The partition of what a token delivers, or calls the consumer for. */
  partitionOf(token: number): number {
    return this.#run.pool.words[(this.#deliveryOf(token) << WORD_SHIFT) + COUNT]!;
  }

  #waits(topic: number): number {
    return this.#waiting.length + topic;
  }

  #partition(consumer: number, key: Known | undefined): number {
    const count = this.#partitions[consumer]!;
    if (key !== undefined) return (hashOfValue(key) >>> 0) % count;
    const turn = this.#turn[consumer]!;
    this.#turn[consumer] = turn + 1 === count ? 0 : turn + 1;
    return turn;
  }

  #shift(line: number, topic: number): number {
    const token = this.#first[line]!;
    if (token === NO_TOKEN) return token;
    const next = this.#run.pool.words[(token << WORD_SHIFT) + NEXT]!;
    this.#first[line] = next;
    if (next === NO_TOKEN) this.#last[line] = NO_TOKEN;
    this.#waiting[topic]!--;
    return token;
  }
}
