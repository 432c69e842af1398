import { parseResult, routes } from '@daytrade/contracts';
import { makeKey } from '../backups/make-key.ts';
import { withBackups } from '../backups/open-backups.ts';
import type { CommandDefinition } from '../define-command.ts';
import { textOption, wholeNumber } from '../input.ts';
import { backupList, backupReport } from '../output/backup-report.ts';
import { printResult } from '../output/terminal.ts';
import { watchRun } from '../watch-run.ts';

export const backupCommand: CommandDefinition = {
  usage: 'backup',
  summary: 'back up database, bars and models, encrypted, to a folder or a bucket',
  description: `Backs up the state folder to the place of DAYTRADE_BACKUP_TARGET, a folder or s3://BUCKET/PREFIX,
encrypted with the key in DAYTRADE_BACKUP_KEY_FILE (AES-256-GCM). --make-key writes such a key; keep a copy of it
elsewhere, since without it nothing can be restored. What is there already is not sent again. The settings file
day-trade.toml and the file with the key of J-Quants lie beside the state folder and are not in a backup.

The platform may go on: the database is read in one transaction, and what is written later is not in the backup. The
head of a backup is written last, so one that was interrupted is not listed. The newest backups are kept, as many as
--keep or DAYTRADE_BACKUP_KEEP says; older ones are removed.

It is the job "backup", and runs where the platform runs: there the settings are read. A section [jobs.backups] of the
settings file puts it on the clock: docs/settings.md.`,
  examples: [
    'daytrade backup --make-key ~/day-trade.key',
    'DAYTRADE_BACKUP_TARGET=/mnt/backups DAYTRADE_BACKUP_KEY_FILE=~/day-trade.key daytrade backup',
    'daytrade backup --list',
    'daytrade backup --dry-run',
  ],
  configure: (command) =>
    command
      .option('--dry-run', 'say what would be sent, and write nothing')
      .option('--keep <backups>', 'how many backups are kept; default: DAYTRADE_BACKUP_KEEP')
      .option('--list', 'show the backups that are there')
      .option('--make-key <file>', 'write a new key into a file, for you alone')
      .option('--from <place>', 'with --list: the folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET')
      .option('--key-file <file>', 'with --list: the file with the key; default: DAYTRADE_BACKUP_KEY_FILE'),
  run: async (context, { options }) => {
    const { terminal, json } = context;
    const keyFile = textOption(options, 'makeKey');
    if (keyFile !== undefined) {
      const key = await makeKey(keyFile);
      printResult(
        terminal,
        json,
        { key, file: keyFile },
        () => `${keyFile} has the new key ${key}. Keep a copy of it.`,
      );
      return;
    }
    if (options.list === true) {
      const found = await withBackups(context, options, (place) => place.list());
      printResult(terminal, json, found, () => backupList(found));
      return;
    }
    const keep =
      options.keep === undefined ? {} : { keep: wholeNumber(options.keep, '--keep', { min: 1, max: 10_000 }) };
    const payload = { dryRun: options.dryRun === true, ...keep };
    const connection = await context.connect();
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name: 'backup' }, body: { payload } });
    const result = parseResult('backup', await watchRun(context, connection, run, 'backup'));
    printResult(terminal, json, result, () => backupReport(result));
  },
};
