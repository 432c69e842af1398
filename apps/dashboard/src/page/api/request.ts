import type { AnswerOf, CallOf, Problem, Routes, ServiceName } from '@daytrade/contracts';
import { type UrlParts, urlOf } from '@daytrade/contracts/addresses';
import { signal } from '@preact/signals';
import { appTexts } from '../i18n/texts/app.ts';
import { addresses } from './addresses.ts';

/** The part of a problem document that the page shows. */
export type PageProblem = Pick<Problem, 'code' | 'title' | 'detail' | 'remedy'> & {
  /** The service that was asked. */
  readonly service: ServiceName;
};

const awayCodes: ReadonlySet<string> = new Set(['page.no-answer', 'service.unreachable', 'service.unavailable']);

/** True for the problem of a whole service, not of one request. */
export function isAway(problem: PageProblem | undefined): problem is PageProblem {
  return problem !== undefined && awayCodes.has(problem.code);
}

/** An answer that is not a success, with its problem document. */
export class RequestProblem extends Error {
  readonly problem: PageProblem;

  constructor(problem: PageProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const tokenKey = 'daytrade.token';

/** The token that the reader gave for this browser tab; null without one. */
const token = signal<string | null>(sessionStorage.getItem(tokenKey));

/** True once a service has refused a request for want of the right token. */
export const tokenWanted = signal(false);

/** Keeps the token until the tab is closed. */
export function rememberToken(value: string): void {
  sessionStorage.setItem(tokenKey, value);
  token.value = value;
}

/** True if requests carry a token, which a link cannot. */
export function needsToken(): boolean {
  return token.value !== null;
}

/** The answer of a route. Only types of its schemas are used: the page carries no validation library. */
export type Answer<Name extends keyof Routes> = AnswerOf<Routes[Name]>;

/**
 * Asks a route of one of the services, through the page's own server.
 *
 * @throws RequestProblem with the service's problem document, or `page.no-answer` without an answer
 * @example
 * const { bars } = await ask('bars', { params: { symbol: '7203' } });
 */
export async function ask<Name extends keyof Routes>(
  name: Name,
  ...[call]: Record<never, never> extends CallOf<Routes[Name]> ? [CallOf<Routes[Name]>?] : [CallOf<Routes[Name]>]
): Promise<Answer<Name>> {
  const { service, method } = addresses[name];
  const { params, query, body } = (call ?? {}) as UrlParts & { readonly body?: unknown };
  const path = `/${service}${urlOf(addresses[name], { params, query })}`;
  const accept = { accept: 'application/json' };
  const response = await send(
    path,
    method === 'POST'
      ? { method, headers: { ...accept, 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
      : { headers: accept },
  );
  const answer: unknown = await response.json().catch(() => undefined);
  if (answer === undefined) throw toRequestProblem(path, response, answer);
  return answer as Answer<Name>;
}

/**
 * Fetches a document for a reader whose browser would send no token along with a link.
 *
 * @throws RequestProblem as {@link ask}
 */
export async function requestText(path: string): Promise<string> {
  return await (await send(path, {})).text();
}

interface Sent extends RequestInit {
  readonly headers?: Record<string, string>;
}

async function send(path: string, { headers = {}, ...init }: Sent): Promise<Response> {
  if (token.value !== null) headers.authorization = `Bearer ${token.value}`;
  const response = await fetch(`/api${path}`, { ...init, headers, cache: 'no-store' }).catch(() => undefined);
  if (response?.ok === true) return response;
  if (response?.status === 401) tokenWanted.value = true;
  throw toRequestProblem(path, response, await response?.json().catch(() => undefined));
}

function toRequestProblem(path: string, response: Response | undefined, body: unknown): RequestProblem {
  const [, service] = path.split('/') as [string, ServiceName];
  if (isProblem(body)) return new RequestProblem({ ...body, service });
  const detail = response === undefined ? noAnswer.detail : `${path}: ${response.status}`;
  return new RequestProblem({ ...noAnswer, detail, service });
}

const noAnswer: Omit<PageProblem, 'service'> = {
  code: 'page.no-answer',
  title: appTexts['problem.no-answer'],
  detail: 'The server of this page cannot be reached.',
  remedy: appTexts['problem.no-answer.remedy'],
};

function isProblem(body: unknown): body is typeof noAnswer {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}
