import type { Kept, ReadTable } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { KeptAnswer } from './kept-answer.ts';
import { ofRefresh } from './own-request.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is kept in memory so. */
    readonly kept?: Kept;
  }
}

/** How long an answer is as good as a new one. */
export interface Freshness {
  /** A number that is another one after each write to one of the tables. */
  readonly version: (tables: readonly ReadTable[]) => number;
  /**
   * An answer that is younger is served without asking again, unless a table that it was read from was written to
   * since.
   */
  readonly freshForMs: number;
  /**
   * An answer that is fresh no longer, by less than this, is served while a new one is asked for (RFC 5861), so that
   * nobody waits for what is behind the service; default 0.
   */
  readonly staleWhileRevalidateMs?: number | undefined;
}

export interface KeptAnswersOptions {
  readonly clock: { readonly now: () => number };
  readonly freshness: Freshness;
  /** An answer that is older is not served any more. */
  readonly longestAgeSeconds: number;
}

/** Once there is a kept answer, a new one is waited for no longer. */
const patienceMs = 1_500;
/**
 * After a failure new answers are not asked for this long, so that callers are not slow while what is behind the
 * service is away.
 */
const awayMs = 2_000;
/** Answers that are kept at once, all together; those that were read longest ago go first. */
const mostBytes = 67_108_864;

/** An answer that is being asked for. */
interface Asking extends Pick<KeptAnswer, 'at' | 'version'> {
  readonly answer: Promise<KeptAnswer>;
}

/**
 * The last good answers of the GET routes whose descriptions say that they are kept, by URL: for the time in which they
 * are as good as new ones, and for the time in which none can be had. A kept answer carries its age in the header
 * `age`, in seconds. Who sends `cache-control: no-cache` gets a new one where there can be one.
 *
 * @example
 * const kept = new KeptAnswers({ clock, freshness, longestAgeSeconds: 900 });
 * kept.addTo(service); // before the routes are added
 * addRoute(service, routes.models, async () => ({ models: await models.list(), live: null }));
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  /**
   * URLs whose answers are kept before somebody asks for them, for the time in which what they are read from is away.
   */
  readonly #always: string[] = [];
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #asking = new Map<string, Asking>();
  #bytes = 0;
  #awayUntil = 0;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** Wraps the routes that are added from now on. */
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

  /** Asks the service for what is always kept. */
  async refresh(service: Service): Promise<void> {
    const { token } = service.lifecycle;
    const headers = { ...ofRefresh, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    for (const url of this.#always) await service.inject({ method: 'GET', url, headers });
  }

  /**
   * True while everything that is always kept and ever had an answer has one that may be served; false when nothing
   * has.
   */
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
    if (kept !== undefined && (this.#isAway || (!mustBeNew && this.#isNewerThan(this.#freshForMs, kept, version)))) {
      return await this.#serve(kept, request, reply);
    }
    if (mustBeNew) this.#asking.delete(url);
    const asked = () => this.#ask(url, version, async () => reply.serialize(await ask()) as string);
    if (kept !== undefined && !mustBeNew && this.#isNewerThan(this.#servedForMs, kept, version)) {
      if (!this.#asking.has(url)) asked().catch((error: unknown) => this.#note(error, request));
      return await this.#serve(kept, request, reply);
    }
    const fresh = asked();
    try {
      return await (kept === undefined ? await fresh : await inTime(fresh)).send(request, reply);
    } catch (error) {
      if (kept === undefined || !isPassing(error)) throw error;
      this.#note(error, request);
      return await this.#serve(kept, request, reply);
    }
  }

  #note(error: unknown, { log }: FastifyRequest): void {
    if (isPassing(error)) this.#awayUntil = this.#options.clock.now() + awayMs;
    log.warn({ err: error }, 'answered with what was kept');
  }

  /**
   * Asks once for all callers of a moment, so that a process without answers is not held up by the hundreds who want
   * the same one.
   */
  #ask(url: string, version: number, ask: () => Promise<string>): Promise<KeptAnswer> {
    const underWay = this.#asking.get(url);
    if (underWay !== undefined && this.#isNewerThan(this.#freshForMs, underWay, version)) return underWay.answer;
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

  get #freshForMs(): number {
    return this.#options.freshness.freshForMs;
  }

  get #servedForMs(): number {
    return this.#freshForMs + (this.#options.freshness.staleWhileRevalidateMs ?? 0);
  }

  #isNewerThan(ms: number, asked: Pick<KeptAnswer, 'at' | 'version'>, version: number): boolean {
    return asked.version === version && this.#options.clock.now() - asked.at < ms;
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

/** The answer, or `service.unavailable` when it takes too long; a late one is kept all the same. */
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

/** Whether the caller wants no kept answer while there can be a new one, as a command does right after another one. */
function asksForNew({ headers }: FastifyRequest): boolean {
  return headers['cache-control']?.includes('no-cache') ?? false;
}

/** True for what is wrong with a server behind the service, and not with the request. */
function isPassing(error: unknown): boolean {
  return isDayTradeError(error) && (error.code === 'service.unavailable' || error.code === 'dependency.refused');
}
