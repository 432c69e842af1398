import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RowsFile } from './rows-file.ts';

/** Columns of the simulated rows. */
export const simulatedColumns = 60;

const missingShare = 0.01;
const noiseDeviation = 1.2;

/**
 * Writes simulated rows to a file, once: 60 columns with 1 % missing, of which 10 are whole numbers, 10 have heavy
 * tails and 10 are correlated with others; the target is a nonlinear function with interactions of a dozen of them plus
 * normal noise. The same seed gives the same bytes.
 */
export function simulateRows(path: string, rows: number, seed: number): RowsFile {
  const file: RowsFile = { path, rows, columns: simulatedColumns };
  if (existsSync(path)) return file;
  const random = uniform(seed);
  const values = new Float64Array((simulatedColumns + 1) * rows);
  const x = new Float64Array(simulatedColumns);
  for (let row = 0; row < rows; row += 1) {
    drawRow(x, random);
    values[simulatedColumns * rows + row] = signal(x) + noiseDeviation * normal(random);
    for (let f = 0; f < simulatedColumns; f += 1) {
      values[f * rows + row] = random() < missingShare ? NaN : x[f]!;
    }
  }
  mkdirSync(dirname(path), { recursive: true });
  // Under its name only when whole: a run that was stopped leaves no half of a file.
  writeFileSync(`${path}.part`, new Uint8Array(values.buffer));
  renameSync(`${path}.part`, path);
  return file;
}

function drawRow(x: Float64Array, random: () => number): void {
  for (let f = 0; f < 20; f += 1) x[f] = normal(random);
  for (let f = 20; f < 30; f += 1) x[f] = 0.7 * x[f - 20]! + 0.7 * normal(random);
  for (let f = 30; f < 40; f += 1) x[f] = Math.floor(10 * random());
  for (let f = 40; f < 50; f += 1) x[f] = Math.exp(normal(random));
  for (let f = 50; f < simulatedColumns; f += 1) x[f] = normal(random);
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
