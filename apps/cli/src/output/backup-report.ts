import type { RestoreDrillResult, ResultOf } from '@daytrade/contracts';
import type { BackupHead, BackupPlace } from '@daytrade/storage/backup';
import { say } from '../language/language.ts';
import { programName } from '../program-name.ts';
import { count, japanClock, list } from './format.ts';
import { facts, table } from './table.ts';

export function backupReport(result: ResultOf<'backup'>): string {
  const { backup, snapshotAt, sentBytes, sentFiles, removed, seconds } = result;
  const at = japanClock(snapshotAt);
  const rows = facts(
    [
      ['  holds', holds(result)],
      ['  lacks', say`day-trade.toml and files of keys: keep copies of them`],
      [backup === null ? '  would be sent' : '  sent', say`${megabytes(sentBytes)} in ${count(sentFiles)} new files`],
      ['  took', say`${seconds.toFixed(1)} s`],
      ['  removed', removed.length === 0 ? undefined : say`${removed.length} older: ${list(removed)}`],
    ],
    valueColumn,
  );
  const title =
    backup === null
      ? say`Nothing was written: everything as of ${at} (JST)`
      : say`Backup ${backup}: everything as of ${at} (JST)`;
  return `${title}\n${rows}`;
}

/** Column at which values begin. */
const valueColumn = 12;

export function backupList({ backups, unreadable }: Awaited<ReturnType<BackupPlace['list']>>): string {
  if (backups.length + unreadable.length === 0) return say`There is no backup yet. ${programName} backup makes one.`;
  const rows = table(backups, {
    backup: ({ id }) => id,
    'everything as of (JST)': ({ snapshotAt }) => japanClock(snapshotAt),
    'made by': ({ version }) => version,
    holds: ({ counts }) => holds(counts),
  });
  if (unreadable.length === 0) return rows;
  return [rows, say`Damaged, or of a newer version of day-trade: ${list(unreadable)}`].join('\n');
}

export function restoreReport(
  head: Pick<BackupHead, 'id' | 'snapshotAt' | 'counts'>,
  where: string,
  replayed: RestoreDrillResult['replayed'] | undefined,
  seconds: number,
): string {
  const at = japanClock(head.snapshotAt);
  const rows = facts([
    ['  holds', holds(head.counts)],
    ['  verified', verified(replayed)],
    ['  lacks', say`day-trade.toml and files of keys: bring them back yourself`],
    ['  took', say`${seconds.toFixed(1)} s`],
  ]);
  return `${say`Restored the backup ${head.id} into ${where}: everything as of ${at} (JST)`}\n${rows}`;
}

export function drillReport(drill: RestoreDrillResult): string {
  const rows = facts([
    ['  holds', holds(drill)],
    ['  verified', verified(drill.replayed)],
    ['  RTO', say`${drill.rtoSeconds.toFixed(1)} s from nothing to verified`],
    ['  RPO', say`${drill.rpoSeconds.toFixed(1)} s of work would have been lost`],
  ]);
  const title = say`The backup ${drill.backup} can be restored: it was, into a folder of its own that is gone again`;
  return `${title}\n${rows}`;
}

function verified(replayed: RestoreDrillResult['replayed'] | undefined): string {
  if (replayed === undefined) return say`every row and object by checksum`;
  if (replayed === null) {
    return say`every row and object by checksum; nothing was published, so no prediction was replayed`;
  }
  const { predictions, session, modelVersion } = replayed;
  return say(replayedToo, predictions, modelVersion, session);
}

const replayedToo = 'every row and object by checksum; {0} predictions of {1} for {2} came out again, figure by figure';

function holds({ rows, tables, objects, barFiles, bytes }: BackupHead['counts']): string {
  const [all, files, size] = [count(rows), count(objects), megabytes(bytes)];
  return say`${all} rows in ${tables} tables, ${files} objects (${count(barFiles)} of bars), ${size}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
