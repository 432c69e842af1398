import { problemSchema } from '@daytrade/contracts';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';
import type { z } from 'zod';

/** One request as a transport sends it. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query string. */
  readonly path: string;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  /** Sent as they are, in the place of `body`. */
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  /** By which log lines of every process that takes part are found; default: the service makes one. */
  readonly requestId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** How requests reach a service: over HTTP ({@link httpTransport}) or inside this process ({@link injectTransport}). */
export interface ServiceTransport {
  /** What messages name: a URL, or the service's name. */
  readonly address: string;
  /** @throws DayTradeError `service.unreachable` */
  send(request: TransportRequest): Promise<TransportAnswer>;
}

export type QueryValue = string | number | boolean | undefined;

export interface GetOptions {
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PutOptions extends GetOptions {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PostOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a service and gives back what the contract promises.
 *
 * @example
 * const data = new ServiceClient(httpTransport({ baseUrl: 'http://127.0.0.1:8001', fetch, startWith: 'daytrade up' }));
 * const { symbols } = await data.get('/v1/symbols', symbolListSchema);
 */
export class ServiceClient {
  readonly #transport: ServiceTransport;
  readonly #requestId: string | undefined;

  /** @param requestId one for everything that is asked, for example of a command; default: one a request */
  constructor(transport: ServiceTransport, requestId?: string) {
    this.#transport = transport;
    this.#requestId = requestId;
  }

  get address(): string {
    return this.#transport.address;
  }

  /**
   * @throws DayTradeError the one that the service answered (its code, message and details); `service.unreachable` when there is
   *   no answer or the answer is not a service's; `internal.bug` when it breaks the contract
   */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    options: GetOptions = {},
  ): Promise<z.output<Schema>> {
    const request = { method: 'GET', path: withQuery(path, options.query ?? {}), signal: options.signal } as const;
    return this.#read(request, schema);
  }

  /** Like {@link get}. */
  async post<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    options: PostOptions = {},
  ): Promise<z.output<Schema>> {
    return this.#read({ method: 'POST', path, ...options }, schema);
  }

  /** Like {@link get}. */
  async delete<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    options: GetOptions = {},
  ): Promise<z.output<Schema>> {
    const { query = {}, signal } = options;
    return this.#read({ method: 'DELETE', path: withQuery(path, query), signal }, schema);
  }

  /** Sends bytes. Like {@link get}. */
  async put<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    { bytes, query = {}, signal }: PutOptions,
  ): Promise<z.output<Schema>> {
    return this.#read({ method: 'PUT', path: withQuery(path, query), bytes, signal }, schema);
  }

  async #read<Schema extends z.ZodType>(request: TransportRequest, schema: Schema): Promise<z.output<Schema>> {
    const answer = await this.#transport.send({ ...request, requestId: this.#requestId });
    const what = `${request.method} ${this.address}${request.path}`;
    const value = this.#json(answer, what);
    if (answer.status >= 400) throw errorOf(value, answer.status, what);
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new DayTradeError(
      'internal.bug',
      `${what} answered something else than its contract: ${issue?.path.join('.')}: ${issue?.message}`,
      { details: { issues: parsed.error.issues.length } },
    );
  }

  #json(answer: TransportAnswer, what: string): unknown {
    try {
      if (/\bjson\b/.test(answer.contentType)) return JSON.parse(answer.body) as unknown;
    } catch {
      // Said below: what is not JSON comes from no service of ours.
    }
    throw new DayTradeError(
      'service.unreachable',
      `${what} answered ${answer.status} with ${answer.contentType || 'no content type'}: another program seems to listen there`,
      { details: { address: this.address, status: answer.status } },
    );
  }
}

function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

function errorOf(value: unknown, status: number, what: string): DayTradeError {
  const problem = problemSchema.safeParse(value);
  if (!problem.success) {
    return new DayTradeError('service.unreachable', `${what} answered ${status} without a problem document`, {
      details: { status },
    });
  }
  const { code, detail, details, requestId } = problem.data;
  return reviveError({ code, message: detail, details: { ...details, requestId } } as SerialisedError);
}
