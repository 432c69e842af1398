import { parseResult, routes, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { BackupPlace } from '@daytrade/storage/backup';
import { withBackups } from '../backup-place.ts';
import type { CommandContext, CommandDefinition, CommandInput } from '../define-command.ts';
import { say } from '../language/language.ts';
import { drillReport, restoreReport } from '../output/backup-report.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { printResult } from '../output/terminal.ts';
import { systemClock } from '../platform/system-clock.ts';
import { watchRun } from '../watch-run.ts';

export const restoreCommand: CommandDefinition = {
  usage: 'restore [backup]',
  summary: 'restore a backup: the newest one, or one by its id',
  description: `Restores a backup into the state folder. It refuses, before anything is overwritten, a backup with a
changed or missing file, which it names, one of another key or of a newer version, a state folder that a process uses,
and, without --replace, one that has a state.

Everything is written beside the state that is there. Rows and objects are compared with their checksums, and the newest
published predictions are made once more, from the restored model and bars: every figure must be the same. Only then the
new state takes the place of the old one, which is removed; a kill at any moment leaves the one or the other.

--dry-run reads the whole backup, and writes nothing. \`daytrade backup --list\` shows what there is.`,
  examples: [
    'daytrade restore --replace',
    'daytrade restore 20261124T070000000Z --from /mnt/backups --state-dir ./restored',
    'daytrade restore --dry-run',
  ],
  configure: (command) =>
    command
      .option('--replace', 'replace the state that is there')
      .option('--dry-run', 'read the backup, and write nothing')
      .option('--without-replay', 'do not compare predictions, as after an update that changed how they are made')
      .option('--from <place>', 'the folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET')
      .option('--key-file <file>', 'file with the key of encrypted backups; default: DAYTRADE_BACKUP_KEY_FILE'),
  run: async (context, input) => withBackups(context, input.options, (place) => restoreHere(context, place, input)),
};

/** @throws DayTradeError `settings.invalid` for settings of a shared database */
function assertNotIntoServers(settings: Settings): void {
  if (settings.DAYTRADE_DATABASE_URL === undefined) return;
  throw new DayTradeError(
    'settings.invalid',
    'DAYTRADE_DATABASE_URL is set, and a restore goes into a state folder: run it without that setting',
  );
}

/** Restores into the state folder of the settings, or only reads the backup. */
async function restoreHere(
  context: CommandContext,
  place: BackupPlace,
  { args: [id], options: { replace, dryRun, withoutReplay } }: CommandInput,
): Promise<void> {
  const { terminal, json, settings, signal } = context;
  if (dryRun !== true) assertNotIntoServers(settings);
  const { checkBackup, chooseBackup, restoreState } = await import('@daytrade/storage/backup');
  const { replayPredictions } = await import('@daytrade/ml-service');
  const line = new ProgressLine(terminal.stderr, 'restore');
  const from = performance.now();
  const options = {
    place,
    signal,
    progress: (progress: { readonly stage: string; readonly fraction: number }) =>
      line.show({ ...progress, remainingSeconds: null, message: null }, false),
  };
  const seconds = () => (performance.now() - from) / 1000;
  try {
    if (dryRun === true) {
      const backup = await chooseBackup(place, id);
      const { head } = backup;
      await checkBackup(backup, options);
      line.end();
      const result = { dryRun, backup: head.id, snapshotAt: head.snapshotAt, ...head.counts, seconds: seconds() };
      printResult({ terminal, json }, result, () => say`The backup ${head.id} is whole. Nothing was written.`);
      return;
    }
    const { head, found: replayed } = await restoreState({
      ...options,
      id,
      folder: settings.DAYTRADE_STATE_DIR,
      replace: replace === true,
      purpose: 'daytrade restore',
      now: () => systemClock.now(),
      verify: async (stores) => (withoutReplay === true ? undefined : await replayPredictions(stores)),
    });
    line.end();
    const { id: backup, snapshotAt, counts } = head;
    const result = { backup, snapshotAt, ...counts, replayed: replayed ?? null, seconds: seconds() };
    const where = settings.DAYTRADE_STATE_DIR;
    printResult({ terminal, json }, result, () => restoreReport(head, where, replayed, result.seconds));
  } finally {
    line.end();
  }
}

export const restoreDrillCommand: CommandDefinition = {
  usage: 'restore-drill',
  summary: 'restore the newest backup into a folder of its own, and measure RTO and RPO',
  description: `Restores the newest backup of DAYTRADE_BACKUP_TARGET into a folder of its own, compares rows and objects
with their checksums, makes the newest published predictions once more, and removes the folder. Nothing else is touched,
and the platform may go on. What it reports: the time from nothing to a verified state (RTO), and the age of the newest
backup when the drill began, which is what a loss at that moment would have cost (RPO).

It is the job "restore-drill": "daytrade runs list --job restore-drill" lists earlier drills.`,
  examples: ['daytrade restore-drill', 'daytrade restore-drill --json'],
  run: async (context) => {
    const connection = await context.connect();
    const name = 'restore-drill';
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name }, body: { payload: {} } });
    const result = parseResult(name, await watchRun(context, connection, run, 'restore drill'));
    printResult(context, result, () => drillReport(result));
  },
};
