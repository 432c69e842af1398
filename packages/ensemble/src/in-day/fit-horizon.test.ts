import { type Matrix, predict, trainRidge } from '@daytrade/learners';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { fitHorizon, predictHorizon } from './fit-horizon.ts';
import type { InDayDataset } from './in-day-dataset.ts';
import type { HorizonCoefficients } from './in-day-model.ts';

const [symbols, sessions] = [3, 40];
const height = symbols * sessions;
const random = seededRandom(9);
const column = (from: number, to: number) => Float64Array.from({ length: height }, () => from + (to - from) * random());

function matrixOf(columns: Readonly<Record<string, ArrayLike<number>>>): Matrix {
  const names = Object.keys(columns);
  const rows = Object.values(columns)[0]!.length;
  return { names, rows, values: Float64Array.from(Object.values(columns).flatMap((values) => Array.from(values))) };
}

/** Sessions that each move all symbols, with one outcome beyond every bound and one row without a label. */
const market = column(-2, 2);
const scale = column(0.01, 0.02);
const label = column(-0.02, 0.02).map((value, row) => value + 0.01 * market[Math.floor(row / symbols)]!);
label[5] = 1;
label[7] = NaN;
const rows = Int32Array.from({ length: height }, (_, row) => row).filter((row) => row !== 7 && row < height - symbols);

function datasetWith(gap: string): InDayDataset {
  const limits = { lower: column(1, 2), upper: column(3, 4) };
  const scaleColumns = matrixOf({ [gap]: column(-2, 2), calm: column(-1, 1) }) as InDayDataset['scaleColumns'];
  const centreColumns = matrixOf({ apart: column(-1, 1), market }) as InDayDataset['centreColumns'];
  return { symbols, sessions, close: column(900, 1000), label, scale, limits, scaleColumns, centreColumns };
}

const outcome = (row: number) => Math.min(6, Math.max(-6, label[row]! / scale[row]!));

/** The outcome less the mean of those of its session. */
function apart(row: number): number {
  const others = Array.from(rows).filter((other) => Math.floor(other / symbols) === Math.floor(row / symbols));
  return outcome(row) - others.reduce((sum, other) => sum + outcome(other), 0) / others.length;
}

/** NumPy's default quantile. */
function quantile(values: readonly number[], probability: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = probability * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (place - Math.floor(place)) * (above - below);
}

describe('a fitted horizon', () => {
  it.each([
    ['each symbol', 'gap_size', 300, 5000],
    ['each symbol', 'size_of_gap', 300, 5000],
    ['beyond the market', 'gap_size', 3000, 1000],
    ['beyond the market', 'size_of_gap', 3000, 1],
  ] as const)('of %s, with the column %s, is a ridge and a gamma regression', (centreOf, gap, ridge, gamma) => {
    const dataset = datasetWith(gap);
    const movesEnds = centreOf === 'each symbol';
    const target = new Float64Array(height).fill(NaN);
    for (const row of rows) target[row] = movesEnds ? outcome(row) : apart(row);
    const centre = trainRidge({ l2: ridge }, { matrix: dataset.centreColumns, rows, target });
    const centres = predict(centre, dataset.centreColumns, { rows });
    const left = new Float64Array(height).fill(NaN);
    for (const [i, row] of rows.entries()) left[row] = outcome(row) - (movesEnds ? centres[i]! : 0);
    const regression = fitGammaRegression(dataset.scaleColumns, rows, left.map(Math.abs), gamma);
    const factors = Array.from(predict(regression, dataset.scaleColumns, { rows }), Math.exp);
    const scaled = factors.map((factor, i) => left[rows[i]!]! / factor);
    expect(fitHorizon(dataset, rows, centreOf)).toEqual({
      scale: regression,
      bounds: { least: Math.min(...factors), most: 2 * Math.max(...factors) },
      ends: {
        lower: expect.closeTo(quantile(scaled, 0.035), 9),
        upper: expect.closeTo(quantile(scaled, 0.965), 9),
        ...(movesEnds ? { around: 'centre' } : {}),
      },
      centre,
    });
  });
});

/** A regression that says the same of every row, or follows one column. */
function regression(names: readonly string[], intercept: number, follows?: string) {
  const coefficients = Float64Array.from(names, (name) => (name === follows ? 1 : 0));
  return { kind: 'ridge', names, means: new Float64Array(names.length), coefficients, intercept } as const;
}

const few = Int32Array.of(1, 2, 3, 4, 5, 6, 7);
/** Of the first row nothing is asked. */
const gaps = [9, 0, -2, 2.5, 2.75, -3, 12, NaN];
const logSizes = gaps.map((gap) => Math.log(0.1 + Math.abs(gap)));
const widenings = [1, 1, 1.125, 1.1875, 1.25, 1.25, 1];
const centreColumns = matrixOf({ centre: gaps.map((_, row) => row / 10) });
const centres = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

function predicted(scaleColumns: Matrix, follows?: string, ends?: HorizonCoefficients['ends']) {
  const coefficients = {
    scale: regression(scaleColumns.names, follows === undefined ? Math.log(2) : 0, follows),
    bounds: { least: 0.5, most: 3 },
    ends: ends ?? { lower: -1.5, upper: 2 },
    centre: regression(['centre'], 0, 'centre'),
  };
  return predictHorizon(coefficients, scaleColumns, centreColumns, few);
}

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));
const level = gaps.map(() => 0);

describe('what a horizon predicts', () => {
  it('is widened by a gap of two scales, by a quarter from three on', () => {
    const { scaleFactor, centres: found, quantiles, har } = predicted(matrixOf({ level, gap_size: logSizes }));
    expect([...scaleFactor]).toEqual(close(widenings.map((widening) => 2 * widening)));
    expect(found.map((one) => [...one])).toEqual([close(centres)]);
    expect([...quantiles.lower]).toEqual(Array.from(few, () => -1.5));
    expect([...quantiles.upper]).toEqual(Array.from(few, () => 2));
    expect([...har]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('is widened before the open by the night in America, and by a fall of the market out of calm', () => {
    const evening = {
      market_return_1: [0, 0, 0, 0, 0, 0, 0, -0.03],
      market_variance_80: [0, 0, 0, 0, 0, 0, 0, -7.6],
      market_variance_97: [0, 0, 0, 0, 0, 0, 0, -8],
    };
    const { scaleFactor } = predicted(matrixOf({ ...evening, gap_size: level, abroad_size: logSizes }));
    const expected = widenings.map((widening, i) => 2 * widening * (i === 6 ? Math.exp(1.5 * 0.1) : 1));
    expect([...scaleFactor]).toEqual(close(expected));
  });

  it('knows no gap from 09:15 on, and no fall without the evening', () => {
    const columns = matrixOf({ size_of_gap: logSizes, market_variance_80: level, market_variance_97: level });
    expect([...predicted(columns).scaleFactor]).toEqual(close([2, 2, 2, 2, 2, 2, 2]));
  });

  it('has a factor between the bounds of the training', () => {
    const logs = [9, 0.1, 0.5, 0.51, 1, 2.9, 3, 3.1].map(Math.log);
    const { scaleFactor } = predicted(matrixOf({ learned: logs }), 'learned');
    expect([...scaleFactor]).toEqual(close([0.5, 0.5, 0.51, 1, 2.9, 3, 3]));
  });

  it('has its ends around the centre where the centre is of each symbol, in units of the scale', () => {
    const ends = { lower: -1.5, upper: 2, around: 'centre' } as const;
    const { quantiles } = predicted(matrixOf({ level }), undefined, ends);
    expect([...quantiles.lower]).toEqual(close(centres.map((centre) => centre / 2 - 1.5)));
    expect([...quantiles.upper]).toEqual(close(centres.map((centre) => centre / 2 + 2)));
  });
});
