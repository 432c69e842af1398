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
