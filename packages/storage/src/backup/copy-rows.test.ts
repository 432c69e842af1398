import { expect, it } from 'vitest';
import { mssqlAdapter } from '../database/mssql/adapter.ts';
import type { Stores } from '../stores.ts';
import type { BackupPlace } from './backup-place.ts';
import { makeBackup } from './make-backup.ts';

/** Whatever is asked of it is one question too many. */
function untouched<Part extends object>(part: string): Part {
  return new Proxy({}, { get: () => expect.fail(`${part} was asked`) }) as Part;
}

it('a database whose rows are not copied is refused before anything is read, and the way out is named', async () => {
  const database = { ...untouched<Stores['database']>('the database'), adapter: mssqlAdapter };
  const made = makeBackup({
    stores: { database, files: untouched('the objects') },
    place: untouched<BackupPlace>('the place of backups'),
    scratch: '/nowhere',
    now: Date.now,
    version: '1.2.3',
    dryRun: false,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  await expect(made).rejects.toMatchObject({
    code: 'dependency.refused',
    message: expect.stringContaining('use those of your SQL Server, which Azure SQL makes by itself'),
  });
});
