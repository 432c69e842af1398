import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type BackupHead, backupFormat, backupId, openBackupPlace } from './backup-place.ts';

const now = () => Date.parse('2026-11-24T10:00:00Z');
const headOf = (id: string, objects = 0): BackupHead => ({
  format: backupFormat,
  id,
  startedAt: '2026-11-24T07:00:00.000Z',
  snapshotAt: '2026-11-24T07:00:00.000Z',
  finishedAt: '2026-11-24T07:00:00.000Z',
  version: '1.2.3',
  schemaVersion: 1,
  counts: { tables: 0, rows: 0, objects, barFiles: 0, bytes: 0 },
  tables: [],
});
const [older, newer] = [backupId(now() - 7_200_000), backupId(now() - 3_600_000)];

async function open() {
  const target = await temporaryFolder();
  return { target, place: (await openBackupPlace({ target, now })).place };
}

it('a backup has an id by its time, and is found with its files, the newest where none is named', async () => {
  expect(newer).toBe('20261124T090000000Z');
  const { place } = await open();
  await expect(place.find()).rejects.toMatchObject({ code: 'backup.none', message: 'there is no backup there' });
  for (const id of [older, newer]) {
    const file = await place.write(id, 'files/a', Buffer.from(id));
    await place.finish(headOf(id, 1), new Map([['files/a', file]]));
  }
  expect(await place.ids()).toEqual([newer, older]);
  const { head, manifest } = await place.find();
  expect([head, [...manifest.keys()]]).toEqual([headOf(newer, 1), ['files/a', 'backup.json']]);
  expect(await place.read(newer, manifest, 'files/a')).toEqual(Buffer.from(newer));
  expect((await place.find(older)).head.id).toBe(older);
  await expect(place.read(newer, manifest, 'files/b')).rejects.toMatchObject({ code: 'backup.damaged' });
  await expect(place.find('20261124T080000001Z')).rejects.toMatchObject({ code: 'backup.none' });
  expect(await place.list()).toEqual({ backups: [headOf(newer, 1), headOf(older, 1)], unreadable: [] });
});

it('a file of an earlier backup is linked, and one that is not there is said not to be', async () => {
  const { place } = await open();
  await place.write(older, 'files/a', Buffer.from('a'));
  expect(await place.reuse(older, newer, 'files/a')).toBe(true);
  expect(await place.reuse(older, newer, 'files/a')).toBe(false);
  expect(await place.reuse(older, newer, 'files/none')).toBe(false);
});

it.each([
  ['under another name', headOf('20261124T070000000Z'), /is the backup 20261124T070000000Z under another name/],
  ['with fewer objects than it says', headOf(newer, 1), /names 0 objects, expected 1/],
])('a backup %s is damaged, and listed as one that cannot be read', async (_, head, message) => {
  const { place } = await open();
  const own = await place.write(newer, 'backup.json', Buffer.from(JSON.stringify(head)));
  await place.write(newer, 'SHA256SUMS', Buffer.from(`${own.sha256}  backup.json\n`));
  await expect(place.find()).rejects.toMatchObject({ code: 'backup.damaged', message: expect.stringMatching(message) });
  expect(await place.list()).toEqual({ backups: [], unreadable: [newer] });
});

it('a backup of a newer format is refused, and one of an older format is not', async () => {
  const { place } = await open();
  await place.finish({ ...headOf(older), format: backupFormat - 1 }, new Map());
  expect((await place.find()).head.format).toBe(backupFormat - 1);
  await place.finish({ ...headOf(newer), format: backupFormat + 1 }, new Map());
  await expect(place.find()).rejects.toMatchObject({ code: 'backup.newer' });
});

it('what an interrupted backup left goes when it is more than a day old, and no other folder', async () => {
  const { place, target } = await open();
  const day = 86_400_000;
  const ids = [backupId(now() - day - 1), backupId(now() - day), newer, 'mine'];
  for (const id of ids) {
    mkdirSync(join(target, id, 'deep'), { recursive: true });
    writeFileSync(join(target, id, 'deep', 'file'), '');
  }
  await place.finish(headOf(older), new Map());
  expect(await place.removeOld(1)).toEqual([]);
  expect(readdirSync(target).filter((name) => !name.startsWith('.'))).toEqual([...ids.slice(1), older].toSorted());
  expect(await place.removeOld(0)).toEqual([older]);
});
