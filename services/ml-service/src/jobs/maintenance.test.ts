import { parseSettings } from '@daytrade/contracts';
import { clockAt } from '@daytrade/jobs/testing';
import { newStores, sampleRun, sampleSymbol } from '@daytrade/storage/testing';
import { expect, it, onTestFinished } from 'vitest';
import { backupJob, restoreDrillJob } from './maintenance.ts';

it('backs up and restores, with the seconds that it took and what would be lost', { tags: ['long'] }, async () => {
  let now = Date.parse('2026-11-24T09:00:00.000Z');
  const stores = await newStores(() => now);
  onTestFinished(() => stores.close());
  await stores.symbols.upsertMany([sampleSymbol()]);
  const target = `${stores.folder}/backups`;
  const settings = parseSettings({ DAYTRADE_STATE_DIR: `${stores.folder}/state`, DAYTRADE_BACKUP_TARGET: target });
  const run = (job: typeof backupJob, payload: object = {}, change: object = {}) =>
    job({ stores, settings: { ...settings, ...change }, clock: clockAt(() => now), version: '1.2.3' } as never).handler(
      {
        run: sampleRun(),
        payload: payload as never,
        signal: new AbortController().signal,
        // Each step takes a second.
        progress: () => {
          now += 1_000;
        },
      },
    );
  const started = now;
  const backup = await run(backupJob);
  expect(backup).toMatchObject({ rows: 1, removed: [], seconds: (now - started) / 1_000 });
  expect(backup['seconds']).toBeGreaterThan(0);

  now = Date.parse(String(backup['snapshotAt'])) + 3_600_000;
  const drill = await run(restoreDrillJob);
  const took = (now - Date.parse(String(backup['snapshotAt']))) / 1_000 - 3_600;
  expect(drill).toMatchObject({ backup: backup['backup'], replayed: null, rpoSeconds: 3_600, rtoSeconds: took });
  expect(took).toBeGreaterThan(0);

  const another = { target: `${stores.folder}/another`, dryRun: true };
  const open = { DAYTRADE_HOST: '0.0.0.0' };
  await expect(run(backupJob, another, open)).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await run(backupJob, { target, dryRun: true }, open)).toMatchObject({ backup: null, removed: [] });
  await expect(run(backupJob, {}, { DAYTRADE_BACKUP_TARGET: undefined })).rejects.toMatchObject({
    code: 'settings.invalid',
  });
});
