import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../objects/object-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every object store must do, wherever it keeps the objects. `open` gives an empty one. */
export function objectStoreSuite(name: string, open: () => Promise<ObjectStore>): void {
  const read = async (store: ObjectStore, key: string) => {
    const found = await store.get(key);
    return found === undefined ? undefined : Buffer.from(found).toString();
  };

  describe(`the object store in ${name}`, () => {
    it('gives back what was put, replaces it, and forgets what was deleted', async () => {
      const store = await open();
      await store.put('models/1/ensemble.bin', bytes('one'));
      await store.put('models/1/ensemble.bin', bytes('two'));
      expect(await read(store, 'models/1/ensemble.bin')).toBe('two');
      await store.delete('models/1/ensemble.bin');
      await store.delete('models/1/ensemble.bin');
      expect(await store.get('models/1/ensemble.bin')).toBeUndefined();
      expect(await store.get('models')).toBeUndefined();
    });

    it('keeps every byte, none and many', async () => {
      const store = await open();
      const every = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
      await store.put('every', every);
      await store.put('none', new Uint8Array());
      expect(Buffer.compare((await store.get('every'))!, every)).toBe(0);
      expect(await store.get('none')).toHaveLength(0);
    });

    it('lists the keys that begin with a prefix, in order', async () => {
      const store = await open();
      for (const key of ['models/b', 'models/a/x', 'reports/r', 'models/a-1', 'models/a_1', 'models/B']) {
        await store.put(key, bytes(key));
      }
      expect(await store.list('models/')).toEqual(['models/B', 'models/a-1', 'models/a/x', 'models/a_1', 'models/b']);
      expect(await store.list('models/a_')).toEqual(['models/a_1']);
      expect(await store.list('')).toHaveLength(6);
      expect(await store.list('none')).toEqual([]);
    });

    it('gives for each object a version that changes with it, and when it was written', async () => {
      const store = await open();
      await store.put('a/1', bytes('one'));
      await store.put('a/2', bytes('two'));
      const before = await store.entries('a/');
      expect(before.map(({ key }) => key)).toEqual(['a/1', 'a/2']);
      expect((await store.getVersioned('a/2'))!.version).toBe(before[1]!.version);
      await store.put('a/2', bytes('owt'));
      const after = await store.entries('a/');
      expect(after[0]).toEqual(before[0]);
      expect(after[1]!.version).not.toBe(before[1]!.version);
      expect(after[1]!.updatedAt).toBeGreaterThanOrEqual(before[1]!.updatedAt);
      expect(Math.abs(after[1]!.updatedAt - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
    });

    it('writes in the place of the one version that is expected, or not at all', async () => {
      const store = await open();
      const first = await store.putIf('a', bytes('one'), null);
      expect(first).toBe((await store.getVersioned('a'))!.version);
      expect(await store.putIf('a', bytes('again'), null)).toBeUndefined();
      const second = await store.putIf('a', bytes('two'), first!);
      expect(second).toBe((await store.getVersioned('a'))!.version);
      expect(await store.putIf('a', bytes('late'), first!)).toBeUndefined();
      expect(await read(store, 'a')).toBe('two');
      await store.delete('a');
      expect(await store.putIf('a', bytes('gone'), second!)).toBeUndefined();
      expect(await store.get('a')).toBeUndefined();
      expect(await store.putIf('a', bytes('three'), null)).toBeDefined();
    });

    it('refuses keys that lead elsewhere', async () => {
      const store = await open();
      for (const key of ['', '../a', '/a', 'a/', '.unfinished/x', 'a b', 'é', 'x'.repeat(501)]) {
        const refused = { code: 'input.invalid' };
        await expect(store.put(key, bytes('x')), key).rejects.toMatchObject(refused);
        await expect(store.putIf(key, bytes('x'), null), key).rejects.toMatchObject(refused);
        await expect(store.get(key), key).rejects.toMatchObject(refused);
        await expect(store.delete(key), key).rejects.toMatchObject(refused);
      }
    });
  });
}

/**
 * What a store must do in which conditional writes of several processes meet; `openTwo` gives two views of one store.
 */
export function contendedObjectStoreSuite(name: string, openTwo: () => Promise<[ObjectStore, ObjectStore]>): void {
  it(`the object store in ${name} lets one of several writes of the same version in`, async () => {
    const stores = await openTwo();
    let version: string | null = null;
    for (let round = 0; round < 20; round += 1) {
      const attempts = Array.from({ length: 6 }, (_, index) =>
        stores[index % 2]!.putIf('contended', bytes(`${round}-${index}`), version),
      );
      const won = (await Promise.all(attempts)).filter((written) => written !== undefined);
      expect(won).toHaveLength(1);
      version = won[0]!;
    }
  });
}
