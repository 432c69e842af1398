import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { type BarColumns, barValues } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { defaultCriteria, type SelectionOptions } from './options.ts';
import { type SelectionCandidate, selectSymbols } from './select-symbols.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-06-28'));

interface Shape {
  readonly close?: number;
  readonly volume?: number;
  /** Daily log return, up and down in turn. */
  readonly swing?: number;
  readonly count?: number;
  readonly sizeGroup?: string | null;
  readonly sector?: string | null;
  readonly marketCapitalisationYen?: number;
}

/** A symbol whose price swings between two levels, on the last `count` sessions. */
function candidate(symbol: string, shape: Shape = {}): SelectionCandidate {
  const {
    close = 2000,
    volume = 5e6,
    swing = 0.02,
    count = sessions.length,
    sizeGroup = 'large',
    sector = null,
  } = shape;
  const days = Int32Array.from(sessions.slice(-count), dayNumber);
  const closes = Float64Array.from(days, (_, i) => close * Math.exp(i % 2 === 0 ? 0 : swing));
  const volumes = Float64Array.from(days, (_, i) => volume * (i % 2 === 0 ? 1.2 : 0.8));
  const bars: BarColumns = { days, open: closes, high: closes, low: closes, close: closes, volume: volumes };
  const { marketCapitalisationYen } = shape;
  return {
    info: { symbol, name: `name of ${symbol}`, sector, sizeGroup, synthetic: false },
    bars,
    marketCapitalisationYen,
  };
}

function select(pool: readonly SelectionCandidate[], count = 10, options: Partial<SelectionOptions> = {}) {
  return selectSymbols(pool, defaultCriteria, { count, ...options });
}

describe('the selection of symbols', () => {
  it('weighs the four scores by 0.35, 0.25, 0.20 and 0.20, each with value, unit and basis', () => {
    const { symbols, asOf, windowSessions } = select([candidate('7203')]);
    expect([asOf, windowSessions]).toEqual(['2024-06-28', 60]);
    const { score, components } = symbols[0]!;
    const { liquidity, volatility, volumeConsistency, marketCapitalisation } = components;
    const weighted = 0.35 * liquidity.score + 0.25 * volatility.score + 0.2 * volumeConsistency.score;
    expect(score).toBeCloseTo(weighted + 0.2 * marketCapitalisation.score, 9);
    expect(Object.values(components).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const component of Object.values(components)) {
      expect(component.unit).not.toBe('');
      expect(component.basis).not.toBe('');
    }
  });

  it.each([
    ['average volume', { volume: 900_000, close: 9000 }, 'average volume: 900,000 shares a day is below 1,000,000'],
    ['volatility', { swing: 0.05 }, 'volatility: 78.9 % a year is above 60.0 %'],
    ['liquidity', { close: 100 }, 'liquidity score: 42.6 is below 60'],
    [
      'market capitalisation',
      { marketCapitalisationYen: 9e8 },
      'market capitalisation: 900,000,000 yen is below 1,000,000,000',
    ],
    ['bars', { count: 47 }, 'bars: 47 of the 60 sessions from 2024-04-03 to 2024-06-28; at least 48 are needed'],
  ])('rejects a symbol that misses the criterion of %s, saying so', (_, shape, reason) => {
    const { symbols, rejected } = select([candidate('7203'), candidate('6501', shape)]);
    expect(symbols.map(({ symbol }) => symbol)).toEqual(['7203']);
    expect(rejected).toMatchObject([{ symbol: '6501', reasons: [reason] }]);
  });

  it('says what stands in for a market capitalisation that is not known, and rejects nobody for it', () => {
    const pool = [
      candidate('7203', { sizeGroup: 'large' }),
      candidate('6501', { sizeGroup: 'TOPIX Mid400' }),
      candidate('8306', { sizeGroup: null, volume: 9e6 }),
      candidate('7267', { marketCapitalisationYen: 1e13 }),
    ];
    const { symbols } = select(pool);
    const known = new Map(symbols.map(({ symbol, components }) => [symbol, components.marketCapitalisation]));
    expect(known.get('7203')).toMatchObject({
      value: null,
      score: 85,
      basis: expect.stringContaining('the size group stands in'),
    });
    expect(known.get('6501')).toMatchObject({ value: null, score: 65 });
    expect(known.get('8306')).toMatchObject({
      value: null,
      score: 100,
      basis: expect.stringContaining('rank of the turnover'),
    });
    expect(known.get('7267')).toMatchObject({ value: 1e13, score: 100, unit: 'yen' });
  });

  it('picks the highest scores and says at which rank the others came', () => {
    const pool = ['7203', '6501', '8306'].map((symbol, i) => candidate(symbol, { volume: 3e6 * (i + 1) }));
    const { symbols, rejected, poolSize } = select(pool, 2);
    expect(symbols.map(({ rank, symbol }) => [rank, symbol])).toEqual([
      [1, '8306'],
      [2, '6501'],
    ]);
    expect(rejected).toMatchObject([
      { symbol: '7203', reasons: ['ranked 3 of 3 that meet every criterion; 2 were asked for'] },
    ]);
    expect(poolSize).toBe(3);
  });

  it('keeps a member that is not clearly out, takes in one that is clearly among the best, and says so of each', () => {
    // By score: 7010, 7009, … 7001.
    const pool = Array.from({ length: 10 }, (_, i) =>
      candidate(`70${String(i + 1).padStart(2, '0')}`, { volume: 2e6 + 3e6 * i }),
    );
    const previous = {
      asOf: sessions.at(-2)!,
      symbols: ['7005', '7004', '7001', '9999'].map((symbol) => ({ symbol, name: symbol })),
    };
    const { symbols, rejected, turnover } = select(pool, 4, { buffer: 2, previous });
    expect(symbols.map(({ symbol, reason }) => [symbol, reason])).toEqual([
      ['7010', 'new: ranked 1 of 10 that meet every criterion'],
      ['7009', 'new: ranked 2 of 10 that meet every criterion'],
      ['7008', 'new: ranked 3 of 10 that meet every criterion'],
      ['7005', 'stays: ranked 6 of 10 that meet every criterion; members stay up to rank 6'],
    ]);
    expect(rejected[0]).toMatchObject({
      symbol: '7007',
      reasons: ['ranked 4 of 10 that meet every criterion; 4 were asked for, and members that stay come first'],
    });
    expect(turnover).toEqual({
      previous: previous.asOf,
      entered: ['7010', '7009', '7008'],
      left: [
        { symbol: '7004', name: '7004', reasons: ['ranked 7 of 10 that meet every criterion; 4 were asked for'] },
        { symbol: '7001', name: '7001', reasons: ['ranked 10 of 10 that meet every criterion; 4 were asked for'] },
        { symbol: '9999', name: '9999', reasons: ['there are no bars of it any more'] },
      ],
      share: 0.75,
    });
    expect(select(pool, 4, { buffer: 0, previous }).symbols.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  it('passes over a symbol that is too much like those picked, naming the limit', () => {
    const sectors = ['化学', '化学', '銀行業', null, null];
    const pool = sectors.map((sector, i) => candidate(String(7001 + i), { sector, volume: 2e7 - 3e6 * i }));
    const bySector = select(pool, 3, { mostPerSector: 1 });
    expect(bySector.symbols.map(({ symbol }) => symbol)).toEqual(['7001', '7003', '7004']);
    expect(bySector.rejected[0]!.reasons).toEqual([
      'ranked 2 of 5 that meet every criterion; sector: 1 of 化学 are picked, the most allowed',
    ]);
    // All of them swing on the same days.
    const { symbols, rejected } = select(pool, 3, { maximumCorrelation: 0.9 });
    expect(symbols.map(({ symbol }) => symbol)).toEqual(['7001']);
    expect(rejected[0]!.reasons[0]).toMatch(/correlation: 1\.000 with 7001, above 0\.9$/);
  });

  it('looks at nothing after the day it is asked for', () => {
    const asOf = sessions[80]!;
    const whole = candidate('7203', { swing: 0.01 });
    const cut = (column: Float64Array) => column.slice(0, 81);
    const until = {
      ...whole,
      bars: { days: whole.bars.days.slice(0, 81), ...barValues((name) => cut(whole.bars[name])) },
    };
    expect(select([whole], 10, { asOf })).toEqual(select([until], 10, { asOf }));
    expect(select([whole], 10, { asOf: parseTradeDate('2024-05-06') }).asOf).toBe('2024-05-02');
  });

  it('takes a symbol that lies exactly at every criterion', () => {
    const exact = candidate('7203', { marketCapitalisationYen: 1e10, count: 48 });
    const { components } = selectSymbols([exact], { ...defaultCriteria, minimumLiquidityScore: 0 }, { count: 1 })
      .symbols[0]!;
    const volumes = exact.bars.volume;
    const criteria = {
      minimumMarketCapitalisationYen: 1e10,
      minimumAverageVolumeShares: volumes.reduce((sum, volume) => sum + volume, 0) / volumes.length,
      maximumAnnualVolatility: components.volatility.value!,
      minimumLiquidityScore: components.liquidity.score,
    };
    const rejected = (more: Partial<typeof criteria>) =>
      selectSymbols([exact], { ...criteria, ...more }, { count: 1 }).rejected.flatMap(({ reasons }) => reasons);
    expect(rejected({})).toEqual([]);
    expect(rejected({ minimumMarketCapitalisationYen: 1e10 + 1 })).toHaveLength(1);
    expect(rejected({ minimumAverageVolumeShares: criteria.minimumAverageVolumeShares + 1 })).toHaveLength(1);
    expect(rejected({ maximumAnnualVolatility: criteria.maximumAnnualVolatility - 1e-9 })).toHaveLength(1);
    expect(rejected({ minimumLiquidityScore: criteria.minimumLiquidityScore + 1e-9 })).toHaveLength(1);
  });

  it('is the same for the symbols in any order, equal scores by their codes, and the unscored last', () => {
    const pool = [
      candidate('7203'),
      candidate('6501'),
      candidate('8306', { volume: 900_000, close: 9000 }),
      candidate('7267', { count: 10 }),
      candidate('4063', { count: 10 }),
    ];
    const selection = select(pool, 1);
    expect(select(pool.toReversed(), 1)).toEqual(selection);
    expect(selection.symbols.map(({ symbol }) => symbol)).toEqual(['6501']);
    expect(selection.rejected.map(({ symbol, rank, score }) => [symbol, rank, typeof score])).toEqual([
      ['7203', 2, 'number'],
      ['8306', null, 'number'],
      ['4063', null, 'object'],
      ['7267', null, 'object'],
    ]);
  });

  it('of nothing is empty, and has no turnover', () => {
    const previous = { asOf: sessions[0]!, symbols: [{ symbol: '7203', name: 'name of 7203' }] };
    const empty = { asOf: null, poolSize: 0, symbols: [], rejected: [], leftOut: [] };
    expect(select([])).toMatchObject({
      ...empty,
      options: { count: 10, buffer: 3, mostPerSector: null, maximumCorrelation: null },
      turnover: { previous: null, entered: [], left: [], share: null },
    });
    const left = [{ symbol: '7203', name: 'name of 7203', reasons: ['there are no bars of it any more'] }];
    expect(select([], 10, { previous })).toMatchObject({
      ...empty,
      turnover: { previous: previous.asOf, entered: [], left, share: null },
    });
    const bars = { days: new Int32Array(), ...barValues(() => new Float64Array()) };
    expect(select([{ ...candidate('7203'), bars }])).toMatchObject({ ...empty, poolSize: 1 });
    const all = select([candidate('7203')], 1);
    expect(all.turnover).toEqual({ previous: null, entered: ['7203'], left: [], share: null });
  });
});
