import { text } from 'node:stream/consumers';
import {
  type AnswerOf,
  type CallOf,
  grantedBy,
  parseOwn,
  problemSchema,
  type Route,
  type ServiceName,
  type UrlParts,
  urlOf,
} from '@daytrade/contracts';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query string. */
  readonly path: string;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  /** Sent unchanged in place of `body`. */
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  /** Appears in the log lines of every process that takes part; default: the service makes one. */
  readonly requestId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose body is read in chunks. */
export interface StreamedAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Selects whether a browser shows or saves a file, and its name. */
  readonly contentDisposition?: string | undefined;
  readonly contentSecurityPolicy?: string | undefined;
  /** @throws DayTradeError `service.unreachable` when the connection breaks before the end */
  readonly content: AsyncIterable<Uint8Array>;
}

/** The connection to a service, over HTTP ({@link httpTransport}) or within this process ({@link injectTransport}). */
export interface ServiceTransport {
  /** The URL or the name of the service, for messages. */
  readonly address: string;
  /** Sends a request, and does not wait for the end of the body. @throws DayTradeError `service.unreachable` */
  stream(request: TransportRequest): Promise<StreamedAnswer>;
}

type FileRoute = Route & { readonly answerTypes: readonly string[] };

/** The parts of a request, and a signal that aborts it. */
export type CallOptions<Of> = CallOf<Of> & { readonly signal?: AbortSignal | undefined };

/** Calls the routes of a service and validates their answers. */
export class ServiceClient<Name extends ServiceName = ServiceName> {
  readonly #transport: ServiceTransport;
  readonly #requestId: string | undefined;

  /** @param requestId id of all requests, for example of a command; default: one for each request */
  constructor(transport: ServiceTransport, requestId?: string) {
    this.#transport = transport;
    this.#requestId = requestId;
  }

  get address(): string {
    return this.#transport.address;
  }

  /**
   * Calls a route and returns its answer.
   *
   * @throws DayTradeError the error of the service with its code, message and details; `service.unreachable` without an
   *   answer of a service; `internal.bug` for an answer that violates the contract
   */
  async call<const Of extends Route & { readonly service: Name; readonly answerTypes?: undefined }>(
    route: Of,
    ...[options]: Record<never, never> extends CallOptions<Of> ? [CallOptions<Of>?] : [CallOptions<Of>]
  ): Promise<AnswerOf<Of>> {
    const { request, what } = this.#request(route, options);
    const answer = await this.#transport.stream(request);
    const value = await this.#json(answer, what);
    if (answer.status >= 400) throw errorOf(value, answer.status, what);
    return parseOwn(grantedBy(route).schema, value, `${what} answered`) as AnswerOf<Of>;
  }

  /**
   * Calls a route whose answer is a file and returns the file in chunks.
   *
   * @throws DayTradeError as {@link call}; `service.unreachable` while the chunks are read
   */
  async download<const Of extends FileRoute & { readonly service: Name }>(
    route: Of,
    options: CallOptions<Of>,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { request, what } = this.#request(route, options);
    const answer = await this.#transport.stream(request);
    const isFile = route.answerTypes.some((type) => answer.contentType.startsWith(type));
    if (answer.status < 400 && isFile) return answer.content;
    throw errorOf(await this.#json(answer, what), answer.status, what);
  }

  #request(route: Route, options: object = {}): { readonly request: TransportRequest; readonly what: string } {
    const { params, query, ...sent } = options as UrlParts & Omit<TransportRequest, 'method' | 'path'>;
    const { method } = route;
    const path = urlOf(route, { params, query });
    return {
      request: { method, path, ...sent, requestId: this.#requestId },
      what: `${method} ${this.address}${path}`,
    };
  }

  async #json(answer: StreamedAnswer, what: string): Promise<unknown> {
    const body = await text(answer.content);
    try {
      if (/\bjson\b/.test(answer.contentType)) return JSON.parse(body) as unknown;
    } catch {
      // The error below covers it: no service answers without JSON.
    }
    throw new DayTradeError(
      'service.unreachable',
      `${what} answered ${answer.status} with ${answer.contentType || 'no content type'}: another program seems ` +
        'to listen there',
    );
  }
}

function errorOf(value: unknown, status: number, what: string): DayTradeError {
  const problem = problemSchema.safeParse(value);
  if (!problem.success) {
    return new DayTradeError('service.unreachable', `${what} answered ${status} without a problem document`);
  }
  const { code, detail, details, requestId } = problem.data;
  return reviveError({ code, message: detail, details: { ...details, requestId } } as SerialisedError);
}
