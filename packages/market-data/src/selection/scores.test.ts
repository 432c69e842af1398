import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { type BarColumns, barValues } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { defaultCriteria } from './options.ts';
import { componentsOf, type WindowStatistics, windowStatistics } from './scores.ts';
import type { SelectionCandidate } from './select-symbols.ts';

const usual: WindowStatistics = {
  bars: 60,
  averageTurnoverYen: 1e9,
  averageVolumeShares: 1e6,
  annualVolatility: 0.3,
  volumeVariation: 1,
  returns: new Float64Array(),
};

function components(
  statistics: Partial<WindowStatistics> = {},
  more: Partial<Pick<SelectionCandidate, 'marketCapitalisationYen'>> & { sizeGroup?: string | null } = {},
  maximumAnnualVolatility = 0.6,
) {
  const { sizeGroup = null, marketCapitalisationYen } = more;
  const candidate = { info: { sizeGroup }, marketCapitalisationYen } as SelectionCandidate;
  const criteria = { ...defaultCriteria, maximumAnnualVolatility };
  return componentsOf(candidate, { ...usual, ...statistics }, criteria, [1e8, 1e9, 1e9, 1e10]);
}

describe('the scores of a symbol', () => {
  it.each([
    [0, 0],
    [1, 0],
    [1e7, 0],
    [1e8, 25],
    [1e9, 50],
    [1e10, 75],
    [1e11, 100],
    [1e12, 100],
  ])('by a turnover of %d yen is %d', (averageTurnoverYen, score) => {
    expect(components({ averageTurnoverYen }).liquidity.score).toBeCloseTo(score, 9);
  });

  it.each([
    [0.05, 0.6, 0],
    [0.1, 0.6, 0],
    [0.175, 0.6, 50],
    [0.25, 0.6, 100],
    [0.4, 0.6, 100],
    [0.5, 0.6, 50],
    [0.6, 0.6, 0],
    [0.7, 0.6, 0],
    // A maximum within the best range cuts it off.
    [0.39, 0.4, 100],
    [0.4, 0.4, 0],
    [0.29, 0.3, 100],
    [0.3, 0.3, 0],
    [0.175, 0.3, 50],
  ])('by a volatility of %d a year, where %d is the most, is %d', (annualVolatility, maximum, score) => {
    expect(components({ annualVolatility }, {}, maximum).volatility.score).toBeCloseTo(score, 9);
  });

  it.each([
    [0, 60, 100],
    [1, 60, 50],
    [3, 60, 25],
    [1, 30, 25],
    [Number.NaN, 60, 0],
  ])('by a volume that varies by %d on %d sessions of 60 is %d', (volumeVariation, bars, score) => {
    expect(components({ volumeVariation, bars }).volumeConsistency.score).toBeCloseTo(score, 9);
  });

  it.each([
    [0, 0],
    [1, 0],
    [1e9, 0],
    [1e10, 25],
    [1e11, 50],
    [1e13, 100],
    [1e14, 100],
  ])('by a market capitalisation of %d yen is %d', (marketCapitalisationYen, score) => {
    const { marketCapitalisation } = components({}, { marketCapitalisationYen, sizeGroup: 'mid' });
    expect(marketCapitalisation.score).toBeCloseTo(score, 9);
    expect(marketCapitalisation.value).toBe(marketCapitalisationYen);
  });

  it.each([
    ['TOPIX Core30', 95],
    ['TOPIX Large70', 85],
    ['large', 85],
    ['TOPIX Mid400', 65],
    ['mid', 65],
    ['TOPIX Small 1', 45],
    ['small', 35],
    ['TOPIX Small 2', 25],
  ])('by the size group %s, where the capitalisation is not known, is %d', (sizeGroup, score) => {
    expect(components({}, { sizeGroup }).marketCapitalisation).toMatchObject({ score, value: null });
  });

  it.each([
    [1e7, 0],
    [1e8, 25],
    [1e9, 75],
    [1e10, 100],
  ])('by the rank of a turnover of %d yen, where no group is known either, is %d', (averageTurnoverYen, score) => {
    expect(components({ averageTurnoverYen }, { sizeGroup: 'other' }).marketCapitalisation.score).toBe(score);
    expect(components({ averageTurnoverYen }).marketCapitalisation.score).toBe(score);
  });
});

describe('the statistics of a window', () => {
  const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-02-29')).map(dayNumber);
  const barsOn = (days: readonly number[]): BarColumns => ({
    days: Int32Array.from(days),
    ...barValues((name) =>
      Float64Array.from(days, (day) => (name === 'volume' ? 100 * (1 + (day % 7)) : 1_000 + 10 * (day % 5))),
    ),
  });
  const whole = barsOn(sessions);
  const window = sessions.slice(5, 12);

  it('are those of the bars in it, with the sample standard deviation', () => {
    const closes = window.map((day) => 1_000 + 10 * (day % 5));
    const volumes = window.map((day) => 100 * (1 + (day % 7)));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = (values: readonly number[]) => {
      const squares = values.map((value) => (value - mean(values)) ** 2);
      return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / (values.length - 1));
    };
    const returns = closes.slice(1).map((close, index) => Math.log(close / closes[index]!));
    const found = windowStatistics(whole, window);
    expect(found.bars).toBe(7);
    expect(found.averageVolumeShares).toBeCloseTo(mean(volumes), 9);
    expect(found.averageTurnoverYen).toBeCloseTo(mean(volumes.map((volume, i) => volume * closes[i]!)), 6);
    expect(found.annualVolatility).toBeCloseTo(deviation(returns) * Math.sqrt(245), 12);
    expect(found.volumeVariation).toBeCloseTo(deviation(volumes) / mean(volumes), 12);
    expect(found.returns[0]).toBeNaN();
    expect(Array.from(found.returns).slice(1)).toEqual(returns);
  });

  it('have no return over a session without a bar', () => {
    const { bars, returns } = windowStatistics(barsOn(sessions.filter((day) => day !== window[3])), window);
    expect(bars).toBe(6);
    expect(Array.from(returns, (value) => Number.isNaN(value))).toEqual([true, false, false, true, true, false, false]);
  });

  it.each([
    [0, 0, true, true],
    [1, 1, true, true],
    [2, 2, true, false],
    [3, 3, false, false],
  ])('of %d bars count %d; their volatility is unknown: %s, the variation of volumes: %s', (count, ...expected) => {
    const { bars, annualVolatility, volumeVariation } = windowStatistics(barsOn(window.slice(0, count)), window);
    expect([bars, Number.isNaN(annualVolatility), Number.isNaN(volumeVariation)]).toEqual(expected);
  });
});
