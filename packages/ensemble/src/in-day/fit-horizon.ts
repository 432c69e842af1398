import { type Matrix, predict, type RidgeModel, trainRidge } from '@daytrade/learners';
import { scaledOutcome } from '../dataset.ts';
import { targetMiss } from '../intervals/promise.ts';
import { linearQuantile } from '../intervals/sorted-window.ts';
import type { ModelPredictions } from '../members/ensemble-models.ts';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { regressionPenalty } from '../members/scale-head.ts';
import { sizeOf } from './column-set.ts';
import type { InDayDataset } from './in-day-dataset.ts';
import type { HorizonCoefficients } from './in-day-model.ts';
import { marketWidening } from './session-columns.ts';

/**
 * By how much a gap of three scales or more widens the interval, growing from two on: the mean size of moves, to which
 * the scale is fitted, says too little of their tails.
 */
const widening = { from: 2, to: 3, factor: 1.25 } as const;

/** Penalty of the centre's regression, in rows: beyond the market it finds little, in the night's move much. */
const centrePenalty = { 'each symbol': 300, 'beyond the market': 3000 } as const;

/** By how much a factor may be above the largest of the training. */
const beyondTraining = 2;

/**
 * Fits a horizon on some rows of its dataset that have a label and a scale. A centre of each symbol moves the interval,
 * and the scale is of what it leaves; one beyond the market is too small for that.
 *
 * @param centreOf what the centre is learned from: where nothing is known of the market's move, of the symbols' beyond
 * it
 */
export function fitHorizon(
  dataset: InDayDataset,
  rows: Int32Array,
  centreOf: 'each symbol' | 'beyond the market',
): HorizonCoefficients {
  const outcome = new Float64Array(dataset.label.length).fill(NaN);
  for (const row of rows) outcome[row] = scaledOutcome(dataset, row);
  const movesEnds = centreOf === 'each symbol';
  const target = movesEnds ? outcome : apartInSession(outcome, rows, dataset.symbols);
  const centre = trainRidge({ l2: centrePenalty[centreOf] }, { matrix: dataset.centreColumns, rows, target });
  const left = movesEnds ? lessCentre(outcome, centre, dataset.centreColumns, rows) : outcome;
  const columns = learnedColumns(dataset.scaleColumns);
  const scale = fitGammaRegression(columns, rows, left.map(Math.abs), regressionPenalty);
  const factors = predict(scale, columns, { rows }).map(Math.exp);
  const scaled = factors.map((factor, i) => left[rows[i]!]! / factor).sort();
  const ends = { lower: linearQuantile(scaled, targetMiss / 2), upper: linearQuantile(scaled, 1 - targetMiss / 2) };
  return {
    scale,
    bounds: {
      least: factors.reduce((least, factor) => Math.min(least, factor)),
      most: beyondTraining * factors.reduce((most, factor) => Math.max(most, factor)),
    },
    ends: movesEnds ? { ...ends, around: 'centre' } : ends,
    centre,
  };
}

/** What a horizon's coefficients say of some rows. */
export function predictHorizon(
  { scale, bounds, ends, centre }: HorizonCoefficients,
  scaleColumns: Matrix,
  centreColumns: Matrix,
  rows: Int32Array,
): ModelPredictions {
  const { least, most } = bounds;
  const centres = predict(centre, centreColumns, { rows });
  const scaleFactor = predict(scale, learnedColumns(scaleColumns), { rows }).map(
    (log, i) => wideningOf(scaleColumns, rows[i]!) * Math.min(most, Math.max(least, Math.exp(log))),
  );
  // In units of the scale, as the ends are.
  const middle = centres.map((z, i) => (ends.around === 'centre' ? z / scaleFactor[i]! : 0));
  return {
    centres: [centres],
    scaleFactor,
    quantiles: { lower: middle.map((z) => z + ends.lower), upper: middle.map((z) => z + ends.upper) },
  };
}

/** What the centre leaves of the outcomes of some rows. */
function lessCentre(outcome: Float64Array, centre: RidgeModel, columns: Matrix, rows: Int32Array): Float64Array {
  const left = outcome.slice();
  for (const [i, z] of predict(centre, columns, { rows }).entries()) left[rows[i]!]! -= z;
  return left;
}

/** The columns without that of the market's fall, which is the last where there is one. */
function learnedColumns(matrix: Matrix): Matrix {
  const { names, rows, values } = matrix;
  const learned = names.length - 1;
  if (names[learned] !== marketWidening) return matrix;
  return { names: names.slice(0, learned), rows, values: values.subarray(0, learned * rows) };
}

function wideningOf({ names, rows, values }: Matrix, row: number): number {
  const valueAt = (name: string) => values[names.indexOf(name) * rows + row]!;
  // Before the open the night's return in America stands for the gap.
  const isBeforeOpen = names.includes(marketWidening);
  const gap = sizeOf(valueAt(isBeforeOpen ? 'abroad_size' : 'gap_size'));
  const { from, to, factor } = widening;
  // A gap that is not known widens nothing.
  const afterGap = gap > from ? 1 + (factor - 1) * Math.min(1, (gap - from) / (to - from)) : 1;
  return isBeforeOpen ? afterGap * valueAt(marketWidening) : afterGap;
}

/** Outcomes less the mean of their session, which no column that compares symbols can know. */
function apartInSession(outcome: Float64Array, rows: Int32Array, symbols: number): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const row of rows) {
    const session = Math.floor(row / symbols);
    const total = sums.get(session) ?? { sum: 0, count: 0 };
    sums.set(session, { sum: total.sum + outcome[row]!, count: total.count + 1 });
  }
  return outcome.map((value, row) => {
    const total = sums.get(Math.floor(row / symbols));
    return total === undefined ? NaN : value - total.sum / total.count;
  });
}
