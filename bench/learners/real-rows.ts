import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeFeatures, type FeatureMatrix, featureNames, nextSessionLogReturn } from '@daytrade/series';
import type { RealFolder } from '../market/real-panel.ts';
import { realPanel } from '../market/real-panel.ts';
import type { RowsFile } from './rows-file.ts';
import type { TrainingFiles } from './simulate-rows.ts';

/** Share of the sessions that is trained on, and sessions between those and the ones that are judged. */
const trainingShare = 0.7;
const embargo = 5;

/**
 * Rows of real bars in two files: scale-free features, and as target the next session's log return in units of its EWMA
 * 0.94 volatility, limited to +-6. The holdout rows are the newest sessions.
 */
export async function realRows(cache: string, folder: RealFolder): Promise<TrainingFiles> {
  const panel = await realPanel(folder);
  const names = featureNames;
  const matrix = computeFeatures(panel, { names });
  const target = scaledReturns(matrix, nextSessionLogReturn(panel));
  const symbols = panel.symbols.length;
  const split = Math.floor(panel.days.length * trainingShare) * symbols;
  const known = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => from + i).filter((row) => Number.isFinite(target[row]!));
  mkdirSync(join(cache, 'rows'), { recursive: true });
  const write = (name: string, rows: readonly number[]): RowsFile => {
    const path = join(cache, 'rows', `${folder}-${name}.rows`);
    const values = new Float32Array(names.length * rows.length);
    for (const column of names.keys()) {
      const from = column * matrix.rows;
      for (const [i, row] of rows.entries()) values[column * rows.length + i] = matrix.values[from + row]!;
    }
    writeFileSync(path, values);
    appendFileSync(path, new Uint8Array(Float64Array.from(rows, (row) => target[row]!).buffer));
    return { path, rows: rows.length, columns: names.length };
  };
  return {
    rows: write('training', known(0, split)),
    holdout: write('holdout', known(split + embargo * symbols, matrix.rows)),
  };
}

function scaledReturns(matrix: FeatureMatrix, label: Float64Array): Float64Array {
  const from = matrix.names.indexOf('ewma_variance_94') * matrix.rows;
  return label.map((y, row) => {
    const scaled = y / Math.exp(matrix.values[from + row]! / 2);
    return Math.min(6, Math.max(-6, scaled));
  });
}
