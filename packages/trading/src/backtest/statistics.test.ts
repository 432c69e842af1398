import { normalQuantile, seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { overfittingProbability } from './luck.ts';
import {
  dailySharpe,
  deflate,
  deflatedSharpe,
  expectedBestSharpe,
  maxDrawdown,
  momentsOf,
  returnsOf,
  sharpeEstimate,
} from './sharpe.ts';

function noise(length: number, seed: number, drift = 0): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => drift + 0.01 * normalQuantile(random() || 0.5));
}

const unknownTrials = (length: number) => Array.from({ length }, () => null);

describe('the deflated Sharpe ratio', () => {
  it('is the worked example of Bailey and Lopez de Prado: 0.1132 and 0.9004', () => {
    const best = expectedBestSharpe(100, 0.5 / 250);
    expect(best).toBeCloseTo(0.1132, 4);
    const sharpe = 2.5 / Math.sqrt(250);
    expect(deflate({ sharpe, best, count: 1_250, skewness: -3, kurtosis: 10 })).toBeCloseTo(0.9004, 4);
  });

  it('falls with every trial', () => {
    const returns = noise(1_000, 4, 0.001);
    const deflated = [1, 10, 1_000].map((trials) => deflatedSharpe(returns, unknownTrials(trials)));
    expect(deflated).toEqual(deflated.toSorted((one, other) => other - one));
    expect(deflated[0]! - deflated[2]!).toBeGreaterThan(0.05);
  });

  it('takes the variance of all trials, and never less than that of luck', () => {
    const returns = noise(1_000, 4, 0.001);
    const alike = Array.from({ length: 20 }, (_, i) => 0.08 + i * 1e-6);
    const apart = Array.from({ length: 20 }, (_, i) => 0.3 * Math.sin(i));
    const unknown = unknownTrials(20);
    expect(deflatedSharpe(returns, alike)).toBe(deflatedSharpe(returns, unknown));
    expect(deflatedSharpe(returns, apart)).toBeLessThan(deflatedSharpe(returns, unknown) - 0.1);
  });
});

describe('the probability of overfitting', () => {
  it('is about a half where sets differ by luck alone', () => {
    const probabilities = Array.from(
      { length: 12 },
      (_, seed) => overfittingProbability(Array.from({ length: 4 }, (__, set) => noise(320, 100 * seed + set)))!,
    );
    const mean = probabilities.reduce((sum, one) => sum + one, 0) / probabilities.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.2);
  });

  it('is a half where sets are equal, of an odd number as well', () => {
    const same = noise(320, 7);
    const probabilities = [2, 3, 5].map((sets) => overfittingProbability(Array.from({ length: sets }, () => same)));
    expect(probabilities).toEqual([0.5, 0.5, 0.5]);
  });

  it('is small where one is better everywhere, and unknown with one set', () => {
    const sets = [noise(480, 1), noise(480, 2, 0.006), noise(480, 3)];
    expect(overfittingProbability(sets)).toBeLessThan(0.01);
    expect(overfittingProbability([sets[0]!])).toBeNull();
  });
});

describe('the Sharpe ratio', () => {
  it('has an interval that holds it, wider with fewer days', () => {
    const [few, many] = [sharpeEstimate(noise(250, 5, 0.0005), 1), sharpeEstimate(noise(2_500, 5, 0.0005), 1)];
    for (const { value, low, high } of [few, many]) expect(low < value && value < high).toBe(true);
    expect(few.high - few.low).toBeGreaterThan(2 * (many.high - many.low));
  });

  it('is 0 where nothing moved', () => {
    expect(sharpeEstimate(new Float64Array(50), 1)).toEqual({ value: 0, low: 0, high: 0 });
  });
});

it('measures falls from the peak, the cash at the beginning among them', () => {
  expect(maxDrawdown([110, 88, 120, 90], 100)).toBeCloseTo(0.25, 12);
  expect(maxDrawdown([90], 100)).toBeCloseTo(0.1, 12);
  expect([...returnsOf(Float64Array.of(110, 99), 100)].map((value) => value.toFixed(3))).toEqual(['0.100', '-0.100']);
});

it('has the moments of a sample', () => {
  const { deviation, skewness, kurtosis } = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect([deviation, skewness, kurtosis].map((value) => value.toFixed(6))).toEqual([
    '2.138090',
    '0.656250',
    '2.781250',
  ]);
});

it('a daily Sharpe ratio is the mean by the deviation of a sample', () => {
  const returns = [0.01, -0.02, 0.015, 0.005, -0.01, 0.02];
  const mean = returns.reduce((sum, value) => sum + value, 0) / 6;
  const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5;
  expect(dailySharpe(returns)).toBeCloseTo(mean / Math.sqrt(variance), 12);
  expect(dailySharpe([0.01, 0.01, 0.01])).toBe(0);
});

describe('the probability of overfitting, counted by hand', () => {
  it('is that of all 12,870 halvings of 16 blocks, whatever the length of the blocks', () => {
    const sets = [noise(37, 31), noise(37, 32, 0.002), noise(37, 33)];
    // A slow twin: it takes the days of each half by themselves.
    const halves = (mask: number) => {
      const within = (day: number) => ((mask >> Math.floor((day * 16) / 37)) & 1) === 1;
      return [true, false].map((chosen) =>
        sets.map((set) => dailySharpe(Array.from(set).filter((_, day) => within(day) === chosen))),
      );
    };
    let [halvings, lost] = [0, 0];
    for (let mask = 0; mask < 2 ** 16; mask += 1) {
      if (mask.toString(2).replaceAll('0', '').length !== 8) continue;
      const [inside = [], outside = []] = halves(mask);
      const rank = outside.filter((ratio) => ratio < outside[inside.indexOf(Math.max(...inside))]!).length;
      halvings += 1;
      lost += rank === 0 ? 1 : rank === 1 ? 0.5 : 0;
    }
    expect(halvings).toBe(12_870);
    expect(overfittingProbability(sets)).toBeCloseTo(lost / halvings, 12);
  });

  it('needs two sets and 32 days', () => {
    expect(overfittingProbability([noise(32, 1), noise(32, 2)])).not.toBeNull();
    expect(overfittingProbability([noise(31, 1), noise(31, 2)])).toBeNull();
    expect(overfittingProbability([])).toBeNull();
  });
});

describe('the figures of a ratio', () => {
  it('are annualised by the 245 sessions of a year, with the bounds of 950 in 1,000 drawn samples', () => {
    const returns = noise(60, 9, 0.001);
    const random = seededRandom(4);
    // A slow twin: blocks of 10 days from anywhere, around the end.
    const ratios = Array.from({ length: 1_000 }, () => {
      const starts = Array.from({ length: 6 }, () => Math.floor(random() * 60));
      return dailySharpe(starts.flatMap((start) => Array.from({ length: 10 }, (_, i) => returns[(start + i) % 60]!)));
    }).sort((one, other) => one - other);
    const year = Math.sqrt(245);
    expect(sharpeEstimate(returns, 4)).toEqual({
      value: expect.closeTo(dailySharpe(returns) * year, 9),
      low: expect.closeTo(ratios[25]! * year, 9),
      high: expect.closeTo(ratios[974]! * year, 9),
    });
  });

  it('are 0 for one return, and for equal ones of any size', () => {
    const constant = [[0.01], [1e-9, 1e-9, 1e-9], [5, 5, 5, 5], [-0.1, -0.1], []];
    expect(constant.map((returns) => dailySharpe(returns))).toEqual([0, 0, 0, 0, 0]);
    expect(dailySharpe([1e-9, 3e-9])).toBeCloseTo(Math.SQRT2, 9);
  });

  it('are deflated by what luck gives in so many trials', () => {
    const returns = [0.02, -0.01, 0.03, 0.01, -0.02, 0.015, 0.005, 0.01];
    const { skewness, kurtosis } = momentsOf(returns);
    const sharpe = dailySharpe(returns);
    const within = (best: number) => deflate({ sharpe, best, count: 8, skewness, kurtosis });
    expect(deflatedSharpe(returns, [null])).toBeCloseTo(within(0), 12);
    expect(deflatedSharpe(returns, [])).toBeCloseTo(within(0), 12);
    expect(deflatedSharpe(returns, [null, null])).toBeCloseTo(within(expectedBestSharpe(2, 1 / 8)), 12);
    expect(deflatedSharpe(returns, [9, null])).toBeCloseTo(within(expectedBestSharpe(2, 1 / 8)), 12);
    // The variance of two ratios 1 apart is a half.
    expect(deflatedSharpe(returns, [0.2, 1.2])).toBeCloseTo(within(expectedBestSharpe(2, 0.5)), 12);
    expect(deflatedSharpe([0.01, 0.01], [null])).toBe(0);
  });

  it.each([
    [0, 0],
    [1, 0],
    // Quantiles by NormalDist of Python: at 1/2 and 1 - 1/2e, 9/10 and 1 - 1/10e.
    [2, 0.577216 * 0.900453],
    [10, 0.422784 * 1.281552 + 0.577216 * 1.789242],
  ])('expect of %i trials a best one of %d deviations', (trials, expected) => {
    expect(expectedBestSharpe(trials, 4)).toBeCloseTo(2 * expected, 4);
  });

  it('are no fall where equity only rose', () => {
    expect([maxDrawdown([], 100), maxDrawdown([100, 101], 100)]).toEqual([0, 0]);
  });
});
