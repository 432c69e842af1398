import { hash } from 'node:crypto';
import { chmodSync, globSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parseSymbol } from '@daytrade/market';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { mssqlAdapter } from '../database/mssql/adapter.ts';
import { addBars, type BackupFolders, backUp, backupFolders, contentOf, openIn } from '../testing/backup-state.ts';
import { sampleModel, sampleSymbol } from '../testing/sample-records.ts';
import { newBackupKey } from './backup-key.ts';
import { openBackupPlace } from './backup-place.ts';
import { type CopyProgress, makeBackup } from './make-backup.ts';
import { checkBackup, chooseBackup, restoreState } from './restore-state.ts';

const now = () => Date.parse('2026-11-24T10:00:00Z');
const firstAt = '2026-11-24T07:00:00.000Z';
const secondAt = '2026-11-24T08:00:00.000Z';
const work = { now, signal: new AbortController().signal, progress: () => undefined };

type Sent = Awaited<ReturnType<typeof backUp>>;

let folders: BackupFolders;
let before: Record<string, unknown>;
let first: Sent;
let second: Sent;
let restored = 0;

beforeAll(async () => {
  folders = await backupFolders();
  before = await contentOf(folders.state);
  first = await backUp(folders, firstAt);
  const stores = await openIn(folders.state);
  await addBars(stores, '0105');
  await stores.close();
  second = await backUp(folders, secondAt);
});

interface RestoreChange extends Partial<BackupFolders> {
  readonly id?: string;
  readonly folder?: string;
  readonly replace?: boolean;
  readonly verify?: () => Promise<void>;
}

async function restore(change: RestoreChange = {}) {
  restored += 1;
  const { target = folders.target, keyFile, folder = `${folders.state}-${restored}`, ...options } = change;
  const { place } = await openBackupPlace({ target, keyFile, now });
  const purpose = 'a test';
  const verify = async () => undefined;
  const { head } = await restoreState({ ...work, place, folder, replace: false, verify, purpose, ...options });
  return { folder, head };
}

/** Reads every file of the newest backup. */
async function check(change: Partial<BackupFolders> = {}): Promise<void> {
  const { place } = await openBackupPlace({ ...folders, ...change, now });
  await checkBackup(await chooseBackup(place), { ...work, place });
}

const filesOf = (id: string, pattern = '**/*', target = folders.target) =>
  globSync(`${target}/${id}/${pattern}`)
    .filter((file) => statSync(file).isFile())
    .sort();

describe('a backup', () => {
  it('is plain files, with a manifest in the format of sha256sum', () => {
    const names = filesOf(second.id).map((file) => file.slice(join(folders.target, second.id).length + 1));
    expect(names).toEqual(expect.arrayContaining(['SHA256SUMS', 'backup.json', 'files/bars/daily/2022.parquet']));
    const sums = readFileSync(join(folders.target, second.id, 'SHA256SUMS'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(sums.map((line) => line.slice(66)).sort()).toEqual(names.filter((name) => name !== 'SHA256SUMS'));
  });

  it('restores every row, object and bar, also once there is a newer one, and numbers continue', {
    tags: ['long'],
  }, async () => {
    const { folder, head } = await restore({ id: first.id });
    expect(await contentOf(folder)).toEqual(before);
    expect(head).toMatchObject({ id: first.id, snapshotAt: firstAt, counts: { barFiles: 2 } });
    const stores = await openIn(folder);
    const { version } = await stores.models.register(sampleModel({ seed: 8 }), Uint8Array.of(1));
    await stores.models.promote(version, 'promote', secondAt);
    expect((await stores.models.activations()).map(({ action }) => action)).toEqual(['automatic', 'promote']);
    await stores.close();
  });

  it('links what the one before has, and the newest is restored', { tags: ['long'] }, async () => {
    expect(second.sentBytes).toBeLessThan(first.sentBytes / 2);
    const { folder, head } = await restore();
    expect(head.id).toBe(second.id);
    expect(await contentOf(folder)).toEqual(await contentOf(folders.state));
  });

  it('leaves out rows that are written after the snapshot, and has objects that change meanwhile', async () => {
    const stores = await openIn(folders.state);
    const { place } = await openBackupPlace({ ...folders, target: `${folders.target}-during`, now });
    const { head } = await makeBackup({
      ...work,
      stores,
      place,
      version: '1.2.3',
      dryRun: false,
      progress: ({ stage }) => {
        if (stage !== 'copying what changed meanwhile') return;
        writeFileSync(join(folders.state, 'objects', 'models', 'during'), 'new');
        void stores.symbols.upsertMany([sampleSymbol({ symbol: parseSymbol('0109') })]);
      },
    });
    const kept = await stores.symbols.list();
    await stores.close();
    expect(head.tables.find(({ name }) => name === 'symbols')?.rows).toBe(kept.length - 1);
    const { manifest } = await place.find();
    expect([...manifest.keys()]).toContain('files/models/during');
  });

  it('has what changes while it copies what changed meanwhile', async () => {
    const stores = await openIn(folders.state);
    const { place } = await openBackupPlace({ ...folders, target: `${folders.target}-changing`, now });
    const changed = (name: string) => writeFileSync(join(folders.state, 'objects', 'models', name), name);
    const read = stores.files.getVersioned.bind(stores.files);
    vi.spyOn(stores.files, 'getVersioned').mockImplementation(async (key) => {
      if (key === 'models/first') changed('second');
      if (key === 'models/second') changed('third');
      return await read(key);
    });
    const progress = ({ stage }: CopyProgress) => {
      if (stage === 'copying what changed meanwhile') changed('first');
    };
    await makeBackup({ ...work, stores, place, version: '1.2.3', dryRun: false, progress });
    await stores.close();
    const { head, manifest } = await place.find();
    const added = ['files/models/first', 'files/models/second', 'files/models/third'];
    expect([...manifest.keys()]).toEqual(expect.arrayContaining(added));
    expect(head.counts.objects).toBe([...manifest.keys()].filter((path) => path.startsWith('files/')).length);
    for (const path of added) rmSync(join(folders.state, 'objects', path.slice('files/'.length)));
  });

  it('says how far it is, and what it would send to an empty place and to one that has most of it', async () => {
    const stores = await openIn(folders.state);
    const counted = async (target: string) => {
      const steps: CopyProgress[] = [];
      const { place } = await openBackupPlace({ target, now });
      const made = await makeBackup({
        ...work,
        stores,
        place,
        version: '1',
        dryRun: true,
        progress: (step) => steps.push(step),
      });
      return { ...made, steps };
    };
    const all = await counted(`${folders.target}-empty`);
    const more = await counted(folders.target);
    await stores.close();
    const { objects, rows, tables } = all.head.counts;
    const copying = Array.from({ length: objects }, (_, i) => ({
      stage: 'copying objects',
      fraction: (0.8 * (i + 1)) / objects,
    }));
    expect(all.steps).toEqual([
      { stage: 'looking at what is backed up already', fraction: 0 },
      ...copying,
      { stage: 'copying the database', fraction: 0.8 },
      { stage: 'copying what changed meanwhile', fraction: 0.9 },
    ]);
    expect(rows).toBe(all.head.tables.reduce((sum, table) => sum + table.rows, 0));
    expect([tables, all.head.counts.barFiles]).toEqual([all.head.tables.length, 2]);
    const filled = all.head.tables.filter((table) => table.rows > 0).length;
    expect([all.sentFiles, more.sentFiles]).toEqual([objects + filled, expect.any(Number)]);
    expect(more.sentFiles).toBeLessThan(filled);
    expect(more.sentBytes).toBeLessThan(all.sentBytes / 2);
    expect(filesOf('*', '**/*', `${folders.target}-empty`)).toEqual([]);
  });

  it('sends what the one before has not, and sums the rows of each table in any order', async () => {
    expect(second.sentBytes).toBeLessThan(first.sentBytes / 2);
    const { place } = await openBackupPlace({ ...folders, now });
    const { head, manifest } = await place.find(first.id);
    for (const { name, rows, checksum } of head.tables) {
      const paths = [...manifest.keys()].filter((path) => path.startsWith(`tables/${name}/`));
      const texts = await Promise.all(
        paths.map(async (path) => zstdDecompressSync(await place.read(first.id, manifest, path))),
      );
      const lines = texts.flatMap((text) => text.toString().trimEnd().split('\n'));
      const sum = lines.reduce((total, line) => total + BigInt(`0x${hash('sha256', line)}`), 0n) % 2n ** 256n;
      expect([name, lines.length, sum.toString(16).padStart(64, '0')]).toEqual([name, rows, checksum]);
      expect(paths).toEqual(rows === 0 ? [] : [`tables/${name}/000001.jsonl.zst`]);
    }
  });

  it('is read whole, with how far it is', async () => {
    const steps: CopyProgress[] = [];
    const { place } = await openBackupPlace({ ...folders, now });
    const backup = await chooseBackup(place, first.id);
    await checkBackup(backup, { ...work, place, progress: (step) => steps.push(step) });
    const { size } = backup.manifest;
    expect(steps).toEqual(
      Array.from({ length: size }, (_, i) => ({ stage: 'reading the backup', fraction: (i + 1) / size })),
    );
    expect(backup.head).toMatchObject({ id: first.id, snapshotAt: firstAt, startedAt: firstAt, version: '1.2.3' });
    const { backups, unreadable } = await place.list();
    expect([backups.map(({ id }) => id), unreadable]).toEqual([[second.id, first.id], []]);
    expect(place.links).toBe(true);
  });

  it('without a manifest does not count, and goes after a day', async () => {
    const folder = { ...folders, target: `${folders.target}-interrupted` };
    const { id } = await backUp(folder, '2026-11-22T07:00:00.000Z');
    rmSync(join(folder.target, id, 'SHA256SUMS'));
    const { place } = await openBackupPlace({ ...folder, now });
    expect(await place.list()).toEqual({ backups: [], unreadable: [] });
    const next = await backUp(folder, firstAt);
    expect(await place.removeOld(1)).toEqual([]);
    expect(globSync(`${folder.target}/2*`).map((path) => path.slice(-19))).toEqual([next.id]);
  });

  it('is removed when there are too many, and those that stay are whole', { tags: ['long'] }, async () => {
    const folder = { ...folders, target: `${folders.target}-many` };
    for (const hour of [1, 2, 3]) await backUp(folder, `2026-11-24T0${hour}:00:00.000Z`);
    const { place } = await openBackupPlace({ ...folder, now });
    expect(await place.removeOld(1)).toEqual(['20261124T020000000Z', '20261124T010000000Z']);
    expect(await place.ids()).toEqual(['20261124T030000000Z']);
    await check(folder);
  });

  it('of SQL Server is refused, with what to do instead', async () => {
    const stores = await openIn(folders.state);
    const { place } = await openBackupPlace({ ...folders, now });
    const database = { ...stores.database, adapter: mssqlAdapter };
    const made = makeBackup({ ...work, stores: { ...stores, database }, place, version: '1', dryRun: true });
    await expect(made).rejects.toMatchObject({
      code: 'dependency.refused',
      message: expect.stringContaining('use the backups of your SQL Server'),
    });
    await stores.close();
  });
});

describe('an encrypted backup', () => {
  let sealed: BackupFolders;
  beforeAll(async () => {
    sealed = { state: folders.state, target: `${folders.target}-sealed`, keyFile: `${folders.target}-key` };
    writeFileSync(sealed.keyFile!, (await newBackupKey()).text, { mode: 0o600 });
    await backUp(sealed, firstAt);
  });

  it('shows nothing of its contents but names, and comes back with its key', { tags: ['long'] }, async () => {
    const files = filesOf('*', '**/*.age', sealed.target);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(readFileSync(file, 'latin1')).not.toMatch(/PAR1|lastClose|架空/);
    const { folder } = await restore(sealed);
    expect(await contentOf(folder)).toEqual(await contentOf(folders.state));
  });

  it('is refused without a key, and with another one; key files that others may read are, too', async () => {
    await expect(check({ target: sealed.target })).rejects.toMatchObject({ code: 'backup.key-wrong' });
    const keyFile = `${sealed.keyFile}-other`;
    writeFileSync(keyFile, (await newBackupKey()).text, { mode: 0o600 });
    await expect(check({ ...sealed, keyFile })).rejects.toMatchObject({ code: 'backup.key-wrong' });
    chmodSync(keyFile, 0o644);
    await expect(check({ keyFile })).rejects.toMatchObject({ message: expect.stringContaining('chmod 600') });
    writeFileSync(keyFile, 'secret');
    chmodSync(keyFile, 0o600);
    await expect(check({ keyFile })).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
    await expect(check({ keyFile: `${keyFile}-none` })).rejects.toMatchObject({ code: 'settings.invalid' });
  });
});

describe('a restore refuses, and changes nothing,', () => {
  let state: Record<string, unknown>;
  const over = (change: RestoreChange = {}) => restore({ folder: folders.state, replace: true, ...change });

  beforeAll(async () => {
    state = await contentOf(folders.state);
  });

  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ['a changed byte', (file) => writeFileSync(file, flipped(readFileSync(file)))],
    ['a file that was cut off', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['a missing file', (file) => rmSync(file)],
  ];

  it.each(damages)('%s, with the name of the file', { tags: ['long'], timeout: 180_000 }, async (_what, damage) => {
    for (const pattern of ['tables/symbols/*', 'files/bars/daily/2022.parquet', 'backup.json']) {
      const file = filesOf(second.id, pattern)[0]!;
      const { atime, mtime } = statSync(file);
      const sound = readFileSync(file);
      damage(file);
      const name = file.slice(folders.target.length + 1);
      await expect(check()).rejects.toMatchObject({ code: 'backup.damaged', message: expect.stringContaining(name) });
      await expect(over()).rejects.toMatchObject({ code: 'backup.damaged' });
      writeFileSync(file, sound);
      utimesSync(file, atime, mtime);
    }
    await check();
    expect(await contentOf(folders.state)).toEqual(state);
  });

  it('a manifest that was changed, cut off, or stands under another id', async () => {
    const file = join(folders.target, second.id, 'SHA256SUMS');
    const sound = readFileSync(file);
    const cut = sound.subarray(0, sound.lastIndexOf('\n', sound.length - 2) + 1);
    for (const bytes of [sound.subarray(0, -10), cut]) {
      writeFileSync(file, bytes);
      await expect(over()).rejects.toMatchObject({ code: 'backup.damaged' });
    }
    writeFileSync(file, flipped(sound));
    await expect(check()).rejects.toMatchObject({ code: 'backup.damaged' });
    writeFileSync(file, sound);
    await expect(over({ id: '../other' })).rejects.toMatchObject({ code: 'backup.none' });
  });

  it('a newer schema or format, a state without the flag, a folder in use, and what does not verify', {
    tags: ['long'],
  }, async () => {
    const target = `${folders.target}-newer`;
    const { place } = await openBackupPlace({ target: folders.target, now });
    const { head } = await place.find();
    const newer = await openBackupPlace({ target, now });
    const counts = { ...head.counts, objects: 0 };
    for (const change of [{ schemaVersion: 9_999 }, { format: 9 }]) {
      await newer.place.finish({ ...head, counts, ...change }, new Map());
      await expect(over({ target })).rejects.toMatchObject({ code: 'backup.newer' });
    }
    await expect(over({ target: `${target}-none` })).rejects.toMatchObject({ code: 'backup.none' });
    await expect(openBackupPlace({ target: 'gs://a/b', now })).rejects.toMatchObject({ code: 'settings.invalid' });
    await expect(over({ replace: false })).rejects.toMatchObject({ code: 'restore.not-empty' });
    const stores = await openIn(folders.state);
    await expect(over()).rejects.toMatchObject({ code: 'state.locked' });
    await stores.close();
    const failing = async () => await Promise.reject(new Error('other figures'));
    await expect(over({ verify: failing })).rejects.toThrow('other figures');
    expect(await contentOf(folders.state)).toEqual(state);
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length >> 1]! ^= 1;
  return changed;
}
