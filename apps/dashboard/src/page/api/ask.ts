import type { AnswerOf, CallOf, Routes } from '@daytrade/contracts';
import { addresses, type UrlParts, urlOf } from '@daytrade/contracts/addresses';
import { request } from './request.ts';

/** What a route of the services answers. Only types of its schemas are used: the page carries no validation library. */
export type Answer<Name extends keyof Routes> = AnswerOf<Routes[Name]>;

/**
 * Asks a route of one of the services, through the page's own server.
 *
 * @throws RequestProblem as {@link request}
 * @example
 * const { bars } = await ask('bars', { params: { symbol: '7203' } });
 */
export function ask<Name extends keyof Routes>(
  name: Name,
  ...[call]: Record<never, never> extends CallOf<Routes[Name]> ? [CallOf<Routes[Name]>?] : [CallOf<Routes[Name]>]
): Promise<Answer<Name>> {
  const { service, method } = addresses[name];
  const { params, query, body } = (call ?? {}) as UrlParts & { readonly body?: unknown };
  const path = `/${service}${urlOf(addresses[name], { params, query })}`;
  return request(path, method === 'POST' ? { method, body } : {});
}
