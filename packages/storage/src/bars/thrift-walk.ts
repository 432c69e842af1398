/** Types of the compact protocol, as they stand in the header of a field and of a list. */
const type = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
};

const deepest = 32;

/**
 * Whether bytes are one structure of Thrift's compact protocol (thrift/doc/specs/thrift-compact-protocol.md) whose
 * lengths all lie within them. Readers make room for as many elements as a list says it has, so one changed byte can
 * ask for gigabytes.
 */
export function isWholeStruct(bytes: Uint8Array): boolean {
  try {
    new Walk(bytes).struct(0);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Passes over what is written in some bytes. Every element takes a byte at least, so it ends.
 * @throws RangeError beyond their end
 */
class Walk {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  struct(depth: number): void {
    if (depth > deepest) throw new RangeError('nested too deeply');
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      const isFarField = header >> 4 === 0;
      if (isFarField) this.#number();
      const kind = header & 15;
      // The value of a truth is in the header of its field.
      if (kind !== type.true && kind !== type.false) this.#value(kind, depth);
    }
  }

  #value(kind: number, depth: number): void {
    if (kind <= type.byte) this.#skip(1);
    else if (kind <= type.i64) this.#number();
    else if (kind === type.double) this.#skip(8);
    else if (kind === type.binary) this.#skip(this.#number());
    else if (kind === type.list || kind === type.set) this.#list(depth + 1);
    else if (kind === type.map) this.#map(depth + 1);
    else if (kind === type.struct) this.struct(depth + 1);
    else throw new RangeError(`there is no type ${kind}`);
  }

  #list(depth: number): void {
    const header = this.#byte();
    const size = header >> 4 === 15 ? this.#number() : header >> 4;
    this.#elements(size, [header & 15], depth);
  }

  #map(depth: number): void {
    const size = this.#number();
    if (size === 0) return;
    const kinds = this.#byte();
    this.#elements(size, [kinds >> 4, kinds & 15], depth);
  }

  #elements(count: number, kinds: readonly number[], depth: number): void {
    if (depth > deepest || count > this.#bytes.length - this.#at) throw new RangeError('more elements than bytes');
    for (let element = 0; element < count; element += 1) for (const kind of kinds) this.#value(kind, depth);
  }

  /** A number of seven bits a byte, the lowest first; signs do not matter here. */
  #number(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number without an end');
  }

  #byte(): number {
    this.#skip(1);
    return this.#bytes[this.#at - 1]!;
  }

  #skip(count: number): void {
    this.#at += count;
    if (!(this.#at <= this.#bytes.length)) throw new RangeError('beyond the end');
  }
}
