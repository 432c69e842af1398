import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from './service.ts';

export interface KeptAnswersOptions {
  /** Routes whose last good answers are kept, by each URL that was asked for. */
  readonly routes: readonly string[];
  readonly clock: { readonly now: () => number };
  /** An answer that is older is not served any more. */
  readonly longestAgeSeconds: number;
  /**
   * An answer that is younger is served without asking again, unless a request has changed something here since; default 0. So what is
   * asked for hundreds of times a second is read once.
   */
  readonly freshForMs?: number | undefined;
  /**
   * An answer that is fresh no longer, by less than this, is served while a new one is asked for (RFC 5861), so that nobody waits for what
   * is behind the service; default 0.
   */
  readonly staleWhileRevalidateMs?: number | undefined;
}

interface Kept {
  readonly answer: unknown;
  readonly at: number;
}

/** Once there is a kept answer, a new one is waited for no longer. */
const patienceMs = 1_500;
/** After a failure new answers are not asked for so long, so that callers are not slow while what is behind the service is away. */
const awayMs = 2_000;
const mostUrls = 500;

/** An answer that is being asked for. */
interface Asking {
  readonly answer: Promise<unknown>;
  readonly at: number;
}

/**
 * The last good answers of some GET routes, for the time in which what they are read from is away, and for the moment in which they are
 * as good as new ones. Such an answer carries its age in the header `age`, in seconds.
 *
 * @example
 * const kept = new KeptAnswers({ routes: ['/v1/models'], clock, longestAgeSeconds: 900 });
 * kept.addTo(service); // before the routes are added
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #asking = new Map<string, Asking>();
  #awayUntil = 0;
  #changedAt = 0;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** Wraps the routes that are added from now on. */
  addTo(service: Service): void {
    const routes = new Set(this.#options.routes);
    service.addHook('onResponse', async ({ method }) => {
      if (method !== 'GET') this.#changedAt = this.#options.clock.now();
    });
    service.addHook('onRoute', (route) => {
      if (route.method !== 'GET' || !routes.has(route.url)) return;
      const handler = route.handler;
      const answer = (request: FastifyRequest, reply: FastifyReply, ask: () => unknown) =>
        this.#answer(request, reply, ask);
      route.handler = async function (request, reply) {
        return await answer(request, reply, () => handler.call(this, request, reply));
      };
    });
  }

  /** Asks the service for its routes, so that their answers are kept before somebody needs them. */
  async refresh(service: Service): Promise<void> {
    const { token } = service.lifecycle;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    for (const url of this.#options.routes) await service.inject({ method: 'GET', url, headers });
  }

  /** True while every route that ever had an answer has one that may be served; false when none has. */
  get complete(): boolean {
    const known = this.#options.routes.filter((url) => this.#kept.has(url));
    return known.length > 0 && known.every((url) => this.#find(url) !== undefined);
  }

  async #answer(request: FastifyRequest, reply: FastifyReply, ask: () => unknown): Promise<unknown> {
    const { url } = request;
    const { clock } = this.#options;
    const kept = this.#find(url);
    if (kept !== undefined && (clock.now() < this.#awayUntil || this.#isFresh(kept))) return this.#serve(kept, reply);
    if (kept !== undefined && this.#isNewerThan(this.#servedForMs, kept)) {
      if (!this.#asking.has(url)) this.#ask(url, ask).catch((error: unknown) => this.#note(error, request));
      return this.#serve(kept, reply);
    }
    const fresh = this.#ask(url, ask);
    try {
      return kept === undefined ? await fresh : await inTime(fresh);
    } catch (error) {
      if (kept === undefined || !isPassing(error)) throw error;
      this.#note(error, request);
      return this.#serve(kept, reply);
    }
  }

  #note(error: unknown, { log }: FastifyRequest): void {
    if (isPassing(error)) this.#awayUntil = this.#options.clock.now() + awayMs;
    log.warn({ err: error }, 'answered with what was kept');
  }

  /** Asks once for all callers of a moment, so that a process without answers is not held up by the hundreds who want the same one. */
  #ask(url: string, ask: () => unknown): Promise<unknown> {
    const underWay = this.#asking.get(url);
    if (underWay !== undefined && this.#isFresh(underWay)) return underWay.answer;
    const at = this.#options.clock.now();
    const answer = Promise.resolve()
      .then(ask)
      .then((found) => this.#keep(url, found, at))
      .finally(() => {
        if (this.#asking.get(url)?.answer === answer) this.#asking.delete(url);
      });
    this.#asking.set(url, { answer, at });
    return answer;
  }

  #isFresh(asked: Pick<Kept, 'at'>): boolean {
    return this.#isNewerThan(this.#options.freshForMs ?? 0, asked);
  }

  #isNewerThan(ms: number, { at }: Pick<Kept, 'at'>): boolean {
    return at > this.#changedAt && this.#options.clock.now() - at < ms;
  }

  get #servedForMs(): number {
    const { freshForMs = 0, staleWhileRevalidateMs = 0 } = this.#options;
    return freshForMs + staleWhileRevalidateMs;
  }

  #serve(kept: Kept, reply: FastifyReply): unknown {
    reply.header('age', this.#age(kept));
    return kept.answer;
  }

  #keep(url: string, answer: unknown, at: number): unknown {
    if (this.#kept.size >= mostUrls && !this.#kept.has(url)) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest as string);
    }
    this.#kept.delete(url);
    this.#kept.set(url, { answer, at });
    return answer;
  }

  #find(url: string): Kept | undefined {
    const kept = this.#kept.get(url);
    return kept !== undefined && this.#age(kept) <= this.#options.longestAgeSeconds ? kept : undefined;
  }

  #age({ at }: Kept): number {
    return Math.max(0, Math.round((this.#options.clock.now() - at) / 1_000));
  }
}

/** The answer, or `service.unavailable` when it takes too long; a late one is kept all the same. */
async function inTime(fresh: Promise<unknown>): Promise<unknown> {
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

/** True for what is wrong with a server behind the service, and not with the request. */
function isPassing(error: unknown): boolean {
  return isDayTradeError(error) && (error.code === 'service.unavailable' || error.code === 'dependency.refused');
}
