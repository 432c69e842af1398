import type { FetchResult } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { fetchReport } from './fetch-report.ts';

const result: FetchResult = {
  provider: 'csv',
  synthetic: false,
  symbols: 1,
  notes: [],
  files: 1,
  filesRefused: [],
  filesSkipped: [],
  symbolsMended: [],
  rowsRead: 3,
  barsAdded: 3,
  barsChanged: 0,
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
