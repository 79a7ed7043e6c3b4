/** Tokens that can go on at this very moment, first come first served: a ring that grows. */
export class TokenQueue {
  #ring = new Int32Array(64);
  #mask = 63;
  #head = 0;
  #tail = 0;

  get isEmpty(): boolean {
    return this.#head === this.#tail;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
  }

  push(token: number): void {
    if (this.#tail - this.#head > this.#mask) this.#grow();
    this.#ring[this.#tail++ & this.#mask] = token;
  }

  /** Only where it is not empty. */
  shift(): number {
    const token = this.#ring[this.#head++ & this.#mask]!;
    if (this.#head === this.#tail) this.clear();
    return token;
  }

  #grow(): void {
    const size = this.#tail - this.#head;
    const ring = new Int32Array(this.#ring.length * 2);
    for (let i = 0; i < size; i++) ring[i] = this.#ring[(this.#head + i) & this.#mask]!;
    this.#ring = ring;
    this.#mask = ring.length - 1;
    this.#head = 0;
    this.#tail = size;
  }
}
