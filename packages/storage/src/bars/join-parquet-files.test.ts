import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinParquetFiles } from './join-parquet-files.ts';
import { openFolderBars } from './parquet-bar-store.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'join-parquet-'));
});
afterAll(() => rm(folder, { recursive: true }));

function bars(days: readonly number[], price: number): BarColumns {
  const column = (change: number) => Float64Array.from(days, (_day, row) => price + change + row / 3);
  return {
    days: Int32Array.from(days),
    open: column(0),
    high: column(9),
    low: column(-9),
    close: column(1),
    volume: column(0),
  };
}

it('bars of several symbols are one file that any parquet engine reads', async () => {
  const store = await openFolderBars(join(folder, 'bars'));
  await store.merge('7203', bars([19_726, 19_727, 19_731], 2_000));
  await store.merge('6501', bars([19_727], 900));
  const paths: string[] = [];
  for (const symbol of ['7203', '6501']) {
    const beside = { before: { symbol }, after: { price_basis: 'traded' } };
    const range = { from: parseTradeDate('2024-01-05') };
    paths.push(join(folder, `${symbol}.parquet`));
    await writeFile(paths.at(-1)!, await store.parquetFile(symbol, '1d', range, beside));
  }
  await store.close();
  const target = join(folder, 'all.parquet');
  await joinParquetFiles(paths, target);

  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const all = await connection.runAndReadAll(`SELECT symbol, date::VARCHAR, open, price_basis FROM '${target}'`);
  connection.closeSync();
  expect(all.getRows()).toEqual([
    ['7203', '2024-01-05', 2_000 + 1 / 3, 'traded'],
    ['7203', '2024-01-09', 2_000 + 2 / 3, 'traded'],
    ['6501', '2024-01-05', 900, 'traded'],
  ]);
});

it('a file that is cut off is named', async () => {
  const path = join(folder, 'cut.parquet');
  await writeFile(path, 'PAR1');
  await expect(joinParquetFiles([path], join(folder, 'none.parquet'))).rejects.toMatchObject({
    code: 'data.bars-damaged',
    details: { file: path },
  });
});
