import { hash } from 'node:crypto';
import {
  type Upload,
  type UploadFile,
  type UploadRequest,
  uploadKeptHours,
  uploadRequestSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { ObjectStore } from '../objects/object-store.ts';

/** The announced files, one object for each upload. */
const announcementPrefix = 'uploads/announced/';
/** The parts, one object each: upload, hash of the part. */
const partPrefix = 'uploads/parts/';

const announcementKey = (id: string) => `${announcementPrefix}${id}`;
const partsOf = (id: string) => `${partPrefix}${id}/`;

/**
 * Files that are sent in parts, for all processes of an installation. An upload and its parts are named by their
 * content: announcing the same files resumes the upload, and a part may come in any order and again.
 */
export class UploadStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async announce(request: UploadRequest): Promise<Upload> {
    const id = uploadId(request);
    await this.#objects.put(announcementKey(id), Buffer.from(JSON.stringify(request)));
    return { id, missing: await this.missing(id, request) };
  }

  /** Returns the announcement of an upload. @throws DayTradeError `upload.not-found` */
  async announced(id: string): Promise<UploadRequest> {
    const bytes = await this.#objects.get(announcementKey(id));
    if (bytes === undefined) throw notFound(id);
    return uploadRequestSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
  }

  async missing(id: string, { files }: Pick<UploadRequest, 'files'>): Promise<string[]> {
    const stored = new Set(await this.#objects.list(partsOf(id)));
    const missing = files.flatMap(({ parts }) => parts.filter((part) => !stored.has(partsOf(id) + part)));
    return [...new Set(missing)];
  }

  /**
   * Stores a part, named by its SHA-256.
   *
   * @throws DayTradeError `upload.content-differs`, `upload.not-found`
   */
  async write(id: string, part: string, bytes: Uint8Array): Promise<void> {
    assertHash(part, bytes);
    if ((await this.#objects.list(announcementKey(id))).length === 0) throw notFound(id);
    await this.#objects.put(partsOf(id) + part, bytes);
  }

  /**
   * Returns the bytes of a whole file.
   *
   * @throws DayTradeError `upload.incomplete`; `upload.content-differs` if the store changed bytes
   */
  async read(id: string, { name, parts }: UploadFile): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for (const part of parts) {
      const found = await this.#objects.get(partsOf(id) + part);
      if (found === undefined) throw new DayTradeError('upload.incomplete', `${name}: the part ${part} is missing`);
      assertHash(part, found);
      chunks.push(found);
    }
    return Buffer.concat(chunks);
  }

  /** Removes an upload. The announcement goes first, so a part that arrives meanwhile is refused. */
  async delete(id: string): Promise<void> {
    await this.#objects.delete(announcementKey(id));
    for (const key of await this.#objects.list(partsOf(id))) await this.#objects.delete(key);
  }

  /**
   * Removes uploads without a new part for {@link uploadKeptHours}.
   *
   * @param now instant, milliseconds since 1970 UTC
   * @param kept ids of uploads that an import will still read
   */
  async sweep(now: number, kept: ReadonlySet<string>): Promise<readonly string[]> {
    const newest = new Map<string, number>();
    for (const prefix of [announcementPrefix, partPrefix]) {
      for (const { key, updatedAt } of await this.#objects.entries(prefix)) {
        const id = key.slice(prefix.length).split('/')[0]!;
        newest.set(id, Math.max(updatedAt, newest.get(id) ?? 0));
      }
    }
    const oldest = now - uploadKeptHours * 3_600_000;
    const expired = [...newest].filter(([id, instant]) => instant < oldest && !kept.has(id)).map(([id]) => id);
    for (const id of expired) await this.delete(id);
    return expired;
  }
}

/** Returns the id of an upload. The same names and contents give the same id. */
function uploadId({ folder, files }: UploadRequest): string {
  const lines = files.map(({ name, parts }) => [name, ...parts].join(' ')).sort();
  return hash('sha256', [folder, ...lines].join('\n'));
}

function assertHash(expected: string, bytes: Uint8Array): void {
  const found = hash('sha256', bytes);
  if (found === expected) return;
  throw new DayTradeError('upload.content-differs', `the SHA-256 of what came is ${found}, expected ${expected}`);
}

function notFound(id: string): DayTradeError {
  return new DayTradeError('upload.not-found', `there is no upload ${id}: it was imported, or it expired`);
}
