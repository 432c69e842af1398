import { hash } from 'node:crypto';
import { type UploadRequest, uploadPartBytes } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { UploadStore } from './upload-store.ts';

const hours = 3_600_000;
const long = Buffer.alloc(uploadPartBytes + 77, 'one part and a bit');
const parts = [long.subarray(0, uploadPartBytes), long.subarray(uploadPartBytes)] as const;
const [first, second] = parts.map((part) => hash('sha256', part)) as [string, string];
const file = { name: '7203.T.csv', bytes: long.length, parts: [first, second] };
const empty = { name: '6501.csv', bytes: 0, parts: [] };
const request: UploadRequest = { folder: 'daily', files: [file, empty] };

async function open() {
  const objects = await FolderObjectStore.open({ folder: await temporaryFolder() });
  return { objects, store: new UploadStore(objects) };
}

describe('an upload', () => {
  it('takes parts in any order and again, also by another process, and is resumed by the same files', async () => {
    const { objects, store } = await open();
    const { id, missing } = await store.announce(request);
    expect(missing).toEqual([first, second]);
    await store.write(id, second, parts[1]);
    const other = new UploadStore(objects);
    expect(await other.announce({ ...request })).toEqual({ id, missing: [first] });
    await other.write(id, first, parts[0]);
    await store.write(id, first, parts[0]);
    expect(await store.missing(id, request)).toEqual([]);
    expect(Buffer.compare(await other.read(id, file), long)).toBe(0);
    expect(await other.read(id, empty)).toHaveLength(0);
    expect((await store.announce({ ...request, files: [empty] })).id).not.toBe(id);
  });

  it('refuses a part of another hash, and names one that the store lost or damaged', async () => {
    const { objects, store } = await open();
    const { id } = await store.announce(request);
    const differs = { code: 'upload.content-differs' };
    await expect(store.write(id, second, parts[0])).rejects.toMatchObject(differs);
    for (const [index, part] of [first, second].entries()) await store.write(id, part, parts[index]!);
    const key = (await objects.list('uploads/parts/'))[0]!;
    await objects.put(key, Uint8Array.of(1));
    await expect(store.read(id, file)).rejects.toMatchObject(differs);
    await objects.delete(key);
    await expect(store.read(id, file)).rejects.toMatchObject({ code: 'upload.incomplete' });
  });

  it('is announced as it was, names a part of two files once, and has an id by names and contents alone', async () => {
    const { store } = await open();
    const twice = { ...request, files: [file, { ...file, name: '9984.T.csv' }] };
    const { id, missing } = await store.announce(twice);
    expect(missing).toEqual([first, second]);
    expect(await store.announced(id)).toEqual(twice);
    expect((await store.announce({ ...twice, files: twice.files.toReversed() })).id).toBe(id);
    expect((await store.announce({ ...twice, folder: 'other' })).id).not.toBe(id);
    await store.write(id, first, parts[0]);
    await store.delete(id);
    await expect(store.read(id, file)).rejects.toMatchObject({
      code: 'upload.incomplete',
      message: `7203.T.csv: the part ${first} is missing`,
    });
  });

  it('is forgotten a day after its newest part, whatever came first', async () => {
    const { objects, store } = await open();
    const { id } = await store.announce(request);
    const other = await store.announce({ ...request, folder: 'other' });
    const oldest = Math.min(...(await objects.entries('uploads/')).map(({ updatedAt }) => updatedAt));
    expect((await store.sweep(oldest + 26 * hours, new Set())).toSorted()).toEqual([id, other.id].toSorted());
  });

  it('is forgotten when nothing came for a day, unless an import will read it', async () => {
    const { objects, store } = await open();
    const { id } = await store.announce(request);
    await store.write(id, second, parts[1]);
    const newest = Math.max(...(await objects.entries('uploads/')).map(({ updatedAt }) => updatedAt));
    expect(await store.sweep(newest + 23 * hours, new Set())).toEqual([]);
    expect(await store.sweep(newest + 24 * hours, new Set())).toEqual([]);
    expect(await store.sweep(newest + 25 * hours, new Set([id]))).toEqual([]);
    expect(await store.sweep(newest + 25 * hours, new Set())).toEqual([id]);
    expect(await objects.list('uploads/')).toEqual([]);
    for (const asked of [store.announced(id), store.write(id, second, parts[1])]) {
      await expect(asked).rejects.toMatchObject({ code: 'upload.not-found' });
    }
  });
});
