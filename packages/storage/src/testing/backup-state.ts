import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSymbol } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { openBackupPlace } from '../backup/backup-place.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { openStores } from '../open-stores.ts';
import type { Stores } from '../stores.ts';
import { newState } from './new-state.ts';
import { sampleModel, samplePrediction, sampleSymbol } from './sample-records.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');

export interface BackupFolders {
  readonly state: string;
  readonly target: string;
  readonly keyFile?: string;
}

/** Folders that are gone when the process ends; the state has symbols, bars, a model and predictions. */
export async function backupFolders(): Promise<BackupFolders> {
  const parent = mkdtempSync(join(tmpdir(), 'daytrade-backup-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const folders = { state: join(parent, 'state'), target: join(parent, 'target') };
  await newState(folders.state);
  const stores = await openIn(folders.state);
  await fillForBackup(stores);
  await stores.close();
  return folders;
}

/** Puts symbols, bars, a model and predictions into stores. */
export async function fillForBackup(stores: Stores): Promise<void> {
  for (const code of ['0101', '0102', '0103', '0104']) await addBars(stores, code);
  const { version } = await stores.models.register(sampleModel(), new Uint8Array(3_000_000).fill(5));
  await stores.models.promote(version, 'automatic', '2026-11-24T07:00:00.000Z');
  await stores.predictions.save([samplePrediction({ modelVersion: version, centre: 0.1 + 0.2 })]);
}

export async function openIn(folder: string): Promise<Stores> {
  return await openStores({ folder, purpose: 'a test', now });
}

/** A symbol with bars of 400 days, repeatable by its code. */
export async function addBars(stores: Stores, code: string): Promise<void> {
  const random = seededRandom(Number(code));
  const prices = Float64Array.from({ length: 400 }, () => 1000 + Math.round(100 * random()));
  const days = Int32Array.from(prices, (_, index) => 19_000 + index);
  await stores.bars.merge(code, { days, open: prices, high: prices, low: prices, close: prices, volume: prices });
  await stores.symbols.upsertMany([sampleSymbol({ symbol: parseSymbol(code) })]);
}

/** Backs a state folder up; gives the backup's id and the bytes that were sent. */
export async function backUp(
  { state, target, keyFile }: BackupFolders,
  at: string,
): Promise<{ readonly id: string; readonly sentBytes: number }> {
  const stores = await openIn(state);
  const { place, close } = await openBackupPlace({ target, keyFile, now });
  try {
    const { head, sentBytes } = await makeBackup({
      stores,
      place,
      now: () => Date.parse(at),
      version: '1.2.3',
      dryRun: false,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    return { id: head.id, sentBytes };
  } finally {
    close();
    await stores.close();
  }
}

/** What a state folder holds, to compare it with another. */
export async function contentOf(folder: string): Promise<Record<string, unknown>> {
  const stores = await openIn(folder);
  try {
    return await contentIn(stores);
  } finally {
    await stores.close();
  }
}

/** What open stores hold. */
export async function contentIn(stores: Stores): Promise<Record<string, unknown>> {
  const models = await stores.models.list();
  const symbols = await stores.symbols.list();
  return {
    symbols,
    models,
    activations: await stores.models.activations(),
    artifacts: await Promise.all(models.map(async ({ version }) => (await stores.models.artifact(version)).length)),
    predictions: await stores.predictions.latest(true),
    bars: await stores.bars.dataHash(symbols.map(({ symbol }) => symbol)),
    files: (await stores.files.entries('')).map(({ key }) => key).sort(),
  };
}
