export interface Column {
  readonly name: string;
  /** Its number in PostgreSQL's catalogue pg_type. */
  readonly type: number;
}

interface WireType {
  /** TYPE_INFO of the protocol. */
  readonly info: Buffer;
  encode(text: string): Buffer;
  readonly absent: Buffer;
}

const dayMs = 86_400_000;
/** Days from 0001-01-01 to 1970-01-01. */
const daysBeforeEpoch = 719_162;
const zero = Buffer.from([0]);
const noValue = Buffer.alloc(8, 0xff);
const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

const text: WireType = {
  info: Buffer.concat([Buffer.from([0xe7, 0xff, 0xff]), collation]),
  encode: (value) => chunk(Buffer.from(value, 'utf16le')),
  absent: noValue,
};

const number = (kind: number, bytes: number, write: (encoded: Buffer, value: string) => void): WireType => ({
  info: Buffer.from([kind, bytes]),
  encode: (value) => {
    const encoded = Buffer.alloc(1 + bytes, bytes);
    write(encoded, value);
    return encoded;
  },
  absent: zero,
});
const integer = (bytes: 2 | 4) => number(0x26, bytes, (encoded, value) => encoded.writeIntLE(Number(value), 1, bytes));

const bit: WireType = {
  info: Buffer.from([0x68, 1]),
  encode: (value) => Buffer.from([1, value === 't' ? 1 : 0]),
  absent: zero,
};

const date: WireType = {
  info: Buffer.from([0x28]),
  encode: (value) => Buffer.concat([Buffer.from([3]), days(Date.parse(`${value}T00:00:00Z`))]),
  absent: zero,
};

/** To the millisecond, and said of UTC. */
const instant: WireType = {
  info: Buffer.from([0x2b, 3]),
  encode: (value) => {
    const at = Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
    const time = Buffer.alloc(4);
    time.writeUInt32LE(((at % dayMs) + dayMs) % dayMs);
    return Buffer.concat([Buffer.from([9]), time, days(at), Buffer.alloc(2)]);
  },
  absent: zero,
};

const binary: WireType = {
  info: Buffer.from([0xa5, 0xff, 0xff]),
  encode: (value) => chunk(Buffer.from(value.replace(/^\\x/, ''), 'hex')),
  absent: noValue,
};

/** By the number of PostgreSQL's type; all others are text. */
const wireTypes: Readonly<Record<number, WireType>> = {
  16: bit,
  17: binary,
  20: number(0x26, 8, (encoded, value) => encoded.writeBigInt64LE(BigInt(value), 1)),
  21: integer(2),
  23: integer(4),
  26: integer(4),
  701: number(0x6d, 8, (encoded, value) => encoded.writeDoubleLE(Number(value), 1)),
  1082: date,
  1184: instant,
};

export function columnMetadata(columns: readonly Column[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16LE(columns.length);
  const described = columns.map(({ name, type }) => {
    const userTypeAndFlags = Buffer.from([0, 0, 0, 0, 0x09, 0]);
    const label = Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'utf16le')]);
    return Buffer.concat([userTypeAndFlags, typeOf(type).info, label]);
  });
  return Buffer.concat([count, ...described]);
}

/** A value as PostgreSQL writes it, as the protocol has it. */
export function encodeValue({ type }: Column, value: string | null): Buffer {
  const wire = typeOf(type);
  return value === null ? wire.absent : wire.encode(value);
}

function typeOf(type: number): WireType {
  return wireTypes[type] ?? text;
}

function days(at: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(Math.floor(at / dayMs) + daysBeforeEpoch, 0, 3);
  return bytes;
}

/** A value of any length: its length, one chunk, and the end. */
function chunk(bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(bytes.length));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat(bytes.length === 0 ? [head, length] : [head, length, bytes, Buffer.alloc(4)]);
}
