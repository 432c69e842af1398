import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PriceBasis, QuarantineEntry } from '@daytrade/contracts';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { DataFetcher } from './fetch/data-fetcher.ts';
import { MemorySinks } from './fetch/memory-sinks.fixture.ts';
import { inspectIndex, readIndexFile } from './indices/index-values.ts';
import { CsvFolderProvider } from './providers/csv/csv-provider.ts';
import { inspectBars } from './quality/inspect-bars.ts';

const repository = resolve(import.meta.dirname, '../../..');
const data = resolve(repository, process.env.DAYTRADE_TEST_DATA ?? '../shared/data', 'tse');
const absent = existsSync(data) ? '' : ` (skipped: no market data at ${data}; set DAYTRADE_TEST_DATA)`;

/** After every bar of the data. */
const now = Date.parse('2026-11-27T00:00:00Z');

async function importFolder(...path: readonly string[]) {
  const sinks = new MemorySinks();
  const fetcher = new DataFetcher({ sinks, now: () => now, pause: async () => undefined });
  const result = await fetcher.fetch(new CsvFolderProvider({ folder: join(data, ...path) }));
  return { sinks, result, entries: [...sinks.entries.values()].flat() };
}

/** Number of entries of each kind, as `severity reason`. */
function counts(entries: readonly QuarantineEntry[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { severity, reason } of entries) {
    const kind = `${severity} ${reason}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

describe.skipIf(absent !== '')(`real market data${absent}`, () => {
  it('adjusted daily bars 2021-2025: 60 symbols, 65,635 bars, the bad closes of 2022-05-17 kept out', async () => {
    const { sinks, result, entries } = await importFolder('daily-2021-2025-adjusted');
    expect(result).toMatchObject({ files: 60, symbols: 60, rowsRead: 65_640, barsAdded: 65_635, filesRefused: [] });
    const records = [...sinks.records.values()];
    expect(new Set(records.map(({ priceBasis, tickTable }) => `${priceBasis} ${tickTable}`))).toEqual(
      new Set(['fully-adjusted topix500']),
    );
    expect(sinks.records.get('7203')).toMatchObject({ name: 'トヨタ自動車', sector: '輸送用機器', sizeGroup: 'large' });
    expect(counts(entries)).toEqual({ 'quarantined close-outside-range': 5, 'warning limit-exceeded': 7 });
    const keptOut = entries.filter(({ severity }) => severity === 'quarantined');
    expect(keptOut.map(({ symbol, date }) => `${symbol} ${date}`)).toEqual(
      ['8035', '8306', '8316', '8411', '8725'].map((symbol) => `${symbol} 2022-05-17`),
    );
  });

  it('daily bars 2013-2024: the placeholder rows of 22 holidays and of two sessions are kept out', async () => {
    const { sinks, result, entries } = await importFolder('daily-2013-2024-raw');
    expect(result).toMatchObject({ files: 35, symbols: 35, rowsRead: 103_285, rowsQuarantined: 842 });
    expect(new Set([...sinks.records.values()].map(({ priceBasis }) => priceBasis))).toEqual(
      new Set(['split-adjusted']),
    );
    const datesOf = (kind: string) => new Set(entries.filter(({ reason }) => reason === kind).map(({ date }) => date));
    expect(datesOf('placeholder')).toEqual(new Set(['2015-12-25', '2016-07-11']));
    const holidays = [...datesOf('closed-day')].sort();
    expect([holidays.length, holidays[0], holidays.at(-1)]).toEqual([22, '2017-07-17', '2018-12-31']);
    expect(datesOf('close-outside-range')).toEqual(new Set(['2022-05-17']));
  });

  it('daily bars 2013-2024 as fully adjusted: closes are those of adjclose, and the same rows are kept', async () => {
    const [plain, adjusted] = await Promise.all([keptBars('split-adjusted'), keptBars('fully-adjusted')]);
    expect(adjusted.priceBasis).toBe('fully-adjusted');
    const { days, close, high, low } = adjusted.bars.columns as BarColumns;
    const before = plain.bars.columns as BarColumns;
    expect(days).toEqual(before.days);
    expect(close[0]).toBeCloseTo(599.299072265625, 9);
    expect(high[0]! / low[0]!).toBeCloseTo(before.high[0]! / before.low[0]!, 12);
    // Twelve years of dividends: the adjusted series has gained more.
    expect(close.at(-1)! / close[0]!).toBeGreaterThan(1.2 * (before.close.at(-1)! / before.close[0]!));

    async function keptBars(priceBasis: PriceBasis) {
      const provider = new CsvFolderProvider({ folder: join(data, 'daily-2013-2024-raw', '7203.T.csv'), priceBasis });
      const [source] = (await provider.list()).sources;
      return inspectBars(await provider.read(source!), now);
    }
  });

  it('the defective file of 8303: negative and impossible prices are kept out, the gap is reported', async () => {
    const { result, entries } = await importFolder('defective', '8303.T.csv');
    expect(result).toMatchObject({ rowsRead: 690, barsAdded: 260, rowsQuarantined: 430, warnings: 1 });
    expect(counts(entries)).toEqual({
      'quarantined price-implausible': 100,
      'quarantined price-not-positive': 100,
      'warning sessions-missing': 1,
    });
    expect(entries.find(({ reason }) => reason === 'price-not-positive')).toMatchObject({
      symbol: '8303',
      date: '2022-03-30',
      file: 'defective/8303.T.csv',
      line: 175,
      message: expect.stringContaining('expected prices above 0'),
    });
    expect(entries.find(({ severity }) => severity === 'warning')?.message).toBe(
      '544 sessions are missing between 2023-09-26 and 2025-12-18',
    );
  });

  it('5-minute bars: lunch has no trades, the index is skipped with its reason, prices are traded', async () => {
    const { sinks, result, entries } = await importFolder('5min-2025');
    expect(result).toMatchObject({ symbols: 12, rowsRead: 77_799, rowsWithoutTrade: 12_624, barsAdded: 64_931 });
    expect(counts(entries)).toEqual({ 'quarantined placeholder': 244 });
    expect(result.filesSkipped).toMatchObject([{ file: '5min-2025/N225.csv' }]);
    expect([...sinks.records.values()].every(({ priceBasis, bars }) => priceBasis === 'traded' && bars === 0)).toBe(
      true,
    );
  });

  it('a folder of indices holds no symbol', async () => {
    await expect(importFolder('index-and-fx')).rejects.toMatchObject({ code: 'data.folder-unreadable' });
  });

  it.each([
    ['nasdaq', 'ndq', 6_698, 0],
    ['vix', 'vix', 6_699, 1],
    ['usdjpy', 'usdjpy', 6_915, 0],
    ['nikkei225', 'nkx', 6_523, 1],
  ] as const)('values of %s since 2000: those of days on which its market was closed are kept out', async (...row) => {
    const [name, file, values, keptOut] = row;
    const bytes = await readFile(join(data, 'index-and-fx', `${file}.csv`));
    const inspected = inspectIndex(name, await readIndexFile(bytes, `${file}.csv`), now);
    expect([inspected.values.length, inspected.keptOut.length]).toEqual([values, keptOut]);
    expect(inspected.keptOut.every(({ reason }) => reason === 'market-closed')).toBe(true);
  });
});
