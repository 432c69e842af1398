import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import type { Model, OwnModel } from './model.ts';

/** A model that a file can hold. */
type FiledModel = Model | OwnModel;

/** A model as bytes: magic, version, header, arrays, SHA-256. The same model gives the same bytes. */
export function serialiseModel(model: FiledModel): Uint8Array<ArrayBuffer> {
  const arrays = arraysOf(model);
  const header = headerBytes({
    kind: model.kind,
    names: model.names,
    scalars: scalarsOf(model),
    arrays: Object.fromEntries(arrays.map(([name, array]) => [name, array.length])),
  });
  const body = arrays.reduce((sum, [, array]) => sum + aligned(array.byteLength), 0);
  const bytes = new Uint8Array(prefixLength + header.length + body + checksumLength);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(4, formatVersion, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, prefixLength);
  let at = prefixLength + header.length;
  for (const [, array] of arrays) {
    // Typed arrays are little-endian on every machine that Node.js runs on.
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  bytes.set(checksumOf(bytes.subarray(0, at)), at);
  return bytes;
}

function arraysOf(model: FiledModel): [string, NumberArray][] {
  const values: Readonly<Record<string, unknown>> = { ...model };
  return Object.keys(arraysOfKind[model.kind]).map((name) => [name, values[name] as NumberArray]);
}

function scalarsOf(model: FiledModel): ModelHeader['scalars'] {
  if (model.kind === 'trees') return { grower: model.grower, loss: model.loss, baseScore: model.baseScore };
  return model.kind === 'own' ? { file: model.file } : { intercept: model.intercept };
}

function headerBytes(header: ModelHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(aligned(prefixLength + text.length) - prefixLength).fill(0x20);
  padded.set(text);
  return padded;
}

/**
 * The reverse of {@link serialiseModel}. Bytes whose checksum fits are those that it made.
 *
 * @throws DayTradeError `model.file-invalid` for bytes that are damaged, truncated, of another version or no model at
 * all
 */
export function deserialiseModel<Kind extends FiledModel = Model>(bytes: Uint8Array): Kind {
  checkFrame(bytes);
  const arraysBegin = prefixLength + viewOf(bytes).getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(prefixLength, arraysBegin));
  const { kind, names, scalars, arrays: lengths } = JSON.parse(text) as ModelHeader;
  const arrays: Record<string, NumberArray> = {};
  let at = arraysBegin;
  for (const [name, type] of Object.entries(arraysOfKind[kind])) {
    const size = lengths[name]! * arrayTypes[type].BYTES_PER_ELEMENT;
    // A copy: the arrays are aligned and do not hold on to the bytes of the file. (`slice` of a Buffer would be a
    // view.)
    arrays[name] = new arrayTypes[type](new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += aligned(size);
  }
  return { kind, names, ...scalars, ...arrays } as unknown as Kind;
}

function checkFrame(bytes: Uint8Array): void {
  const least = prefixLength + checksumLength;
  if (bytes.length < least)
    throw invalid(`at least ${least} bytes`, `${bytes.length} bytes: not a model, or truncated`);
  const begin = new TextDecoder('latin1').decode(bytes.subarray(0, 4));
  if (begin !== magic) throw invalid(`"${magic}" at the beginning`, JSON.stringify(begin));
  const version = viewOf(bytes).getUint32(4, true);
  if (version !== formatVersion) throw invalid(`format version ${formatVersion}`, `version ${version}`);
  const body = bytes.subarray(0, bytes.length - checksumLength);
  if (Buffer.compare(checksumOf(body), bytes.subarray(body.length)) !== 0) {
    throw invalid('a file whose SHA-256 is its last 32 bytes', 'another one: damaged or truncated');
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function invalid(expected: string, got: string): DayTradeError {
  return new DayTradeError('model.file-invalid', `model file: expected ${expected}, got ${got}`);
}

/*
 * A model file, little-endian:
 *   0   4 bytes  "DTLM"
 *   4   u32      version
 *   8   u32      length of the header in bytes
 *   12           header: JSON with the kind of model, its scalars and the type and length of each array, padded
 *                with spaces so that the arrays begin at a multiple of 8
 *                the arrays in the order of the header, each padded with zeros to a multiple of 8
 *   -32 32 bytes SHA-256 of all that comes before
 */

const magic = 'DTLM';
const formatVersion = 2;
const prefixLength = 12;
const checksumLength = 32;

/** The types of arrays that a file can hold. */
const arrayTypes = { f64: Float64Array, i32: Int32Array, u16: Uint16Array, u8: Uint8Array } as const;
type ArrayType = keyof typeof arrayTypes;
type NumberArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

/** The arrays of each kind of model, in the order of the file. */
const arraysOfKind = {
  trees: {
    roots: 'i32',
    feature: 'u16',
    threshold: 'f64',
    left: 'i32',
    right: 'i32',
    missingLeft: 'u8',
    leafValues: 'f64',
    importance: 'f64',
    leafCover: 'f64',
  },
  ridge: { means: 'f64', coefficients: 'f64' },
  own: { state: 'u8' },
} as const satisfies Record<string, Record<string, ArrayType>>;

type ModelKind = keyof typeof arraysOfKind;

/** The header: `arrays` holds the length of each array. */
interface ModelHeader {
  readonly kind: ModelKind;
  readonly names: readonly string[];
  readonly scalars: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, number>>;
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** The next multiple of 8. */
function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}
