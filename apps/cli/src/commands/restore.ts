import { withBackups } from '../backups/open-backups.ts';
import { restoreHere } from '../backups/restore-here.ts';
import type { CommandDefinition } from '../define-command.ts';

export const restoreCommand: CommandDefinition = {
  usage: 'restore [backup]',
  summary: 'restore a backup: the newest one, or one by its id',
  description: `Restores a backup into the state folder. It refuses, before anything is overwritten, a backup that is
damaged, cut off, of another key or of a newer version, a state folder that a process uses, and, without --replace, one
that has a state.

Everything is written beside the state that is there. Rows and objects are compared with their checksums, and the newest
published predictions are made once more, from the restored model and bars: every figure must be the same. Only then the
new state takes the place of the old one, which is removed; a kill at any moment leaves the one or the other.

--dry-run reads the whole backup, and writes nothing. \`daytrade backup --list\` shows what there is.`,
  examples: [
    'daytrade restore --replace',
    'daytrade restore 20261124T070000000Z --from /mnt/backups --key-file ~/day-trade.key --state-dir ./restored',
    'daytrade restore --dry-run',
  ],
  configure: (command) =>
    command
      .option('--replace', 'replace the state that is there')
      .option('--dry-run', 'read the backup, and write nothing')
      .option('--without-replay', 'do not compare predictions, as after an update that changed how they are made')
      .option('--from <place>', 'the folder, or s3://BUCKET/PREFIX; default: DAYTRADE_BACKUP_TARGET')
      .option('--key-file <file>', 'file with the key; default: DAYTRADE_BACKUP_KEY_FILE'),
  run: async (context, { args, options }) =>
    withBackups(context, options, (place) =>
      restoreHere(context, place, {
        id: args[0],
        replace: options.replace === true,
        dryRun: options.dryRun === true,
        withReplay: options.withoutReplay !== true,
      }),
    ),
};
