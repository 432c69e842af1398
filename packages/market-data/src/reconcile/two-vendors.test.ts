import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BarColumns } from '@daytrade/series';
import { expect, it } from 'vitest';
import { CsvFolderProvider } from '../csv/csv-folder-provider.ts';
import { inspectBars } from '../quality/inspect-bars.ts';
import { compareBars } from './compare-bars.ts';

const repository = resolve(import.meta.dirname, '../../../..');
const data = resolve(repository, process.env.DAYTRADE_TEST_DATA ?? '../shared/data');
const adjusted = join(data, 'tse/daily-2021-2025-adjusted');
const splitAdjusted = join(data, 'tse/daily-2013-2024-raw');
/** An instant after the last bar. */
const now = Date.parse('2026-01-05T09:00:00Z');

async function barsIn(folder: string): Promise<ReadonlyMap<string, BarColumns>> {
  const provider = new CsvFolderProvider({ folder });
  const { sources } = await provider.list();
  const found = new Map<string, BarColumns>();
  for (const source of sources) {
    const { bars } = inspectBars(await provider.read(source), now);
    if (bars.interval === '1d') found.set(source.symbol, bars.columns);
  }
  return found;
}

/** Days on which adjclose over close changes, by the file of a symbol: what its vendor takes for ex-dividend days. */
function exDividendDays(symbol: string): ReadonlySet<string> {
  const [header, ...lines] = readFileSync(join(splitAdjusted, `${symbol}.T.csv`), 'utf8')
    .trim()
    .split('\n');
  const names = header!.trim().toLowerCase().split(',');
  const rows = lines.map((line) => line.split(','));
  const factors = rows.map((row) => Number(row[names.indexOf('adjclose')]) / Number(row[names.indexOf('close')]));
  const changes = rows.filter((_row, at) => at > 0 && Math.abs(factors[at]! / factors[at - 1]! - 1) > 5e-4);
  return new Set(changes.map((row) => row[names.indexOf('date')]!.slice(0, 10)));
}

const isThere = existsSync(adjusted);
const absent = isThere ? '' : ` (skipped: no market data at ${data}; set DAYTRADE_TEST_DATA)`;

it.skipIf(!isThere)(
  `two vendors of the same symbols differ on ex-dividend days alone, and on all of them${absent}`,
  async () => {
    const [stored, other] = [await barsIn(adjusted), await barsIn(splitAdjusted)];
    const common = [...stored.keys()].filter((symbol) => other.has(symbol));
    expect(common).toHaveLength(35);
    for (const symbol of common) {
      const { differences, from, to } = compareBars(stored.get(symbol)!, other.get(symbol)!);
      const days = [...exDividendDays(symbol)].filter((day) => day > from! && day <= to!);
      expect(differences.map(({ kind }) => kind)).toEqual(days.map(() => 'ex-dividend'));
      expect(differences.map(({ date }) => date)).toEqual(days);
    }
  },
);
