/** Whole numbers in as few bytes as they need: seven bits in each, the eighth says that more follow. */

export class Written {
  private buffer = new Uint8Array(1024);
  private length = 0;

  /** From 0 to 2^31 - 1. */
  add(number: number): void {
    if (this.length + 5 > this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    let left = number;
    for (; left > 0x7f; left >>>= 7) this.buffer[this.length++] = (left & 0x7f) | 0x80;
    this.buffer[this.length++] = left;
  }

  /** From -2^30 to 2^30 - 1. */
  addSigned(number: number): void {
    this.add(number < 0 ? -2 * number - 1 : 2 * number);
  }

  /** All that was added, in no more room than it needs. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.length);
  }
}

/** Gives the numbers back in their order. */
export class Unwritten {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  next(): number {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  }

  nextSigned(): number {
    const number = this.next();
    return number & 1 ? -((number + 1) >>> 1) : number >>> 1;
  }
}
