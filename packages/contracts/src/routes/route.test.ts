import { expect, it } from 'vitest';
import { z } from 'zod';
import { urlOf } from '../addresses.ts';
import { grantedBy, route, routes } from './index.ts';

it('a granted request is answered by the one status and schema of its route', () => {
  const schema = z.object({ run: z.string() });
  expect(grantedBy({ answers: { 202: schema } })).toEqual({ status: 202, schema });
  expect(() => grantedBy({ answers: {} })).toThrow('a route without an answer');
  const statuses = new Set(Object.values(routes).map((each) => grantedBy(each).status));
  expect([...statuses].every((status) => status >= 200 && status < 300)).toBe(true);
});

it('a route has the method, the path and, as its group, the first word of the path', () => {
  const answers = { 200: z.object({}) };
  expect(route('data', 'GET /v1/bars/:symbol', { summary: 'Bars', answers })).toEqual({
    service: 'data',
    method: 'GET',
    path: '/v1/bars/:symbol',
    summary: 'Bars',
    answers,
    tags: ['bars'],
  });
});

it.each([
  [{ path: '/v1/symbols' }, {}, '/v1/symbols'],
  [{ path: '/v1/bars/:symbol' }, { params: { symbol: '7203' } }, '/v1/bars/7203'],
  [{ path: '/v1/bars/:symbol' }, { params: { symbol: '../a b' } }, '/v1/bars/..%2Fa%20b'],
  [{ path: '/v1/runs' }, { query: { job: undefined } }, '/v1/runs'],
  [{ path: '/v1/runs' }, { query: { job: 'a&b', dead: false, limit: 0 } }, '/v1/runs?job=a%26b&dead=false&limit=0'],
] as const)('the URL of %j with %j is %s', (address, parts, url) => {
  expect(urlOf(address, parts)).toBe(url);
});
