import type { PriceBasis } from '@daytrade/contracts';
import {
  dateOfDayNumber,
  dayNumber,
  parseSymbol,
  parseTradeDate,
  roundToTick,
  sessionsBetween,
} from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { inspectBars } from './inspect-bars.ts';
import { judgePriceBasis } from './price-basis.ts';

const sessions = sessionsBetween(parseTradeDate('2023-01-04'), parseTradeDate('2023-12-29'));
const splitAt = 120;

/** A walk on the tick grid, with volumes in lots: the prices of a share that was traded. */
const traded = sessions.map((date, index) => {
  const close = roundToTick(3_000 + 200 * Math.sin(index / 9) + ((index * 37) % 11), 'topix500', 'nearest');
  return { date, close, volume: 100 * (5_000 + ((index * 7_919) % 3_001)) };
});

interface Adjustment {
  /** New shares for an old one at the split. */
  readonly split: number;
  /** Factor of the prices before the split. */
  readonly price: (split: number) => number;
  readonly volume: (split: number) => number;
  readonly digits: number;
}

/** The rows with a split, adjusted in some way or not. */
function rowsOf(
  { split, price, volume, digits }: Adjustment,
  adjustedClose?: (close: number, index: number) => number,
): SourceRows {
  const lines = traded.map((bar, index) => {
    const before = index < splitAt;
    const close = before ? bar.close * price(split) : roundToTick(bar.close / split, 'topix500', 'nearest');
    const written = Number(close.toFixed(digits));
    const shares = before ? Math.round(bar.volume * volume(split)) : bar.volume;
    const adjusted = adjustedClose === undefined ? [] : [adjustedClose(written, index)];
    return [bar.date, written, written, written, written, ...adjusted, shares].join(',');
  });
  const header = `date,open,high,low,close,${adjustedClose === undefined ? '' : 'adj close,'}volume`;
  const { form: _, ...rows } = parseBarFile([header, ...lines].join('\n'), '7203.csv');
  return { ...rows, file: '7203.csv', master: masterOf(parseSymbol('7203'), { tickTable: 'topix500' }) };
}

const asTraded: Adjustment = { split: 5, price: () => 1, volume: () => 1, digits: 1 };
const forSplits: Adjustment = { split: 5, price: (split) => 1 / split, volume: (split) => split, digits: 4 };

const cases: readonly (readonly [string, SourceRows, PriceBasis, boolean, RegExp])[] = [
  [
    'volumes that are multiples of five lots',
    rowsOf(forSplits),
    'split-adjusted',
    true,
    /multiples of 500 shares, as a split of 1 to 5/,
  ],
  [
    'prices off the grid that a ratio brings back',
    rowsOf({ ...forSplits, split: 3, volume: () => 1, digits: 2 }),
    'split-adjusted',
    true,
    /the oldest, times 3, on it/,
  ],
  [
    'prices off the grid',
    rowsOf({ ...asTraded, split: 1, price: () => 0.9731, digits: 2 }),
    'fully-adjusted',
    true,
    /off the tick grid/,
  ],
  ['prices on the grid without a split', rowsOf({ ...asTraded, split: 1 }), 'traded', false, /--basis split-adjusted/],
  [
    'an adjusted close that takes back a split',
    rowsOf(asTraded, (close, index) => (index < splitAt ? close / 5 : close)),
    'traded',
    true,
    /takes back a split of 1 to 5/,
  ],
  [
    'an adjusted close that adds dividends back',
    rowsOf({ ...asTraded, split: 1 }, (close, index) => (index < 80 ? close * 0.985 : close)),
    'split-adjusted',
    true,
    /differs from the close by dividends/,
  ],
  [
    'an adjusted close that equals the close',
    rowsOf({ ...asTraded, split: 1 }, (close) => close),
    'split-adjusted',
    false,
    /equals the close on every row/,
  ],
];

describe('the price basis', () => {
  it.each(cases)('is shown by %s', (_, rows, basis, known, reason) => {
    expect(judgePriceBasis(rows)).toEqual({ basis, known, reason: expect.stringMatching(reason) });
  });
});

/** Rows whose volumes are others. */
function withVolumes(volumeOf: (index: number) => number): SourceRows {
  const rows = rowsOf({ ...asTraded, split: 1 });
  return { ...rows, volume: rows.volume.map((_, index) => volumeOf(index)) };
}

describe('volumes', () => {
  it.each([
    ['one volume on every day', () => 21_000],
    ['multiples of 5,000 of 31 sizes', (index: number) => 5_000 * (50 + ((index * 7) % 31))],
    ['many volumes of few rows', (index: number) => (index < 30 ? 500 * (index + 1) : 0)],
  ])('show no split where there are %s', (_, volumeOf) => {
    expect(judgePriceBasis(withVolumes(volumeOf))).toMatchObject({ basis: 'traded', known: false });
  });

  it.each([
    ['after the last row', 5, sessions.length],
    ['of round thousands among the rows', 10, splitAt],
    ['among the rows', 5, splitAt],
  ])('of 31 sizes show a split %s', (_, ratio, rowsBefore) => {
    const volumeOf = (index: number) => 100 * (index < rowsBefore ? ratio : 1) * (50 + ((index * 7) % 31));
    const reason = expect.stringContaining(`a split of 1 to ${ratio} leaves them`);
    expect(judgePriceBasis(withVolumes(volumeOf))).toEqual({ basis: 'split-adjusted', known: true, reason });
  });
});

/** Daily rows of flat prices one after another. */
function flatRows(prices: readonly number[], firstDate = '2023-01-04', interval: SourceRows['interval'] = '1d') {
  const column = Float64Array.from(prices);
  const day = dayNumber(parseTradeDate(firstDate));
  return {
    ...cases[0]![1],
    interval,
    times: column.map((_, index) => day + index),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column.map(() => 100),
  };
}

describe('prices off the tick grid', () => {
  const isOffGrid = (rows: SourceRows) => judgePriceBasis(rows).reason === 'they lie off the tick grid';

  it('show an adjustment where they are more than 2 in 100', () => {
    const on = Array<number>(98).fill(2_000);
    expect(isOffGrid(flatRows([...on, 2_000.3, 2_000.3]))).toBe(false);
    expect(isOffGrid(flatRows([...on, 2_000.3, 2_000.3, 2_000.3]))).toBe(true);
    // A price that no share can have counts neither way.
    expect(isOffGrid(flatRows([...on, ...Array<number>(90).fill(-0.3), 2_000.3, 2_000.3, 2_000.3]))).toBe(true);
    expect(isOffGrid(flatRows([0, -1, 2e9]))).toBe(false);
  });

  it.each([
    [0.1, false],
    [150.7, false],
    [150.75, true],
    [Math.fround(150.7), false],
    [Math.fround(2_987.5), false],
    [1_000, false],
    [1_000.1, true],
    [2_999.5, false],
    [3_000.5, true],
    [10_000, false],
    [10_001, true],
    [10_005, false],
    [30_005, true],
    [30_010, false],
    [300_050, true],
    [300_100, false],
  ])('are judged by the grid of TOPIX500: %d is off it: %s', (price, isOff) => {
    expect(isOffGrid(flatRows([price, price]))).toBe(isOff);
  });

  // https://www.jpx.co.jp/english/equities/trading/domestic/07.html: the second phase of the tick pilot of TOPIX100.
  it.each([
    ['2014-07-21', 3_000.5, '1d', true],
    ['2014-07-22', 3_000.5, '1d', false],
    ['2015-09-23', 3_000.5, '1d', false],
    ['2015-09-24', 3_000.5, '1d', true],
    ['2015-01-05', 4_999.5, '1d', false],
    ['2015-01-05', 5_000.5, '1d', true],
    ['2015-01-05', 6_002.5, '1d', true],
    ['2015-01-05', 3_000.3, '1d', true],
    ['2015-01-05', 999.9, '1d', false],
    ['2015-01-05', 3_000.5, '5m', true],
  ] as const)('of %s: %d of %s bars is off the grid of that time: %s', (date, price, interval, isOff) => {
    expect(isOffGrid(flatRows([price], date, interval))).toBe(isOff);
  });
});

describe('the oldest prices that a ratio of a split brings back onto the grid', () => {
  /** So many different prices of a share of 3,000 yen that was split into three. */
  const thirds = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      Number((roundToTick(6_000 + 7 * index, 'topix500', 'nearest') / 3).toFixed(2)),
    );
  const ratioOf = (prices: readonly number[]) =>
    /times (\S+), on it/.exec(judgePriceBasis(flatRows(prices)).reason)?.[1];

  it('show it from 40 different prices on', () => {
    expect(ratioOf(thirds(39))).toBeUndefined();
    expect(ratioOf(thirds(40))).toBe('3');
  });

  it('are the 100 oldest of them', () => {
    const later = Array<number>(200).fill(2_000.33);
    const offGrid = Array.from({ length: 3 }, (_, index) => 2_000.1 + index);
    expect(ratioOf([...thirds(100), ...offGrid, ...later])).toBe('3');
    expect(ratioOf([...thirds(97), ...offGrid, ...later])).toBeUndefined();
  });

  it('may have 2 in 100 that lie elsewhere', () => {
    expect(ratioOf([...thirds(98), 2_000.1, 2_001.1])).toBe('3');
    expect(ratioOf([...thirds(97), 2_000.1, 2_001.1, 2_002.1])).toBeUndefined();
  });
});

describe('the order of the rows', () => {
  it.each(cases)('changes nothing about %s', (_, rows) => {
    const reversed = Object.fromEntries(
      (['times', 'open', 'high', 'low', 'close', 'volume'] as const).map((name) => [name, rows[name].toReversed()]),
    );
    const adjustedClose = rows.adjustedClose?.toReversed();
    expect(judgePriceBasis({ ...rows, ...reversed, adjustedClose })).toEqual(judgePriceBasis(rows));
  });
});

describe('a column of adjusted closes', () => {
  const judge = (adjusted: readonly number[], close: readonly number[]) => {
    const rows = flatRows(close);
    return judgePriceBasis({ ...rows, adjustedClose: Float64Array.from(adjusted) });
  };
  const equal = [2_000, 2_000, 2_000];

  it.each<readonly [string, readonly number[], readonly number[], RegExp]>([
    ['differs by a thousandth, as rounding does', [2_002, 2_000, 2_000], equal, /equals the close on every row/],
    ['differs by more', [2_002.1, 2_000, 2_000], equal, /differs from the close by dividends/],
    ['differs on the first row alone', [1_960, 2_000, 2_000], equal, /differs from the close by dividends/],
    ['has no value where it would differ', [Number.NaN, 0, 2_000], equal, /equals the close on every row/],
    ['has a close of 0 beside it', [2_000, 2_000, 2_000], [2_000, 0, 2_000], /equals the close on every row/],
    ['takes back a split', [400, 400, 400], [2_000, 2_000, 400], /takes back a split of 1 to 5/],
    ['takes back a reverse split', [10_000, 10_000, 10_000], [2_000, 2_000, 10_000], /takes back a split of 5 to 1/],
    ['takes back a split past a row without a value', [400, Number.NaN, 400], [2_000, 400, 400], /a split of 1 to 5/],
    ['steps by a split where the close does not', [400, 2_000, 2_000], equal, /differs from the close by dividends/],
  ])('%s', (_, adjusted, close, reason) => {
    expect(judge(adjusted, close).reason).toMatch(reason);
  });

  it('gives way to prices off the grid where it says nothing', () => {
    const prices = [2_000.3, 2_001.3];
    expect(judge(prices, prices)).toMatchObject({ basis: 'fully-adjusted', known: true });
  });
});

it('5-minute bars on the grid are of traded prices, whatever their volumes', () => {
  const rows = { ...rowsOf(forSplits), interval: '5m' as const };
  expect(judgePriceBasis(rows)).toEqual({ basis: 'traded', known: true, reason: 'they lie on the tick grid' });
  expect(judgePriceBasis({ ...rows, priceBasis: 'fully-adjusted' })).toEqual({
    basis: 'fully-adjusted',
    known: true,
    reason: 'it was stated',
  });
});

describe('a limit where the price basis is not sure', () => {
  /** 1,000 yen, whose limits are 300 yen either way from the next session on. */
  const inspect = (close: number) => {
    const day = dayNumber(parseTradeDate('2024-01-04'));
    const rows = [1_000, close].map(
      (price, i) => `${dateOfDayNumber(day + i)},${price},${price},${price},${price},100`,
    );
    const { form: _, ...read } = parseBarFile(['date,open,high,low,close,volume', ...rows].join('\n'), '7203.csv');
    const { master } = cases[0]![1];
    return inspectBars({ ...read, file: '7203.csv', master }, Date.parse('2026-11-27T00:00:00Z')).entries;
  };

  it('is twice as wide, so that a real crash is kept, and an impossible price is not', () => {
    expect(inspect(650)).toMatchObject([]);
    expect(inspect(300)).toMatchObject([{ severity: 'quarantined', reason: 'limit-exceeded' }]);
  });
});
