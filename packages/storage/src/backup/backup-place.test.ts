import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { addBars, type BackupFolders, backUp, backupFolders, openIn } from '../testing/backup-state.ts';
import type { BackupPlace } from './backup-place.ts';
import { makeBackup } from './make-backup.ts';
import { openBackupPlace } from './open-place.ts';
import { restoreAside } from './restore-aside.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');
const signal = new AbortController().signal;

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

/** Something in the state that no backup has. */
async function addSymbol(code: string): Promise<void> {
  const stores = await openIn(first.state);
  await addBars(stores, code);
  await stores.close();
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

  it('is whole again after a damaged piece was removed and the next backup sent it', { tags: ['long'] }, async () => {
    const folders = copied();
    const place = await open(folders);
    const { objects } = await place.contents(await place.head());
    const piece = globSync(`${folders.target}/pieces/*/*/${objects[0]!.pieces[0]}`);
    rmSync(piece[0]!);
    await expect(readAll(place)).rejects.toMatchObject({ code: 'backup.damaged' });
    await backUp(folders, '2026-11-24T08:00:00.000Z');
    expect(await place.ids()).toHaveLength(2);
    await readAll(place);
  });

  it('has no backup of which another platform removed pieces while it was made', { tags: ['long'] }, async () => {
    const folders = copied();
    const { id } = await backUp(folders, '2026-11-24T08:00:00.000Z');
    await addSymbol('0110');
    const [place, other] = [await open(folders), await open(folders)];
    const finish = place.finish.bind(place);
    vi.spyOn(place, 'finish').mockImplementation(async (...head) => {
      await other.removeOld(1);
      await finish(...head);
    });
    const stores = await openIn(first.state);
    onTestFinished(() => stores.close());
    const made = makeBackup({
      stores,
      place,
      scratch: join(first.state, 'scratch'),
      now: () => Date.parse('2026-11-24T09:00:00Z'),
      version: '1.2.3',
      dryRun: false,
      signal,
      progress: () => undefined,
    });
    await expect(made).rejects.toMatchObject({ code: 'backup.damaged', message: expect.stringContaining('its key?') });
    expect(await place.ids()).toEqual([id]);
  });

  it('keeps the pieces of a backup that is finished while old ones are removed', { tags: ['long'] }, async () => {
    const folders = copied();
    await backUp(folders, '2026-11-24T08:00:00.000Z');
    await addSymbol('0111');
    const place = await open(folders);
    const pieces = place.pieces.bind(place);
    vi.spyOn(place, 'pieces').mockImplementation(async () => {
      await backUp(folders, '2026-11-24T09:00:00.000Z');
      return await pieces();
    });
    expect(await place.removeOld(1)).toEqual(['20261124T070000000Z']);
    expect(await place.ids()).toEqual(['20261124T090000000Z', '20261124T080000000Z']);
    await readAll(place);
  });

  it('is looked at without being made, and is no other address than of a bucket of S3', async () => {
    const target = `${first.target}-absent`;
    expect(await (await open({ ...first, target })).list()).toEqual({ backups: [], unreadable: [] });
    expect(existsSync(target)).toBe(false);
    await expect(open({ ...first, target: 'gs://a/b' })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('s3://BUCKET/PREFIX'),
    });
  });

  it('says of a restore how far it is, and never less than before', { tags: ['long'] }, async () => {
    const fractions: number[] = [];
    await restoreAside(`${first.target}-scratch`, {
      place: await open(first),
      purpose: 'a test',
      now,
      signal,
      progress: ({ fraction }) => fractions.push(fraction),
      verify: async () => undefined,
    });
    expect(fractions.length).toBeGreaterThan(10);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });
});
