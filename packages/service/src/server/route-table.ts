import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import { beforeEachRequest, pathOf } from './hooks.ts';

/** The methods of each path, for answers 404 and 405. */
class RouteTable {
  readonly #routes: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];

  add(url: string, methods: readonly string[]): void {
    this.#routes.push({ pattern: patternOf(url), methods: new Set(methods) });
  }

  methodsOf(path: string): string[] {
    const found = this.#routes.filter((route) => route.pattern.test(path)).flatMap((route) => [...route.methods]);
    return [...new Set(found)].sort();
  }
}

/** Converts a route template (`…/bars/:symbol`, `/assets/*`) into a pattern of its paths. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => {
      if (segment.startsWith(':')) return '[^/]+';
      return segment === '*' ? '.*' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}

/** Refuses a request without a route before its body is read: 404, or 405 with Allow if the path has other methods. */
export function addRouteTable(service: Service): void {
  const table = new RouteTable();
  service.addHook('onRoute', (route) => table.add(route.url, [route.method].flat()));
  service.setNotFoundHandler(async () => undefined);
  beforeEachRequest(service, (request, reply) => {
    if (!request.is404) return;
    const path = pathOf(request);
    const allowed = table.methodsOf(path);
    if (allowed.length === 0) {
      throw new DayTradeError('http.not-found', `there is no route ${request.method} ${path}${atRoot(path)}`, {
        details: { method: request.method, path },
      });
    }
    reply.header('allow', allowed.join(', '));
    throw new DayTradeError(
      'http.method-not-allowed',
      `${path} does not take ${request.method}; it takes ${allowed.join(', ')}`,
      { details: { method: request.method, path, allowed } },
    );
  });
}

/** A browser at the root of a service looks for the page. */
function atRoot(path: string): string {
  return path === '/'
    ? '; this is an API, described at /openapi.json; the page has a port of its own, 8080 by default'
    : '';
}
