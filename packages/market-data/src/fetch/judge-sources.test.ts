import type { SymbolInfo } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { inspectForStored, isFull, type JudgedSource } from './judge-sources.ts';
import { sourceRows } from './source-rows.fixture.ts';

it.each([
  [4_999, 1, 0, false],
  [5_000, 1, 0, true],
  [1, 2_499_999, 0, false],
  [1, 2_500_000, 0, true],
  [1, 2_499_999, 1, true],
  [2, 1_249_999, 1, true],
])('%d sources of %d rows and %d that were kept out are as many as are stored together: %s', (...given) => {
  const [count, rows, entries, expected] = given;
  const judged = { rows: { count: rows }, inspection: { entries: { length: entries } } } as unknown as JudgedSource;
  expect(isFull(Array.from({ length: count }, () => judged))).toBe(expected);
});

describe('rows that join stored bars', () => {
  const now = Date.parse('2025-06-02T00:00:00Z');
  const stored = (more: Partial<SymbolInfo> = {}) =>
    ({
      symbol: '7203',
      priceBasis: 'fully-adjusted',
      bars: 100,
      firstDate: parseTradeDate('2023-01-04'),
      lastDate: parseTradeDate('2024-02-05'),
      ...more,
    }) as SymbolInfo;
  const basis = (rows: Partial<SourceRows>, info: SymbolInfo | undefined, count = 3) =>
    inspectForStored(sourceRows('7203', { priceBasis: undefined, ...rows }, count, '2024-01-05'), info, now).priceBasis;

  it.each<[string, Partial<SymbolInfo> | undefined, string]>([
    ['nothing is stored', undefined, 'traded'],
    ['no bar is stored', { bars: 0 }, 'traded'],
    ['the basis is the same', { priceBasis: 'traded' }, 'traded'],
    ['they begin 31 days before the last bar', {}, 'fully-adjusted'],
    ['they begin after the last bar', { lastDate: parseTradeDate('2023-12-29') }, 'fully-adjusted'],
  ])('are of the basis that fits where %s', (_, info, expected) => {
    expect(basis({}, info && stored(info))).toBe(expected);
  });

  it('are refused where they begin earlier, state another basis or show one', () => {
    const message = (rows: Partial<SourceRows>, info: SymbolInfo) => {
      try {
        return basis(rows, info);
      } catch (error) {
        return error;
      }
    };
    const refused = {
      code: 'data.file-unreadable',
      message: expect.stringMatching(
        /^7203\.csv: the prices are \S+, but the bars of 7203 from 2023-01-04 to 2024-02-0\d are \S+; one series/,
      ),
    };
    expect(message({}, stored({ lastDate: parseTradeDate('2024-02-06') }))).toMatchObject(refused);
    expect(message({ priceBasis: 'traded' }, stored())).toMatchObject(refused);
    const offGrid = Float64Array.of(987.13, 987.13, 987.13);
    const shown = { open: offGrid, high: offGrid, low: offGrid, close: offGrid };
    expect(message(shown, stored({ priceBasis: 'traded' }))).toMatchObject(refused);
  });

  it('are taken as they are without a good row, and as 5-minute bars', () => {
    expect(basis({}, stored(), 0)).toBe('traded');
    const begin = Date.parse('2024-01-05T09:00:00+09:00');
    const minutes = { interval: '5m', times: Float64Array.of(begin, begin + 300_000, begin + 600_000) } as const;
    expect(basis(minutes, stored())).toBe('traded');
  });
});
