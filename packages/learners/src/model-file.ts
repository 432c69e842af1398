import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import type { RidgeModel } from './linear/ridge.ts';
import { isLoss } from './losses/loss.ts';
import type { Model } from './model.ts';
import type { TreeModel } from './trees/tree-model.ts';
import { isGrower } from './trees/tree-options.ts';

/** A model as bytes: magic, version, header, arrays, SHA-256. The same model gives the same bytes. */
export function serialiseModel(model: Model): Uint8Array<ArrayBuffer> {
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

function arraysOf(model: Model): [string, NumberArray][] {
  const values: Readonly<Record<string, unknown>> = { ...model };
  return Object.keys(arraysOfKind[model.kind]).map((name) => [name, values[name] as NumberArray]);
}

function scalarsOf(model: Model): ModelHeader['scalars'] {
  if (model.kind === 'trees') return { grower: model.grower, loss: model.loss, baseScore: model.baseScore };
  return { intercept: model.intercept };
}

function headerBytes(header: ModelHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(aligned(prefixLength + text.length) - prefixLength).fill(0x20);
  padded.set(text);
  return padded;
}

/**
 * The reverse of {@link serialiseModel}.
 *
 * @throws DayTradeError `model.file-invalid` for bytes that are damaged, truncated, of a newer version or no model at
 * all
 */
export function deserialiseModel(bytes: Uint8Array): Model {
  checkFrame(bytes);
  const headerLength = viewOf(bytes).getUint32(8, true);
  const arraysBegin = prefixLength + headerLength;
  if (arraysBegin + checksumLength > bytes.length) throw invalid('a header', `${headerLength} bytes announced`);
  const header = parseHeader(bytes.subarray(prefixLength, arraysBegin));
  const arrays = readArrays(bytes, arraysBegin, header);
  const model = { kind: header.kind, names: header.names, ...header.scalars, ...arrays } as unknown as Model;
  if (model.kind === 'trees') checkTrees(model);
  else checkLinear(model);
  return model;
}

function checkFrame(bytes: Uint8Array): void {
  if (bytes.length < prefixLength + checksumLength) {
    throw invalid(
      `at least ${prefixLength + checksumLength} bytes`,
      `${bytes.length} bytes: not a model, or truncated`,
    );
  }
  const begin = new TextDecoder('latin1').decode(bytes.subarray(0, 4));
  if (begin !== magic) throw invalid(`"${magic}" at the beginning`, JSON.stringify(begin));
  const version = viewOf(bytes).getUint32(4, true);
  if (version !== formatVersion) throw invalid(`format version ${formatVersion}`, `version ${version}`);
  const body = bytes.subarray(0, bytes.length - checksumLength);
  const stored = bytes.subarray(body.length);
  if (!checksumOf(body).every((byte, i) => byte === stored[i])) {
    throw invalid('a file whose SHA-256 is its last 32 bytes', 'another one: damaged or truncated');
  }
}

function parseHeader(bytes: Uint8Array): ModelHeader {
  let header: Partial<ModelHeader> | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ModelHeader> | null;
  } catch (cause) {
    throw invalid('a JSON header', 'other bytes', cause);
  }
  const kinds = Object.keys(arraysOfKind);
  if (!header?.kind || !kinds.includes(header.kind)) throw invalid(`a kind: ${kinds.join(', ')}`, String(header?.kind));
  if (!header.scalars || !header.arrays) throw invalid('scalars and arrays', 'a header without');
  if (!Array.isArray(header.names) || !header.names.every((name) => typeof name === 'string')) {
    throw invalid('names of columns', String(header.names));
  }
  return header as ModelHeader;
}

function readArrays(bytes: Uint8Array, begin: number, header: ModelHeader): Record<string, NumberArray> {
  const arrays: Record<string, NumberArray> = {};
  const end = bytes.length - checksumLength;
  let at = begin;
  for (const [name, type] of Object.entries(arraysOfKind[header.kind])) {
    const length = header.arrays[name];
    const size = (length ?? -1) * arrayTypes[type].BYTES_PER_ELEMENT;
    if (!Number.isInteger(size) || size < 0 || at + aligned(size) > end)
      throw invalid(`array "${name}"`, `${length} entries`);
    // A copy: the arrays are aligned and do not hold on to the bytes of the file. (`slice` of a Buffer would be a
    // view.)
    arrays[name] = new arrayTypes[type](new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += aligned(size);
  }
  if (at !== end) throw invalid('nothing after the arrays', `${end - at} more bytes`);
  return arrays;
}

function checkLinear({ names, means, coefficients, intercept }: RidgeModel): void {
  if (!Number.isFinite(intercept)) throw invalid('an intercept', String(intercept));
  if (means.length !== names.length || coefficients.length !== names.length) {
    throw invalid(`${names.length} means and coefficients`, `${means.length} and ${coefficients.length}`);
  }
}

/** Refuses trees whose walk would not end or would leave the arrays. */
function checkTrees(model: TreeModel): void {
  const { names, roots, feature, left, right, leafValues, leafCover } = model;
  if (!Number.isFinite(model.baseScore)) throw invalid('a base score', String(model.baseScore));
  if (!isGrower(model.grower)) throw invalid('a grower', String(model.grower));
  if (!isLoss(model.loss)) throw invalid('a loss', JSON.stringify(model.loss));
  const nodes = feature.length;
  const isChild = (child: number, after: number) =>
    child < 0 ? ~child < leafValues.length : child > after && child < nodes;
  const sameLengths = [left, right, model.threshold, model.missingLeft].every((array) => array.length === nodes);
  if (!sameLengths || model.importance.length !== names.length) throw invalid('arrays of one length', 'others');
  if (leafCover.length !== leafValues.length) throw invalid('a cover of each leaf', 'others');
  if (!feature.every((f) => f < names.length)) throw invalid('splits on known columns', 'others');
  if (!roots.every((root) => isChild(root, -1))) throw invalid('roots among nodes and leaves', 'others');
  for (let node = 0; node < nodes; node += 1) {
    if (!isChild(left[node]!, node) || !isChild(right[node]!, node))
      throw invalid('children after their node', `node ${node}`);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function invalid(expected: string, got: string, cause?: unknown): DayTradeError {
  return new DayTradeError('model.file-invalid', `model file: expected ${expected}, got ${got}`, {
    details: { expected, got },
    ...(cause === undefined ? {} : { cause }),
  });
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
