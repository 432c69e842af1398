import { buffer } from 'node:stream/consumers';
import { ContainerClient, RestError } from '@azure/storage-blob';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import { compareText } from '@daytrade/market';
import { checkObjectKey, type ObjectEntry, ObjectStore, type VersionedObject } from './object-store.ts';

export interface BlobContainer {
  /** Its URL, such as `https://example.blob.core.windows.net/objects`. */
  readonly url: string;
  /** Returns a token of the process's identity for `https://storage.azure.com`. */
  readonly token: () => Promise<{ readonly token: string; readonly expiresAt: number }>;
  /** Milliseconds before the first retry of a request; default 500. */
  readonly retryMs?: number;
}

/** Stores objects as blobs. The identity of the process signs in; an object's version is its ETag. */
export class BlobObjectStore extends ObjectStore {
  readonly #container: ContainerClient;

  constructor({ url, token, retryMs = 500 }: BlobContainer) {
    super();
    const getToken = async () => {
      const { token: text, expiresAt } = await token();
      return { token: text, expiresOnTimestamp: expiresAt };
    };
    const retryOptions = { maxTries: 4, retryDelayInMs: retryMs, maxRetryDelayInMs: 2_000, tryTimeoutInMs: 60_000 };
    this.#container = new ContainerClient(url, { getToken }, { retryOptions });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#upload(key, bytes, {}).catch((error: unknown) => this.#fail(error));
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    const conditions = expected === null ? { ifNoneMatch: '*' } : { ifMatch: `"${expected}"` };
    try {
      const { etag } = await this.#upload(key, bytes, conditions);
      return unquoted(etag);
    } catch (error) {
      // The object has another version, exists already, or was deleted.
      const codes = ['BlobAlreadyExists', 'BlobNotFound', 'ConditionNotMet'];
      if (error instanceof RestError && (error.statusCode === 412 || codes.includes(codeOf(error)))) return undefined;
      return this.#fail(error);
    }
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    try {
      const { readableStreamBody, etag } = await this.#container.getBlobClient(checkObjectKey(key)).download();
      return { bytes: new Uint8Array(await buffer(readableStreamBody!)), version: unquoted(etag) };
    } catch (error) {
      return isNotFound(error) ? undefined : this.#fail(error);
    }
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const entries: ObjectEntry[] = [];
    try {
      for await (const blob of this.#container.listBlobsFlat({ prefix, includeMetadata: true })) {
        // An account with a hierarchical namespace lists folders as blobs.
        if (/[^\w./-]/.test(blob.name) || blob.metadata?.hdi_isfolder === 'true') continue;
        const { etag, lastModified } = blob.properties;
        entries.push({ key: blob.name, version: unquoted(etag), updatedAt: lastModified.getTime() });
      }
    } catch (error) {
      return this.#fail(error);
    }
    // A hierarchical namespace has another order.
    return entries.sort((a, b) => compareText(a.key, b.key));
  }

  async delete(key: string): Promise<void> {
    await this.#container
      .getBlobClient(checkObjectKey(key))
      .delete()
      .catch((error: unknown) => {
        if (!isNotFound(error)) this.#fail(error);
      });
  }

  #upload(key: string, bytes: Uint8Array, conditions: { readonly ifMatch?: string; readonly ifNoneMatch?: string }) {
    return this.#container.getBlockBlobClient(checkObjectKey(key)).upload(bytes, bytes.byteLength, { conditions });
  }

  /** Throws the error of a request with the container and without a token. */
  #fail(error: unknown): never {
    if (error instanceof DayTradeError) throw error;
    const container = this.#container.url;
    const failed = (code: ErrorCode, message: string) =>
      new DayTradeError(code, `the container ${container} ${message}`);
    const { statusCode: status } = error as Partial<RestError>;
    if (!(error instanceof RestError) || status === undefined) {
      throw failed('service.unavailable', `does not answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    const answer = [status, codeOf(error)].join(' ').trimEnd();
    if (status >= 500 || status === 429 || status === 408) {
      throw failed('service.unavailable', `cannot serve now: ${answer}`);
    }
    const role = '. Expected the role "Storage Blob Data Contributor", and a way in through its network';
    throw failed('dependency.refused', `refuses the request: ${answer}${status === 403 ? role : ''}`);
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof RestError && codeOf(error) === 'BlobNotFound';
}

/** Returns Azure's name of an error, such as `BlobNotFound`. */
function codeOf(error: RestError): string {
  return error.response?.headers.get('x-ms-error-code') ?? '';
}

/** Returns an ETag as listings have it, without quotes. */
function unquoted(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
