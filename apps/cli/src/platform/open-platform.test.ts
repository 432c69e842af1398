import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service-kit';
import { newState } from '@daytrade/storage/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openPlatform } from './open-platform.ts';

it('says that a newer version wrote the state, and goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-newer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, 'state')) };
  const open = () => openPlatform(settings, createLogger({ level: 'silent' }), 'a test');
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  onTestFinished(() => write.mockRestore());
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
