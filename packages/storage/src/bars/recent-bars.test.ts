import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dateOfDayNumber, dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { expect, it, onTestFinished } from 'vitest';
import { exclusiveInProcess } from '../objects/exclusive.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { unknownOrigins } from './bar-origins.ts';
import type { BarStore } from './bar-store.ts';
import { columnsOfDailyBars } from './columns.ts';
import { openFolderBars, openSharedBars } from './parquet-bar-store.ts';
import { ParquetFiles } from './parquet-files.ts';
import { recentBarsKey } from './recent-bars.ts';

const days = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-12-30')).map(dayNumber);
const symbols = Array.from({ length: 52 }, (_, index) => String(2000 + index));
const provenance = { source: 'csv', fetchedAt: 1_000 };

/** Bars of some days, which depend on the day and the level alone. */
function bars(from: number, to: number, level = 1000): BarColumns {
  const own = Int32Array.from(days.slice(from, to));
  const column = (add: number) => Float64Array.from(own, (day) => level + (day % 17) / 10 + add);
  return { days: own, open: column(0), high: column(5), low: column(-5), close: column(1.1), volume: column(1e6) };
}

function of(from: number, to: number, level?: number, codes = symbols) {
  return codes.map((symbol) => ({ symbol, bars: bars(from, to, level), splits: [] }));
}

async function openIn(folder: string): Promise<BarStore> {
  const store = await openFolderBars(folder);
  onTestFinished(() => store.close());
  return store;
}

/** A store whose symbols have files of 20 days. */
async function storeWithFiles() {
  const folder = await temporaryFolder();
  const store = await openIn(folder);
  await store.mergeMany(of(0, 20), provenance);
  const file = join(folder, '1d', '2000.parquet');
  const recent = join(folder, 'recent', '1d.parquet');
  return { folder, store, file, recent };
}

it('a day of many symbols is written beside their files, and read as if it were in them', async () => {
  const { folder, store, file, recent } = await storeWithFiles();
  const before = readFileSync(file);
  const [first] = await store.mergeMany(of(20, 21), { source: 'jquants', fetchedAt: 2_000 });
  expect(first).toEqual({
    added: 1,
    changed: 0,
    unchanged: 0,
    bars: 21,
    firstDate: dateOfDayNumber(days[0]!),
    lastDate: dateOfDayNumber(days[20]!),
    mended: undefined,
  });
  expect(await store.ends(['2000', '9999'])).toEqual([{ bars: 21, lastDate: dateOfDayNumber(days[20]!) }, undefined]);
  expect(readFileSync(file)).toEqual(before);
  expect(existsSync(recent)).toBe(true);
  for (const open of [store, await openIn(folder)]) {
    expect(await open.read('2000')).toEqual(bars(0, 21));
    expect(await open.read('2051', { from: dateOfDayNumber(days[20]!) })).toEqual(bars(20, 21));
    expect(await open.read('2051', { to: dateOfDayNumber(days[19]!) })).toEqual(bars(0, 20));
    const { origins } = await open.readWithOrigins('2007', '1d');
    expect([...origins.fetchedAt].slice(-2)).toEqual([1_000, 2_000]);
    expect(origins.sources[origins.source.at(-1)!]).toBe('jquants');
    expect(await open.count()).toBe(symbols.length * 21);
    expect(await open.symbols()).toEqual(symbols);
    const panel = await open.readPanel(
      ['2001', '2002'].map((code) => ({ symbol: parseSymbol(code), tickTable: 'standard', priceBasis: 'traded' })),
    );
    expect(panel.days).toEqual(bars(0, 21).days);
  }
});

it('a day that comes again changes nothing, and one with another value is changed', async () => {
  const { folder, store, recent } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  const written = readFileSync(recent);
  expect((await store.mergeMany(of(20, 22), provenance))[7]).toMatchObject({ added: 0, unchanged: 2, bars: 22 });
  expect(readFileSync(recent)).toEqual(written);
  expect((await store.mergeMany(of(21, 23, 900)))[7]).toMatchObject({ added: 1, changed: 1, unchanged: 0, bars: 23 });
  expect((await store.read('2007', { from: dateOfDayNumber(days[21]!) })).close).toEqual(bars(21, 23, 900).close);
  const whole = await openIn(join(folder, 'other'));
  for (const symbol of symbols.slice(0, 3)) {
    await whole.merge(symbol, bars(0, 21));
    await whole.merge(symbol, bars(21, 23, 900));
  }
  expect(await store.dataHash(symbols.slice(0, 3))).toBe(await whole.dataHash(symbols.slice(0, 3)));
});

it('go into the files of their symbols once there are many, on different days, and none is lost', {
  tags: ['long'],
}, async () => {
  const { store, folder, recent } = await storeWithFiles();
  const sizes: number[] = [];
  for (let from = 20; from < 220; from += 10) {
    await store.mergeMany(of(from, from + 10), provenance);
    sizes.push(readFileSync(recent).length);
  }
  for (const symbol of ['2000', '2031', '2051']) expect(await store.read(symbol)).toEqual(bars(0, 220));
  expect(await store.count()).toBe(symbols.length * 220);
  expect(sizes.some((size, index) => size < (sizes[index - 1] ?? 0))).toBe(true);
  const files = new ParquetFiles();
  onTestFinished(() => files.close());
  const always = { from: -Infinity, to: Infinity };
  const own = await files.read(
    symbols.map((symbol) => join(folder, '1d', `${symbol}.parquet`)),
    '1d',
    always,
  );
  expect(new Set(own.map(({ axis }) => axis.length)).size).toBeGreaterThan(3);
});

it('a symbol without a file, and days that are not the newest, go into files; bars that come later take newest ones along', async () => {
  const { store, folder, recent } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  const results = await store.mergeMany([...of(22, 23), ...of(22, 23, 1000, ['9984']), ...of(3, 4, 900, ['9983'])]);
  expect(results.slice(-2)).toMatchObject([{ bars: 1 }, { bars: 1 }]);
  expect(existsSync(join(folder, '1d', '9984.parquet'))).toBe(true);
  // A day within the file: the newest come along, once and for all.
  expect(await store.merge('2000', bars(5, 6, 900))).toMatchObject({ changed: 1, bars: 23 });
  rmSync(recent);
  expect((await store.read('2000')).days).toEqual(bars(0, 23).days);
  expect((await store.read('2001')).days).toEqual(bars(0, 20).days);
});

it('what a crash left in both is read from the file of the symbol', async () => {
  const { store, folder, recent } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  copyFileSync(recent, join(folder, 'before'));
  // More days than go beside the files, one of which is changed.
  await store.mergeMany(of(21, 40, 900), provenance);
  const hash = await store.dataHash(symbols);
  copyFileSync(join(folder, 'before'), recent);
  const again = await openIn(folder);
  expect(await again.dataHash(symbols)).toBe(hash);
  expect(await again.count()).toBe(symbols.length * 40);
  expect((await again.mergeMany(of(40, 41), provenance))[0]).toMatchObject({ added: 1, bars: 41 });
  expect((await again.read('2000', { from: dateOfDayNumber(days[21]!) })).close[0]).toBe(bars(21, 22, 900).close[0]);
});

/** A file of the newest bars that is damaged in one of several ways. */
function damagedFiles(whole: Buffer): readonly (Uint8Array | string)[] {
  const changed = Uint8Array.from(whole);
  changed[900]! ^= 0x55;
  // The bars of 2051 as those of a symbol that there is not.
  const ofAnother = Buffer.from(whole.toString('latin1').replace('2051', '3051'), 'latin1');
  return [changed, ofAnother, whole.subarray(0, 900), 'no bars'];
}

it('a damaged file of the newest is set aside with a message by whoever reads, and the other files are read', async () => {
  const { store, folder, recent } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  for (const bytes of damagedFiles(readFileSync(recent))) {
    writeFileSync(recent, bytes);
    const told: string[] = [];
    const open = await openFolderBars(folder, (message) => told.push(message));
    onTestFinished(() => open.close());
    expect(await open.read('2000')).toEqual(bars(0, 20));
    expect(await open.damaged(symbols, 'content')).toEqual([]);
    expect(await open.count()).toBe(symbols.length * 20);
    expect(await open.ends(['2000'])).toEqual([{ bars: 20, lastDate: dateOfDayNumber(days[19]!) }]);
    expect(told).toHaveLength(1);
    const [, kept = ''] =
      /set aside as (\S+1d-damaged-[0-9a-f]{12}\.parquet) \(.*cannot be read as bars: /.exec(told[0]!) ?? [];
    expect(readFileSync(kept)).toEqual(Buffer.from(bytes));
  }
  expect((await store.mergeMany(of(20, 22), provenance))[0]).toMatchObject({ added: 2, bars: 22, mended: undefined });
  expect(await store.read('2000')).toEqual(bars(0, 22));
});

it('a damaged file of the newest is set aside and replaced by the next bars, which says so', async () => {
  const { store, folder, recent } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  writeFileSync(recent, 'no bars');
  const results = await store.mergeMany(of(20, 22));
  expect(results[0]).toMatchObject({ added: 2, bars: 22, mended: expect.stringContaining(recent) });
  expect(readdirSync(join(folder, 'recent'))).toEqual([expect.stringMatching(/^1d-damaged-/), '1d.parquet']);
  expect(await store.read('2000')).toEqual(bars(0, 22));
});

it('is not set aside where only the copy of this machine is damaged', async () => {
  const [objects, scratch] = [
    await FolderObjectStore.open({ folder: await temporaryFolder() }),
    await temporaryFolder(),
  ];
  const told: string[] = [];
  const store = await openSharedBars(objects, scratch, (message) => told.push(message));
  onTestFinished(() => store.close());
  await store.mergeMany(of(0, 20), provenance);
  await store.mergeMany(of(20, 22), provenance);
  const copy = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).find((name) =>
    /recent.1d\.parquet$/.test(name),
  )!;
  writeFileSync(join(scratch, copy), 'no bars');
  expect(await store.read('2000')).toEqual(bars(0, 22));
  expect(told).toEqual([]);
  await objects.put(recentBarsKey, Buffer.from('no bars'));
  expect(await store.read('2000')).toEqual(bars(0, 20));
  expect(told).toEqual([expect.stringMatching(/set aside as the object bars\/recent\/1d-damaged-/)]);
  const [kept] = await objects.list('bars/recent/1d-damaged-');
  expect(Buffer.from((await objects.get(kept!))!).toString()).toBe('no bars');
});

it('are gone with their symbol, and with a file that is lost', async () => {
  const { store, file } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  await store.remove('2001');
  expect((await store.read('2001')).days).toHaveLength(0);
  expect(await store.merge('2001', bars(3, 5))).toMatchObject({ added: 2, bars: 2 });
  rmSync(file);
  expect((await store.mergeMany(of(0, 20, 1000, ['2000'])))[0]).toMatchObject({ added: 20, bars: 20 });
  writeFileSync(file, 'no bars');
  expect(await store.merge('2000', bars(0, 19))).toMatchObject({ bars: 19, mended: expect.stringContaining(file) });
  expect(await store.read('2000')).toEqual(bars(0, 19));
});

it('are gone with the files of several symbols that are lost at once', async () => {
  const { store, folder } = await storeWithFiles();
  await store.mergeMany(of(20, 22), provenance);
  const lost = symbols.slice(0, 8);
  for (const symbol of lost) rmSync(join(folder, '1d', `${symbol}.parquet`));
  const results = await store.mergeMany(of(0, 20, 900, lost), provenance);
  expect(results.map(({ added, bars: all }) => [added, all])).toEqual(lost.map(() => [20, 20]));
  for (const symbol of lost) expect(await store.read(symbol)).toEqual(bars(0, 20, 900));
  expect(await store.read('2051')).toEqual(bars(0, 22));
});

it('stand beside files that an older version wrote', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '1d'), { recursive: true });
  const files = new ParquetFiles();
  onTestFinished(() => files.close());
  for (const symbol of ['2009', '2010']) {
    const origins = { ...unknownOrigins(20), sources: ['jquants'], source: new Int32Array(20) };
    const old = { columns: columnsOfDailyBars(bars(0, 20)), origins: { ...origins, fetchedAt: new Float64Array(20) } };
    await files.writeBeside(join(folder, '1d', `${symbol}.parquet`), '1d', old, {});
  }
  const store = await openIn(folder);
  await store.mergeMany(of(0, 20).filter(({ symbol }) => !['2009', '2010'].includes(symbol)));
  expect((await store.mergeMany(of(20, 21), provenance))[9]).toMatchObject({ added: 1, bars: 21 });
  expect(await store.read('2009')).toEqual(bars(0, 21));
  expect(await store.merge('2009', bars(0, 30))).toMatchObject({ added: 9, unchanged: 21 });
  const { columns, origins } = await store.readWithOrigins('2009', '1d');
  expect(columns).toEqual(bars(0, 30));
  expect(Array.from(origins.source, (position) => origins.sources[position])).toEqual([
    ...Array(20).fill('jquants'),
    'csv',
    ...Array(9).fill(undefined),
  ]);
  expect(await store.damaged(symbols, 'content')).toEqual([]);
});

it('of two processes at once none is lost', async () => {
  const shared = { exclusive: exclusiveInProcess(), now: () => 0 };
  const [folder, scratch] = [await temporaryFolder(), await temporaryFolder()];
  const open = async () => {
    const store = await openSharedBars(await FolderObjectStore.open({ folder, shared }), scratch);
    onTestFinished(() => store.close());
    return store;
  };
  const [one, other] = [await open(), await open()];
  await one.mergeMany(of(0, 20), provenance);
  await Promise.all([one.mergeMany(of(20, 22), provenance), other.mergeMany(of(22, 24), provenance)]);
  for (const store of [one, other]) expect(await store.read('2033')).toEqual(bars(0, 24));
  // One brings them into the files while the other adds to them.
  await Promise.all([one.mergeMany(of(10, 30), provenance), other.mergeMany(of(24, 26, 1000), provenance)]);
  for (const store of [one, other]) expect(await store.read('2033')).toEqual(bars(0, 30));
});
