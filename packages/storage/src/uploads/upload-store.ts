import { createHash, type Hash } from 'node:crypto';
import {
  type Upload,
  type UploadFile,
  type UploadRequest,
  uploadKeptHours,
  uploadPartBytes,
  uploadRequestSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { ObjectStore } from '../objects/object-store.ts';
import {
  announcementKey,
  announcementPrefix,
  assertRoom,
  assertTakable,
  partKey,
  partPrefix,
  partsFromTheFirst,
  partsOf,
  partsOfFile,
  receivedOf,
  uploadId,
  uploadOfPart,
} from './upload-plan.ts';

/** Announcements that are kept in memory. */
const mostKnown = 4;

/**
 * Files that are sent in parts, for all processes of an installation. An upload is named by its content, so announcing
 * the same files resumes it. Each part is written once.
 */
export class UploadStore {
  readonly #objects: ObjectStore;
  /** Announcements of recent uploads by id; one may name thousands of files. */
  readonly #known = new Map<string, UploadRequest>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /**
   * Announces files, or finds their earlier announcement.
   *
   * @param mostBytes limit of all uploads together
   * @throws DayTradeError `input.too-large`, `upload.no-room`
   */
  async announce(request: UploadRequest, mostBytes: number): Promise<Upload> {
    assertTakable(request);
    const id = uploadId(request);
    const keys = await this.#objects.list(announcementPrefix);
    if (!keys.includes(announcementKey(id))) {
      const others = await Promise.all(keys.map((key) => this.#read(key)));
      assertRoom(
        request,
        others.filter((other) => other !== undefined),
        mostBytes,
      );
      await this.#objects.put(announcementKey(id), Buffer.from(JSON.stringify(request)));
    }
    return await this.#progressOf(id, request);
  }

  /** @throws DayTradeError `upload.not-found` */
  async find(id: string): Promise<Upload> {
    return await this.#progressOf(id, await this.announced(id));
  }

  /** Returns the announcement of an upload. @throws DayTradeError `upload.not-found` */
  async announced(id: string): Promise<UploadRequest> {
    // The id is a hash of the announcement, so a known one stays right.
    const known = this.#known.get(id);
    if (known !== undefined && (await this.#isAnnounced(id))) return known;
    this.#known.delete(id);
    const request = await this.#read(announcementKey(id));
    if (request === undefined) throw notFound(id);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(id, request);
    return request;
  }

  /**
   * Stores the next part of a file. The last part is stored if the whole file has the announced hash; otherwise all
   * parts of the file are dropped.
   *
   * @returns bytes of the file that are stored now
   * @throws DayTradeError `upload.offset-conflict` with the number of stored bytes; `input.invalid` for a part of
   * another length; `upload.content-differs`; `upload.not-found`
   */
  async write(id: string, name: string, offset: number, bytes: Uint8Array): Promise<number> {
    const file = await this.#file(id, name);
    const parts = await this.#partsOf(id, name);
    const received = receivedOf(file, parts);
    if (offset !== received || received === file.bytes) throw offsetConflict(file, offset, received);
    const expected = Math.min(uploadPartBytes, file.bytes - offset);
    if (bytes.length !== expected) throw wrongLength(name, expected, bytes.length);
    if (offset + expected === file.bytes) await this.#verify(id, file, parts, bytes);
    const written = await this.#objects.putIf(partKey(id, name, parts), bytes, null);
    if (written === undefined) {
      throw offsetConflict(file, offset, receivedOf(file, await this.#partsOf(id, name)));
    }
    if (!(await this.#isAnnounced(id))) {
      await this.#objects.delete(partKey(id, name, parts));
      throw notFound(id);
    }
    return offset + expected;
  }

  /**
   * Returns the bytes of a whole file.
   *
   * @throws DayTradeError `upload.incomplete`; `upload.content-differs` if the store lost or changed bytes
   */
  async read(id: string, name: string): Promise<Uint8Array> {
    const file = await this.#file(id, name);
    const whole = Buffer.allocUnsafe(file.bytes);
    const hash = createHash('sha256');
    for (let offset = 0; offset < file.bytes; offset += uploadPartBytes) {
      const part = await this.#objects.get(partKey(id, file.name, offset / uploadPartBytes));
      if (part?.length !== Math.min(uploadPartBytes, file.bytes - offset)) throw incomplete(file, offset);
      whole.set(part, offset);
      hash.update(part);
    }
    assertHash(file, hash);
    return whole;
  }

  /**
   * Removes an upload. The announcement goes first, so a part that arrives meanwhile is refused.
   */
  async delete(id: string): Promise<void> {
    await this.#objects.delete(announcementKey(id));
    for (const key of await this.#objects.list(partsOf(id))) await this.#objects.delete(key);
  }

  /**
   * Removes uploads without a new part for {@link uploadKeptHours}.
   *
   * @param now instant, milliseconds since 1970 UTC
   * @param kept ids of uploads that an import will still read
   * @returns the ids of those removed
   */
  async sweep(now: number, kept: ReadonlySet<string>): Promise<readonly string[]> {
    const newest = new Map<string, number>();
    const note = (id: string, instant: number) => newest.set(id, Math.max(instant, newest.get(id) ?? 0));
    for (const { key, updatedAt } of await this.#objects.entries(announcementPrefix)) {
      note(key.slice(announcementPrefix.length), updatedAt);
    }
    for (const { key, updatedAt } of await this.#objects.entries(partPrefix)) note(uploadOfPart(key), updatedAt);
    const oldest = now - uploadKeptHours * 3_600_000;
    const expired = [...newest].filter(([id, instant]) => instant < oldest && !kept.has(id)).map(([id]) => id);
    for (const id of expired) await this.delete(id);
    return expired;
  }

  async #progressOf(id: string, { files }: UploadRequest): Promise<Upload> {
    const keys = await this.#objects.list(partsOf(id));
    const byFile = Map.groupBy(keys, (key) => key.slice(0, key.lastIndexOf('/') + 1));
    return {
      id,
      partBytes: uploadPartBytes,
      files: files.map((file) => {
        const parts = partsFromTheFirst(id, file.name, byFile.get(partsOfFile(id, file.name)) ?? []);
        return { name: file.name, bytes: file.bytes, received: receivedOf(file, parts) };
      }),
    };
  }

  async #file(id: string, name: string): Promise<UploadFile> {
    const file = (await this.announced(id)).files.find((each) => each.name === name);
    if (file !== undefined) return file;
    throw new DayTradeError('upload.not-found', `${name} was not announced in upload ${id}`, { details: { id, name } });
  }

  async #isAnnounced(id: string): Promise<boolean> {
    return (await this.#objects.list(announcementKey(id))).length > 0;
  }

  /** Counts the stored parts of a file from the first one on. */
  async #partsOf(id: string, name: string): Promise<number> {
    return partsFromTheFirst(id, name, await this.#objects.list(partsOfFile(id, name)));
  }

  async #verify(id: string, file: UploadFile, parts: number, last: Uint8Array): Promise<void> {
    const hash = createHash('sha256');
    for (let part = 0; part < parts; part += 1) {
      hash.update((await this.#objects.get(partKey(id, file.name, part))) ?? new Uint8Array());
    }
    try {
      assertHash(file, hash.update(last));
    } catch (error) {
      for (let part = 0; part < parts; part += 1) await this.#objects.delete(partKey(id, file.name, part));
      throw error;
    }
  }

  async #read(key: string): Promise<UploadRequest | undefined> {
    const bytes = await this.#objects.get(key);
    return bytes === undefined ? undefined : uploadRequestSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
  }
}

function assertHash(file: UploadFile, hash: Hash): void {
  const found = hash.digest('hex');
  if (found === file.sha256) return;
  throw new DayTradeError(
    'upload.content-differs',
    `${file.name}: the SHA-256 of what came is ${found}, expected ${file.sha256}`,
    { details: { file: file.name, expected: file.sha256, found } },
  );
}

function notFound(id: string): DayTradeError {
  return new DayTradeError('upload.not-found', `there is no upload ${id}: it was imported, or it expired`, {
    details: { id },
  });
}

function offsetConflict({ name, bytes }: UploadFile, offset: number, received: number): DayTradeError {
  return new DayTradeError(
    'upload.offset-conflict',
    `${name}: expected the part that begins at byte ${received} of ${bytes}, got the one at ${offset}`,
    { details: { file: name, offset, received } },
  );
}

function wrongLength(name: string, expected: number, found: number): DayTradeError {
  return new DayTradeError(
    'input.invalid',
    `body: expected ${expected} bytes, the next part of ${name}, got ${found}`,
    {
      details: { field: 'body', file: name, expectedBytes: expected },
    },
  );
}

function incomplete({ name, bytes }: UploadFile, received: number): DayTradeError {
  return new DayTradeError('upload.incomplete', `${name}: ${received} of ${bytes} bytes came; the rest is missing`, {
    details: { file: name, received, bytes },
  });
}
