import { apiPrefix, grantedBy, type Route, routes } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';

const described = Object.entries(routes) as [string, Route][];
describe('a route', () => {
  it.each(described)('%s names the parameters of its path and no others', (_name, { path, params }) => {
    const named = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    expect(Object.keys(params?.shape ?? {}).toSorted()).toEqual(named.toSorted());
  });

  it.each(described)(
    '%s has one answer, a body only where one is sent, and is kept only when it is read',
    (_name, route) => {
      expect(Object.keys(route.answers)).toHaveLength(1);
      expect(grantedBy(route).status).toBeLessThan(300);
      if (route.method === 'GET' || route.method === 'DELETE') expect(route).not.toHaveProperty('body');
      if (route.method !== 'GET') expect(route).not.toHaveProperty('kept');
    },
  );

  it('has a place of its own', () => {
    const places = described.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
    expect(places.filter((place) => !place.includes(` ${apiPrefix}`))).toEqual([]);
  });
});
