import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Kept, ReadTable } from '@daytrade/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Enables the cache for the route. */
    readonly kept?: Kept;
  }
}

/** The validity of a cached answer. */
export interface Freshness {
  /** Returns a number that changes with each write to one of the tables. */
  readonly version: (tables: readonly ReadTable[]) => number;
  /** A younger answer is served from the cache, unless one of its tables changed. */
  readonly freshForMs: number;
}

export interface KeptAnswersOptions {
  readonly clock: { readonly now: () => number };
  readonly freshness: Freshness;
}

/** Size limit of the cache; the oldest answers leave first. */
const mostBytes = 67_108_864;

interface Asking extends Pick<KeptAnswer, 'at' | 'version'> {
  readonly answer: Promise<KeptAnswer>;
}

/**
 * Caches the answers of GET routes whose description says so, by URL. The header `age` has the age of a cached answer
 * in seconds. A request with `cache-control: no-cache` gets a new answer.
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #asking = new Map<string, Asking>();
  #bytes = 0;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** Wraps the routes that are added afterwards. */
  addTo(service: Service): void {
    service.addHook('onRoute', (route) => {
      const kept = route.config?.kept;
      if (route.method !== 'GET' || kept === undefined) return;
      const handler = route.handler;
      const answer = (request: FastifyRequest, reply: FastifyReply, ask: () => unknown) =>
        this.#answer(kept.readsFrom, request, reply, ask);
      route.handler = async function (request, reply) {
        return await answer(request, reply, () => handler.call(this, request, reply));
      };
    });
  }

  async #answer(
    tables: readonly ReadTable[],
    request: FastifyRequest,
    reply: FastifyReply,
    ask: () => unknown,
  ): Promise<unknown> {
    const { url } = request;
    const { clock, freshness } = this.#options;
    const version = freshness.version(tables);
    const mustBeNew = asksForNew(request);
    const kept = this.#kept.get(url);
    if (kept !== undefined && !mustBeNew && this.#isFresh(kept, version)) {
      reply.header('age', Math.max(0, Math.round((clock.now() - kept.at) / 1_000)));
      return await kept.send(request, reply);
    }
    if (mustBeNew) this.#asking.delete(url);
    const fresh = await this.#ask(url, version, async () => reply.serialize(await ask()) as string);
    return await fresh.send(request, reply);
  }

  /** Shares one pending answer among all callers of a URL. */
  #ask(url: string, version: number, ask: () => Promise<string>): Promise<KeptAnswer> {
    const underWay = this.#asking.get(url);
    if (underWay !== undefined && this.#isFresh(underWay, version)) return underWay.answer;
    const at = this.#options.clock.now();
    const answer = Promise.resolve()
      .then(ask)
      .then((json) => this.#keep(url, new KeptAnswer(json, at, version)))
      .finally(() => {
        if (this.#asking.get(url)?.answer === answer) this.#asking.delete(url);
      });
    this.#asking.set(url, { answer, at, version });
    return answer;
  }

  #isFresh(asked: Pick<KeptAnswer, 'at' | 'version'>, version: number): boolean {
    return asked.version === version && this.#options.clock.now() - asked.at < this.#options.freshness.freshForMs;
  }

  #keep(url: string, answer: KeptAnswer): KeptAnswer {
    this.#forget(url);
    this.#kept.set(url, answer);
    this.#bytes += answer.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#forget(oldest);
    }
    return answer;
  }

  #forget(url: string): void {
    this.#bytes -= this.#kept.get(url)?.bytes ?? 0;
    this.#kept.delete(url);
  }
}

/** Returns true if the caller wants a new answer, as a command does after another one. */
function asksForNew({ headers }: FastifyRequest): boolean {
  return headers['cache-control']?.includes('no-cache') ?? false;
}

const compress = promisify(gzip);
/** Shorter bodies fit a packet without compression. */
const shortestCompressedBytes = 1_024;

/** A cached answer as bytes, hashed and compressed once; @fastify/etag and @fastify/compress would for each caller. */
class KeptAnswer {
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
