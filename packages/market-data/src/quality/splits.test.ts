import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { isSplitRatio, shownRatio, splitInVolumes } from './splits.ts';

const oneLot = dayNumber(parseTradeDate('2018-10-01'));

/** Rows of days one after another whose volumes alone matter. */
function rowsWith(volumes: readonly number[], firstDay = oneLot): SourceRows {
  const volume = Float64Array.from(volumes);
  const prices = { open: volume, high: volume, low: volume, close: volume };
  return {
    master: masterOf(parseSymbol('7203')),
    interval: '1d',
    file: '7203.csv',
    priceBasis: undefined,
    times: Float64Array.from(volumes, (_, index) => firstDay + index),
    ...prices,
    volume,
    lines: Int32Array.from(volumes, (_, index) => index + 2),
    rowText: () => '',
    malformed: [],
    rowsWithoutTrade: 0,
  };
}

/** Volumes in lots of so many shares, in so many sizes. */
const lots = (rows: number, shares: number, sizes = 23) =>
  Array.from({ length: rows }, (_, index) => shares * (50 + ((index * 7) % sizes)));

describe('volumes that a split scaled', () => {
  it('are described by their number and the ratio', () => {
    expect(splitInVolumes(rowsWith(lots(60, 500)))).toBe(
      'the volumes of 60 of the oldest rows are all multiples of 500 shares, as a split of 1 to 5 leaves them',
    );
  });

  it.each([
    [40, 20, true],
    [39, 20, false],
    [40, 19, false],
  ])('show in %d rows of %d sizes: %s', (rows, sizes, isShown) => {
    expect(splitInVolumes(rowsWith(lots(rows, 300, sizes))) !== undefined).toBe(isShown);
  });

  it('are asked of the 120 oldest rows alone, without those that had no trade', () => {
    expect(splitInVolumes(rowsWith([...lots(119, 300), 100, ...lots(80, 100)]))).toBeUndefined();
    expect(splitInVolumes(rowsWith([...lots(120, 300), 100, ...lots(80, 100)]))).toContain('of 120 of the oldest');
    expect(splitInVolumes(rowsWith([0, 0, ...lots(120, 300), 100, ...lots(80, 100)]))).toContain(
      'of 120 of the oldest',
    );
  });

  it.each([
    ['lots of 100', lots(60, 100)],
    ['no whole lots', lots(60, 150)],
    ['the lots of 1,000 shares of older days', lots(60, 1_000)],
    ['the lots of 500 of some shares before', lots(60, 2_000)],
  ])('are not those in %s', (_, volumes) => {
    expect(splitInVolumes(rowsWith(volumes, oneLot - 200))).toBeUndefined();
  });

  it('of ten or more lots show only where the newest rows are mostly others', () => {
    const oldest = lots(120, 1_000);
    // Of 120 newest rows, so many are no multiples of 1,000 shares.
    const withOthers = (count: number) => [...oldest, ...lots(120 - count, 1_000), ...Array<number>(count).fill(700)];
    expect(splitInVolumes(rowsWith(withOthers(60)))).toBeUndefined();
    expect(splitInVolumes(rowsWith(withOthers(61)))).toContain('multiples of 1000 shares, as a split of 1 to 10');
  });

  it('are looked for among the days since every lot has 100 shares, where older ones had other lots', () => {
    const older = lots(50, 1_000);
    const volumes = [...older, 900, ...lots(60, 600)];
    expect(splitInVolumes(rowsWith(volumes, oneLot - older.length))).toContain('as a split of 1 to 3 leaves them');
    // The day before counts as older.
    expect(splitInVolumes(rowsWith(volumes, oneLot - older.length - 1))).toContain('as a split of 1 to 6 leaves them');
  });

  it('are found in whatever order the rows stand', () => {
    const rows = rowsWith([...lots(120, 500), ...lots(120, 100)]);
    const reversed = { ...rows, times: rows.times.toReversed(), volume: rows.volume.toReversed() };
    expect(splitInVolumes(reversed)).toBe(splitInVolumes(rows));
  });
});

it.each([
  [1.5, true],
  [1.2, false],
  [2.03, true],
  [2.05, false],
  [0.495, true],
  [0.485, false],
  [1 / 3, true],
  [100, true],
  [1, false],
  [11.5, false],
])('a ratio of %d is one of a split that a price does not move by in a day: %s', (ratio, isSplit) => {
  expect(isSplitRatio(ratio)).toBe(isSplit);
});

it.each([
  [5, '1 to 5'],
  [1.5, '1 to 1.5'],
  [0.2, '5 to 1'],
  [1, '1 to 1'],
  [2.0004, '1 to 2'],
])('a ratio of %d is announced as %s', (ratio, text) => {
  expect(shownRatio(ratio)).toBe(text);
});
