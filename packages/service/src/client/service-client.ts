import {
  type AnswerOf,
  type CallOf,
  grantedBy,
  problemSchema,
  type Route,
  type ServiceName,
  type UrlParts,
  urlOf,
} from '@daytrade/contracts';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';
import { eventData } from './event-frames.ts';

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
  /** Whether the answer comes for as long as the caller reads it: it has no deadline. */
  readonly lasts?: boolean | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The name under which a browser keeps a file, and whether it shows it, where the service says so. */
  readonly contentDisposition?: string | undefined;
  /** What a page of the service may do, where it says so. */
  readonly contentSecurityPolicy?: string | undefined;
  readonly body: string;
}

/** An answer whose body is read piece by piece. */
export interface StreamedAnswer extends Omit<TransportAnswer, 'body'> {
  /** @throws DayTradeError `service.unreachable` when the connection breaks before the end */
  readonly content: AsyncIterable<Uint8Array>;
}

/** How requests reach a service: over HTTP ({@link httpTransport}) or inside this process ({@link injectTransport}). */
export interface ServiceTransport {
  /** What messages name: a URL, or the service's name. */
  readonly address: string;
  /** @throws DayTradeError `service.unreachable` */
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** As {@link send}, without waiting for the end of the body. @throws DayTradeError `service.unreachable` */
  stream(request: TransportRequest): Promise<StreamedAnswer>;
}

/** A route whose answer is a file. */
type FileRoute = Route & { readonly answerTypes: readonly string[] };

/** What a caller sends, and what stops it. */
export type CallOptions<Of> = CallOf<Of> & { readonly signal?: AbortSignal | undefined };

/**
 * Asks a service and gives back what the contract promises. It takes the routes of the service that its type names.
 *
 * @example
 * const transport = httpTransport({ baseUrl: 'http://127.0.0.1:8001', fetch, startWith: 'daytrade up' });
 * const { bars } = await new ServiceClient<'data'>(transport).call(routes.bars, { params: { symbol: '7203' } });
 */
export class ServiceClient<Name extends ServiceName = ServiceName> {
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
   * Asks a route of the service.
   *
   * @throws DayTradeError the one that the service answered (its code, message and details); `service.unreachable` when
   * there is no answer or the answer is not a service's; `internal.bug` when it breaks the contract
   */
  async call<const Of extends Route & { readonly service: Name; readonly answerTypes?: undefined }>(
    route: Of,
    ...[options]: Record<never, never> extends CallOptions<Of> ? [CallOptions<Of>?] : [CallOptions<Of>]
  ): Promise<AnswerOf<Of>> {
    const { request, what } = this.#request(route, options);
    const answer = await this.#transport.send(request);
    return this.#read(route, answer, what);
  }

  /**
   * The server-sent events of a route, as they come, until the service ends them or the caller reads no further.
   *
   * @throws DayTradeError as {@link call}; what cuts the connection off
   */
  async *events<const Of extends Route & { readonly service: Name }>(
    route: Of,
    options: CallOptions<Of>,
  ): AsyncGenerator<AnswerOf<Of>, void, void> {
    const gone = new AbortController();
    const { request, what } = this.#request(route, { ...options, signal: gone.signal, lasts: true });
    try {
      const { status, contentType, content } = await this.#transport.stream(request);
      if (!contentType.startsWith('text/event-stream')) {
        const body = await textOf(content);
        throw errorOf(this.#json({ status, contentType, body }, what), status, what);
      }
      for await (const body of eventData(content)) {
        yield this.#read(route, { status, contentType: 'application/json', body }, what);
      }
    } finally {
      gone.abort();
    }
  }

  #read<const Of extends Route>(route: Of, answer: TransportAnswer, what: string): AnswerOf<Of> {
    const value = this.#json(answer, what);
    if (answer.status >= 400) throw errorOf(value, answer.status, what);
    const parsed = grantedBy(route).schema.safeParse(value);
    if (parsed.success) return parsed.data as AnswerOf<Of>;
    const issue = parsed.error.issues[0];
    throw new DayTradeError(
      'internal.bug',
      `${what} answered something else than its contract: ${issue?.path.join('.')}: ${issue?.message}`,
      { details: { issues: parsed.error.issues.length } },
    );
  }

  /**
   * Asks a route whose answer is a file, and gives the file piece by piece.
   *
   * @throws DayTradeError as {@link call}; while the pieces are read, `service.unreachable`
   */
  async download<const Of extends FileRoute & { readonly service: Name }>(
    route: Of,
    options: CallOptions<Of>,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { request, what } = this.#request(route, options);
    const { status, contentType, content } = await this.#transport.stream(request);
    const isFile = route.answerTypes.some((type) => contentType.startsWith(type));
    if (status < 400 && isFile) return content;
    const body = await textOf(content);
    throw errorOf(this.#json({ status, contentType, body }, what), status, what);
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

  #json(answer: TransportAnswer, what: string): unknown {
    try {
      if (/\bjson\b/.test(answer.contentType)) return JSON.parse(answer.body) as unknown;
    } catch {
      // Said below: what is not JSON comes from no service of ours.
    }
    throw new DayTradeError(
      'service.unreachable',
      `${what} answered ${answer.status} with ${answer.contentType || 'no content type'}: another program seems ` +
        'to listen there',
      { details: { address: this.address, status: answer.status } },
    );
  }
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of content) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
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
