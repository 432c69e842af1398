import { cpSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { BarStore } from './bar-store.ts';
import { openFolderBars } from './bar-store.ts';

/** Bars of 7203 and 2025 from December 2024 to January 2025, written by the version of commit 5dba17dc. */
const fixture = join(import.meta.dirname, 'symbol-files.fixture');

async function opened(store: Promise<BarStore>): Promise<BarStore> {
  const opened = await store;
  onTestFinished(() => opened.close());
  return opened;
}

async function oldFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'bars');
  cpSync(fixture, folder, { recursive: true });
  return folder;
}

/** All 40 sessions: the last two were newest bars, which had a third day that the file of the symbol has otherwise. */
async function expectConverted(store: BarStore): Promise<void> {
  expect(await store.symbols()).toEqual(['2025', '7203']);
  const { columns, origins } = await store.readWithOrigins('2025', '1d');
  expect([...columns.close]).toEqual([...Array.from({ length: 38 }, (_, i) => 2000 + i + 0.1), 5001.1, 5002.1]);
  expect([...origins.fetchedAt].slice(36)).toEqual([Number.NaN, Number.NaN, 1_738_000_000_123, 1_738_000_000_123]);
  expect((await store.read('7203')).open).toEqual(Float64Array.from({ length: 40 }, (_, i) => 1000 + i));
  const intraday = await store.readWithOrigins('7203', '5m');
  expect(intraday).toMatchObject({ origins: { sources: ['jquants'] } });
  expect([...intraday.columns.high]).toEqual([1505, 1506, 1507]);
  expect(await store.ends(['2025'])).toEqual([{ bars: 40, lastDate: '2025-01-31' }]);
}

it('a folder with a file for each symbol is converted when it is opened', async () => {
  const folder = await oldFolder();
  await expectConverted(await opened(openFolderBars(folder)));
  expect(globSync('*/*.parquet', { cwd: folder }).sort()).toEqual([
    '5-minute/2024-12.parquet',
    '5-minute/2025-01.parquet',
    'daily/2024.parquet',
    'daily/2025.parquet',
  ]);
});

it('a conversion that was killed is repeated, and changes no bar that is newer by then', async () => {
  const folder = await oldFolder();
  const store = await opened(openFolderBars(folder));
  const close = (await store.read('7203')).close.map((price) => price + 1);
  const { days, ...values } = await store.read('7203');
  await store.merge('7203', { days, ...values, close });
  // The old files as they are before they go.
  cpSync(fixture, folder, { recursive: true });
  const again = await opened(openFolderBars(folder));
  expect((await again.read('7203')).close).toEqual(close);
  expect(readdirSync(join(folder, '1d'))).toEqual([]);
});

it('a damaged file is set aside, and the others are converted', async () => {
  const folder = await oldFolder();
  const file = join(folder, '1d', '2025.parquet');
  writeFileSync(file, readFileSync(file).subarray(0, 500));
  const told: string[] = [];
  const store = await opened(openFolderBars(folder, (message) => told.push(message)));
  expect((await store.read('7203')).days).toHaveLength(40);
  expect(told).toEqual([expect.stringMatching(/1d\/2025\.parquet were damaged.*set aside.*fetch --repair/)]);
  expect(existsSync(join(folder, 'damaged', '1d-2025.parquet'))).toBe(true);
});
