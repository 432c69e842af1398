import { createHash } from 'node:crypto';
import { type UploadRequest, uploadPartBytes } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../objects/object-store.ts';
import { UploadStore } from '../uploads/upload-store.ts';

const room = 1_000_000_000;
const hours = 3_600_000;

/** Bytes that differ from part to part. */
function content(length: number, seed = 0): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 31 + (index >> 12) + seed) % 256;
  return bytes;
}

function announcement(files: Readonly<Record<string, Buffer>>): UploadRequest {
  const entries = Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return { folder: 'daily', files: entries };
}

async function send(store: UploadStore, id: string, name: string, bytes: Buffer, from = 0): Promise<void> {
  for (let offset = from; offset < bytes.length; offset += uploadPartBytes) {
    await store.write(id, name, offset, bytes.subarray(offset, offset + uploadPartBytes));
  }
}

/** Tests uploads on an object store. `open` returns an empty one. */
export function uploadStoreSuite(name: string, open: () => Promise<ObjectStore>): void {
  describe(`uploads in ${name}`, () => {
    const long = content(uploadPartBytes + 77);
    const short = content(100, 5);
    const files = { '7203.T.csv': long, '6501.csv': short, 'empty.csv': Buffer.alloc(0) };

    it('gives back what came in parts, also to a process that did not take them', { tags: ['long'] }, async () => {
      const objects = await open();
      const store = new UploadStore(objects);
      const { id, files: announced } = await store.announce(announcement(files), room);
      expect(announced.map(({ received }) => received)).toEqual([0, 0, 0]);
      for (const [each, bytes] of Object.entries(files)) await send(store, id, each, bytes);
      const other = new UploadStore(objects);
      for (const [each, bytes] of Object.entries(files)) {
        expect(Buffer.compare(await other.read(id, each), bytes)).toBe(0);
      }
      expect(await other.find(id)).toMatchObject({
        files: Object.values(files).map(({ length }) => ({ received: length })),
      });
    });

    it('is resumed by a process that announces the same files', async () => {
      const objects = await open();
      const first = new UploadStore(objects);
      const { id } = await first.announce(announcement(files), room);
      await first.write(id, '7203.T.csv', 0, long.subarray(0, uploadPartBytes));
      const again = new UploadStore(objects);
      const found = await again.announce(announcement({ ...files }), room);
      expect(found).toMatchObject({ id, files: [{ received: uploadPartBytes }, { received: 0 }, { received: 0 }] });
      await send(again, id, '7203.T.csv', long, uploadPartBytes);
      expect(Buffer.compare(await again.read(id, '7203.T.csv'), long)).toBe(0);
      expect((await again.announce(announcement({ ...files, '6501.csv': content(100, 6) }), room)).id).not.toBe(id);
    });

    it('takes each part once and in order, of two that send at once as well', { tags: ['long'] }, async () => {
      const objects = await open();
      const stores = [new UploadStore(objects), new UploadStore(objects)];
      const { id } = await stores[0]!.announce(announcement(files), room);
      const part = long.subarray(0, uploadPartBytes);
      const both = await Promise.allSettled(stores.map((store) => store.write(id, '7203.T.csv', 0, part)));
      expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
      for (const result of both) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({
            code: 'upload.offset-conflict',
            details: { received: uploadPartBytes },
          });
        }
      }
      for (const offset of [0, 2 * uploadPartBytes]) {
        await expect(stores[1]!.write(id, '7203.T.csv', offset, part)).rejects.toMatchObject({
          code: 'upload.offset-conflict',
          details: { received: uploadPartBytes },
        });
      }
      await expect(stores[1]!.write(id, '7203.T.csv', uploadPartBytes, short)).rejects.toMatchObject({
        code: 'input.invalid',
        message: 'body: expected 77 bytes, the next part of 7203.T.csv, got 100',
      });
    });

    it('drops a file whose content is not the announced one, and takes the right one then', {
      tags: ['long'],
    }, async () => {
      const store = new UploadStore(await open());
      const { id } = await store.announce(announcement(files), room);
      const wrong = Buffer.from(long);
      wrong[5] = wrong[5]! ^ 1;
      await expect(send(store, id, '7203.T.csv', wrong)).rejects.toMatchObject({ code: 'upload.content-differs' });
      expect((await store.find(id)).files[0]).toMatchObject({ received: 0 });
      await send(store, id, '7203.T.csv', long);
      expect((await store.find(id)).files[0]).toMatchObject({ received: long.length });
    });

    it('names a part that was lost or damaged', { tags: ['long'] }, async () => {
      const objects = await open();
      const store = new UploadStore(objects);
      const { id } = await store.announce(announcement(files), room);
      await send(store, id, '7203.T.csv', long);
      const key = (await objects.list('uploads/parts/'))[0]!;
      await objects.put(key, content(uploadPartBytes, 9));
      await expect(store.read(id, '7203.T.csv')).rejects.toMatchObject({ code: 'upload.content-differs' });
      await objects.delete(key);
      await expect(store.read(id, '7203.T.csv')).rejects.toMatchObject({
        code: 'upload.incomplete',
        message: `7203.T.csv: 0 of ${long.length} bytes came; the rest is missing`,
      });
      expect((await store.find(id)).files[0]).toMatchObject({ received: 0 });
    });

    it('refuses what is too large and what there is no room for', async () => {
      const store = new UploadStore(await open());
      const of = (bytes: number, name = '1301.csv'): UploadRequest => ({
        folder: 'daily',
        files: [{ name, bytes, sha256: '0'.repeat(64) }],
      });
      await expect(store.announce(of(268_435_457), room)).rejects.toMatchObject({ code: 'input.too-large' });
      await store.announce(of(600), 1_000);
      await store.announce(of(600), 1_000);
      await expect(store.announce(of(500), 1_000)).rejects.toMatchObject({
        code: 'upload.no-room',
        message: expect.stringContaining('expected at most 400'),
      });
      for (let each = 1; each < 16; each += 1) await store.announce(of(each), 1_000);
      await expect(store.announce(of(17), 1_000)).rejects.toThrow('16 uploads are under way');
    });

    it('is forgotten when it is deleted, and when nothing came for a day', async () => {
      const objects = await open();
      const store = new UploadStore(objects);
      const { id } = await store.announce(announcement(files), room);
      await send(store, id, '7203.T.csv', long);
      const newest = Math.max(...(await objects.entries('uploads/')).map(({ updatedAt }) => updatedAt));
      expect(await store.sweep(newest + 23 * hours, new Set())).toEqual([]);
      expect(await store.sweep(newest + 25 * hours, new Set([id]))).toEqual([]);
      expect(await store.sweep(newest + 25 * hours, new Set())).toEqual([id]);
      expect(await objects.list('uploads/')).toEqual([]);
      await expect(store.find(id)).rejects.toMatchObject({ code: 'upload.not-found' });
      await expect(store.write(id, '7203.T.csv', 0, short)).rejects.toMatchObject({ code: 'upload.not-found' });
    });
  });
}
