import { type Column, columnMetadata, encodeValue } from './values.ts';

// What an answer is made of (MS-TDS 2.2.7).

const token = {
  returnStatus: 0x79,
  columns: 0x81,
  error: 0xaa,
  loginAck: 0xad,
  featureAck: 0xae,
  row: 0xd1,
  change: 0xe3,
  done: 0xfd,
  doneProcedure: 0xfe,
  doneInProcedure: 0xff,
} as const;

const status = { more: 0x01, error: 0x02, counted: 0x10, attention: 0x20 } as const;
/** Of the protocol, 7.4. */
const version = Buffer.from([0x74, 0x00, 0x00, 0x04]);

/** An error as SQL Server says it. */
export interface ServerError {
  readonly number: number;
  /** From 11 on of a statement, from 20 on of the connection, which then ends. */
  readonly severity: number;
  readonly message: string;
}

/** Rows, or how many a statement changed. */
export interface StatementResult {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly count: number;
}

export function loginAccepted(database: string, withToken: boolean): Buffer {
  const ack = Buffer.concat([byte(1), version, shortText('Stand-in of a SQL Server'), Buffer.from([16, 0, 0, 0])]);
  const feature = withToken ? Buffer.concat([byte(token.featureAck, 0x02), int(0), byte(0xff)]) : Buffer.alloc(0);
  return Buffer.concat([
    change(1, shortText(database), shortText('master')),
    sized(token.loginAck, ack),
    feature,
    done(token.done, 0, 0),
  ]);
}

export function statementDone({ columns, rows, count }: StatementResult, inProcedure: boolean): Buffer {
  const kind = inProcedure ? token.doneInProcedure : token.done;
  const encoded = rows.map((row) =>
    Buffer.concat([byte(token.row), ...row.map((value, index) => encodeValue(columns[index] as Column, value))]),
  );
  const described = columns.length === 0 ? [] : [byte(token.columns), columnMetadata(columns)];
  return Buffer.concat([...described, ...encoded, done(kind, status.more | status.counted, count)]);
}

/** The end of an answer, with the error where there was one. */
export function answerDone(inProcedure: boolean, error?: ServerError): Buffer {
  const kind = inProcedure ? token.doneProcedure : token.done;
  if (error !== undefined) return Buffer.concat([errorOf(error), done(kind, status.error, 0)]);
  const returned = inProcedure ? Buffer.concat([byte(token.returnStatus), int(0)]) : Buffer.alloc(0);
  return Buffer.concat([returned, done(kind, 0, 0)]);
}

/** That a statement was given up, as it was asked for. */
export function attentionDone(): Buffer {
  return done(token.done, status.attention, 0);
}

/** That a transaction began (8), was committed (9) or rolled back (10). */
export function transactionChanged(kind: 8 | 9 | 10): Buffer {
  const transaction = Buffer.concat([byte(8), Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])]);
  const [now, before] = kind === 8 ? [transaction, byte(0)] : [byte(0), transaction];
  return Buffer.concat([change(kind, now, before), done(token.done, 0, 0)]);
}

function errorOf({ number, severity, message }: ServerError): Buffer {
  const text = Buffer.from(message, 'utf16le');
  const body = [
    int(number),
    byte(1, severity),
    short(message.length),
    text,
    shortText('stand-in'),
    shortText(''),
    int(1),
  ];
  return sized(token.error, Buffer.concat(body));
}

function change(kind: number, now: Buffer, before: Buffer): Buffer {
  return sized(token.change, Buffer.concat([byte(kind), now, before]));
}

function done(kind: number, flags: number, count: number): Buffer {
  const rows = Buffer.alloc(8);
  rows.writeBigUInt64LE(BigInt(count));
  return Buffer.concat([byte(kind), short(flags), short(0), rows]);
}

function sized(kind: number, body: Buffer): Buffer {
  return Buffer.concat([byte(kind), short(body.length), body]);
}

function byte(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function shortText(text: string): Buffer {
  return Buffer.concat([byte(text.length), Buffer.from(text, 'utf16le')]);
}
