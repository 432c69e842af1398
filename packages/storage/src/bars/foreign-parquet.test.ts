import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTradeDate } from '@daytrade/market';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BarStore } from './bar-store.ts';
import { openFolderBars } from './bar-store.ts';
import { csvAsParquet } from './foreign-parquet.ts';

const folder = mkdtempSync(join(tmpdir(), 'daytrade-parquet-table-'));
let store: BarStore;
beforeAll(async () => {
  store = await openFolderBars(join(folder, 'bars'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Returns the bytes of a parquet file of another program. */
async function parquetOf(select: string): Promise<Uint8Array> {
  const path = join(folder, 'theirs.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return readFileSync(path);
}

const most = 1_000_000;

it.each([
  ["DATE '2025-01-06'", '2025-01-06'],
  ["TIMESTAMP '2025-01-06 00:00:00'", '2025-01-06 00:00:00'],
  ["TIMESTAMP_NS '2025-01-06 09:00:00'", '2025-01-06 09:00:00'],
  ["TIMESTAMPTZ '2025-01-06 00:00:00+00'", '1736121600000'],
  ['20250106', '20250106'],
  ['150.7::FLOAT', '150.7'],
  ['0.1::DOUBLE + 0.2::DOUBLE', '0.30000000000000004'],
  ["'NaN'::DOUBLE", ''],
  ['NULL::DOUBLE', ''],
  ["'a' || chr(9) || '\"b\"' || chr(10)", 'a  b  '],
])('writes %s as %j', async (value, text) => {
  const bytes = await parquetOf(`SELECT 1 AS "a column", ${value} AS value`);
  expect(await store.tableText(bytes, most)).toBe(`a column\tvalue\n1\t${text}\n`);
});

it('reads the times of a file of 5-minute bars of this platform as UTC', async () => {
  const bytes = await parquetOf("SELECT TIMESTAMP '2025-01-06 00:05:00' AS time");
  expect(await store.tableText(bytes, most)).toBe('time\n1736121900000\n');
});

it('refuses what is not a parquet file, was cut off, or is larger than wanted, and leaves nothing behind', async () => {
  const bytes = await parquetOf('SELECT range AS value FROM range(100000)');
  for (const [file, characters] of [
    [bytes, 1_000],
    [bytes.subarray(0, bytes.length / 2), most],
    [Buffer.from('PAR1 and nothing more PAR1'), most],
  ] as const) {
    await expect(store.tableText(file, characters)).rejects.toMatchObject({ code: 'data.bars-damaged' });
  }
  await expect(store.tableText(Buffer.from('PAR1'), most)).rejects.toMatchObject({
    message: expect.stringMatching(/ cannot be read as bars: (?!undefined).*\w+[^\n]*$/),
  });
  expect(await store.tableText(bytes, most)).toMatch(/^value\n0\n1\n/);
});

it('a file of the bars of a symbol has them with the columns beside them', async () => {
  const values = Float64Array.of(2_000 + 1 / 3, 2_001, 2_002);
  const bars = { open: values, high: values, low: values, close: values, volume: values };
  await store.merge('7203', { ...bars, days: Int32Array.of(19_726, 19_727, 20_100) });
  const file = await store.parquetFile('7203', '1d', { from: parseTradeDate('2024-01-05') }, { price_basis: 'traded' });
  const row = (date: string, price: string) => `${date}\t${Array(5).fill(price).join('\t')}\ttraded\n`;
  expect(await store.tableText(Buffer.from(file), most)).toBe(
    `date\topen\thigh\tlow\tclose\tvolume\tprice_basis\n${row('2024-01-05', '2001.0')}${row('2025-01-12', '2002.0')}`,
  );
});

it('has at most so many characters, columns, and characters of a text', async () => {
  const few = await parquetOf('SELECT 12 AS value');
  expect(await store.tableText(few, 'value\n12'.length)).toBe('value\n12\n');
  await expect(store.tableText(few, 'value\n12'.length - 1)).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be read as bars: as text it has more than 7 characters$/),
  });
  const wide = async (columns: number) =>
    await store.tableText(
      await parquetOf(`SELECT ${Array.from({ length: columns }, (_, i) => `${i} AS c${i}`).join()}`),
      most,
    );
  expect((await wide(100)).split('\n')[0]!.split('\t')).toHaveLength(100);
  await expect(wide(101)).rejects.toMatchObject({ message: expect.stringMatching(/it has more than 100 columns$/) });
  const long = await parquetOf("SELECT repeat('x', 101) AS text, repeat('y', 100) AS \"more\ttext\"");
  expect(await store.tableText(long, most)).toBe(`text\tmore text\n${'x'.repeat(100)}\t${'y'.repeat(100)}\n`);
  expect(await store.tableText(await parquetOf('SELECT 1 AS value WHERE false'), most)).toBe('value\n');
});

it('a file of bars has the origin of each where one has one', async () => {
  const values = Float64Array.of(1, 2);
  const bars = { open: values, high: values, low: values, close: values, volume: values };
  await store.merge('9984', { ...bars, days: Int32Array.of(19_726, 19_727) });
  const later = { ...bars, days: Int32Array.of(19_727, 19_728) };
  await store.merge('9984', later, { source: "o'hara", fetchedAt: Date.parse('2024-01-06T07:00:00Z') });
  const text = await store.tableText(Buffer.from(await store.parquetFile('9984', '1d', {}, {})), most);
  expect(text.split('\n').map((line) => line.split('\t').slice(6).join(' '))).toEqual([
    'source fetched_at',
    ' ',
    "o'hara 2024-01-06 07:00:00",
    "o'hara 2024-01-06 07:00:00",
    '',
  ]);
  const days = { to: parseTradeDate('2024-01-04') };
  const first = await store.tableText(Buffer.from(await store.parquetFile('9984', '1d', days, {})), most);
  expect(first).toBe('date\topen\thigh\tlow\tclose\tvolume\n2024-01-04\t1.0\t1.0\t1.0\t1.0\t1.0\n');
});

it('a file of CSV has its codes as text', async () => {
  const [path, target] = [join(folder, 'trades.csv'), join(folder, 'trades.parquet')];
  writeFileSync(path, 'symbol,opened,profit\n0101,2024-01-05,12.5\n130A,2024-01-08,-3\n');
  await csvAsParquet(path, target, true);
  expect(await store.tableText(readFileSync(target), most)).toBe(
    'symbol\topened\tprofit\n0101\t2024-01-05\t12.5\n130A\t2024-01-08\t-3.0\n',
  );
});
