import { join } from 'node:path';
import type { Prediction } from '@daytrade/contracts';
import type { Measured } from '../steps/step-result.ts';
import { lossesOf, query, rowsOf, type TableContent, tablesOf } from './database.ts';
import { objectsOf } from './kubectl.ts';
import { Platform } from './platform.ts';
import type { RehearsedRelease } from './rehearsed-release.ts';
import { waitUntil } from './wait-until.ts';

const jobSeconds = 900;
/** The promise of the operations guide for a restore. */
const restoredSeconds = 600;

/** What was there when a backup was made, for whoever restores it. */
export interface BackedUp {
  readonly tables: Readonly<Record<string, TableContent>>;
  readonly published: readonly Prediction[];
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
}

/** Has the chart's own job back the database up, and notes what is in it. */
export async function backup(release: RehearsedRelease): Promise<{ measured: Measured; backedUp: BackedUp }> {
  const { kubectl, namespace, waiting } = release;
  const published = await (await Platform.open(release)).publish();
  const tables = await tablesOf(kubectl, namespace);
  const at = waiting.now();
  await kubectl(['delete', 'job', 'backup-now', '--namespace', namespace, '--ignore-not-found']);
  await kubectl(['create', 'job', '--from=cronjob/backup', 'backup-now', '--namespace', namespace]);
  await jobSucceeded(release, 'backup-now');
  const measured: Measured = {
    figures: [
      { id: 'backupSeconds', value: (waiting.now() - at) / 1000, unit: 's' },
      { id: 'rows', value: rowsOf(tables), unit: '', bar: { least: 1 } },
    ],
  };
  return { measured, backedUp: { tables, published, at } };
}

/** Loses the volume of the database, restores the backup, and proves it: by rows, checksums, and predictions anew. */
export async function restore(release: RehearsedRelease, { tables, published, at }: BackedUp): Promise<Measured> {
  const { kubectl, namespace, waiting, options } = release;
  const scale = (replicas: number) =>
    kubectl(['scale', 'statefulset', 'postgresql', '--namespace', namespace, `--replicas=${replicas}`]);
  // The pod may have gone by itself; and one without a volume, as in development, takes its rows with it.
  const lose = (...args: readonly string[]) =>
    kubectl(['delete', ...args, '--namespace', namespace, '--ignore-not-found']);
  await scale(0);
  await lose('pod', 'postgresql-0', '--grace-period=0', '--force');
  await lose('persistentvolumeclaim', 'data-postgresql-0', '--wait');
  const lost = waiting.now();
  await scale(1);
  const file = join(options.root, 'infrastructure', 'kubernetes', 'restore', 'restore.yaml');
  const created = await kubectl(['create', '--namespace', namespace, '--filename', file, '--output=name']);
  await jobSucceeded(release, created.trim().replace(/^job\.batch\//, ''));
  await release.untilRolledOut(300);
  const recovery = (waiting.now() - lost) / 1000;
  const losses = lossesOf(tables, await tablesOf(kubectl, namespace));
  return {
    figures: [
      { id: 'recoverySeconds', value: recovery, unit: 's', bar: { most: restoredSeconds } },
      { id: 'backupAge', value: (lost - at) / 1000, unit: 's' },
      { id: 'lostRows', value: losses.rows, unit: '', bar: { most: 0 } },
      { id: 'changedTables', value: losses.tables.length, unit: '', bar: { most: 0 } },
      { id: 'replayed', value: await replayed(release, published), unit: '', bar: { is: published.length } },
    ],
    ...(losses.tables.length > 0 && { said: losses.tables.join(', ') }),
  };
}

/** Makes the newest predictions once more from the restored model and bars. @returns how many are the same */
async function replayed(release: RehearsedRelease, published: readonly Prediction[]): Promise<number> {
  const [newest] = published;
  if (newest === undefined) return 0;
  const { session, modelVersion } = newest;
  const those = `session = '${session}' and model_version = '${modelVersion}'`;
  await query(release.kubectl, release.namespace, `delete from predictions where ${those}`);
  const again = await (await Platform.open(release)).publish();
  const textOf = (prediction: Prediction) => JSON.stringify({ ...prediction, madeAt: undefined });
  const anew = new Set(again.map(textOf));
  return published.filter((prediction) => anew.has(textOf(prediction))).length;
}

async function jobSucceeded(release: RehearsedRelease, name: string): Promise<void> {
  const { kubectl, namespace, waiting } = release;
  const ended = async () => {
    const { status } = await objectsOf<{ status: { succeeded?: number; failed?: number } }>(
      kubectl,
      namespace,
      'job',
      name,
    );
    return (status.succeeded ?? 0) > 0 ? 'succeeded' : (status.failed ?? 0) > 0 ? 'failed' : undefined;
  };
  const end = await waitUntil(`job ${name} to end`, jobSeconds, ended, { ...waiting, everyMs: 1000 });
  if (end === 'failed') throw new Error(await kubectl(['logs', `job/${name}`, '--namespace', namespace, '--tail=30']));
}
