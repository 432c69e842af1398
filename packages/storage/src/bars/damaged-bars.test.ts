import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFolderBars } from './bar-store.ts';
import { barsDamaged, readUndamaged } from './damaged-bars.ts';

/** Bars of 100 days from the middle of December on. */
function bars(year: number, count = 100): BarColumns {
  const start = dayNumber(parseTradeDate(`${year}-12-15`));
  const column = (shift: number) => Float64Array.from({ length: count }, (_, i) => 1000 + shift + ((i * 37) % 101));
  const days = Int32Array.from({ length: count }, (_, i) => start + i);
  return { days, open: column(0), high: column(5), low: column(-5), close: column(1), volume: column(9) };
}

const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['is cut off', (file) => truncateSync(file, 300)],
  ['is empty', (file) => writeFileSync(file, '')],
  ['holds something else', (file) => writeFileSync(file, 'these bytes are not a parquet file')],
  [
    'has other bytes in the middle',
    (file) => {
      const bytes = readFileSync(file);
      bytes[200]! ^= 0x55;
      writeFileSync(file, bytes);
    },
  ],
];

const symbols = ['6501', '7203', '9984'];
const records = symbols.map((symbol) => ({
  symbol,
  bars: 100,
  firstDate: parseTradeDate(symbol === '9984' ? '2023-12-15' : '2020-12-15'),
  lastDate: parseTradeDate(symbol === '9984' ? '2024-03-23' : '2021-03-24'),
}));

/** A store of two symbols around the new year of 2021 and one around that of 2024, whose file of 2021 is damaged. */
async function storeWith(damage: (file: string) => void) {
  const folder = await temporaryFolder();
  const told: string[] = [];
  const store = await openFolderBars(folder, (message) => told.push(message));
  onTestFinished(() => store.close());
  for (const symbol of symbols) await store.merge(symbol, bars(symbol === '9984' ? 2023 : 2020));
  const file = join(folder, 'daily', '2021.parquet');
  damage(file);
  return { folder, store, file, told };
}

describe.each(damages)('a file of bars that %s', (_, damage) => {
  it('is named for the symbols with bars of its time, and by whatever reads it', async () => {
    const { store, file } = await storeWith(damage);
    const named = ['6501', '7203'].map((symbol) => ({ symbol, message: expect.stringContaining(file) as string }));
    expect(await store.damaged(records, 'content')).toEqual(named);
    const error = { code: 'data.bars-damaged', message: expect.stringContaining(file) };
    await expect(store.read('9984')).rejects.toMatchObject(error);
    await expect(readUndamaged(store, records, () => store.readMany(symbols))).rejects.toMatchObject(error);
  });

  it('does not keep bars of other years from being read and written', async () => {
    const { store } = await storeWith(damage);
    const range = { from: parseTradeDate('2023-01-01') };
    const read = await readUndamaged(store, [records[2]!], () => store.read('9984', range), range);
    expect(read).toMatchObject({ result: bars(2023), leftOut: [] });
    const years = (await store.readSound(['6501', '9984'])).map(({ interval, columns: { days } }) => [
      interval,
      days.length,
    ]);
    expect(years).toEqual([
      ['1d', 17],
      ['1d', 100],
    ]);
    expect(await store.merge('6501', bars(2022, 5))).toMatchObject({ added: 5, mended: undefined });
  });

  it('is set aside by a merge, after which symbols that lost bars are left out', async () => {
    const { folder, store, file, told } = await storeWith(damage);
    const merged = await store.merge('7203', bars(2020));
    expect(merged).toMatchObject({ added: 83, changed: 0, unchanged: 17, bars: 100 });
    expect(merged.mended).toContain(file);
    expect(told).toEqual([expect.stringMatching(/^the bars of 2021 were damaged.*data check.*fetch --repair/)]);
    const [kept, ...others] = readdirSync(join(folder, 'damaged'));
    expect([told[0]?.includes(join(folder, 'damaged', kept!)), others]).toEqual([true, []]);
    expect(await store.read('7203')).toEqual(bars(2020));
    const read = await readUndamaged(store, records, async (complete) => complete.map(({ symbol }) => symbol));
    expect(read.result).toEqual(['7203', '9984']);
    expect(read.leftOut).toEqual([{ symbol: '6501', message: 'only 17 of its 100 stored bars are there' }]);
    expect(await store.damaged(records)).toEqual(read.leftOut);
    expect((await store.merge('6501', bars(2020))).mended).toBeUndefined();
    expect(await store.damaged(records, 'content')).toEqual([]);
  });
});

it('a file that is changed in its place is found where its content is compared', async () => {
  const { store, file } = await storeWith((whole) => utimesSync(whole, 1_700_000_000, 1_700_000_000));
  expect(await store.damaged(records)).toEqual([]);
  const bytes = readFileSync(file);
  bytes[200]! ^= 0x55;
  writeFileSync(file, bytes);
  utimesSync(file, 1_700_000_000, 1_700_000_000);
  expect(await store.damaged(records)).toEqual([]);
  expect((await store.damaged(records, 'content')).map(({ symbol }) => symbol)).toEqual(['6501', '7203']);
});

it('bars whose file is missing are lost', async () => {
  const { store } = await storeWith((file) => rmSync(file));
  expect((await store.damaged(records)).map(({ symbol }) => symbol)).toEqual(['6501', '7203']);
  expect(await store.ends(symbols)).toMatchObject([{ bars: 17, lastDate: '2020-12-31' }, { bars: 17 }, { bars: 100 }]);
  const alone = await readUndamaged(store, [records[0]!], () => store.read('6501'));
  expect(alone).toMatchObject({ entries: [], result: undefined, leftOut: [{ symbol: '6501' }] });
});

it('a damaged file counts for symbols with bars from its first day to its last one', async () => {
  const { store } = await storeWith((file) => writeFileSync(file, ''));
  const day = (text: string | undefined) => (text === undefined ? undefined : parseTradeDate(text));
  const isDamaged = async (firstDate?: string, lastDate?: string) =>
    (await store.damaged([{ symbol: '6501', firstDate: day(firstDate), lastDate: day(lastDate) }])).length === 1;
  expect(await isDamaged('2021-12-31', '2024-01-01')).toBe(true);
  expect(await isDamaged('2022-01-01', '2024-01-01')).toBe(false);
  expect(await isDamaged('2019-01-01', '2021-01-01')).toBe(true);
  expect(await isDamaged('2019-01-01', '2020-12-31')).toBe(false);
  expect([await isDamaged(), await isDamaged('2022-01-01'), await isDamaged(undefined, '2020-12-31')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('bars are lost where there are fewer than a record says, or where its last day is missing', async () => {
  const { store } = await storeWith(() => undefined);
  const lost = async (record: object, from?: string) => {
    const range = from === undefined ? undefined : { from: parseTradeDate(from) };
    return (await store.lost([{ symbol: '6501', ...record }], range)).map(({ message }) => message);
  };
  const lastDate = parseTradeDate('2021-03-24');
  const later = parseTradeDate('2021-03-25');
  expect(await lost({ bars: 100, lastDate: later })).toEqual([]);
  expect(await lost({ bars: 101 })).toEqual(['only 100 of its 101 stored bars are there']);
  expect(await lost({ bars: 1_000, lastDate }, '2021-01-01')).toEqual([]);
  expect(await lost({ bars: 1_000 }, '2021-01-01')).toEqual([]);
  expect(await lost({ bars: 100, lastDate: later }, '2021-01-01')).toEqual([
    'only 100 of its 100 stored bars are there',
  ]);
  expect(await lost({ symbol: '1301' })).toEqual([]);
  expect(await lost({ symbol: '1301', bars: 0 })).toEqual([]);
  expect(await lost({ symbol: '1301', bars: 1 })).toEqual(['its 1 stored bars are missing']);
});

it('the error of damaged bars names the first three symbols, and lists a hundred', () => {
  const damaged = Array.from({ length: 101 }, (_, i) => ({ symbol: String(1_301 + i), message: 'gone' }));
  expect(barsDamaged(damaged.slice(0, 3)).message).toBe('1301: gone; 1302: gone; 1303: gone');
  expect(barsDamaged(damaged.slice(0, 4)).message).toBe('1301: gone; 1302: gone; 1303: gone; and 1 more');
  expect(barsDamaged(damaged)).toMatchObject({
    code: 'data.bars-damaged',
    details: { symbols: damaged.slice(0, 100).map(({ symbol }) => symbol) },
  });
});

it('a file that cannot be read at all is not taken for a damaged one', async () => {
  const { store } = await storeWith((file) => {
    rmSync(file);
    mkdirSync(file);
  });
  await expect(store.merge('7203', bars(2020))).rejects.toMatchObject({ code: 'state.damaged' });
});
