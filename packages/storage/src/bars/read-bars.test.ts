import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFolderBars } from './bar-store.ts';
import { dataHash, withinRange } from './read-bars.ts';

const columns = {
  axis: Float64Array.of(19_726, 19_727),
  open: Float64Array.of(1.5, 2),
  high: Float64Array.of(3, 4),
  low: Float64Array.of(0.5, 1),
  close: Float64Array.of(2, 2.25),
  volume: Float64Array.of(100, 200),
};

describe('the hash of bars', () => {
  // By hashlib and struct.pack('<d', …) in Python.
  it('is the SHA-256 of symbol, number of bars and little-endian doubles', () => {
    expect(dataHash([{ symbol: '7203', columns }])).toBe(
      '8891912636f86c2cfaa3290665697d009036c19ea2c59a76c94fd2cfb3ebbc99',
    );
  });

  it('depends on the order of symbols and on every column', () => {
    const series = ['7203', '9984'].map((symbol) => ({ symbol, columns }));
    const hashes = [dataHash(series), dataHash(series.toReversed()), dataHash([])];
    for (const name of Object.keys(columns)) {
      hashes.push(dataHash([{ symbol: '7203', columns: { ...columns, [name]: Float64Array.of(7, 8) } }]));
    }
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

it.each([
  ['1d', -Infinity, Infinity, 'true'],
  ['1d', 5, Infinity, "date >= DATE '1970-01-01' + 5::INTEGER"],
  ['5m', -Infinity, 5, 'time <= epoch_ms(5::BIGINT)'],
  ['5m', 0, 5, 'time >= epoch_ms(0::BIGINT) AND time <= epoch_ms(5::BIGINT)'],
] as const)('the condition on %s bars from %d to %d is %s', (interval, from, to, sql) => {
  expect(withinRange(interval, { from, to })).toBe(sql);
});

describe('reading many symbols', () => {
  const start = dayNumber(parseTradeDate('2022-12-20'));
  const bars = (count: number, price: number) => {
    const values = Float64Array.from({ length: count }, (_, i) => price + i);
    const days = Int32Array.from({ length: count }, (_, i) => start + i);
    return { days, open: values, high: values, low: values, close: values, volume: values };
  };
  const code = (n: number) => String(1_301 + n);

  // More than the engine gives in one chunk, over two files, in parts of 500 symbols a query.
  it('gives each its own bars and origins in the order that is asked for', async () => {
    const store = await openFolderBars(await temporaryFolder());
    onTestFinished(() => store.close());
    const all = Array.from({ length: 600 }, (_, n) => ({ symbol: code(n), bars: bars(n % 25, n), splits: [] }));
    await store.mergeMany(all.slice(0, 300), { source: 'first', fetchedAt: 1 });
    await store.merge('9983', bars(2, 1));
    const [without] = await store.readSound(['9983']);
    expect(without!.origins).toEqual({
      sources: [],
      source: Int32Array.of(-1, -1),
      fetchedAt: Float64Array.of(NaN, NaN),
    });
    await store.mergeMany(all.slice(300), { source: 'second', fetchedAt: 2 });
    const asked = [...all.keys()].toReversed();
    expect(await store.readMany(asked.map(code))).toEqual(asked.map((n) => bars(n % 25, n)));
    const sound = await store.readSound([code(24), code(0), code(324), '9984']);
    expect(sound.map(({ columns: { days }, origins }) => [days.length, origins.sources, origins.source[0]])).toEqual([
      [24, ['first'], 0],
      [0, [], undefined],
      [24, ['second'], 0],
      [0, [], undefined],
    ]);
    expect(sound[2]!.origins.fetchedAt).toEqual(Float64Array.from({ length: 24 }, () => 2));
    expect(await store.readMany([])).toEqual([]);
    const days = { from: parseTradeDate('2022-12-31'), to: parseTradeDate('2023-01-01') };
    expect((await store.readMany([code(24), code(49)], days)).map(({ days: [...own] }) => own)).toEqual([
      [start + 11, start + 12],
      [start + 11, start + 12],
    ]);
  });
});
