import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderObjectStore } from './folder-object-store.ts';
import { checkObjectKey } from './object-store.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'daytrade-objects-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the object store in a folder', () => {
  it('gives back what was put, replaces it, and forgets what was deleted', async () => {
    const store = await FolderObjectStore.open({ folder: folder() });
    await store.put('models/1/ensemble.bin', bytes('one'));
    await store.put('models/1/ensemble.bin', bytes('two'));
    expect(Buffer.from((await store.get('models/1/ensemble.bin'))!).toString()).toBe('two');
    await store.delete('models/1/ensemble.bin');
    await store.delete('models/1/ensemble.bin');
    expect(await store.get('models/1/ensemble.bin')).toBeUndefined();
    expect(await store.get('models')).toBeUndefined();
  });

  it('lists the keys that begin with a prefix, in order', async () => {
    const store = await FolderObjectStore.open({ folder: folder() });
    for (const key of ['models/b', 'models/a/x', 'reports/r', 'models/a-1']) await store.put(key, bytes(key));
    expect(await store.list('models/')).toEqual(['models/a-1', 'models/a/x', 'models/b']);
    expect(await store.list('models/a')).toEqual(['models/a-1', 'models/a/x']);
    expect(await store.list('')).toHaveLength(4);
    expect(await store.list('none')).toEqual([]);
  });

  it('keeps what was put and drops what a crash left half written when it is opened again', async () => {
    const path = folder();
    await (await FolderObjectStore.open({ folder: path })).put('a', bytes('a'));
    writeFileSync(join(path, '.unfinished', 'half'), 'half');
    const store = await FolderObjectStore.open({ folder: path });
    expect(await store.list('')).toEqual(['a']);
    expect(existsSync(join(path, '.unfinished', 'half'))).toBe(false);
  });

  it('says what it could not write', async () => {
    const store = await FolderObjectStore.open({ folder: folder() });
    await store.put('a', bytes('a'));
    await expect(store.put('a/b', bytes('b'))).rejects.toMatchObject({ code: 'state.unwritable' });
    expect(await store.list('')).toEqual(['a']);
  });

  it('refuses keys that lead elsewhere', async () => {
    const store = await FolderObjectStore.open({ folder: folder() });
    const bad = [
      '',
      '../a',
      'a/../b',
      '/a',
      'a/',
      'a//b',
      '.unfinished/x',
      'a/.b',
      'a\\b',
      'a b',
      'C:a',
      'é',
      'a\0',
      'x'.repeat(501),
    ];
    for (const key of bad) {
      await expect(store.put(key, bytes('x')), key).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(store.get(key), key).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(store.delete(key), key).rejects.toMatchObject({ code: 'input.invalid' });
    }
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
