import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { masterOf } from '../../symbols/symbol-table.ts';
import { dailyRows, hasSplit } from './daily-rows.ts';

const master = masterOf(parseSymbol('7203'));
const [from, to] = [parseTradeDate('2025-01-06'), parseTradeDate('2025-01-09')];
const options = { master, file: 'jquants/7203', range: { from, to } } as const;

const row = (date: unknown, more: Readonly<Record<string, unknown>> = {}) => {
  const traded = { O: 3_000, H: 3_030, L: 2_970, C: 3_015, Vo: 1_001 };
  const adjusted = { AdjO: 1_000, AdjH: 1_010, AdjL: 990, AdjC: 1_005, AdjVo: 3_002.5 };
  return { Date: date, Code: '72030', ...traded, AdjFactor: 1, ...adjusted, ...more };
};
const noAdjusted = { AdjO: null, AdjH: null, AdjL: null, AdjC: null, AdjVo: null };

describe('daily rows of J-Quants', () => {
  it('are columns of the adjusted prices, with whole shares', () => {
    const { rowText, ...rows } = dailyRows([row(from), row(to, { AdjC: 1_006 })], {
      ...options,
      basis: 'split-adjusted',
    });
    const days = [dayNumber(from), dayNumber(to)];
    expect(rows).toEqual({
      master,
      interval: '1d',
      file: 'jquants/7203',
      priceBasis: 'split-adjusted',
      times: Float64Array.from(days),
      lines: Int32Array.from(days),
      open: Float64Array.of(1_000, 1_000),
      high: Float64Array.of(1_010, 1_010),
      low: Float64Array.of(990, 990),
      close: Float64Array.of(1_005, 1_006),
      volume: Float64Array.of(3_003, 3_003),
      malformed: [],
      rowsWithoutTrade: 0,
      factors: [],
    });
    expect(JSON.parse(rowText(1))).toEqual(row(to, { AdjC: 1_006 }));
  });

  it('are columns of the traded prices where these are asked for, with the shares as they are', () => {
    const { open, high, low, close, volume } = dailyRows([row(from, { Vo: 10.5 })], { ...options, basis: 'traded' });
    expect([open, high, low, close, volume].map(([value]) => value)).toEqual([3_000, 3_030, 2_970, 3_015, 10.5]);
  });

  it('count a day of five nulls as one without a trade, and no other', () => {
    const rows = [row(from, noAdjusted), row(to, { ...noAdjusted, AdjVo: 0 })];
    const { rowsWithoutTrade, times, malformed } = dailyRows(rows, { ...options, basis: 'split-adjusted' });
    expect([rowsWithoutTrade, times.length]).toEqual([1, 0]);
    expect(malformed).toEqual([
      {
        line: dayNumber(to),
        date: to,
        reason: 'fields-missing',
        message: 'AdjO: expected a number, got null',
        row: JSON.stringify(rows[1]),
      },
    ]);
  });

  it.each([
    ['2025-01-05', 'date-out-of-range', 'Date: asked for 2025-01-06 to 2025-01-09, got 2025-01-05'],
    ['2025-01-06', undefined, undefined],
    ['2025-01-09', undefined, undefined],
    ['2025-01-10', 'date-out-of-range', 'Date: asked for 2025-01-06 to 2025-01-09, got 2025-01-10'],
    ['2025-02-30', 'date-invalid', 'Date: expected YYYY-MM-DD, got "2025-02-30"'],
    [20250106, 'date-invalid', 'Date: expected YYYY-MM-DD, got 20250106'],
    [undefined, 'date-invalid', 'Date: expected YYYY-MM-DD, got nothing'],
  ])('of %s: %s', (date, reason, message) => {
    const { malformed, times } = dailyRows([row(date)], { ...options, basis: 'traded' });
    expect(malformed.map((fault) => [fault.reason, fault.message])).toEqual(
      reason === undefined ? [] : [[reason, message]],
    );
    expect(times).toHaveLength(reason === undefined ? 1 : 0);
  });

  it('name a faulty date by its beginning, and a date that is no text not at all', () => {
    const rows = [row('x'.repeat(50)), row(20250106)];
    const { malformed } = dailyRows(rows, { ...options, basis: 'traded' });
    expect(malformed.map(({ line, date }) => [line, date])).toEqual([
      [0, 'x'.repeat(40)],
      [0, ''],
    ]);
  });

  it('have the factors of their splits, also of a day without a trade, and of none that is not one', () => {
    const rows = [
      row('2025-01-06', { AdjFactor: 0.2 }),
      row('2025-01-07', { AdjFactor: 10, ...noAdjusted }),
      row('2025-01-08', { AdjFactor: 1 }),
      row('2025-01-09', { AdjFactor: 0 }),
      row('2025-01-10', { AdjFactor: -1 }),
      row('2025-01-14', { AdjFactor: '0.5' }),
      row('no day', { AdjFactor: 0.5 }),
      row(20250106, { AdjFactor: 0.5 }),
    ];
    expect(dailyRows(rows, { ...options, basis: 'split-adjusted' }).factors).toEqual([
      { date: '2025-01-06', kind: 'split', value: 0.2, knownOn: '2025-01-06', source: 'jquants' },
      { date: '2025-01-07', kind: 'split', value: 10, knownOn: '2025-01-07', source: 'jquants' },
    ]);
  });
});

it.each([
  [undefined, false],
  [null, false],
  [1, false],
  [0.5, true],
  [2, true],
  [0, true],
  ['1', true],
])('a factor of %j among the rows is a split: %s', (factor, isSplit) => {
  expect(hasSplit([row(from), row(to, { AdjFactor: factor })])).toBe(isSplit);
  expect(hasSplit([])).toBe(false);
});
