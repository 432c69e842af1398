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

it('says that a damaged file of bars was set aside, and what to do', async () => {
  const { state, told, open } = await setUp();
  const column = Float64Array.of(1_000, 1_000);
  const values = { open: column, high: column, low: column, close: column, volume: column };
  const platform = await open();
  const { bars } = platform.stores;
  await bars.merge('7203', { days: Int32Array.of(20_000, 20_001), ...values });
  writeFileSync(join(state, 'bars', 'daily', '2024.parquet'), 'no bars');
  await bars.merge('9984', { days: Int32Array.of(20_000, 20_001), ...values });
  await platform.close();
  expect(told).toEqual([expect.stringMatching(/^warning: the bars of 2024 .*damaged.* daytrade data check .*repair/)]);
});
