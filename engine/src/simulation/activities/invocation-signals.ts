/**
 * Signals to invocations of activities: which one has a key, what reaches it, and who sent what it takes. Where a signal goes that
 * leaves an activity is said by `../signal-routes.ts`.
 */
import {
  type ActivityProgram,
  type ActivityRuntime,
  type CompiledActivity,
  NODE,
  SERIAL,
  STATE,
  state,
  WORD_SHIFT,
} from '../../behavior/index.ts';
import type { Known } from '../../expressions/index.ts';
import type { ElementId, SendTarget } from '../../model/index.ts';
import type { Finding } from '../result.ts';
import { NOBODY, senderAddress } from '../senders.ts';
import type { Post, Posted } from '../signal-routes.ts';
import type { Errands } from './errands.ts';

type InstanceTarget = Extract<SendTarget, { readonly kind: 'instance' }>;

interface SignalParts {
  readonly program: ActivityProgram;
  readonly runtime: ActivityRuntime;
  readonly clock: Float64Array;
  readonly errands: Errands;
  /** Activities whose invocations somebody sends signals to by their key. */
  readonly keyed: ReadonlySet<ElementId>;
  readonly signalNames: readonly string[];
  /** All of the model. */
  readonly activityIds: readonly ElementId[];
  /** A signal to somebody else. */
  readonly post: Post;
  note(finding: Finding): void;
}

export class InvocationSignals {
  readonly #parts: SignalParts;
  readonly #words: Int32Array;
  /** By activity: invocations by their key; null where nobody asks for one. */
  readonly #byKey: readonly (Map<Known, number> | null)[];
  readonly #isActivity: ReadonlySet<ElementId>;
  /** By invocation: who sent the signal that it has taken last. */
  readonly #senders: Float64Array;

  constructor(parts: SignalParts) {
    const { program, runtime, keyed, activityIds } = parts;
    this.#parts = parts;
    this.#words = runtime.store.words;
    this.#byKey = program.activities.map(({ id }) => (keyed.has(id) ? new Map() : null));
    this.#isActivity = new Set(activityIds);
    this.#senders = new Float64Array(runtime.store.limit);
  }

  clear(): void {
    for (const keys of this.#byKey) keys?.clear();
  }

  began(activity: CompiledActivity, run: number): void {
    this.#senders[run] = NOBODY;
    this.#byKey[activity.index]?.set(this.#keyOf(activity, run), run);
  }

  ended(activity: CompiledActivity, run: number): void {
    const keys = this.#byKey[activity.index];
    if (keys === undefined || keys === null) return;
    const key = this.#keyOf(activity, run);
    // A later invocation may have taken the key.
    if (keys.get(key) === run) keys.delete(key);
  }

  /** An invocation sends one. `delay`: microseconds. */
  send(run: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void {
    const { clock, post } = this.#parts;
    const serial = this.#words[(run << WORD_SHIFT) + SERIAL]!;
    const from = senderAddress('invocation', run, serial);
    const posted = { signal, values: [...values], now: clock[0]!, delay, from, handled: this.#senders[run]! };
    if (target.kind === 'self') this.deliverTo(run, serial, posted);
    else if (target.kind !== 'lifeline') post({ ...posted, target });
  }

  /** To an invocation by its key; false where the target is no activity. */
  post({ behaviour, key }: InstanceTarget, posted: Posted): boolean {
    const index = this.#parts.program.activities.findIndex(({ id }) => id === behaviour);
    if (index < 0) return this.#isActivity.has(behaviour) && this.#missing(behaviour);
    const run = key.kind === 'literal' ? this.#byKey[index]?.get(key.value) : undefined;
    if (run === undefined) return this.#missing(behaviour);
    this.deliverTo(run, this.#words[(run << WORD_SHIFT) + SERIAL]!, posted);
    return true;
  }

  /** `serial`: what tells the invocation from others that had its token. */
  deliverTo(run: number, serial: number, posted: Omit<Posted, 'target'>): void {
    const activity = this.#words[(run << WORD_SHIFT) + NODE]!;
    this.#parts.errands.after(posted.delay, () => this.#deliver(activity, run, serial, posted));
  }

  /** Whose invocation a token is, or was. */
  activityOf(run: number): ElementId | undefined {
    return this.#parts.program.activities[this.#words[(run << WORD_SHIFT) + NODE]!]?.id;
  }

  #deliver(index: number, run: number, serial: number, { signal, values, from }: Omit<Posted, 'target'>): void {
    const { program, runtime, signalNames, note } = this.#parts;
    const at = run << WORD_SHIFT;
    const { id, activity } = program.activities[index]!;
    const name = signalNames[signal] ?? 'a signal';
    if (this.#words[at + SERIAL] !== serial || this.#words[at + STATE] !== state.invocation) {
      const message = `${name} came to an invocation of ${activity.name} that had ended.`;
      note({ code: 'signal-to-ended', severity: 'information', element: id, message });
      return;
    }
    const before = this.#senders[run]!;
    this.#senders[run] = from;
    if (runtime.deliver(run, signal, values)) return;
    this.#senders[run] = before;
    const message = `${name} came to an invocation of ${activity.name} that did not wait for it: it was discarded.`;
    note({ code: 'signal-discarded', severity: 'information', element: id, message });
  }

  #missing(behaviour: ElementId): true {
    const message = 'A message went to an invocation that never began, or had ended.';
    this.#parts.note({ code: 'no-such-instance', severity: 'warning', element: behaviour, message });
    return true;
  }

  #keyOf(activity: CompiledActivity, run: number): Known {
    return activity.keyOf(this.#parts.runtime.store.slots[run]!);
  }
}
