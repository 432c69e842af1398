import { type Matrix, predict, type RidgeModel, trainRidge } from '@daytrade/learners';
import { scaledOutcome } from '../dataset.ts';
import { targetMiss } from '../intervals/promise.ts';
import { linearQuantile } from '../intervals/score-windows.ts';
import type { ModelPredictions } from '../members/ensemble-models.ts';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { regressionPenalty } from '../members/scale-head.ts';
import { fallWidenings, marketReturn, narrowingBeyondBound } from '../members/scale-rules.ts';
import type { InDayDataset } from './in-day-dataset.ts';
import type { HorizonCoefficients } from './in-day-model.ts';
import { sizeOf } from './session-columns.ts';

/**
 * Widening of the interval after a gap of two scales, growing up to three: the scale is fitted to the mean size of
 * moves and understates the tails.
 */
const widening = { from: 2, to: 3, factor: 1.25 } as const;

/** Penalty of the centre's regression, in rows: beyond the market it finds little, in the night's move much. */
const centrePenalty = { 'each symbol': 300, 'beyond the market': 3000 } as const;

/** Penalty of the scale's regression, in rows. */
const scalePenalty = { 'each symbol': 5000, 'beyond the market': regressionPenalty } as const;

/** The same from 09:15 on: five columns, and a month of rows at first. */
const pathPenalty = 1;

/** The column by which a gap widens the scale; absent from 09:15 on. */
const gapSize = 'gap_size';

/** Limit of a factor, relative to the largest of the training. */
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
  const columns = dataset.scaleColumns;
  const penalty = columns.names.includes(gapSize) || movesEnds ? scalePenalty[centreOf] : pathPenalty;
  const scale = fitGammaRegression(columns, rows, left.map(Math.abs), penalty);
  const factors = learnedFactors(scale, columns, rows);
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

/** Returns the predictions of a horizon's coefficients for some rows. */
export function predictHorizon(
  { scale, bounds, ends, centre }: HorizonCoefficients,
  scaleColumns: Matrix,
  centreColumns: Matrix,
  rows: Int32Array,
): ModelPredictions {
  const { least, most } = bounds;
  const centres = predict(centre, centreColumns, { rows });
  const afterGap = gapWidenings(scaleColumns, rows);
  const afterFall = isBeforeOpen(scaleColumns) ? fallWidenings(scaleColumns, rows) : afterGap.map(() => 1);
  const scaleFactor = learnedFactors(scale, scaleColumns, rows).map(
    (factor, i) => afterFall[i]! * afterGap[i]! * Math.min(most, Math.max(least, factor)),
  );
  // In units of the scale, as the ends are.
  const middle = centres.map((z, i) => (ends.around === 'centre' ? z / scaleFactor[i]! : 0));
  return {
    centres: [centres],
    scaleFactor,
    quantiles: {
      lower: middle.map((z) => z + ends.lower),
      upper: middle.map((z) => z + ends.upper),
    },
    har: centres.map(() => 1),
  };
}

/** The factors that a regression says, which past returns with their sign lower no further than in the evening. */
function learnedFactors(scale: RidgeModel, columns: Matrix, rows: Int32Array): Float64Array {
  const raised = narrowingBeyondBound(scale, columns, rows);
  return predict(scale, columns, { rows }).map((log, i) => Math.exp(log + raised[i]!));
}

function lessCentre(outcome: Float64Array, centre: RidgeModel, columns: Matrix, rows: Int32Array): Float64Array {
  const left = outcome.slice();
  for (const [i, z] of predict(centre, columns, { rows }).entries()) left[rows[i]!]! -= z;
  return left;
}

/** At the open and later what the evening knew is in the price, and its features are not among the columns. */
function isBeforeOpen({ names }: Matrix): boolean {
  return names.includes(marketReturn);
}

/** Returns the widening of the scale by a gap; before the open the night's return in America stands for it. */
function gapWidenings(matrix: Matrix, rows: Int32Array): Float64Array {
  const { from, to, factor } = widening;
  const column = matrix.names.indexOf(isBeforeOpen(matrix) ? 'abroad_size' : gapSize);
  if (column === -1) return new Float64Array(rows.length).fill(1);
  const first = column * matrix.rows;
  return Float64Array.from(rows, (row) => {
    const gap = sizeOf(matrix.values[first + row]!);
    // A gap that is not known widens nothing.
    return gap > from ? 1 + (factor - 1) * Math.min(1, (gap - from) / (to - from)) : 1;
  });
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
