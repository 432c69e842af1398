import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BackupFolders, backUp, backupFolders } from '../testing/backup-state.ts';
import type { BackupPlace } from './backup-place.ts';
import { openBackupPlace } from './open-place.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');

let first: BackupFolders;
let copies = 0;

beforeAll(async () => {
  first = await backupFolders();
  await backUp(first, '2026-11-24T07:00:00.000Z');
});

/** A place of its own with the first backup. */
function copied(): BackupFolders {
  copies += 1;
  const target = `${first.target}-${copies}`;
  cpSync(first.target, target, { recursive: true });
  return { ...first, target };
}

async function open(folders: BackupFolders): Promise<BackupPlace> {
  return (await openBackupPlace({ ...folders, now })).place;
}

/** Reads every piece of every backup. */
async function readAll(place: BackupPlace): Promise<void> {
  for (const head of (await place.list()).backups) {
    const { tables, objects } = await place.contents(head);
    for (const { pieces } of [...tables, ...objects]) await place.joined(pieces);
  }
}

describe('a place of backups', () => {
  it('takes a backup although the newest one is damaged, and lists both', async () => {
    const folders = copied();
    const [head] = globSync(`${folders.target}/backups/*/*Z`);
    const bytes = readFileSync(head!);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(head!, bytes);
    const { id } = await backUp(folders, '2026-11-24T08:00:00.000Z');
    const place = await open(folders);
    const { backups, unreadable } = await place.list();
    expect(backups.map((backup) => backup.id)).toEqual([id]);
    expect(unreadable).toEqual(['20261124T070000000Z']);
    await readAll(place);
  });
});
