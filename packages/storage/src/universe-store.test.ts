import { importedSource, parseSymbol, parseTradeDate, type UniverseRecord } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { FolderObjectStore } from './objects/folder-object-store.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { activeSymbols, activeUniverse, newestBar, UniverseStore } from './universe-store.ts';

const listed = (symbol: string) => ({
  symbol: parseSymbol(symbol),
  universe: 'listed' as const,
  from: parseTradeDate('2020-01-06'),
  to: null,
  reason: null,
  source: importedSource,
});
const withSymbol = (symbol: string) => (record: UniverseRecord) => ({
  ...record,
  spans: [...record.spans, listed(symbol)],
});

it('changes of several at once are all there, and one that changes nothing writes nothing', async () => {
  const objects = await FolderObjectStore.open({ folder: await temporaryFolder() });
  const store = new UniverseStore(objects);
  expect(await store.read()).toEqual({ spans: [], successions: [], observed: [] });
  const codes = ['7203', '6758', '9984', '130A', '8306'];
  await Promise.all(codes.map((code) => new UniverseStore(objects).change(withSymbol(code))));
  expect((await store.read()).spans.map(({ symbol }) => symbol).sort()).toEqual(codes.toSorted());
  const before = await objects.entries('universe/');
  await store.change((record) => record);
  expect(await objects.entries('universe/')).toEqual(before);
  await objects.put('universe/record.json', Buffer.from('{"spans": 1}'));
  const message = expect.stringMatching(/^universe\/record\.json .*: put a copy of it back, or remove it and import/);
  await expect(store.read()).rejects.toMatchObject({ code: 'state.damaged', message });
  await expect(store.change(withSymbol('7203'))).rejects.toMatchObject({ message });
  await objects.delete('universe/record.json');
  await store.change(withSymbol('7203'));
  expect(await store.read()).toMatchObject({ spans: [{ symbol: '7203' }] });
});

const synthetic = { symbol: '0101', synthetic: true, bars: 700 };
const real = { symbol: '7203', synthetic: false, bars: 1094 };
const intradayOnly = { symbol: '6758', synthetic: false, bars: 0 };

describe('activeUniverse', () => {
  it('is the synthetic symbols while there are no others', () => {
    expect(activeUniverse([synthetic])).toEqual([synthetic]);
  });

  it('is the real symbols as soon as there is one: the two are never mixed', () => {
    expect(activeUniverse([synthetic, real])).toEqual([real]);
  });

  it('has a newest bar, whichever symbol it is of', () => {
    const days = ['2026-11-20', '2026-11-24', '2025-12-30'].map((day) => ({ lastDate: parseTradeDate(day) }));
    expect(newestBar(days)).toBe('2026-11-24');
    expect(newestBar([])).toBeUndefined();
  });

  it('leaves out symbols without daily bars, which displace nothing', () => {
    expect(activeUniverse([synthetic, intradayOnly])).toEqual([synthetic]);
  });
});

it('the symbols in use are synthetic where all of them are, also where there are none', async () => {
  const use = async (...records: readonly object[]) =>
    await activeSymbols({ symbols: { list: async () => records as never } });
  expect(await use()).toEqual({ records: [], synthetic: true });
  expect(await use(synthetic)).toEqual({ records: [synthetic], synthetic: true });
  expect(await use(synthetic, real)).toEqual({ records: [real], synthetic: false });
  expect(await use({ ...real, bars: 1 })).toEqual({ records: [{ ...real, bars: 1 }], synthetic: false });
});
