import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BarStore } from './bar-store.ts';
import { openFolderBars } from './bar-store.ts';

let folder: string;
let store: BarStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bar-origins-'));
  store = await openFolderBars(folder);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function bars(closes: Readonly<Record<number, number>>): BarColumns {
  const values = () => Float64Array.from(Object.values(closes));
  const days = Int32Array.from(Object.keys(closes), Number);
  return { days, open: values(), high: values(), low: values(), close: values(), volume: values() };
}

async function originsOf(symbol: string, range = {}): Promise<unknown[]> {
  const { origins } = await store.readWithOrigins(symbol, '1d', range);
  return Array.from(origins.source, (at, row) => [origins.sources[at] ?? null, origins.fetchedAt[row]]);
}

describe('where bars came from', () => {
  it('is not known of bars that were stored without it', async () => {
    await store.merge('6501', bars({ 19726: 900 }));
    expect(await originsOf('6501')).toEqual([[null, Number.NaN]]);
  });

  it('is kept through merges: of a bar that stays, of one that was without, and anew of one that changes', async () => {
    const hash = async () => await store.dataHash(['7203']);
    await store.merge('7203', bars({ 19726: 1, 19727: 2 }));
    await store.merge('7203', bars({ 19727: 2, 19731: 3, 19732: 4 }), { source: "o'hara", fetchedAt: 1_000 });
    const before = await hash();
    await store.merge('7203', bars({ 19731: 3 }), { source: 'jquants', fetchedAt: 2_000 });
    expect(await hash()).toBe(before);
    await store.merge('7203', bars({ 19732: 5, 19733: 6 }), { source: 'jquants', fetchedAt: 3_000 });
    expect(await originsOf('7203')).toEqual([
      [null, Number.NaN],
      [null, Number.NaN],
      ["o'hara", 1_000],
      ['jquants', 3_000],
      ['jquants', 3_000],
    ]);
    expect(await originsOf('7203', { from: parseTradeDate('2024-01-10'), to: parseTradeDate('2024-01-10') })).toEqual([
      ['jquants', 3_000],
    ]);
    expect((await store.read('7203')).close).toEqual(Float64Array.of(1, 2, 3, 5, 6));
  });

  it('is kept for 5-minute bars too', async () => {
    const { days: _, ...values } = bars({ 1: 7 });
    await store.mergeIntraday(
      '7203',
      { times: Float64Array.of(300_000 * 5_790_000), ...values },
      { source: 'csv', fetchedAt: 9 },
    );
    const { interval, origins } = await store.readWithOrigins('7203', '5m');
    expect([interval, origins.sources, [...origins.fetchedAt]]).toEqual(['5m', ['csv'], [9]]);
  });
});
