import type { Kept, ReadTable } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { KeptAnswer } from './kept-answer.ts';

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
  /** An older answer is never served. */
  readonly longestAgeSeconds: number;
}

/** Time limit for a new answer if there is a cached one. */
const patienceMs = 1_500;
/** After a failure the cache answers alone for this long, so that callers stay fast during an outage. */
const awayMs = 2_000;
/** Size limit of the cache; the least recently read answers leave first. */
const mostBytes = 67_108_864;

/** A pending answer. */
interface Asking extends Pick<KeptAnswer, 'at' | 'version'> {
  readonly answer: Promise<KeptAnswer>;
}

/**
 * Caches the answers of GET routes whose description says so, by URL. A cached answer is served while it is valid, and
 * while no new one can be had. The header `age` has its age in seconds. A request with `cache-control: no-cache` gets a
 * new answer if possible.
 *
 * @example
 * const kept = new KeptAnswers({ clock, freshness, longestAgeSeconds: 900 });
 * kept.addTo(service); // before the routes are added
 * addRoute(service, routes.models, async () => ({ models: await models.list(), live: null }));
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  /** URLs that are cached before the first request, as a reserve for an outage. */
  readonly #always: string[] = [];
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #asking = new Map<string, Asking>();
  #bytes = 0;
  #awayUntil = 0;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** Wraps the routes that are added afterwards. */
  addTo(service: Service): void {
    service.addHook('onRoute', (route) => {
      const kept = route.config?.kept;
      if (route.method !== 'GET' || kept === undefined) return;
      if (kept.always === true) this.#always.push(route.url);
      const handler = route.handler;
      const answer = (request: FastifyRequest, reply: FastifyReply, ask: () => unknown) =>
        this.#answer(kept.readsFrom, request, reply, ask);
      route.handler = async function (request, reply) {
        return await answer(request, reply, () => handler.call(this, request, reply));
      };
    });
  }

  /** Requests the answers that are always cached. */
  async refresh(service: Service): Promise<void> {
    const { token } = service.lifecycle;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    for (const url of this.#always) await service.inject({ method: 'GET', url, headers });
  }

  /** True if every always cached URL that ever had an answer has a valid one. */
  get complete(): boolean {
    const known = this.#always.filter((url) => this.#kept.has(url));
    return known.length > 0 && known.every((url) => this.#find(url) !== undefined);
  }

  async #answer(
    tables: readonly ReadTable[],
    request: FastifyRequest,
    reply: FastifyReply,
    ask: () => unknown,
  ): Promise<unknown> {
    const { url } = request;
    const version = this.#options.freshness.version(tables);
    const kept = this.#find(url);
    const mustBeNew = asksForNew(request);
    if (kept !== undefined && (this.#isAway || (!mustBeNew && this.#isFresh(kept, version)))) {
      return await this.#serve(kept, request, reply);
    }
    if (mustBeNew) this.#asking.delete(url);
    const fresh = this.#ask(url, version, async () => reply.serialize(await ask()) as string);
    try {
      return await (kept === undefined ? await fresh : await inTime(fresh)).send(request, reply);
    } catch (error) {
      if (kept === undefined || !isPassing(error)) throw error;
      this.#awayUntil = this.#options.clock.now() + awayMs;
      request.log.warn({ err: error }, 'answered with what was kept');
      return await this.#serve(kept, request, reply);
    }
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

  get #isAway(): boolean {
    return this.#options.clock.now() < this.#awayUntil;
  }

  #isFresh(asked: Pick<KeptAnswer, 'at' | 'version'>, version: number): boolean {
    return asked.version === version && this.#options.clock.now() - asked.at < this.#options.freshness.freshForMs;
  }

  async #serve(kept: KeptAnswer, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    reply.header('age', this.#age(kept));
    return await kept.send(request, reply);
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

  #find(url: string): KeptAnswer | undefined {
    const kept = this.#kept.get(url);
    return kept !== undefined && this.#age(kept) <= this.#options.longestAgeSeconds ? kept : undefined;
  }

  #age({ at }: KeptAnswer): number {
    return Math.max(0, Math.round((this.#options.clock.now() - at) / 1_000));
  }
}

/** Returns the answer, or throws `service.unavailable` after the time limit; a late answer is cached as well. */
async function inTime<Answer>(fresh: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new DayTradeError('service.unavailable', `no answer in ${patienceMs} ms`)),
    patienceMs,
  );
  fresh.catch(() => undefined);
  try {
    return await Promise.race([fresh, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns true if the caller wants a new answer, as a command does after another one. */
function asksForNew({ headers }: FastifyRequest): boolean {
  return headers['cache-control']?.includes('no-cache') ?? false;
}

/** Returns true for an outage behind the service. */
function isPassing(error: unknown): boolean {
  return isDayTradeError(error) && (error.code === 'service.unavailable' || error.code === 'dependency.refused');
}
