export { BackupKey } from './backup-key.ts';
export type { BackupPlace } from './backup-place.ts';
export { checkBackup } from './check-backup.ts';
export { makeBackup } from './make-backup.ts';
export type { BackupHead } from './manifest.ts';
export { openBackupPlace } from './open-place.ts';
export { restoreAside } from './restore-aside.ts';
export { chooseBackup } from './restore-backup.ts';
export { restoreState } from './restore-state.ts';
