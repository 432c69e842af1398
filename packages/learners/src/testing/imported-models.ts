import { readFileSync } from 'node:fs';
import type { Matrix } from '../matrix.ts';
import type { TreeModel } from '../trees/tree-model.ts';
import { importLightGbm } from './imports/light-gbm.ts';
import { importXgBoost } from './imports/xg-boost.ts';
import { simulate } from './simulated-data.ts';

/** What the library that wrote a model says of the first rows, made by `oracles/imported_models.py`. */
export interface PeerPrediction {
  readonly prediction: readonly number[];
  /** Before the inverse link. */
  readonly raw: readonly number[];
  /** For each row one contribution a column, then the base value. */
  readonly contributions: readonly (readonly number[])[];
}

const folder = new URL('../../oracles/imported/', import.meta.url);

/** The text of a file of `oracles/imported`. */
export function importedText(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

/** The models of `oracles/imported` by file, and what their libraries predict. */
export function importedModels(): readonly { file: string; model: TreeModel; peer: PeerPrediction }[] {
  const { models } = JSON.parse(importedText('predictions.golden.json')) as { models: Record<string, PeerPrediction> };
  return Object.entries(models).map(([file, peer]) => {
    const read = file.startsWith('light-gbm') ? importLightGbm : importXgBoost;
    return { file, model: read(importedText(file)), peer };
  });
}

/** The rows that the libraries predicted, under the names of a model. */
export function importedRows(names: readonly string[]): Matrix<Float64Array> {
  const { rows, values } = simulate(120, 62).matrix;
  for (let row = 0; row < rows; row += 3) values[(row % 8) * rows + row] = NaN;
  for (let row = 0; row < rows; row += 5) values[((row + 1) % 8) * rows + row] = 0;
  return { names, rows, values };
}
