import { setTimeout as pause } from 'node:timers/promises';
import { type BlobAnswer, blobError, isPassing } from './blob-errors.ts';

/** A container of Azure Blob Storage, and who asks it. */
export interface BlobContainer {
  /** Its address, such as `https://example.blob.core.windows.net/objects`. */
  readonly url: string;
  /** A token of the process's identity for `https://storage.azure.com`. */
  readonly token: () => Promise<string>;
  /** Milliseconds before each further try of a request; left out: half a second, one and two. */
  readonly pauses?: readonly number[];
}

/** One request: below the container, or about it (`path` left out). */
export interface BlobRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const version = '2023-11-03';
const requestMilliseconds = 60_000;
const pausesMs = [500, 1_000, 2_000];

/**
 * Asks a container, and again where that may help.
 *
 * @returns an answer with a status below 500, read whole
 * @throws DayTradeError `service.unavailable`
 */
export async function askBlobs(container: BlobContainer, request: BlobRequest): Promise<BlobAnswer> {
  let last: unknown;
  for (const ms of [0, ...(container.pauses ?? pausesMs)]) {
    if (ms > 0) await pause(ms);
    const authorization = `Bearer ${await container.token()}`;
    try {
      const answer = await send(container.url, request, authorization);
      if (!isPassing(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
  }
  throw blobError(last, container.url);
}

async function send(base: string, request: BlobRequest, authorization: string): Promise<BlobAnswer> {
  const { method, path, query = {}, headers = {}, body } = request;
  const url = new URL(path === undefined ? base : `${base.replace(/\/+$/, '')}/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await fetch(url, {
    method,
    headers: { ...headers, authorization, 'x-ms-version': version },
    signal: AbortSignal.timeout(requestMilliseconds),
    ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
  });
  return {
    status: response.status,
    errorCode: response.headers.get('x-ms-error-code') ?? undefined,
    etag: response.headers.get('etag') ?? undefined,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}
