/** A value as it was read: numbers, truths, bytes, lists, and structures by the numbers of their fields. */
export type ReadValue = number | boolean | Uint8Array | readonly ReadValue[] | ReadStruct;
export type ReadStruct = ReadonlyMap<number, ReadValue>;

const deepest = 32;

/**
 * Reads a structure of Thrift's compact protocol.
 *
 * @returns the structure, and how many bytes it takes
 * @throws RangeError where the bytes are none, or end before it does
 */
export function readStruct(bytes: Uint8Array, start = 0): { readonly value: ReadStruct; readonly end: number } {
  const reader = new Reader(bytes, start);
  const value = reader.struct(0);
  return { value, end: reader.at };
}

class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  struct(depth: number): ReadStruct {
    if (depth > deepest) throw new RangeError('nested too deeply');
    const fields = new Map<number, ReadValue>();
    let id = 0;
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      id = header >> 4 === 0 ? unzigzag(this.#varint()) : id + (header >> 4);
      fields.set(id, this.#value(header & 15, depth, true));
    }
    return fields;
  }

  #value(kind: number, depth: number, isField: boolean): ReadValue {
    switch (kind) {
      case 1:
      case 2:
        // The value of a truth is in the header of its field, and a byte of its own in a list.
        return isField ? kind === 1 : this.#byte() === 1;
      case 3:
        return this.#byte();
      case 4:
      case 5:
      case 6:
        return unzigzag(this.#varint());
      case 7:
        return new DataView(this.#take(8).slice().buffer).getFloat64(0, true);
      case 8:
        return this.#take(this.#varint());
      case 9:
      case 10:
        return this.#list(depth + 1);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new RangeError(`there is no type ${kind}`);
    }
  }

  #list(depth: number): readonly ReadValue[] {
    const header = this.#byte();
    const size = header >> 4 === 15 ? this.#varint() : header >> 4;
    if (depth > deepest || size > this.#bytes.length - this.at) throw new RangeError('more elements than bytes');
    return Array.from({ length: size }, () => this.#value(header & 15, depth, false));
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 63; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number without an end');
  }

  #take(count: number): Uint8Array {
    const taken = this.#bytes.subarray(this.at, this.at + count);
    if (taken.length !== count) throw new RangeError('beyond the end');
    this.at += count;
    return taken;
  }

  #byte(): number {
    if (this.at >= this.#bytes.length) throw new RangeError('beyond the end');
    return this.#bytes[this.at++]!;
  }
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
