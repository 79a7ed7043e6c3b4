/** The protobuf wire format: which fields a message has, by number. Knows no message type. */

type Raw = { readonly number: number; readonly value: bigint | Uint8Array };

/** The fields of one message. What is absent reads as protobuf's default. */
export interface Fields {
  has(field: number): boolean;
  varint(field: number): bigint;
  integer(field: number): number;
  fixed64(field: number): bigint;
  double(field: number): number;
  text(field: number): string;
  hex(field: number): string;
  message(field: number): Fields;
  messages(field: number): Fields[];
}

const EMPTY = new Uint8Array(0);

/** Throws where the bytes end in the middle of a field or hold an unknown wire type. */
export function readFields(bytes: Uint8Array): Fields {
  const raw = [...split(bytes)];
  const last = (field: number) => raw.findLast(({ number }) => number === field)?.value;
  const bits = (field: number) => {
    const value = last(field);
    return typeof value === 'bigint' ? value : 0n;
  };
  const blob = (field: number) => {
    const value = last(field);
    return value instanceof Uint8Array ? value : EMPTY;
  };
  return {
    has: (field) => last(field) !== undefined,
    varint: bits,
    integer: (field) => Number(bits(field)),
    fixed64: bits,
    double: (field) => new Float64Array(BigUint64Array.of(bits(field)).buffer)[0] ?? 0,
    text: (field) => Buffer.from(blob(field)).toString('utf8'),
    hex: (field) => Buffer.from(blob(field)).toString('hex'),
    message: (field) => readFields(blob(field)),
    messages: (field) =>
      raw.flatMap(({ number, value }) => (number === field && value instanceof Uint8Array ? [readFields(value)] : [])),
  };
}

function* split(bytes: Uint8Array): Generator<Raw> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const need = (length: number) => {
    if (at + length > bytes.length) throw new Error(`the message ends in the middle of a field (byte ${at})`);
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      need(1);
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error(`a number is longer than 64 bits (byte ${at})`);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        need(8);
        yield { number, value: view.getBigUint64(at, true) };
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        need(length);
        yield { number, value: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        need(4);
        yield { number, value: BigInt(view.getUint32(at, true)) };
        at += 4;
        break;
      default:
        throw new Error(`field ${number} has an unknown wire type (byte ${at})`);
    }
  }
}
