// @module-tag long
import { problemSchema, runAcceptedSchema } from '@daytrade/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../../apps/cli/src/platform/context.fixture.ts';

const services = ['ml', 'data', 'scheduler'] as const;
let commands: CommandsOnPlatform;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  const { platform } = commands;
  await platform.queue.start();
  const payload = { provider: 'synthetic', symbols: 3, from: '2026-08-03' };
  const answer = await platform.services.data.inject({ method: 'POST', url: '/v1/fetches', payload });
  expect((await platform.queue.finished(runAcceptedSchema.parse(answer.json()).run.id)).status).toBe('succeeded');
});
afterAll(() => commands.close());

/** A route of the description of an API: `/v1/bars/{symbol}`. */
interface KnownRoute {
  readonly method: string;
  readonly path: string;
  readonly queryNames: readonly string[];
  readonly bodyNames: readonly string[];
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: unknown;
}

/** Returns the routes of an OpenAPI document. */
function routesOf(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>): KnownRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody = {} }]) => ({
      method: method.toUpperCase(),
      path,
      queryNames: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      bodyNames: [...JSON.stringify(requestBody).matchAll(/"(\w+)":\{"(?:type|anyOf|default|description)"/g)].map(
        ([, name = '']) => name,
      ),
    })),
  );
}

const known = ['latest', 'all', '0102', '7203', '0102.T', '2026-11-24', '5m', 'fetch', 'training', 'succeeded', 'csv'];
const odd = ['', ' ', '\0', '\ud800', '💹', '../../etc/passwd', '/dev/zero', '__proto__', '2026-02-30', '9999-12-31'];
const text = fc.oneof(fc.constantFrom(...known), fc.constantFrom(...odd), fc.string(), fc.double().map(String));
const encodings = ['%00', '%', '%zz', '%ED%A0%80', '%2e%2e%2f', '%5c', '%0d%0aX:1', '+', '%C0%AF', ';'];
const segment = fc.oneof(
  { weight: 4, arbitrary: text.map((value) => encodeURIComponent(value.toWellFormed())) },
  { weight: 1, arbitrary: fc.constantFrom(...encodings) },
);
const value = fc.oneof(text, fc.constantFrom(0, -1, 0.5, 10_001, 1e21, 2 ** 53, 5e-324), fc.jsonValue());
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/xml', '/', ''),
    'accept-encoding': fc.constantFrom('gzip', 'br', 'identity;q=0', 'gzip;q=zz'),
    'if-none-match': fc.constantFrom('*', '"a"', 'W/"a", "b"', '"'.repeat(100)),
    range: fc.constantFrom('bytes=0-1', 'bytes=9-1', 'lines=1'),
    'x-request-id': fc.constantFrom('a', 'x'.repeat(200), '"'),
    traceparent: fc.constantFrom('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'zz'),
    origin: fc.constantFrom('null', 'https://elsewhere.example'),
    authorization: fc.constantFrom('Bearer', 'Basic YTpi'),
    host: fc.constantFrom('localhost', 'elsewhere.example', '[', 'localhost:99999'),
  },
  { requiredKeys: [] },
);

/** Requests for a route that a person should not send. */
function requestsOf({ method, path, queryNames, bodyNames }: KnownRoute) {
  const body = fc.oneof(
    { weight: 8, arbitrary: fc.dictionary(fc.constantFrom(...bodyNames, ...odd), value).map((o) => JSON.stringify(o)) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.nat(20_000).map((depth) => '['.repeat(depth)) },
  );
  return fc.record({
    method: fc.oneof(
      { weight: 3, arbitrary: fc.constant(method) },
      fc.constantFrom('HEAD', 'PUT', 'DELETE', 'OPTIONS'),
    ),
    path: fc
      .tuple(...path.split('/').map((part) => (part.startsWith('{') ? segment : fc.constant(part))))
      .map((parts) => parts.join('/')),
    query: fc.array(fc.tuple(fc.constantFrom(...queryNames, 'nosuch'), segment), { maxLength: 3 }),
    headers,
    body: fc.option(body, { nil: undefined }),
  });
}

it.each(services)('random requests to the %s service are answered, none as a fault of the platform', async (name) => {
  const service = commands.platform.services[name];
  const { paths } = (await service.inject('/openapi.json')).json<{ paths: Parameters<typeof routesOf>[0] }>();
  const requests = fc.oneof(...routesOf(paths).map(requestsOf));
  const property = fc.asyncProperty(requests, async ({ method, path, query, headers: given, body }) => {
    const url = `${path}?${query.map((pair) => pair.join('=')).join('&')}`;
    const sent = { 'content-type': 'application/json', ...given };
    const payload = body === undefined ? {} : { payload: body };
    const answer = await service.inject({ method: method as 'GET', url, headers: sent, ...payload });
    const isRefusal = answer.statusCode === 503 && answer.headers['retry-after'] !== undefined;
    expect(answer.statusCode < 500 || isRefusal, answer.body).toBe(true);
    if (answer.statusCode >= 400 && method !== 'HEAD') problemSchema.parse(answer.json());
  });
  await fc.assert(property, { numRuns: 200, seed: 20_261_127 });
});
