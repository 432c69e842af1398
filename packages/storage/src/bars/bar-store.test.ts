import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayNumber, instantOf, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BarStore } from './bar-store.ts';
import { openFolderBars } from './bar-store.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-03-29'));

/** Bars on every session from the first quarter of 2024, from position `from` to before `to`. */
function bars(from: number, to: number, level = 1000): BarColumns {
  const days = Int32Array.from(sessions.slice(from, to), dayNumber);
  const column = (add: number) => Float64Array.from(days, (day) => level + (day % 17) / 10 + add);
  return { days, open: column(0), high: column(5), low: column(-5), close: column(1.1), volume: column(1e6) };
}

function folder(name = 'bars'): string {
  const root = mkdtempSync(join(tmpdir(), 'daytrade-bars-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, name);
}

async function openStore(path = folder()): Promise<BarStore> {
  const store = await openFolderBars(path);
  onTestFinished(() => store.close());
  return store;
}

describe('the bar store', () => {
  it('gives back the bars that were merged, and those of a range of days', async () => {
    const store = await openStore();
    const merged = await store.merge('7203', bars(0, 20));
    expect(merged).toEqual({
      added: 20,
      changed: 0,
      unchanged: 0,
      bars: 20,
      firstDate: sessions[0],
      lastDate: sessions[19],
    });
    expect(await store.read('7203')).toEqual(bars(0, 20));
    expect(await store.read('7203', { from: sessions[5], to: sessions[8] })).toEqual(bars(5, 9));
    expect(await store.read('7203', { from: sessions[15] })).toEqual(bars(15, 20));
  });

  it('removes the bars of a symbol of every interval, and those of no other', async () => {
    const path = folder();
    const store = await openStore(path);
    await store.merge('7203', bars(0, 20));
    await store.merge('9984', bars(0, 20));
    await store.remove(['7203', '6501']);
    await store.remove(['7203']);
    expect(await store.symbols()).toEqual(['9984']);
    expect((await store.read('7203')).days.length).toBe(0);
    // Bars of a later fetch are not mixed with removed ones.
    expect(await store.merge('7203', bars(5, 9))).toMatchObject({ added: 4, bars: 4 });
  });

  it('writes nothing when nothing changes', async () => {
    const path = folder();
    const store = await openStore(path);
    await store.merge('7203', bars(0, 20));
    // Without the folder in which files are made, a write would fail.
    rmSync(join(path, 'unfinished'), { recursive: true });
    expect(await store.merge('7203', bars(3, 9))).toMatchObject({ added: 0, changed: 0, unchanged: 6, bars: 20 });
    expect(await store.merge('7203', bars(0, 0))).toMatchObject({ added: 0, bars: 20 });
  });

  it('has the same bytes for the same bars, in whatever pieces they came', async () => {
    const path = folder();
    const store = await openStore(path);
    await store.merge('7203', bars(30, 50));
    await store.merge('7267', bars(0, 20));
    await store.merge('7203', bars(0, 35, 900));
    await store.merge('7203', bars(0, 35));
    const other = folder();
    const several = ['7267', '7203'].map((symbol, s) => ({ symbol, bars: bars(0, 20 + 30 * s), splits: [] }));
    await (await openStore(other)).mergeMany(several);
    const bytes = (folder: string) => readFileSync(join(folder, 'daily', '2024.parquet'));
    expect(bytes(other).equals(bytes(path))).toBe(true);
  });

  it('keeps 5-minute bars apart from daily ones and counts both', async () => {
    const store = await openStore();
    const day = sessions[0]!;
    const times = Float64Array.of(instantOf(day, '09:00'), instantOf(day, '09:05'), instantOf(sessions[1]!, '15:00'));
    const values = Float64Array.of(1, 2, 3.5);
    const intraday = { times, open: values, high: values, low: values, close: values, volume: values };
    expect((await store.mergeManyIntraday([{ symbol: '7203', bars: intraday }]))[0]).toMatchObject({
      added: 3,
      firstDate: day,
      lastDate: sessions[1],
    });
    await store.merge('7203', bars(0, 20));
    await store.merge('7267', bars(0, 4));
    expect(await store.readIntraday('7203')).toEqual(intraday);
    expect([...(await store.readIntraday('7203', { from: day, to: day })).times]).toEqual(
      Array.from(times.subarray(0, 2)),
    );
    expect([await store.count('1d'), await store.count('5m')]).toEqual([24, 3]);
    expect([await store.symbols('1d'), await store.symbols('5m')]).toEqual([['7203', '7267'], ['7203']]);
  });

  it('reads a panel of several symbols on one axis, NaN where one has no bar', async () => {
    const store = await openStore();
    await store.merge('7267', bars(2, 6));
    await store.merge('7203', bars(0, 4));
    const symbol = { tickTable: 'topix500', priceBasis: 'traded' } as const;
    const symbols = ['7203', '9984', '7267'].map((code) => ({ symbol: parseSymbol(code), ...symbol }));
    const panel = await store.readPanel(symbols);
    expect(panel.symbols).toEqual(symbols);
    expect(panel.days).toEqual(bars(0, 6).days);
    const closeOf = (s: number) => [...panel.days.keys()].map((t) => panel.close[t * 3 + s]);
    expect(closeOf(0)).toEqual([...bars(0, 4).close, Number.NaN, Number.NaN]);
    expect(closeOf(1)).toEqual(Array.from({ length: 6 }, () => Number.NaN));
    expect(closeOf(2)).toEqual([Number.NaN, Number.NaN, ...bars(2, 6).close]);
  });

  it('hashes content: the order of symbols does not matter, one changed value does', async () => {
    const store = await openStore();
    await store.merge('7203', bars(0, 20));
    await store.merge('7267', bars(0, 20));
    const hash = await store.dataHash(['7203', '7267']);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await store.dataHash(['7267', '7203'])).toBe(hash);
    expect(await store.dataHash(['7203'])).not.toBe(hash);
    await store.merge('7267', bars(7, 8, 1000.1));
    expect(await store.dataHash(['7203', '7267'])).not.toBe(hash);
    await store.merge('7267', bars(7, 8));
    expect(await store.dataHash(['7203', '7267'])).toBe(hash);
  });

  it('removes at opening what a crash left half written', async () => {
    const path = folder();
    await (await openStore(path)).merge('7203', bars(0, 3));
    writeFileSync(join(path, 'unfinished', 'daily-2024.parquet'), 'half');
    const store = await openStore(path);
    expect(readdirSync(join(path, 'unfinished'))).toEqual([]);
    expect(await store.read('7203')).toEqual(bars(0, 3));
  });

  it('says which file it could not write', async () => {
    const path = folder();
    const store = await openStore(path);
    rmSync(join(path, 'unfinished'), { recursive: true });
    await expect(store.merge('7203', bars(0, 3))).rejects.toMatchObject({
      code: 'state.unwritable',
      message: expect.stringContaining(join(path, 'daily', '2024.parquet')),
    });
    expect(await store.count()).toBe(0);
  });

  it('works in a folder whose name holds quotes, brackets and wildcards', async () => {
    const store = await openStore(folder(`日本 "it's" [a-z] {x,y} q`));
    await store.merge('7203', bars(0, 3));
    expect(await store.read('7203')).toEqual(bars(0, 3));
    expect(await store.count()).toBe(3);
  });

  it('refuses columns that differ in length, and days that do not rise, with the first such bar', async () => {
    const store = await openStore();
    const good = bars(0, 3);
    const refused = (changes: Partial<typeof good>, message: string) =>
      expect(store.merge('7203', { ...good, ...changes })).rejects.toMatchObject({
        code: 'series.bars-invalid',
        message,
      });
    const [a, b, c] = [...good.days] as [number, number, number];
    await refused({ volume: Float64Array.of(1, 2) }, 'bars to store: the columns differ in length');
    await refused({ days: Int32Array.of(a, a, c) }, 'bars to store: bar 2 is not later than the one before it');
    await refused({ days: Int32Array.of(a, c, b) }, 'bars to store: bar 3 is not later than the one before it');
    expect(await store.count()).toBe(0);
  });

  it('lists ends, symbols and counts, and what a merge finds unchanged beside what it adds and changes', async () => {
    const store = await openStore();
    await store.merge('7267', bars(0, 4));
    await store.merge('7203', bars(0, 10));
    expect(await store.ends(['7203', '9984', '7267'])).toEqual([
      { bars: 10, lastDate: sessions[9] },
      undefined,
      { bars: 4, lastDate: sessions[3] },
    ]);
    const mixed = bars(5, 12);
    mixed.close[0]! += 1;
    mixed.volume[1]! += 1;
    const expected = {
      added: 2,
      changed: 2,
      unchanged: 3,
      bars: 12,
      firstDate: sessions[0],
      lastDate: sessions[11],
      mended: undefined,
    };
    const of = { symbol: '7203', bars: mixed, splits: [] };
    expect(await store.compareMany([of])).toEqual([{ ...expected, bars: 10, lastDate: sessions[9] }]);
    expect(await store.mergeMany([of])).toEqual([expected]);
    expect(await store.merge('9984', bars(0, 0))).toEqual({
      added: 0,
      changed: 0,
      unchanged: 0,
      bars: 0,
      firstDate: null,
      lastDate: null,
      mended: undefined,
    });
    await store.remove([]);
    expect(await store.symbols()).toEqual(['7203', '7267']);
    expect(await store.count('5m')).toBe(0);
  });

  it('keeps the order and the origins of more bars than fit in one chunk', async () => {
    const store = await openStore();
    const start = dayNumber(sessions[0]!);
    const times = Float64Array.from({ length: 5_000 }, (_, i) => start * 86_400_000 + i * 300_000);
    const intraday = { times, open: times, high: times, low: times, close: times, volume: times };
    const [merged] = await store.mergeManyIntraday([{ symbol: '7203', bars: intraday }], { source: 'x', fetchedAt: 7 });
    expect(merged).toMatchObject({ added: 5_000, bars: 5_000 });
    const { columns, origins } = await store.readWithOrigins('7203', '5m');
    expect(columns).toEqual(intraday);
    expect([origins.sources, new Set(origins.source), new Set(origins.fetchedAt)]).toEqual([
      ['x'],
      new Set([0]),
      new Set([7]),
    ]);
    expect(await store.compareManyIntraday([{ symbol: '7203', bars: intraday }])).toMatchObject([{ unchanged: 5_000 }]);
  });

  it('lets no symbol lead out of its folder', async () => {
    const store = await openStore();
    await expect(store.merge('../x', bars(0, 1))).rejects.toMatchObject({ code: 'market.symbol-invalid' });
    await expect(store.read('../../etc/passwd')).rejects.toMatchObject({ code: 'market.symbol-invalid' });
  });

  it('keeps the origin of a bar that stays as it is, and of one that was stored without', async () => {
    const store = await openStore();
    const hash = async () => await store.dataHash(['7203']);
    await store.merge('7203', bars(0, 2));
    await store.merge('7203', bars(1, 4), { source: "o'hara", fetchedAt: 1_000 });
    const before = await hash();
    await store.merge('7203', bars(2, 3), { source: 'jquants', fetchedAt: 2_000 });
    expect(await hash()).toBe(before);
    await store.merge('7203', bars(3, 5, 900), { source: 'jquants', fetchedAt: 3_000 });
    const originsOf = async (range = {}) => {
      const { origins } = await store.readWithOrigins('7203', '1d', range);
      return Array.from(origins.source, (at, row) => [origins.sources[at] ?? null, origins.fetchedAt[row]]);
    };
    const all = [
      [null, Number.NaN],
      [null, Number.NaN],
      ["o'hara", 1_000],
      ['jquants', 3_000],
      ['jquants', 3_000],
    ];
    expect(await originsOf()).toEqual(all);
    expect(await originsOf({ from: sessions[2], to: sessions[3] })).toEqual(all.slice(2, 4));
  });

  it('reads bars across years, and bars of one year from its file alone', async () => {
    const path = folder();
    const store = await openStore(path);
    const days = Int32Array.of(
      ...['2022-12-30', '2023-01-04', '2024-06-03'].map((day) => dayNumber(parseTradeDate(day))),
    );
    const values = Float64Array.of(0.1, -0, 1e300);
    await store.merge('7203', { days, open: values, high: values, low: values, close: values, volume: values });
    expect((await store.read('7203')).open).toEqual(values);
    expect(readdirSync(join(path, 'daily'))).toEqual(['2022.parquet', '2023.parquet', '2024.parquet']);
    writeFileSync(join(path, 'daily', '2022.parquet'), 'no parquet');
    expect([...(await store.read('7203', { from: parseTradeDate('2023-01-01') })).days]).toEqual([days[1], days[2]]);
  });

  it('counts what a merge would do, and does not do it', async () => {
    const store = await openStore();
    await store.merge('7203', bars(0, 10));
    const [result] = await store.compareMany([{ symbol: '7203', bars: bars(5, 15, 900), splits: [] }]);
    expect(result).toMatchObject({ added: 5, changed: 5, unchanged: 0, bars: 10 });
    expect(await store.read('7203')).toEqual(bars(0, 10));
  });

  it('restates stored bars that come not again after a split, in all years, and keeps their origins', async () => {
    const store = await openStore();
    const at = (...dates: readonly string[]) => Int32Array.from(dates, (date) => dayNumber(parseTradeDate(date)));
    const flat = (days: Int32Array, price: number) => {
      const column = Float64Array.from(days, () => price);
      return { days, open: column, high: column, low: column, close: column, volume: column };
    };
    await store.merge('7203', flat(at('2023-12-28', '2023-12-29', '2024-01-04'), 500), { source: 'csv', fetchedAt: 1 });
    const split = { date: parseTradeDate('2024-01-05'), value: 0.2 };
    const merged = await store.merge(
      '7203',
      flat(at('2024-01-04', '2024-01-05'), 100),
      { source: 'jquants', fetchedAt: 2 },
      [split],
    );
    expect(merged).toMatchObject({ added: 1, changed: 3, unchanged: 0, bars: 5 - 1 });
    const { columns, origins } = await store.readWithOrigins('7203', '1d');
    expect([...columns.close]).toEqual([100, 100, 100, 100]);
    expect([...columns.volume].slice(0, 2)).toEqual([2500, 2500]);
    expect([...origins.fetchedAt]).toEqual([1, 1, 2, 2]);
  });

  it('reads what came after earlier bars, and all where these have changed', async () => {
    const store = await openStore();
    const symbols = ['7203', '7267'];
    expect(await store.readSince(symbols)).toMatchObject({ past: undefined });
    for (const symbol of symbols) await store.merge(symbol, bars(0, 10));
    const { past } = (await store.readSince(symbols))!;
    await store.merge('7203', bars(10, 12));
    const since = await store.readSince(symbols, past);
    expect(since?.bars).toEqual([bars(10, 12), bars(0, 0)]);
    expect((await store.readSince(symbols, since?.past))?.bars).toEqual([bars(0, 0), bars(0, 0)]);
    await store.merge('9984', bars(0, 5));
    expect(await store.readSince(symbols, since?.past)).toBeDefined();
    await store.merge('7267', bars(3, 4, 900));
    expect(await store.readSince(symbols, since?.past)).toBeUndefined();
  });
});
