/**
 * The last good model of every document that is open, and what is wrong with its text now. Pulls from the server when told
 * that something changed, drops stale answers, and asks again when a change came while it was asking.
 * Knows neither VS Code nor how a request travels.
 */
import { type AnyElement, type ElementId, indexElements, type Model } from '@pollux/engine/model';
import type { ModelAnswer } from '@pollux/language-server/protocol';

export interface ModelEntry {
  readonly uri: string;
  /** Of the document that the newest answer was computed from. */
  readonly version: number;
  /** What is drawn and run: the last model without an error; before there was one, what could be lowered. */
  readonly model: Model | null;
  /** What the text says now, as far as it can be read; its places fit the text. */
  readonly current: Model | null;
  readonly broken?: BrokenText;
}

interface BrokenText {
  readonly message: string;
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  /** When the drawn model was good for the last time, milliseconds since the epoch. */
  readonly since: number;
}

interface ModelStoreOptions {
  readonly ask: (uri: string) => Promise<ModelAnswer>;
  readonly now: () => number;
  readonly onChange: (entry: ModelEntry) => void;
  readonly onFailure: (uri: string, error: unknown) => void;
}

interface Slot {
  entry: ModelEntry | null;
  goodSince: number;
  wanted: number;
  pulling: Promise<void> | null;
}

export class ModelStore {
  readonly #options: ModelStoreOptions;
  readonly #slots = new Map<string, Slot>();

  constructor(options: ModelStoreOptions) {
    this.#options = options;
  }

  get(uri: string): ModelEntry | null {
    return this.#slots.get(uri)?.entry ?? null;
  }

  entries(): ModelEntry[] {
    return [...this.#slots.values()].flatMap(({ entry }) => (entry === null ? [] : [entry]));
  }

  /** The entry as of the newest change; resolves when the server has answered. */
  async pull(uri: string): Promise<ModelEntry | null> {
    let slot = this.#slots.get(uri);
    if (slot === undefined) {
      slot = { entry: null, goodSince: this.#options.now(), wanted: 0, pulling: null };
      this.#slots.set(uri, slot);
    }
    slot.wanted += 1;
    slot.pulling ??= this.#pullUntilSettled(uri, slot);
    await slot.pulling;
    return this.get(uri);
  }

  /** The document was closed. */
  forget(uri: string): void {
    this.#slots.delete(uri);
  }

  async #pullUntilSettled(uri: string, slot: Slot): Promise<void> {
    try {
      for (let served = -1; served !== slot.wanted; ) {
        served = slot.wanted;
        this.#take(slot, await this.#options.ask(uri));
      }
    } catch (error) {
      this.#options.onFailure(uri, error);
    } finally {
      slot.pulling = null;
    }
  }

  #take(slot: Slot, answer: ModelAnswer): void {
    const before = slot.entry;
    if (before !== null && answer.version < before.version) return;
    const good = answer.broken === undefined && answer.model !== null;
    if (good) slot.goodSince = this.#options.now();
    slot.entry = {
      uri: answer.uri,
      version: answer.version,
      model: good ? answer.model : (before?.model ?? answer.model),
      current: answer.model,
      ...(answer.broken === undefined ? {} : { broken: { ...answer.broken, since: slot.goodSince } }),
    };
    if (this.#slots.get(answer.uri) === slot) this.#options.onChange(slot.entry);
  }
}

/** The element where the text has it now; where the text is broken there, where the last good model had it. */
export function locate(entry: ModelEntry, element: ElementId): AnyElement | undefined {
  for (const model of [entry.current, entry.model]) {
    const found = model === null ? undefined : indexElements(model).get(element);
    if (found !== undefined) return found;
  }
  return undefined;
}
