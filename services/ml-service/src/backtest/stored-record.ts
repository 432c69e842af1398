import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type BacktestRecord, backtestRecordSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Stores } from '@daytrade/storage';

const folder = 'backtests/';

/** Keeps all that a backtest did as an object, named by its run and written before its result. */
export async function writeRecord(
  { objects }: Pick<Stores, 'objects'>,
  run: string,
  record: BacktestRecord,
): Promise<void> {
  await objects.put(`${folder}${run}`, await promisify(gzip)(JSON.stringify(record)));
}

/**
 * Reads all that a backtest did.
 *
 * @throws DayTradeError `run.not-found` for another run, or a backtest of an earlier version
 */
export async function readRecord({ objects }: Pick<Stores, 'objects'>, run: string): Promise<BacktestRecord> {
  const bytes = await objects.get(`${folder}${run}`);
  if (bytes !== undefined) return backtestRecordSchema.parse(JSON.parse(String(await promisify(gunzip)(bytes))));
  throw new DayTradeError('run.not-found', `${run}: no trades of such a backtest are stored; run it again`, {
    details: { run },
  });
}

/** Removes the records of runs that are gone. */
export async function pruneRecords({ objects, runs }: Pick<Stores, 'objects' | 'runs'>): Promise<void> {
  for (const key of await objects.list(folder)) {
    if ((await runs.find(key.slice(folder.length))) === undefined) await objects.delete(key);
  }
}
