import type { RestoreDrillResult, ResultOf } from '@daytrade/contracts';
import type { BackupHead, BackupPlace } from '@daytrade/storage/backup';
import { programName } from '../program-name.ts';
import { count, japanClock } from './format.ts';
import { table } from './table.ts';

/** Files beside the state folder, which no backup holds. */
const outside = 'day-trade.toml and files of keys';

/** Reports a backup. */
export function backupReport(result: ResultOf<'backup'>): string {
  const { backup, snapshotAt, sentBytes, sentFiles, removed, seconds } = result;
  const would = backup === null ? 'would be sent' : 'sent';
  return [
    `${backup === null ? 'Nothing was written' : `Backup ${backup}`}: everything as of ${japanClock(snapshotAt)} (JST)`,
    `  holds     ${holds(result)}`,
    `  lacks     ${outside}: keep copies of them`,
    `  ${would.padEnd(8)}  ${megabytes(sentBytes)} in ${count(sentFiles)} new files`,
    `  took      ${seconds.toFixed(1)} s`,
    ...(removed.length === 0 ? [] : [`  removed   ${removed.length} older: ${removed.join(', ')}`]),
  ].join('\n');
}

/** Lists the backups of a place. */
export function backupList({ backups, unreadable }: Awaited<ReturnType<BackupPlace['list']>>): string {
  if (backups.length + unreadable.length === 0) return `There is no backup yet. ${programName} backup makes one.`;
  const rows = table(backups, {
    backup: ({ id }) => id,
    'everything as of (JST)': ({ snapshotAt }) => japanClock(snapshotAt),
    'made by': ({ version }) => version,
    holds: ({ counts }) => holds(counts),
  });
  if (unreadable.length === 0) return rows;
  return [rows, `Damaged, or of a newer version of day-trade: ${unreadable.join(', ')}`].join('\n');
}

/** Reports a restore and its verification. */
export function restoreReport(
  head: Pick<BackupHead, 'id' | 'snapshotAt' | 'counts'>,
  where: string,
  replayed: RestoreDrillResult['replayed'] | undefined,
  seconds: number,
): string {
  return [
    `Restored the backup ${head.id} into ${where}: everything as of ${japanClock(head.snapshotAt)} (JST)`,
    `  holds     ${holds(head.counts)}`,
    `  verified  every row and object by checksum${replayed === undefined ? '' : `; ${replayedInWords(replayed)}`}`,
    `  lacks     ${outside}: bring them back yourself`,
    `  took      ${seconds.toFixed(1)} s`,
  ].join('\n');
}

/** Reports a drill. */
export function drillReport(drill: RestoreDrillResult): string {
  return [
    `The backup ${drill.backup} can be restored: it was, into a folder of its own that is gone again`,
    `  holds     ${holds(drill)}`,
    `  verified  every row and object by checksum; ${replayedInWords(drill.replayed)}`,
    `  RTO       ${drill.rtoSeconds.toFixed(1)} s from nothing to verified`,
    `  RPO       ${drill.rpoSeconds.toFixed(1)} s of work would have been lost`,
  ].join('\n');
}

function replayedInWords(replayed: RestoreDrillResult['replayed']): string {
  if (replayed === null) return 'nothing was published, so no prediction was replayed';
  const { predictions, session, modelVersion } = replayed;
  return `${predictions} predictions of ${modelVersion} for ${session} came out again, figure by figure`;
}

function holds({ rows, tables, objects, barFiles, bytes }: BackupHead['counts']): string {
  const inFiles = `${count(objects)} objects (${count(barFiles)} of bars)`;
  return `${count(rows)} rows in ${tables} tables, ${inFiles}, ${megabytes(bytes)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
