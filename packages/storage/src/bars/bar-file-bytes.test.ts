import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOwnFile } from '../parquet/read-columns.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openBarEngine } from './bar-engine.ts';
import { barFileBytes, severalSymbolsBytes } from './bar-file-bytes.ts';
import { type FileBars, unknownOrigins } from './bar-origins.ts';
import { isWholeStruct } from './thrift-walk.ts';

const day = 86_400_000;
/** Numbers whose every byte matters, and two sources. */
function bars(rows: number, unit = 1): FileBars {
  const column = (scale: number) => Float64Array.from({ length: rows }, (_, row) => Math.fround(Math.sin(row)) * scale);
  const origins = unknownOrigins(rows);
  for (let row = 1; row < rows; row += 1) {
    origins.source[row] = row % 3 === 0 ? 0 : 1;
    origins.fetchedAt[row] = 1_700_000_000_123 + (row % 40);
  }
  const axis = Float64Array.from({ length: rows }, (_, row) => (19_000 + row) * unit);
  return {
    columns: { axis, open: column(1e-9), high: column(1e3), low: column(-1), close: column(1e300), volume: column(7) },
    origins: { ...origins, sources: ['jquants', "o'hara"] },
  };
}

/** What DuckDB finds in the bytes of a file. */
async function foundIn(bytes: Uint8Array, sql: string) {
  const path = join(await temporaryFolder(), 'bars.parquet');
  await writeFile(path, bytes);
  const { connection, instance } = await openBarEngine();
  try {
    return (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getColumns();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

it.each([2, 1000, 20_000])('a file of %i days holds for any parquet engine what it was made of', async (rows) => {
  const { columns, origins } = bars(rows);
  const values = 'open, high, low, close, volume, source, epoch_ms(fetched_at)::DOUBLE';
  const sql = `SELECT (date - DATE '1970-01-01')::DOUBLE, ${values} FROM FILE`;
  const [axis, open, high, low, close, volume, source, fetched] = await foundIn(
    barFileBytes('1d', { columns, origins }),
    sql,
  );
  expect([axis, open, high, low, close, volume].map((column) => Float64Array.from(column as number[]))).toEqual([
    columns.axis,
    columns.open,
    columns.high,
    columns.low,
    columns.close,
    columns.volume,
  ]);
  expect(source).toEqual(Array.from(origins.source, (position) => origins.sources[position] ?? null));
  expect(fetched).toEqual(Array.from(origins.fetchedAt, (time) => (Number.isNaN(time) ? null : time)));
  const types = await foundIn(barFileBytes('1d', { columns, origins }), 'SELECT typeof(COLUMNS(*)) FROM FILE LIMIT 1');
  expect(types.flat()).toEqual(['DATE', ...Array(5).fill('DOUBLE'), 'VARCHAR', 'TIMESTAMP']);
});

it('5-minute bars and those of several symbols do too', async () => {
  const { columns, origins } = bars(500, day);
  const [times] = await foundIn(barFileBytes('5m', { columns, origins }), 'SELECT epoch_ms(time)::DOUBLE FROM FILE');
  expect(Float64Array.from(times as number[])).toEqual(columns.axis);
  const symbols = [
    { symbol: '130A', rows: 20 },
    { symbol: '7203', rows: 480 },
  ];
  const counts = 'SELECT symbol, count(*)::INTEGER FROM FILE GROUP BY 1 ORDER BY 1';
  expect(await foundIn(severalSymbolsBytes(symbols, bars(500)), counts)).toEqual([
    ['130A', '7203'],
    [20, 480],
  ]);
});

it('a footer that says where everything is ends each file, and of changed bytes nothing comes but a RangeError', () => {
  const bytes = barFileBytes('1d', bars(300));
  const length = bytes.readUInt32LE(bytes.length - 8);
  expect(isWholeStruct(bytes.subarray(bytes.length - 8 - length, bytes.length - 8))).toBe(true);
  const read = (all: Uint8Array) => {
    const file = openOwnFile(all);
    if (file === undefined) return undefined;
    for (const name of ['date', 'open', 'close', 'volume']) file.numbers(name);
    return [file.distinct('source'), file.distinct('fetched_at')];
  };
  expect(read(bytes)).toHaveLength(2);
  for (let at = 0; at < bytes.length; at += 11) {
    const changed = Uint8Array.from(bytes);
    changed[at]! ^= 1 + (at % 255);
    // Either it is seen, or the values are others: nothing runs on for ever, and nothing else is thrown.
    try {
      read(changed);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
});

/** SHA-256 of the pages behind the packed ones, whose bytes depend on nothing but this platform. */
function hashOfOrigins(bytes: Buffer): string {
  const from = openOwnFile(bytes)!.footer.groups[0]!.find(({ name }) => name === 'source')!.dictionaryAt!;
  const to = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  return createHash('sha256').update(bytes.subarray(from, to)).digest('hex').slice(0, 16);
}

it('where bars came from takes the same bytes as ever, however it changes from one to the next', () => {
  const everyRow = bars(1000);
  const source = Int32Array.from({ length: 1000 }, (_, row) => [-1, 2, -1, 2, 0][Math.floor(row / 7) % 5]!);
  const fetchedAt = Float64Array.from({ length: 1000 }, (_, row) => 1_700_000_000_123 + (Math.floor(row / 30) % 4));
  const inRuns = { columns: everyRow.columns, origins: { sources: ['csv', 'yahoo', 'jquants'], source, fetchedAt } };
  expect([everyRow, inRuns].map((each) => hashOfOrigins(barFileBytes('1d', each)))).toEqual([
    'd46ecab7e4a64b8f',
    'e970b8fc97cce9a7',
  ]);
});
