import { openStores } from '@daytrade/storage';
import { makeBackup, openBackupPlace, restoreState } from '@daytrade/storage/backup';

// A process for backup-killed.test.ts: backs up or restores a state folder, and reports its begin and end.

const [work, folder, target] = process.argv.slice(2) as [string, string, string];
const { place, close } = await openBackupPlace({ target, now: Date.now });
const options = { place, now: Date.now, signal: new AbortController().signal, progress: () => undefined };
if (work === 'backup') {
  const stores = await openStores({ folder, purpose: 'a backup', now: Date.now });
  process.stdout.write('begins\n');
  await makeBackup({ ...options, stores, version: '1.2.3', dryRun: false });
  await stores.close();
} else {
  process.stdout.write('begins\n');
  await restoreState({ ...options, folder, replace: true, purpose: 'a restore', verify: async () => undefined });
}
close();
if (!process.stdout.destroyed) process.stdout.write('ends\n');
