import { chmodSync, globSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSymbol } from '@daytrade/market';
import { beforeAll, describe, expect, it } from 'vitest';
import { addBars, type BackupFolders, backUp, backupFolders, contentOf, openIn } from '../testing/backup-state.ts';
import { sampleModel, sampleSymbol } from '../testing/sample-records.ts';
import { BackupKey } from './backup-key.ts';
import { checkBackup } from './check-backup.ts';
import { makeBackup } from './make-backup.ts';
import type { BackupHead } from './manifest.ts';
import { openBackupPlace } from './open-place.ts';
import { chooseBackup } from './restore-backup.ts';
import { restoreState } from './restore-state.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');
const firstAt = '2026-11-24T07:00:00.000Z';
const secondAt = '2026-11-24T08:00:00.000Z';

/** A backup that was made. */
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

interface RestoreChange {
  readonly id?: string;
  readonly folder?: string;
  readonly keyFile?: string;
  readonly replace?: boolean;
  readonly verify?: () => Promise<void>;
}

async function restore(change: RestoreChange = {}): Promise<{ readonly folder: string; readonly head: BackupHead }> {
  restored += 1;
  const { keyFile = folders.keyFile, folder = `${folders.state}-${restored}`, ...options } = change;
  const { place } = await openBackupPlace({ target: folders.target, keyFile, now });
  const { head } = await restoreState({
    place,
    folder,
    replace: false,
    verify: async () => undefined,
    purpose: 'a test',
    now,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...options,
  });
  return { folder, head };
}

/** Reads the newest backup whole. */
async function check(): Promise<void> {
  const { place } = await openBackupPlace({ ...folders, now });
  const { contents } = await chooseBackup(place);
  await checkBackup(contents, { place, signal: new AbortController().signal, progress: () => undefined });
}

/** Files of the place whose path has a part. */
const stored = (part: string) =>
  globSync(`${folders.target}/${part}/**/*`)
    .filter((file) => !file.endsWith(part))
    .sort();
const pieces = () => stored('pieces').filter((file) => /[0-9a-f]{64}$/.test(file));

describe('a backup', () => {
  it('restores every row, object and bar as it was, also once there is a newer one, and numbers go on', {
    tags: ['long'],
  }, async () => {
    const { folder, head } = await restore({ id: first.id });
    expect(await contentOf(folder)).toEqual(before);
    expect(head).toMatchObject({ id: first.id, snapshotAt: firstAt, counts: { barFiles: 4 } });
    const stores = await openIn(folder);
    const { version } = await stores.models.register(sampleModel({ seed: 8 }), Uint8Array.of(1));
    await stores.models.promote(version, 'promote', secondAt);
    expect((await stores.models.activations()).map(({ action }) => action)).toEqual(['automatic', 'promote']);
    await stores.close();
  });

  it('sends only what is new the second time, and is the one that is restored then', { tags: ['long'] }, async () => {
    expect(second.sentBytes).toBeLessThan(first.sentBytes / 2);
    const { folder, head } = await restore();
    expect(head.id).toBe(second.id);
    expect(await contentOf(folder)).toEqual(await contentOf(folders.state));
  });

  it('shows nothing of what is in it, and no name', () => {
    const [head] = stored('backups').filter((file) => file.endsWith('Z'));
    const files = [...pieces(), head!];
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(readFileSync(file, 'latin1')).not.toMatch(/PAR1|symbol|0101|架空/);
  });

  it('leaves out what is written after the snapshot', async () => {
    const stores = await openIn(folders.state);
    const { place } = await openBackupPlace({ ...folders, now });
    let during: Promise<unknown> = Promise.resolve();
    const { head } = await makeBackup({
      stores,
      place,
      scratch: join(folders.state, 'scratch'),
      now: () => Date.parse('2026-11-24T09:00:00Z'),
      version: '1.2.3',
      dryRun: false,
      signal: new AbortController().signal,
      progress: ({ stage }) => {
        if (stage !== 'copying what changed meanwhile') return;
        during = stores.symbols.upsertMany([sampleSymbol({ symbol: parseSymbol('0109') })]);
      },
    });
    await during;
    const kept = await stores.symbols.list();
    await stores.close();
    const { tables } = await place.contents(head);
    expect(tables.find(({ name }) => name === 'symbols')?.rows).toBe(kept.length - 1);
  });

  it('is removed with its pieces when there are too many, and those that stay are whole', async () => {
    const { place } = await openBackupPlace({ ...folders, now });
    const piecesBefore = pieces().length;
    const kept = (await place.ids()).slice(0, 1);
    expect(await place.removeOld(1)).toContain(first.id);
    expect(await place.ids()).toEqual(kept);
    expect(pieces().length).toBeLessThan(piecesBefore);
    await check();
  });
});

describe('a restore refuses, and changes nothing,', () => {
  let state: Record<string, unknown>;
  const over = (change: RestoreChange = {}) => restore({ folder: folders.state, replace: true, ...change });

  beforeAll(async () => {
    const stores = await openIn(folders.state);
    await addBars(stores, '0106');
    await stores.close();
    state = await contentOf(folders.state);
  });

  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ['a byte that was changed', (file) => writeFileSync(file, flipped(readFileSync(file)))],
    ['a file that was cut off', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['an empty file', (file) => truncateSync(file, 0)],
    ['a missing file', (file) => rmSync(file)],
    [
      'one piece in the place of another',
      (file) => writeFileSync(file, readFileSync(pieces().find((it) => it !== file)!)),
    ],
  ];

  it.each(damages)('%s', async (_what, damage) => {
    for (const file of [pieces()[0]!, pieces().at(-1)!]) {
      const sound = readFileSync(file);
      damage(file);
      await expect(check()).rejects.toMatchObject({ code: 'backup.damaged' });
      writeFileSync(file, sound);
    }
    await check();
  });

  it('a damaged file among sound ones', { tags: ['long'] }, async () => {
    const largest = pieces().sort((a, b) => statSync(b).size - statSync(a).size)[0]!;
    const sound = readFileSync(largest);
    writeFileSync(largest, flipped(sound));
    await expect(over()).rejects.toMatchObject({ code: 'backup.damaged' });
    writeFileSync(largest, sound);
    expect(await contentOf(folders.state)).toEqual(state);
  });

  it('a head that was changed, cut off, or stands under the name of another', async () => {
    const [head] = stored('backups').filter((file) => file.endsWith('Z'));
    const sound = readFileSync(head!);
    for (const bytes of [flipped(sound), sound.subarray(0, -1), sound.subarray(0, 10), Buffer.alloc(0)]) {
      writeFileSync(head!, bytes);
      await expect(over()).rejects.toMatchObject({ code: 'backup.damaged' });
    }
    writeFileSync(head!, sound);
    const other = head!.replace(/\d{9}Z$/, '999999999Z');
    writeFileSync(other, sound);
    await expect(over()).rejects.toMatchObject({ code: 'backup.damaged' });
    rmSync(other);
  });

  it('another key, a key file that others may read, and one that is none', async () => {
    const keyFile = `${folders.keyFile}-other`;
    writeFileSync(keyFile, BackupKey.textOf(new Uint8Array(32).fill(8)), { mode: 0o600 });
    await expect(over({ keyFile })).rejects.toMatchObject({ code: 'backup.key-wrong' });
    chmodSync(keyFile, 0o644);
    await expect(over({ keyFile })).rejects.toMatchObject({ message: expect.stringContaining('chmod 600') });
    writeFileSync(keyFile, 'secret', { mode: 0o600 });
    chmodSync(keyFile, 0o600);
    await expect(over({ keyFile })).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
    await expect(over({ keyFile: `${keyFile}-none` })).rejects.toMatchObject({ code: 'settings.invalid' });
  });

  it('a newer schema, an unknown id, a state without the flag, a folder in use, and what does not verify', {
    tags: ['long'],
  }, async () => {
    const { place } = await openBackupPlace({ ...folders, now });
    const head = await place.head();
    const contents = await place.contents(head);
    const newer = { ...head, id: '99991231T000000000Z', schemaVersion: 9_999 };
    await place.finish(newer, contents);
    await expect(over({ id: newer.id })).rejects.toMatchObject({ code: 'backup.newer' });
    await place.finish({ ...newer, schemaVersion: 1, format: 9 }, contents);
    await expect(over({ id: newer.id })).rejects.toMatchObject({ code: 'backup.newer' });
    rmSync(stored('backups').find((file) => file.endsWith(newer.id))!);
    await expect(over({ id: 'other' })).rejects.toMatchObject({ code: 'backup.none' });
    await expect(over({ replace: false })).rejects.toMatchObject({ code: 'restore.not-empty' });
    const verify = () => Promise.reject(new Error('differs'));
    await expect(over({ verify })).rejects.toThrow('differs');
    expect(await contentOf(folders.state)).toEqual(state);
    const stores = await openIn(folders.state);
    await expect(over()).rejects.toMatchObject({ code: 'state.locked' });
    await stores.close();
  });

  it('and takes a sound one', { tags: ['long'] }, async () => {
    await over();
    expect(await contentOf(folders.state)).not.toEqual(state);
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length >> 1]! ^= 1;
  return changed;
}
