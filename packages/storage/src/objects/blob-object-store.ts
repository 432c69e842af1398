import { type BlobAnswer, blobError, isAnotherByNow, isNoBlob } from './blob-errors.ts';
import { readBlobPage, unquoted } from './blob-listing.ts';
import { askBlobs, type BlobContainer } from './blob-requests.ts';
import { checkObjectKey, type ObjectEntry, type ObjectStore, type VersionedObject } from './object-store.ts';

/**
 * An object store in a container of Azure Blob Storage, asked over its REST API as an identity of Entra; an account's
 * keys are never used. An object's version is its ETag.
 */
export class BlobObjectStore implements ObjectStore {
  readonly #container: BlobContainer;

  /** Asks nothing of the container yet. */
  constructor(container: BlobContainer) {
    this.#container = container;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const answer = await this.#put(key, bytes, {});
    if (answer.status !== 201) throw blobError(answer, this.#container.url);
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    const condition: Record<string, string> =
      expected === null ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` };
    const answer = await this.#put(key, bytes, condition);
    if (answer.status === 201) return unquoted(answer.etag!);
    if (isAnotherByNow(answer)) return undefined;
    throw blobError(answer, this.#container.url);
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return (await this.getVersioned(key))?.bytes;
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    const answer = await askBlobs(this.#container, { method: 'GET', path: checkObjectKey(key) });
    if (answer.status === 200) return { bytes: answer.bytes, version: unquoted(answer.etag!) };
    if (isNoBlob(answer)) return undefined;
    throw blobError(answer, this.#container.url);
  }

  async list(prefix: string): Promise<readonly string[]> {
    return (await this.entries(prefix)).map(({ key }) => key);
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const entries: ObjectEntry[] = [];
    let marker: string | undefined;
    do {
      const query = { restype: 'container', comp: 'list', prefix, ...(marker === undefined ? {} : { marker }) };
      const answer = await askBlobs(this.#container, { method: 'GET', query });
      if (answer.status !== 200) throw blobError(answer, this.#container.url);
      const page = readBlobPage(new TextDecoder().decode(answer.bytes));
      entries.push(...page.entries);
      marker = page.next;
    } while (marker !== undefined);
    // An account with folders lists them in an order of its own.
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async delete(key: string): Promise<void> {
    const answer = await askBlobs(this.#container, { method: 'DELETE', path: checkObjectKey(key) });
    if (answer.status !== 202 && !isNoBlob(answer)) throw blobError(answer, this.#container.url);
  }

  #put(key: string, bytes: Uint8Array, condition: Readonly<Record<string, string>>): Promise<BlobAnswer> {
    const headers = { ...condition, 'content-type': 'application/octet-stream', 'x-ms-blob-type': 'BlockBlob' };
    return askBlobs(this.#container, { method: 'PUT', path: checkObjectKey(key), headers, body: bytes });
  }
}
