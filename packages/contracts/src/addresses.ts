/** The services, as the settings, the clients and the page name them. */
export type ServiceName = 'data' | 'ml' | 'scheduler';

/** Every path of the API begins with it; what does not is for machines: health, metrics, the OpenAPI document. */
export const apiPrefix = '/v1/';

/** Service, method and path of a route. A path names its parameters, as `/v1/bars/:symbol`. */
export interface Address {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
}

/** A value in a URL; undefined is left out. */
type UrlValue = string | number | boolean | undefined;

/** The parts of a request that stand in its URL. */
export interface UrlParts {
  readonly params?: Readonly<Record<string, UrlValue>> | undefined;
  readonly query?: Readonly<Record<string, UrlValue>> | undefined;
}

/**
 * The path of one request, with its query string.
 *
 * @example
 * urlOf(routes.bars, { params: { symbol: '7203' }, query: { from: '2026-01-05' } });
 * // /v1/bars/7203?from=2026-01-05
 */
export function urlOf({ path }: Pick<Address, 'path'>, { params = {}, query = {} }: UrlParts = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.append(name, String(value));
  return asked.size === 0 ? filled : `${filled}?${asked.toString()}`;
}
