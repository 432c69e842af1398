import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Shorter bodies fit a packet without compression. */
const shortestCompressedBytes = 1_024;

/** A cached answer as bytes, hashed and compressed once; @fastify/etag and @fastify/compress would for each caller. */
export class KeptAnswer {
  /** Time of the request, milliseconds since 1970 UTC. */
  readonly at: number;
  /** Version of its tables at that time. */
  readonly version: number;
  readonly #body: Buffer;
  readonly #etag: string;
  #compressed: Promise<Buffer> | undefined;

  constructor(json: string, at: number, version: number) {
    this.at = at;
    this.version = version;
    this.#body = Buffer.from(json);
    // Weak, since the compressed answer has the same tag.
    this.#etag = `W/"${createHash('sha256').update(this.#body).digest('base64url').slice(0, 22)}"`;
  }

  /** Uncompressed size. */
  get bytes(): number {
    return this.#body.length;
  }

  /** Sets the headers and returns the body, or status 304 if the caller has the answer already. */
  async send({ headers }: FastifyRequest, reply: FastifyReply): Promise<Buffer | string> {
    reply.header('etag', this.#etag).header('vary', 'accept-encoding');
    if (isAmong(this.#etag, headers['if-none-match'])) {
      reply.code(304);
      return '';
    }
    reply.type('application/json; charset=utf-8');
    if (this.bytes < shortestCompressedBytes || !takesGzip(headers['accept-encoding'])) return this.#body;
    reply.header('content-encoding', 'gzip');
    this.#compressed ??= compress(this.#body);
    return await this.#compressed;
  }
}

function isAmong(etag: string, ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.split(',').some((one) => one.trim() === etag || one.trim() === '*') ?? false;
}

function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const quality = /\bgzip\s*(?:;\s*q=([\d.]+))?/i.exec(String(acceptEncoding ?? ''));
  return quality !== null && Number(quality[1] ?? 1) > 0;
}
