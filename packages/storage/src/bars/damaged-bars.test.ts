import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { BarStore } from './bar-store.ts';
import { readUndamaged } from './damaged-bars.ts';
import { openFolderBars } from './parquet-bar-store.ts';

const start = dayNumber(parseTradeDate('2020-01-06'));

function bars(count: number): BarColumns {
  const column = (shift: number) => Float64Array.from({ length: count }, (_, i) => 1000 + shift + ((i * 37) % 101));
  const days = Int32Array.from({ length: count }, (_, i) => start + i);
  return { days, open: column(0), high: column(5), low: column(-5), close: column(1), volume: column(9) };
}

const damages: Readonly<Record<string, (file: string) => void>> = {
  'is missing': (file) => rmSync(file),
  'is cut off': (file) => truncateSync(file, 300),
  'is empty': (file) => writeFileSync(file, ''),
  'holds something else': (file) => writeFileSync(file, 'these bytes are not a parquet file'),
  'has other bytes in the middle': (file) => {
    const bytes = readFileSync(file);
    // The values of an uncompressible column: no check of the format itself notices.
    for (let at = 200; at < 208; at += 1) bytes[at]! ^= 0x55;
    writeFileSync(file, bytes);
  },
};

async function storeWith(damage: (file: string) => void): Promise<{ store: BarStore; file: string }> {
  const folder = await temporaryFolder();
  const store = await openFolderBars(folder);
  onTestFinished(() => store.close());
  for (const symbol of ['6501', '7203', '9984']) await store.merge(symbol, bars(500));
  const file = join(folder, '1d', '7203.parquet');
  damage(file);
  return { store, file };
}

const entries = ['6501', '7203', '9984'].map((symbol) => ({ symbol }));

describe.each(Object.entries(damages))('a file of bars that %s', (what, damage) => {
  it('is named by a check of all content', async () => {
    const { store, file } = await storeWith(damage);
    const found = await store.damaged(['6501', '7203', '9984'], 'content');
    expect(found).toMatchObject([{ symbol: '7203', message: expect.stringContaining(file) }]);
  });

  it('is replaced by a merge, which says so when there was one', async () => {
    const { store } = await storeWith(damage);
    const merged = await store.merge('7203', bars(400));
    expect(merged).toMatchObject({ added: 400, changed: 0, unchanged: 0, bars: 400 });
    if (what !== 'is missing') expect(merged.mended).toContain('7203.parquet cannot be read as bars: ');
    expect(await store.damaged(['7203'], 'content')).toEqual([]);
    expect(await store.read('7203')).toEqual(bars(400));
    expect((await store.merge('7203', bars(400))).mended).toBeUndefined();
  });

  it.skipIf(what === 'has other bytes in the middle')('does not keep the others from being read', async () => {
    const { store } = await storeWith(damage);
    const read = await readUndamaged(store, entries, async (sound) =>
      Promise.all(sound.map(async ({ symbol }) => (await store.read(symbol)).days.length)),
    );
    expect(read).toMatchObject({ entries: [{ symbol: '6501' }, { symbol: '9984' }], result: [500, 500] });
    expect(read.leftOut).toMatchObject([{ symbol: '7203' }]);
    expect(await store.damaged(['6501', '7203'])).toHaveLength(1);
    const alone = await readUndamaged(store, [{ symbol: '7203' }], async () => store.read('7203'));
    expect(alone).toMatchObject({ entries: [], result: undefined, leftOut: [{ symbol: '7203' }] });
  });
});

it('a file that cannot be read at all is not taken for a damaged one', async () => {
  const folder = await temporaryFolder();
  const store = await openFolderBars(folder);
  onTestFinished(() => store.close());
  await store.merge('7203', bars(5));
  const file = join(folder, '1d', '7203.parquet');
  rmSync(file);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(file);
  await expect(store.merge('7203', bars(5))).rejects.toMatchObject({ code: 'state.damaged' });
});
