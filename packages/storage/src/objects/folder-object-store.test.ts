import { existsSync, statSync, writeFileSync } from 'node:fs';
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
