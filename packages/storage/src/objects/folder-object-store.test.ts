import { existsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectStoreSuite } from '../testing/object-store.suite.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { FolderObjectStore } from './folder-object-store.ts';
import { checkObjectKey } from './object-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

objectStoreSuite('a folder', async () => FolderObjectStore.open({ folder: await temporaryFolder() }));

describe('the object store in a folder', () => {
  it('keeps what was put and drops what a crash left half written when it is opened again', async () => {
    const path = await temporaryFolder();
    await (await FolderObjectStore.open({ folder: path })).put('a', bytes('a'));
    writeFileSync(join(path, '.unfinished', 'half'), 'half');
    const store = await FolderObjectStore.open({ folder: path });
    expect(await store.list('')).toEqual(['a']);
    expect(existsSync(join(path, '.unfinished', 'half'))).toBe(false);
  });

  it('leaves in a shared folder what another process may be writing, and drops what is days old', async () => {
    const path = await temporaryFolder();
    await FolderObjectStore.open({ folder: path });
    const half = join(path, '.unfinished', 'half');
    writeFileSync(half, 'half');
    const written = statSync(half).mtimeMs;
    await FolderObjectStore.open({ folder: path, sharedAt: written + 3_600_000 });
    expect(existsSync(half)).toBe(true);
    await FolderObjectStore.open({ folder: path, sharedAt: written + 2 * 86_400_000 });
    expect(existsSync(half)).toBe(false);
  });

  it('drops from a shared folder what is older than a day, and not what is as old', async () => {
    const path = await temporaryFolder();
    await FolderObjectStore.open({ folder: path });
    const half = join(path, '.unfinished', 'half');
    writeFileSync(half, 'half');
    const written = Math.floor(Date.now() / 1000);
    utimesSync(half, written, written);
    await FolderObjectStore.open({ folder: path, sharedAt: 1000 * written + 86_400_000 });
    expect(existsSync(half)).toBe(true);
    await FolderObjectStore.open({ folder: path, sharedAt: 1000 * written + 86_400_001 });
    expect(existsSync(half)).toBe(false);
    await FolderObjectStore.open({ folder: join(path, 'missing'), sharedAt: 0 });
    expect(existsSync(join(path, 'missing'))).toBe(false);
  });

  it('lists the keys of a prefix in folders below folders, with the version and time of each', async () => {
    const path = await temporaryFolder();
    const store = await FolderObjectStore.open({ folder: path });
    for (const key of ['b/c/d', 'a', 'b/cx', 'b/c/e']) await store.put(key, bytes(key));
    expect(await store.list('')).toEqual(['a', 'b/c/d', 'b/c/e', 'b/cx']);
    expect(await store.list('b/c')).toEqual(['b/c/d', 'b/c/e', 'b/cx']);
    expect(await store.list('b/c/')).toEqual(['b/c/d', 'b/c/e']);
    expect([await store.list('.unfinished/'), await store.list('none/'), await store.list('a/')]).toEqual([[], [], []]);
    const { mtimeMs } = statSync(join(path, 'b', 'c', 'd'));
    const { version } = (await store.getVersioned('b/c/d'))!;
    expect(await store.entries('b/c/d')).toEqual([{ key: 'b/c/d', version, updatedAt: Math.floor(mtimeMs) }]);
    expect([await store.get('b'), await store.get('a/x'), await store.get('none')]).toEqual(Array(3).fill(undefined));
    await store.delete('none');
    await store.delete('a');
    expect(await store.list('a')).toEqual([]);
  });

  it('replaces the version that is expected alone', async () => {
    const store = await FolderObjectStore.open({ folder: await temporaryFolder() });
    const first = await store.putIf('a', bytes('1'), null);
    expect(await store.putIf('a', bytes('2'), null)).toBeUndefined();
    expect(await store.putIf('b', bytes('2'), first!)).toBeUndefined();
    const second = await store.putIf('a', bytes('2'), first!);
    expect(second).not.toBe(first);
    expect(await store.putIf('a', bytes('3'), first!)).toBeUndefined();
    expect(await store.getVersioned('a')).toEqual({ bytes: Buffer.from('2'), version: second });
  });

  it.each([
    ['a'.repeat(500), true],
    ['a'.repeat(501), false],
    ['', false],
    ['/a', false],
    ['a/', false],
    ['_-9/Z.z', true],
  ])('has a key %j: %s', (key, isKey) => {
    if (isKey) expect(checkObjectKey(key)).toBe(key);
    else expect(() => checkObjectKey(key)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });

  it('says what it could not write', async () => {
    const store = await FolderObjectStore.open({ folder: await temporaryFolder() });
    await store.put('a', bytes('a'));
    await expect(store.put('a/b', bytes('b'))).rejects.toMatchObject({ code: 'state.unwritable' });
    expect(await store.list('')).toEqual(['a']);
  });

  it('accepts no key with a part that begins with a dot, whatever the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '-', '\\'), maxLength: 8 }), (key) => {
        let accepted = true;
        try {
          checkObjectKey(key);
        } catch {
          accepted = false;
        }
        if (accepted) expect(key.split('/').some((part) => part === '' || part.startsWith('.'))).toBe(false);
      }),
    );
  });
});
