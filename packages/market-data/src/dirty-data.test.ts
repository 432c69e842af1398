import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFetcher } from './fetch/data-fetcher.ts';
import { MemorySinks } from './fetch/memory-sinks.fixture.ts';
import { CsvFolderProvider } from './providers/csv/csv-provider.ts';

const repository = resolve(import.meta.dirname, '../../..');
const data = resolve(repository, process.env.DAYTRADE_TEST_DATA ?? '../shared/data', 'tse');
const absent = existsSync(data) ? '' : ` (skipped: no market data at ${data}; set DAYTRADE_TEST_DATA)`;
/** After every bar of the data. */
const now = Date.parse('2026-11-27T00:00:00Z');

interface Row {
  readonly symbol: string;
  readonly line: number;
  readonly date: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The rows of a file or a folder, read by nothing of the import. */
function rowsIn(path: string): Row[] {
  const files = path.endsWith('.csv')
    ? [path]
    : readdirSync(path).flatMap((name) => (/^\d.*\.csv$/.test(name) ? [join(path, name)] : []));
  return files.flatMap((file) => {
    const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const names = header.trim().split(',');
    return lines.map((text, index) => {
      const fields = text.trim().split(',');
      const number = (name: string) => Number(fields[names.indexOf(name)]);
      const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map(number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const symbol = basename(file).slice(0, 4);
      return { symbol, line: index + 2, date: fields[0]!.slice(0, 10), open, high, low, close, volume };
    });
  });
}

const isFlat = ({ open, high, low, close, volume }: Row) =>
  volume === 0 && open === high && high === low && low === close;
const closesOutside = ({ low, high, close }: Row) => close < low || close > high;
const prices = ({ open, high, low, close }: Row) => [open, high, low, close];

const keyOf = ({ symbol, line }: { readonly symbol: string; readonly line: number }) => `${symbol} line ${line}`;

/** What the quarantine has after an import, against what it should have; printed. */
async function judge(what: string, path: string, isDirty: (row: Row, rows: readonly Row[]) => boolean) {
  const rows = rowsIn(path);
  const dirtyRows = rows.filter((row) => isDirty(row, rows));
  const dirty = new Set(dirtyRows.map(keyOf));
  const sinks = new MemorySinks();
  const fetcher = new DataFetcher({ sinks, now: () => now, pause: async () => undefined });
  await fetcher.fetch(new CsvFolderProvider({ folder: path }));
  const entries = [...sinks.entries.values()].flat().filter(({ severity }) => severity === 'quarantined');
  const keptOut = new Set(entries.map(keyOf));
  const hits = [...keptOut].filter((key) => dirty.has(key)).length;
  const [precision, recall] = [hits / keptOut.size, hits / dirty.size];
  process.stdout.write(
    `quarantine of ${what}: ${rows.length} rows, ${dirty.size} dirty, ${keptOut.size} kept out; ` +
      `precision ${precision}, recall ${recall}\n`,
  );
  return { dirty: dirty.size, days: new Set(dirtyRows.map(({ date }) => date)).size, precision, recall };
}

const perfect = { precision: 1, recall: 1 };

describe.skipIf(absent !== '')(`exactly the dirty rows of real data are kept out${absent}`, () => {
  it('placeholders of daily-2013-2024-raw and its closes of 2022-05-17', async () => {
    const path = join(data, 'daily-2013-2024-raw');
    const found = await judge('daily-2013-2024-raw', path, (row) => isFlat(row) || closesOutside(row));
    // 22 holidays, two sessions, and 2022-05-17.
    expect(found).toEqual({ ...perfect, dirty: 842, days: 25 });
  });

  it('closes of 2022-05-17 in daily-2021-2025-adjusted', async () => {
    const found = await judge('daily-2021-2025-adjusted', join(data, 'daily-2021-2025-adjusted'), closesOutside);
    expect(found).toEqual({ ...perfect, dirty: 5, days: 1 });
  });

  it('prices of 8303 that are negative or above a million yen', async () => {
    const path = join(data, 'defective', '8303.T.csv');
    const found = await judge('8303.T', path, (row) => prices(row).some((price) => price <= 0 || price > 1e6));
    expect(found).toEqual({ ...perfect, dirty: 430, days: 430 });
  });

  it('days of 7203 that come twice, the same and another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daytrade-dirty-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const lines = readFileSync(join(data, 'daily-2021-2025-adjusted', '7203.T.csv'), 'utf8')
      .trim()
      .split('\n');
    const again = lines.flatMap((line, index) => {
      if (index === 0 || index % 50 !== 0) return [line];
      const [date, open, high, low, , volume] = line.split(',');
      return [line, index % 100 === 0 ? line : [date, open, high, low, low, volume].join(',')];
    });
    writeFileSync(join(folder, '7203.T.csv'), `${again.join('\n')}\n`);
    const isSecond = (row: Row, rows: readonly Row[]) => rows.some((r) => r.date === row.date && r.line < row.line);
    const found = await judge('7203 with days that come twice', folder, isSecond);
    expect(found).toEqual({ ...perfect, dirty: again.length - lines.length, days: again.length - lines.length });
  });
});
