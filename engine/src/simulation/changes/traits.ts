/** Traits of messages that come and go while a run goes on: the kernel reads them with the others and so pays nothing for them. */
import type { Program } from '../../behavior/interaction/index.ts';
import { MESSAGE_SHIFT, TRAITS } from '../message-table.ts';

export class Traits {
  readonly #records: Int32Array;
  readonly #messages: Program['messages'];

  constructor(records: Int32Array, messages: Program['messages']) {
    this.#records = records;
    this.#messages = messages;
  }

  set(trait: number, isSet: boolean, applies: (message: Program['messages'][number]) => boolean = () => true): void {
    for (const message of this.#messages) {
      if (!applies(message)) continue;
      const at = (message.index << MESSAGE_SHIFT) + TRAITS;
      this.#records[at] = isSet ? this.#records[at]! | trait : this.#records[at]! & ~trait;
    }
  }
}
