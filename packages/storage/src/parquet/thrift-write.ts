/** A value of Thrift's compact protocol (thrift/doc/specs/thrift-compact-protocol.md), as far as parquet needs it. */
export type ThriftValue =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'binary'; readonly value: Uint8Array }
  | { readonly kind: 'list'; readonly items: readonly ThriftValue[] }
  | { readonly kind: 'struct'; readonly fields: readonly ThriftField[] };

/** A field of a structure by its number; fields stand in the order of their numbers. */
export type ThriftField = readonly [id: number, value: ThriftValue];

export const i32 = (value: number): ThriftValue => ({ kind: 'i32', value });
export const i64 = (value: number): ThriftValue => ({ kind: 'i64', value });
export const boolean = (value: boolean): ThriftValue => ({ kind: 'boolean', value });
export const text = (value: string): ThriftValue => ({ kind: 'binary', value: Buffer.from(value) });
export const binary = (value: Uint8Array): ThriftValue => ({ kind: 'binary', value });
export const list = (items: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', items });
export const struct = (...fields: readonly ThriftField[]): ThriftValue => ({ kind: 'struct', fields });

/** The bytes of a structure. */
export function thriftBytes(...fields: readonly ThriftField[]): Buffer {
  const bytes: number[] = [];
  putStruct(bytes, fields);
  return Buffer.from(bytes);
}

function putStruct(bytes: number[], fields: readonly ThriftField[]): void {
  let last = 0;
  for (const [id, value] of fields) {
    // Field numbers of parquet rise by less than 16.
    bytes.push(((id - last) << 4) | typeOf(value));
    last = id;
    // The value of a truth is in the header of its field.
    if (value.kind !== 'boolean') putValue(bytes, value);
  }
  bytes.push(0);
}

function putValue(bytes: number[], value: ThriftValue): void {
  switch (value.kind) {
    case 'i32':
    case 'i64':
      // Zigzag; no number of parquet is large enough for a double to round.
      putVarint(bytes, value.value < 0 ? -2 * value.value - 1 : 2 * value.value);
      return;
    case 'boolean':
      bytes.push(typeOf(value));
      return;
    case 'binary':
      putVarint(bytes, value.value.length);
      for (const byte of value.value) bytes.push(byte);
      return;
    case 'list': {
      const [first] = value.items;
      const length = value.items.length;
      bytes.push((Math.min(length, 15) << 4) | (first === undefined ? 12 : typeOf(first)));
      if (length >= 15) putVarint(bytes, length);
      for (const item of value.items) putValue(bytes, item);
      return;
    }
    case 'struct':
      putStruct(bytes, value.fields);
  }
}

/** A whole number from 0 on, seven bits a byte, the lowest first. */
export function putVarint(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
}

function typeOf(value: ThriftValue): number {
  if (value.kind === 'boolean') return value.value ? 1 : 2;
  return { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 }[value.kind];
}
