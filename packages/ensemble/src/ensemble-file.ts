import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import { serialiseModel } from '@daytrade/learners';
import type { Ensemble } from './ensemble.ts';
import { deserialiseModels, serialiseModels } from './members/ensemble-models.ts';

type EnsembleFile = Omit<Ensemble, 'models'> & { readonly models: readonly Uint8Array[] };

/** The ensemble as bytes: versioned and checksummed; the same seed and data give the same bytes. */
export function serialiseEnsemble(ensemble: Ensemble): Uint8Array {
  return writeBlockFile({ ...ensemble, models: serialiseModels(ensemble.models) } satisfies EnsembleFile);
}

/**
 * The reverse of {@link serialiseEnsemble}.
 *
 * @throws DayTradeError `model.file-invalid` when the bytes are something else, damaged, or of a newer version
 */
export function deserialiseEnsemble(bytes: Uint8Array): Ensemble {
  const file = readBlockFile(bytes) as EnsembleFile;
  if (isBeforeYardstick(file)) return withYardstick(file);
  return { ...file, models: deserialiseModels(file.models) };
}

/** Returns true for a file of before the yardstick. Opening those goes with the release after the next. */
function isBeforeYardstick({ state }: EnsembleFile): boolean {
  return state.har === undefined;
}

/**
 * Returns the ensemble of such a file: its yardstick is the EWMA scale until the next training, and it has no models
 * within the day, whose columns are other ones now.
 */
function withYardstick(old: EnsembleFile): Ensemble {
  const { inDay: _, ...file } = old;
  const none = new Float64Array(file.features.length);
  const har = { kind: 'ridge', names: file.features, means: none, coefficients: none, intercept: 0 } as const;
  return { ...file, models: deserialiseModels([...file.models, serialiseModel(har)]) };
}

const magic = 'DAYTRADE-ENSEMBLE';
const version = 2;
const checksumBytes = 32;

/** Arrays that are kept as raw little-endian numbers; everything else is JSON. */
type Block = Uint8Array | Float64Array;

/**
 * A plain value (JSON, with `Uint8Array` and `Float64Array` anywhere in it) as bytes: a line of magic and version, the
 * length of the header, the JSON header in which each array is `{ "block": type, "length": n }`, the arrays one after
 * another in that order, and the SHA-256 of all before.
 */
export function writeBlockFile(value: unknown): Uint8Array {
  const blocks: Block[] = [];
  const header = JSON.stringify(value, (_, part: unknown) => {
    if (!(part instanceof Uint8Array || part instanceof Float64Array)) return part;
    blocks.push(part);
    return { block: part instanceof Float64Array ? 'float64' : 'bytes', length: part.length };
  });
  const headerBytes = Buffer.from(header);
  const start = Buffer.from(`${magic} ${version} ${headerBytes.length}\n`);
  const body = Buffer.concat([start, headerBytes, ...blocks.map(bytesOf)]);
  return new Uint8Array(Buffer.concat([body, createHash('sha256').update(body).digest()]));
}

/**
 * The reverse of {@link writeBlockFile}.
 *
 * @throws DayTradeError `model.file-invalid` when the bytes are something else, of another version, cut off or changed
 */
export function readBlockFile(bytes: Uint8Array): unknown {
  const lineEnd = bytes.subarray(0, 100).indexOf(10);
  const [name, fileVersion, headerLength] = Buffer.from(bytes.subarray(0, Math.max(0, lineEnd)))
    .toString()
    .split(' ');
  if (name !== magic) throw invalid('not an ensemble file');
  if (Number(fileVersion) !== version)
    throw invalid(`version ${fileVersion}, this program reads ${version}; train again`);
  const body = bytes.subarray(0, Math.max(0, bytes.length - checksumBytes));
  const checksum = createHash('sha256').update(body).digest();
  if (!checksum.equals(bytes.subarray(body.length))) throw invalid('the checksum does not fit: damaged or cut off');
  const headerEnd = lineEnd + 1 + Number(headerLength);
  let offset = headerEnd;
  const take = (byteCount: number): Uint8Array => {
    offset += byteCount;
    // A copy with a buffer of its own; `slice` of a Buffer would be a view.
    return new Uint8Array(body.subarray(offset - byteCount, offset));
  };
  return revive(JSON.parse(Buffer.from(body.subarray(lineEnd + 1, headerEnd)).toString()), take);
}

/** Puts the arrays back, in the order in which they were written. */
function revive(value: unknown, take: (bytes: number) => Uint8Array): unknown {
  if (Array.isArray(value)) return value.map((part) => revive(part, take));
  if (typeof value !== 'object' || value === null) return value;
  if ('block' in value && 'length' in value) {
    const length = Number(value.length);
    return value.block === 'float64' ? new Float64Array(take(8 * length).buffer) : take(length);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revive(part, take)]));
}

function bytesOf(block: Block): Uint8Array {
  return new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
}

function invalid(reason: string): DayTradeError {
  return new DayTradeError('model.file-invalid', `ensemble file: ${reason}`);
}
