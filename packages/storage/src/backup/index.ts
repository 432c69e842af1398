export { newBackupKey } from './backup-key.ts';
export { type BackupHead, type BackupPlace, openBackupPlace } from './backup-place.ts';
export { makeBackup } from './make-backup.ts';
export { checkBackup, chooseBackup, restoreAside, restoreState } from './restore-state.ts';
