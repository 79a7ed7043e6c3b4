/** The code of a program as it grows: positions ahead are patched when they are known. Knows nothing of what its words mean. */
import { op } from './program.ts';

export class CodeWriter {
  readonly #code: number[];

  constructor(code: number[]) {
    this.#code = code;
  }

  /** Where the next word will stand. */
  get here(): number {
    return this.#code.length;
  }

  emit(...words: number[]): void {
    this.#code.push(...words);
  }

  /** Emits a jump whose target is patched later; returns where the target stands. */
  jump(): number {
    this.emit(op.jump, 0);
    return this.here - 1;
  }

  patch(positions: readonly number[], target = this.here): void {
    for (const position of positions) this.#code[position] = target;
  }
}
