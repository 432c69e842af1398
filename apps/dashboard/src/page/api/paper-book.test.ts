import { type Route, routes } from '@daytrade/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const fetched = vi.fn(async (_address: string, _init: { method: string; headers: object; body: string }) =>
  Response.json({ cancelled: 0 }),
);

beforeEach(() => {
  fetched.mockClear();
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

it.each([
  ['haltPaper', routes.haltPaper],
  ['releasePaper', routes.releasePaper],
] as const)('%s sends what its route takes, with the token, to the page’s own server', async (name, route: Route) => {
  const { rememberToken } = await import('./request.ts');
  rememberToken('a-token-of-the-reader');
  await (await import('./services.ts'))[name]();
  const [address, { method, headers, body }] = fetched.mock.calls[0]!;
  expect([address, method]).toEqual([`/api/ml${route.path}`, 'POST']);
  expect(headers).toMatchObject({
    authorization: 'Bearer a-token-of-the-reader',
    'content-type': 'application/json',
  });
  expect(route.body?.parse(JSON.parse(body))).toMatchObject({ by: 'page', dryRun: false });
});
