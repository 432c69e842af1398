import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LearnerSizes } from './learner-sizes.ts';
import type { RowsFile } from './rows-file.ts';
import { simulateRows } from './simulate-rows.ts';

/** Rows to train on, and others to judge by. */
export interface TrainingFiles {
  readonly rows: RowsFile;
  readonly holdout: RowsFile;
}

/** Part of the names of the files, so that rows of an older simulation are not used. */
const simulation = createHash('sha256')
  .update(readFileSync(join(import.meta.dirname, 'simulate-rows.ts')))
  .digest('hex')
  .slice(0, 8);

/** Simulated rows of a seed. */
export function simulatedFiles(cache: string, sizes: LearnerSizes, rows: number, seed: number): TrainingFiles {
  const made = (count: number, of: number) =>
    simulateRows(join(cache, 'rows', `simulated-${simulation}-${count}-${of}.rows`), count, of);
  // Seeds from 1000 on are for holdout rows only.
  return { rows: made(rows, seed), holdout: made(sizes.holdout, 1000 + seed) };
}
