import { type Matrix, predict, trainRidge } from '@daytrade/learners';
import { scaledOutcome } from '../dataset.ts';
import { targetMiss } from '../intervals/promise.ts';
import { linearQuantile } from '../intervals/sorted-window.ts';
import type { ModelPredictions } from '../members/ensemble-models.ts';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { regressionPenalty } from '../members/scale-head.ts';
import { sizeOf } from './column-set.ts';
import type { InDayDataset } from './in-day-dataset.ts';
import type { HorizonCoefficients } from './in-day-model.ts';

/**
 * By how much a gap of three scales or more widens the interval, growing from two on: the mean size of moves, to which
 * the scale is fitted, says too little of their tails.
 */
const widening = { from: 2, to: 3, factor: 1.25 } as const;

/** Penalty of the centre's regression, in rows: what it finds is small. */
const centrePenalty = 3000;

/** By how much a factor may be above the largest of the training. */
const beyondTraining = 2;

/**
 * Fits a horizon on some rows of its dataset that have a label and a scale.
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
  const beyond = () => apartInSession(outcome, rows, dataset.symbols);
  const scale = fitGammaRegression(dataset.scaleColumns, rows, outcome.map(Math.abs), regressionPenalty);
  const factors = predict(scale, dataset.scaleColumns, { rows }).map(Math.exp);
  const scaled = factors.map((factor, i) => outcome[rows[i]!]! / factor).sort();
  return {
    scale,
    bounds: {
      least: factors.reduce((least, factor) => Math.min(least, factor)),
      most: beyondTraining * factors.reduce((most, factor) => Math.max(most, factor)),
    },
    ends: { lower: linearQuantile(scaled, targetMiss / 2), upper: linearQuantile(scaled, 1 - targetMiss / 2) },
    centre: trainRidge(
      { l2: centrePenalty },
      { matrix: dataset.centreColumns, rows, target: centreOf === 'each symbol' ? outcome : beyond() },
    ),
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
  return {
    centres: [predict(centre, centreColumns, { rows })],
    scaleFactor: predict(scale, scaleColumns, { rows }).map(
      (log, i) => wideningOf(scaleColumns, rows[i]!) * Math.min(most, Math.max(least, Math.exp(log))),
    ),
    quantiles: {
      lower: new Float64Array(rows.length).fill(ends.lower),
      upper: new Float64Array(rows.length).fill(ends.upper),
    },
  };
}

function wideningOf({ names, rows, values }: Matrix, row: number): number {
  // Before the open the night's return in America stands for the gap.
  const column = names.indexOf(names.includes('gap_size') ? 'gap_size' : 'abroad_size');
  const gap = sizeOf(values[column * rows + row]!);
  const { from, to, factor } = widening;
  // A gap that is not known widens nothing.
  return gap > from ? 1 + (factor - 1) * Math.min(1, (gap - from) / (to - from)) : 1;
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
