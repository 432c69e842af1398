import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseResult, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { withBackups } from '../backup-place.ts';
import type { CommandDefinition } from '../define-command.ts';
import { textOption, wholeNumber } from '../input.ts';
import { say } from '../language/language.ts';
import { backupList, backupReport } from '../output/backup-report.ts';
import { printResult } from '../output/terminal.ts';
import { watchRun } from '../watch-run.ts';

export const backupCommand: CommandDefinition = {
  usage: 'backup [folder]',
  summary: 'back up database, bars and models as plain files, to a folder or a bucket',
  description: `Backs up the state folder to a folder, or to s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET. Each
backup is a folder of plain files: bars and models as they are, the tables as JSON, and SHA256SUMS, which sha256sum -c
checks. tar, restic, kopia and a bucket's versioning can take them. In a folder, what the newest backup has already is
linked, not copied. The settings file day-trade.toml and the file with the key of J-Quants lie beside the state folder
and are not in a backup.

With a key file, DAYTRADE_BACKUP_KEY_FILE, every file is encrypted in the format of age (age-encryption.org).
--make-key writes such a key; keep a copy of it elsewhere, since without it nothing can be restored.

The platform may go on: the database is read in one transaction, and what is written later is not in the backup. Its
SHA256SUMS is written last, so an interrupted backup is not listed. The newest backups are kept, as many as --keep or
DAYTRADE_BACKUP_KEEP says; older ones are removed.

It is the job "backup", and runs where the platform runs; beyond loopback only the place of the settings is taken. A
section [jobs.backups] of the settings file puts it on the clock: docs/settings.md.`,
  examples: [
    'daytrade backup /mnt/backups',
    'daytrade backup --list --from /mnt/backups',
    'daytrade backup --dry-run',
    'daytrade backup --make-key ~/day-trade.key',
  ],
  configure: (command) =>
    command
      .option('--dry-run', 'say what would be sent, and write nothing')
      .option('--keep <backups>', 'how many backups are kept; default: DAYTRADE_BACKUP_KEEP')
      .option('--list', 'show the backups that are there')
      .option('--make-key <file>', 'write a new key into a file, for you alone')
      .option('--from <place>', 'with --list: the folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET')
      .option('--key-file <file>', 'with --list: the file with the key; default: DAYTRADE_BACKUP_KEY_FILE'),
  run: async (context, { args, options }) => {
    const { terminal, json } = context;
    const keyFile = textOption(options, 'makeKey');
    if (keyFile !== undefined) {
      const key = await makeKey(keyFile);
      printResult(
        { terminal, json },
        { key, file: keyFile },
        () => say`${keyFile} has the new key ${key}. Keep a copy of it.`,
      );
      return;
    }
    const [target] = args;
    if (options.list === true) {
      const from = textOption(options, 'from') ?? target;
      const found = await withBackups(context, { ...options, from }, (place) => place.list());
      printResult({ terminal, json }, found, () => backupList(found));
      return;
    }
    const payload = {
      dryRun: options.dryRun === true,
      ...(options.keep === undefined ? {} : { keep: wholeNumber(options.keep, '--keep', { min: 1, max: 10_000 }) }),
      ...(target === undefined ? {} : { target: target.includes('://') ? target : resolve(target) }),
    };
    const connection = await context.connect();
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name: 'backup' }, body: { payload } });
    const result = parseResult('backup', await watchRun(context, connection, run, 'backup'));
    printResult({ terminal, json }, result, () => backupReport(result));
  },
};

/**
 * Writes a new key into a new file that only its owner may read.
 *
 * @throws DayTradeError `output.exists`, `output.unwritable`
 */
async function makeKey(path: string): Promise<string> {
  const { newBackupKey } = await import('@daytrade/storage/backup');
  const { text, publicKey } = await newBackupKey();
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new DayTradeError('output.exists', `${path}: there already; a lost key loses its backups`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('output.unwritable', `${path} cannot be written: ${reason}`, { cause: error });
  }
  return publicKey;
}
