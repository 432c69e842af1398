import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedFeatures } from './arrays.ts';
import { slicePanel } from './build-panel.ts';
import type { FeatureMatrix, FeatureTarget } from './feature.ts';
import { featureDefinitions } from './feature-catalogue.ts';
import { computeFeatures, FeatureStream } from './feature-stream.ts';
import { mapBars, type Panel, sessionBars } from './panel.ts';
import { noisePanel } from './testing/noise.ts';
import { unroundedFeatures } from './testing/unrounded-features.ts';

const symbolCount = 4;
const sessionCount = 320;
const panel = noisePanel({ symbolCount, sessionCount, seed: 7, missingShare: 0.03 });
const matrix = unroundedFeatures(panel);
const columns = featureDefinitions.map((definition, column) => [definition.name, column] as const);
const priceColumns = ['open', 'high', 'low', 'close'] as const;

/** Column `column` of the sessions from `fromT` to before `toT`. */
function values(of: FeatureTarget, column: number, fromT: number, toT: number): FeatureTarget['values'] {
  const start = column * of.rows;
  return of.values.subarray(start + fromT * symbolCount, start + toT * symbolCount);
}

/** Puts the features of session `t` where they belong. */
function copyInto(whole: FeatureMatrix, t: number, { values: newest }: FeatureMatrix): void {
  for (const [column] of columns.entries()) {
    whole.values.set(
      newest.subarray(column * symbolCount, (column + 1) * symbolCount),
      column * whole.rows + t * symbolCount,
    );
  }
}

/** Factors for a bar's prices, for its volume, and for its high beyond the other prices. */
type Change = readonly [price: number, volume: number, high?: number];

function scaled(source: Panel, change: (t: number, s: number) => Change): Panel {
  const copy = { ...source, ...mapBars(source, (column) => column.slice()) };
  for (let row = 0; row < copy.close.length; row += 1) {
    const [price, volume, high = 1] = change(Math.floor(row / symbolCount), row % symbolCount);
    for (const name of priceColumns) copy[name][row] = copy[name][row]! * price;
    copy.high[row] = copy.high[row]! * high;
    copy.volume[row] = copy.volume[row]! * volume;
  }
  return copy;
}

/** Largest difference of two columns relative to 1 or the value, NaN standing for NaN only. */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const value = a[i]!;
    if (Number.isNaN(value) !== Number.isNaN(b[i]!)) return Infinity;
    if (!Number.isNaN(value)) largest = Math.max(largest, Math.abs(value - b[i]!) / Math.max(1, Math.abs(value)));
  }
  return largest;
}

describe('no look-ahead', () => {
  const factors = (...some: readonly number[]) => fc.array(fc.constantFrom(...some), { minLength: 5, maxLength: 11 });
  const futures = fc.sample(
    fc.record({
      t: fc.integer({ min: 0, max: sessionCount - 2 }),
      prices: factors(NaN, 0.5, 0.98, 1, 1.03, 2),
      volumes: factors(0, 0.3, 1, 4),
    }),
    { numRuns: 25, seed: 20 },
  );
  const changed = futures.map(({ t, prices, volumes }) => ({
    t,
    matrix: unroundedFeatures(
      scaled(panel, (at, s) =>
        at <= t ? [1, 1] : [prices[(at * symbolCount + s) % prices.length]!, volumes[(at + s) % volumes.length]!, 1.04],
      ),
    ),
  }));

  it.each(columns)('%s at t is the same to the bit whatever the bars after t are', (_, column) => {
    for (const future of changed) {
      expect(values(future.matrix, column, 0, future.t + 1)).toEqual(values(matrix, column, 0, future.t + 1));
    }
  });

  it('would be noticed: each feature of bars answers to another bar at its own session', () => {
    const silent = featureDefinitions.filter((_, column) =>
      changed.every(({ t, matrix: other }) => {
        const original = values(matrix, column, t + 1, t + 2);
        return values(other, column, t + 1, t + 2).every((value, s) => Number.isNaN(value) || value === original[s]);
      }),
    );
    const calendar = featureDefinitions.filter(({ group }) => group === 'calendar');
    expect(silent.map(({ name }) => name)).toEqual(calendar.map(({ name }) => name));
  });
});

describe('batch and newest bar', () => {
  const rounded = computeFeatures(panel);

  it('are rounded once, where they are written', () => {
    expect(rounded.values).toEqual(Float32Array.from(matrix.values));
  });

  it('are the same to the bit, session by session', () => {
    const stream = new FeatureStream(symbolCount);
    for (let t = 0; t < sessionCount; t += 1) {
      const newest = stream.push(sessionBars(panel, t));
      for (const [column] of columns.entries()) {
        const batch = values(rounded, column, t, t + 1);
        expect(newest.values.subarray(column * symbolCount, (column + 1) * symbolCount)).toEqual(batch);
      }
    }
  });

  it('are the same to the bit in stretches of any length, mixed with single sessions', { tags: ['long'] }, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 12 }), (lengths) => {
        const stream = new FeatureStream(symbolCount);
        const mixed = { ...rounded, values: new Float32Array(rounded.values.length).fill(NaN) };
        let t = 0;
        for (let i = 0; t < sessionCount; i += 1) {
          const to = Math.min(t + lengths[i % lengths.length]!, sessionCount);
          if (i % 2 === 0) stream.pushPanel(panel, t, to, mixed, t * symbolCount);
          else
            for (let single = t; single < to; single += 1)
              copyInto(mixed, single, stream.push(sessionBars(panel, single)));
          t = to;
        }
        expect(mixed.values).toEqual(rounded.values);
      }),
      { numRuns: 20 },
    );
  });

  it('of some features are those of all, in the order asked for, where they were asked for', () => {
    const names = ['rank_volume_ratio', 'weekday', 'market_return_5', 'return_20', 'beta_60'];
    const some = computeFeatures(panel, { names, allocate: sharedFeatures });
    expect([some.names, some.rows, some.values.length]).toEqual([names, matrix.rows, 5 * matrix.rows]);
    expect(some.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    for (const [column, name] of names.entries()) {
      const whole = matrix.names.indexOf(name);
      expect(values(some, column, 0, sessionCount), name).toEqual(values(rounded, whole, 0, sessionCount));
    }
    expect(() => computeFeatures(panel, { names: ['retrun_1'] })).toThrow('there is no feature "retrun_1"');
  });
});

describe('definedness', () => {
  const whole = noisePanel({ symbolCount, sessionCount, seed: 8 });
  const defined = computeFeatures(whole);

  it.each(featureDefinitions.map((definition, column) => [definition.name, definition.lookback, column] as const))(
    '%s has its first value after %i bars, then always one',
    (_, lookback, column) => {
      expect(values(defined, column, 0, lookback).every(Number.isNaN)).toBe(true);
      expect(values(defined, column, lookback, sessionCount).every(Number.isFinite)).toBe(true);
    },
  );

  it('is NaN in every column for a symbol without a bar', () => {
    for (let row = 0; row < panel.close.length; row += 1) {
      if (!Number.isNaN(panel.close[row]!)) continue;
      for (const [column] of columns.entries()) expect(matrix.values[column * matrix.rows + row]).toBeNaN();
    }
  });
});

describe('units', () => {
  const dearer = unroundedFeatures(scaled(panel, (_, s) => [[1, 10, 0.01, 3][s]!, 1]));
  const busier = unroundedFeatures(scaled(panel, (_, s) => [1, [100, 1, 0.5, 7][s]!]));

  it.each(columns)('%s does not depend on those of price and volume', (_, column) => {
    const ours = values(matrix, column, 0, sessionCount);
    expect(largestDifference(ours, values(dearer, column, 0, sessionCount))).toBeLessThan(1e-9);
    expect(largestDifference(ours, values(busier, column, 0, sessionCount))).toBeLessThan(1e-9);
  });
});

describe('shift invariance', () => {
  const whole = noisePanel({ symbolCount, sessionCount, seed: 10 });
  const first = 40;
  const later = unroundedFeatures(slicePanel(whole, first, sessionCount));
  const complete = unroundedFeatures(whole);
  // These remember everything, with weights that fade: equal only once the dropped sessions have faded out.
  const estimators = 'ewma_|parkinson|garman|rogers|average_true|_variance';
  const fading = new RegExp(`${estimators}|rsi|macd|standardised|volatility_of|rank_volatility|volatility_rank`);

  it.each(columns.filter(([name]) => !fading.test(name)))('%s is a matter of its window only', (_, column) => {
    const from = Math.max(first, first + featureDefinitions[column]!.lookback);
    const difference = largestDifference(
      values(complete, column, from, sessionCount),
      values(later, column, from - first, sessionCount - first),
    );
    expect(difference).toBeLessThan(1e-12);
  });
});

describe('bars at the edge', () => {
  const steps = fc.record({
    move: fc.constantFrom(0, 0, 0, 0.01, -0.02, 3, -3),
    range: fc.constantFrom(0, 0, 0.02),
    volume: fc.constantFrom(0, 0, 0, 100, 1e9),
    missing: fc.constantFrom(false, false, false, true),
  });

  it('constant prices, no volume, missing bars and jumps give NaN or a finite number', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 24 }), fc.constantFrom(1, 40), (pattern, repeat) => {
        const edge = noisePanel({ symbolCount, sessionCount: 300, seed: 1 });
        const price = new Float64Array(symbolCount).fill(100);
        for (let row = 0; row < edge.close.length; row += 1) {
          const s = row % symbolCount;
          const step = pattern[Math.floor(row / symbolCount / repeat + s) % pattern.length]!;
          price[s] = Math.min(1e9, Math.max(1e-3, price[s]! * Math.exp(step.move)));
          const bar = step.missing ? NaN : price[s]!;
          edge.open[row] = bar;
          edge.close[row] = bar;
          edge.high[row] = bar * (1 + step.range);
          edge.low[row] = bar;
          edge.volume[row] = step.volume;
        }
        expect(computeFeatures(edge).values.some((value) => Math.abs(value) === Infinity)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe('columns of files of the user', () => {
  const small = slicePanel(panel, 0, 3);
  const rows = small.close.length;
  const own = ['mine', 'yours', 'theirs'].map((name, i) => ({
    name,
    values: Float64Array.from({ length: rows }, (_, row) => 100 * (i + 1) + row),
  }));

  it.each([0, 1, 2, 3])('%i of them stand after the features, each with its values', (count) => {
    const names = ['weekday', 'next_weekday'];
    const mine = own.slice(0, count);
    const computed = computeFeatures({ ...small, own: mine }, { names });
    expect(computed.names).toEqual([...names, ...mine.map(({ name }) => name)]);
    expect(computed.values.subarray(0, 2 * rows)).toEqual(computeFeatures(small, { names }).values);
    expect([...computed.values.subarray(2 * rows)]).toEqual(mine.flatMap(({ values: of }) => [...of]));
  });
});
