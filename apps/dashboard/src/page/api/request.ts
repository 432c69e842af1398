import type { Problem } from '@daytrade/contracts';
import { signal } from '@preact/signals';

/** The part of a problem document that the page shows. */
export type PageProblem = Pick<Problem, 'code' | 'title' | 'detail' | 'remedy'>;

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
export const token = signal<string | null>(sessionStorage.getItem(tokenKey));

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
  if (response === undefined) throw new RequestProblem(noAnswer);
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Body;
  if (response.status === 401) tokenWanted.value = true;
  throw new RequestProblem(isProblem(body) ? body : { ...noAnswer, detail: `${path}: ${response.status}` });
}

const noAnswer: PageProblem = {
  code: 'page.no-answer',
  title: 'The platform does not answer',
  detail: 'The server of this page cannot be reached.',
  remedy: 'Check that `daytrade up` runs; the page tries again by itself.',
};

function isProblem(body: unknown): body is PageProblem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}
