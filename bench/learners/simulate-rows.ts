import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { featureBytes, type RowsFile } from './rows-file.ts';
import type { LearnerSizes } from './settings.ts';

/** Columns of the simulated rows, unless more are asked for. */
export const simulatedColumns = 60;

const missingShare = 0.01;
const noiseDeviation = 1.2;
/** Rows that are in memory at a time. */
const blockRows = 100_000;

/**
 * Writes simulated rows to a file, once: 60 columns with 1 % missing, of which 10 are whole numbers, 10 have heavy
 * tails and 10 are correlated with others; the target is a nonlinear function with interactions of a dozen of them plus
 * normal noise. The same seed gives the same bytes. Columns beyond the 60 say nothing of it.
 */
export function simulateRows(path: string, rows: number, seed: number, columns = simulatedColumns): RowsFile {
  const file: RowsFile = { path, rows, columns };
  if (existsSync(path)) return file;
  mkdirSync(dirname(path), { recursive: true });
  const random = uniform(seed);
  const x = new Float64Array(columns);
  const handle = openSync(`${path}.part`, 'w');
  try {
    for (let from = 0; from < rows; from += blockRows) {
      const size = Math.min(blockRows, rows - from);
      const block = Array.from({ length: columns }, () => new Float32Array(size));
      const target = new Float64Array(size);
      for (let row = 0; row < size; row += 1) {
        drawRow(x, random);
        target[row] = signal(x) + noiseDeviation * normal(random);
        for (let f = 0; f < columns; f += 1) block[f]![row] = random() < missingShare ? NaN : x[f]!;
      }
      for (const [f, values] of block.entries()) {
        writeSync(handle, values, 0, values.byteLength, (f * rows + from) * Float32Array.BYTES_PER_ELEMENT);
      }
      const place = featureBytes(file) + from * Float64Array.BYTES_PER_ELEMENT;
      writeSync(handle, target, 0, target.byteLength, place);
    }
  } finally {
    closeSync(handle);
  }
  // Under its name only when whole: a run that was stopped leaves no half of a file.
  renameSync(`${path}.part`, path);
  return file;
}

function drawRow(x: Float64Array, random: () => number): void {
  for (let f = 0; f < 20; f += 1) x[f] = normal(random);
  for (let f = 20; f < 30; f += 1) x[f] = 0.7 * x[f - 20]! + 0.7 * normal(random);
  for (let f = 30; f < 40; f += 1) x[f] = Math.floor(10 * random());
  for (let f = 40; f < 50; f += 1) x[f] = Math.exp(normal(random));
  for (let f = 50; f < x.length; f += 1) x[f] = normal(random);
}

function signal(x: Float64Array): number {
  return (
    0.6 * x[0]! +
    0.7 * Math.abs(x[1]!) +
    (x[2]! > 0 ? 0.7 : -0.5) * x[3]! +
    0.6 * Math.sin(2 * x[4]!) +
    0.4 * x[5]! * x[6]! +
    0.4 * Math.max(x[7]!, x[8]!) +
    (x[30]! > 6 ? 0.6 : 0) * (x[31]! < 4 ? 1 : -0.5) +
    0.4 * Math.log(x[40]!) * (x[41]! > 1 ? 1 : 0.2)
  );
}

/** Uniform numbers in [0, 1): a Weyl sequence through the finaliser of MurmurHash3. */
function uniform(seed: number): () => number {
  let state = Math.imul(seed, 0x85ebca6b);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let hash = state ^ (state >>> 16);
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    return (hash >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box & Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Rows to train on, and others to judge by. */
export interface TrainingFiles {
  readonly rows: RowsFile;
  readonly holdout: RowsFile;
}

/** Part of the names of the files, so that rows of an older simulation are not used. */
const simulation = createHash('sha256')
  .update(readFileSync(import.meta.filename))
  .digest('hex')
  .slice(0, 8);

/** Simulated rows of a seed. */
export function simulatedFiles(cache: string, sizes: LearnerSizes, rows: number, seed: number): TrainingFiles {
  const made = (count: number, of: number) =>
    simulateRows(join(cache, 'rows', `simulated-${simulation}-${count}-${of}.rows`), count, of);
  // Seeds from 1000 on are for holdout rows only.
  return { rows: made(rows, seed), holdout: made(sizes.holdout, 1000 + seed) };
}
