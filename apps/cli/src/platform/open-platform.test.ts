import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service';
import { newState } from '@daytrade/storage/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openPlatform } from './open-platform.ts';

async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-platform-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const state = await newState(join(folder, 'state'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: state };
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  onTestFinished(() => write.mockRestore());
  return { state, told, open: () => openPlatform(settings, createLogger({ level: 'silent' }), 'a test') };
}

it('says that a newer version wrote the state, and goes on', { tags: ['long'] }, async () => {
  const { told, open } = await setUp();
  const platform = await open();
  const row = { name: '9999-from-the-future', timestamp: '2030-01-01T00:00:00.000Z' };
  await platform.stores.database.db
    .withTables<{ kysely_migration: typeof row }>()
    .insertInto('kysely_migration')
    .values(row)
    .execute();
  await platform.close();
  expect(told).toEqual([]);

  const again = await open();
  expect(told.join('')).toMatch(/warning: .*state was written by a newer day-trade .*version 9999.*update day-trade/);
  expect(await again.stores.models.list()).toEqual([]);
  await again.close();
});

it('says that newest bars were damaged, and what to do, and reads the others', async () => {
  const { state, told, open } = await setUp();
  const barsFrom = (first: number, count: number) => {
    const column = Float64Array.from({ length: count }, () => 1_000);
    const days = Int32Array.from({ length: count }, (_, index) => first + index);
    const bars = { days, open: column, high: column, low: column, close: column, volume: column };
    return Array.from({ length: 50 }, (_, index) => ({ symbol: String(2000 + index), bars, splits: [] }));
  };
  const platform = await open();
  const { bars } = platform.stores;
  await bars.mergeMany(barsFrom(20_000, 20));
  await bars.mergeMany(barsFrom(20_020, 2));
  writeFileSync(join(state, 'bars', 'recent', '1d.parquet'), 'no bars');
  expect((await bars.read('2000')).days).toHaveLength(20);
  await platform.close();
  expect(told).toEqual([
    expect.stringMatching(/^warning: the newest daily bars .*damaged.* daytrade data check .*repair/),
  ]);
});
