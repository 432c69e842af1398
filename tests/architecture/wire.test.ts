import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPrefix, grantedBy, type Route, routes } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const described = Object.entries(routes) as [string, Route][];
const sources = globSync('{packages,services,apps}/*/src/**/*.{ts,tsx,html}', { cwd: root })
  .filter((file) => !/\.(?:test|fixture|suite)\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Interfaces of others that have such a path too: Kubernetes' and OpenTelemetry's. */
const ofOthers = /\/apis\/apps\/v1\/|\/v1\/traces\b/g;

describe('the wire', () => {
  it('is written down in contracts: no path of the API stands anywhere else', () => {
    const wrong = sources
      .filter(({ file }) => !file.startsWith('packages/contracts/'))
      .filter(({ text }) => text.replaceAll(ofOthers, '').includes(apiPrefix))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it.each(described)('has %s served once, by its service', (name, { service }) => {
    const served = sources
      .filter(({ file }) => file.startsWith('services/'))
      .filter(({ text }) =>
        new RegExp(
          `\\b(?:addRoute|addBytesRoute|addFileRoute|addEventRoute|addRunRoute)\\([^)]*\\broutes\\.${name}\\b`,
        ).test(text),
      );
    expect(served.map(({ file }) => file.split('/')[1])).toEqual([`${service}-service`]);
  });
});

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
