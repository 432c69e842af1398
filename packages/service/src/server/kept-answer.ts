import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Shorter bodies are sent as they are: a packet takes as long either way. */
const shortestCompressedBytes = 1_024;

/** A good answer of a route as bytes, so that nothing is left to do for whoever asks for it again. */
export class KeptAnswer {
  /** When it was asked for, milliseconds since 1970 UTC. */
  readonly at: number;
  /** What had been written when it was asked for. */
  readonly version: number;
  readonly #body: Buffer;
  readonly #etag: string;
  #compressed: Promise<Buffer> | undefined;

  constructor(json: string, at: number, version: number) {
    this.at = at;
    this.version = version;
    this.#body = Buffer.from(json);
    // Weak, since the same answer is sent compressed and as it is.
    this.#etag = `W/"${createHash('sha256').update(this.#body).digest('base64url').slice(0, 22)}"`;
  }

  /** Bytes of the answer, not compressed. */
  get bytes(): number {
    return this.#body.length;
  }

  /** Sets the headers and gives the body: none with status 304 where the caller has this very answer. */
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
