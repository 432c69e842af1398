import type { Problem } from '@daytrade/contracts';
import { eventData } from '@daytrade/service/event-frames';
import { signal } from '@preact/signals';

/** The part of a problem document that the page shows. */
export type PageProblem = Pick<Problem, 'code' | 'title' | 'detail' | 'remedy'> & {
  /** The service that was asked. */
  readonly service: ServiceName;
};

/** The services behind the page, as its addresses name them. */
export type ServiceName = 'data' | 'ml' | 'scheduler';

const awayCodes: ReadonlySet<string> = new Set(['page.no-answer', 'service.unreachable', 'service.unavailable']);

/** Whether a problem is that of a whole service, and not of what was asked of it. */
export function isAway(problem: PageProblem | undefined): problem is PageProblem {
  return problem !== undefined && awayCodes.has(problem.code);
}

/** An answer that is not a success, as its problem document says it. */
export class RequestProblem extends Error {
  readonly problem: PageProblem;

  constructor(problem: PageProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const tokenKey = 'daytrade.token';

/** The token that the reader gave for this browser tab; null when none was asked for. */
const token = signal<string | null>(sessionStorage.getItem(tokenKey));

/** True once a service has refused a request for want of the right token. */
export const tokenWanted = signal(false);

/** Remembers the token until the tab is closed. */
export function rememberToken(value: string): void {
  sessionStorage.setItem(tokenKey, value);
  token.value = value;
}

/**
 * Asks one of the services through the page's own server.
 *
 * @throws RequestProblem with what the service answered, or `service.unreachable` when nothing answers
 */
export async function request<Body>(path: string, init: { method?: 'POST'; body?: unknown } = {}): Promise<Body> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token.value !== null) headers.authorization = `Bearer ${token.value}`;
  if (init.method === 'POST') headers['content-type'] = 'application/json';
  const response = await fetch(`/api${path}`, {
    method: init.method ?? 'GET',
    headers,
    ...(init.method === 'POST' ? { body: JSON.stringify(init.body ?? {}) } : {}),
    cache: 'no-store',
  }).catch(() => undefined);
  const [, service] = path.split('/') as [string, ServiceName];
  if (response === undefined) throw new RequestProblem({ ...noAnswer, service });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Body;
  if (response.status === 401) tokenWanted.value = true;
  const problem = isProblem(body) ? body : { ...noAnswer, detail: `${path}: ${response.status}` };
  throw new RequestProblem({ ...problem, service });
}

/**
 * Fetches a document of one of the services, for a reader whose browser would send no token along with a link.
 *
 * @throws RequestProblem as {@link request}
 */
export async function requestText(path: string): Promise<string> {
  const headers: Record<string, string> = token.value === null ? {} : { authorization: `Bearer ${token.value}` };
  const response = await fetch(`/api${path}`, { headers, cache: 'no-store' }).catch(() => undefined);
  const [, service] = path.split('/') as [string, ServiceName];
  if (response?.ok === true) return await response.text();
  if (response?.status === 401) tokenWanted.value = true;
  const body: unknown = await response?.json().catch(() => undefined);
  throw new RequestProblem({ ...(isProblem(body) ? body : noAnswer), service });
}

/**
 * The server-sent events of one of the services, as they come, until the service ends them.
 *
 * @throws RequestProblem as {@link request}; an error of the browser when the connection breaks, or `signal` is aborted
 */
export async function* requestEvents<Event>(path: string, signal: AbortSignal): AsyncGenerator<Event, void, void> {
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (token.value !== null) headers.authorization = `Bearer ${token.value}`;
  const response = await fetch(`/api${path}`, { headers, cache: 'no-store', signal });
  const [, service] = path.split('/') as [string, ServiceName];
  if (!response.ok || response.body === null) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new RequestProblem({ ...(isProblem(body) ? body : noAnswer), service });
  }
  for await (const data of eventData(piecesOf(response.body))) yield JSON.parse(data) as Event;
}

/** Not every browser goes through a stream by itself. */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}

/** Whether requests carry a token, which a link cannot. */
export function needsToken(): boolean {
  return token.value !== null;
}

const noAnswer: Omit<PageProblem, 'service'> = {
  code: 'page.no-answer',
  title: 'The platform does not answer',
  detail: 'The server of this page cannot be reached.',
  remedy: 'Check that `daytrade up` runs; the page tries again by itself.',
};

function isProblem(body: unknown): body is typeof noAnswer {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}
