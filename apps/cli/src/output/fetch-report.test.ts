import type { FetchResult } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { fetchReport } from './fetch-report.ts';

const result: FetchResult = {
  provider: 'csv',
  synthetic: false,
  symbols: 1,
  readAs: [],
  dryRun: false,
  keptOut: [],
  notes: [],
  files: 1,
  filesRefused: [],
  filesSkipped: [],
  symbolsMended: [],
  rowsRead: 3,
  barsAdded: 3,
  barsChanged: 0,
  intradayBars: 0,
  barsUnchanged: 0,
  rowsQuarantined: 0,
  rowsWithoutTrade: 0,
  warnings: 0,
  seconds: 0.25,
};

it('counts one thing as one, and several as several', () => {
  expect(fetchReport(result)).toMatch(/^1 symbol from 1 file in /);
  expect(fetchReport({ ...result, symbols: 60, files: 61 })).toMatch(/^60 symbols from 61 files in /);
});

it('says what files were taken for', () => {
  const readAs: FetchResult['readAs'][number] = {
    packing: 'gzip',
    encoding: 'Shift_JIS',
    separator: 'tabs',
    header: 'Japanese',
    dates: ['2025/1/6'],
    volumeUnit: 1,
    interval: '1d',
    priceBasis: 'fully-adjusted',
    basisReason: 'they lie off the tick grid',
    files: ['bars/7203.csv.gz'],
    symbols: 1,
  };
  expect(fetchReport({ ...result, readAs: [readAs] })).toContain(
    'bars/7203.csv.gz: gzip, Shift_JIS, tabs, Japanese header, dates as 2025/1/6, daily bars; ' +
      'prices fully-adjusted: they lie off the tick grid',
  );
  expect(fetchReport({ ...result, readAs: [{ ...readAs, volumeUnit: 1_000 }] })).toContain(
    'dates as 2025/1/6, volumes times 1,000, daily bars',
  );
  expect(fetchReport({ ...result, readAs: [{ ...readAs, symbols: 40 }] })).toContain('7203.csv.gz (40 symbols): gzip');
  expect(fetchReport({ ...result, readAs: [{ ...readAs, files: ['a', 'b'], symbols: 2 }] })).toContain('2 files: gzip');
});

it('writes every count, and leaves out those of what did not happen', () => {
  expect(fetchReport(result).split('\n')).toEqual([
    '1 symbol from 1 file in 0.3 s (12 rows/s)',
    expect.stringMatching(/^ {2}rows read +3$/),
    expect.stringMatching(/^ {2}bars added +3$/),
    expect.stringMatching(/^ {2}bars changed +0$/),
    expect.stringMatching(/^ {2}bars unchanged +0$/),
    expect.stringMatching(/^ {2}rows quarantined +0$/),
    expect.stringMatching(/^ {2}warnings +0$/),
  ]);
  const all = fetchReport({
    ...result,
    synthetic: true,
    dryRun: true,
    seconds: 0,
    intradayBars: 1,
    rowsQuarantined: 1,
    rowsWithoutTrade: 1,
  });
  expect(all).toMatch(/^DRY RUN, nothing was written: SYNTHETIC bars: 1 symbol from 1 file in 0\.0 s\n/);
  expect(all).toMatch(/^ {2}of 5 minutes +1 of these$/m);
  expect(all).toMatch(/^ {2}rows quarantined +1$/m);
  expect(all).toMatch(/^ {2}without a trade +1$/m);
  expect(fetchReport({ ...result, rowsQuarantined: 1 })).toMatch(
    /^ {2}rows quarantined +1 {3}see: .* quarantine list$/m,
  );
});
