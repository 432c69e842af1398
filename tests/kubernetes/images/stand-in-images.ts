import { chmodSync, chownSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { contentHash } from '../../support/content-hash.ts';
import type { ImageRecipe } from '../../support/image-recipe.ts';
import { run } from '../../support/steps.ts';

/**
 * Debian's packages behind the names, entry points, variables and user ids of the official images, for a cluster that
 * cannot pull those. Debian 12 has PostgreSQL 15, Redis 7.0, Prometheus 2.42 and Alertmanager 0.25: what they are
 * used for here is the same in the newer ones.
 */
export async function standInImages(root: string, cache: string): Promise<readonly ImageRecipe[]> {
  const packages = ['postgresql-15', 'redis-server', 'prometheus', 'prometheus-alertmanager'];
  // One base for all, since it is made and unpacked once: a minute, not three.
  const { stdout } = await run('cluster', ['base', ...packages], { timeoutSeconds: 600 });
  const base = stdout.trim();
  const scripts = 'tests/kubernetes/images';
  const hash = contentHash(
    root,
    [`${scripts}/postgres`, `${scripts}/redis`, `${scripts}/stand-in-images.ts`],
    [basename(base)],
  );
  const recipe = (name: string, layer: string, options: readonly string[]): ImageRecipe => ({
    name,
    hash,
    layers: [base, layer],
    options,
  });
  return [
    recipe('postgres:17-bookworm', postgresLayer(root, cache), postgresOptions),
    recipe('redis:7-bookworm', redisLayer(root, cache), redisOptions),
    recipe('prom/prometheus:v3.5.0', monitoringLayer(cache, 'prometheus'), prometheusOptions),
    recipe('prom/alertmanager:v0.28.1', monitoringLayer(cache, 'alertmanager'), alertmanagerOptions),
  ];
}

const entryPoint = 'usr/local/bin/docker-entrypoint.sh';
const entry = ['--entrypoint', `["${basename(entryPoint)}"]`];

const postgresOptions = [
  ...entry,
  '--cmd=["postgres"]',
  '--port=5432',
  '--env=PGDATA=/var/lib/postgresql/data',
  '--env=LANG=C.UTF-8',
  '--env=PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

function postgresLayer(root: string, cache: string): string {
  const layer = emptyLayer(cache, 'postgres', { postgres: 999 });
  placeEntryPoint(root, layer, 'postgres');
  makeFolder(join(layer, 'docker-entrypoint-initdb.d'), 0o755, 0);
  makeFolder(join(layer, 'var/lib/postgresql'), 0o755, 999);
  makeFolder(join(layer, 'var/lib/postgresql/data'), 0o1777, 999);
  makeFolder(join(layer, 'run/postgresql'), 0o3777, 999);
  return layer;
}

const redisOptions = [...entry, '--cmd=["redis-server"]', '--port=6379', '--workdir=/data'];

function redisLayer(root: string, cache: string): string {
  const layer = emptyLayer(cache, 'redis', { redis: 999 });
  placeEntryPoint(root, layer, 'redis');
  makeFolder(join(layer, 'data'), 0o755, 999);
  return layer;
}

const prometheusOptions = [
  '--entrypoint=["/bin/prometheus"]',
  '--cmd=["--config.file=/etc/prometheus/prometheus.yml","--storage.tsdb.path=/prometheus"]',
  '--user=65534',
  '--port=9090',
  '--workdir=/prometheus',
];

const alertmanagerOptions = [
  '--entrypoint=["/bin/prometheus-alertmanager"]',
  '--user=65534',
  '--port=9093',
  '--workdir=/alertmanager',
];

function monitoringLayer(cache: string, name: 'prometheus' | 'alertmanager'): string {
  const layer = emptyLayer(cache, name, {});
  makeFolder(join(layer, name), 0o777, 65_534);
  return layer;
}

/** A layer that names only the users of the official image, since Debian numbers them as they come. */
function emptyLayer(cache: string, name: string, users: Readonly<Record<string, number>>): string {
  const layer = join(cache, `stand-in-${name}`);
  rmSync(layer, { recursive: true, force: true });
  const everyone = Object.entries({ root: 0, ...users, nobody: 65_534 });
  makeFolder(join(layer, 'etc'), 0o755, 0);
  const passwd = everyone.map(([user, id]) => `${user}:x:${id}:${id}:${user}:/tmp:/bin/sh\n`);
  writeFileSync(join(layer, 'etc/passwd'), passwd.join(''), { mode: 0o644 });
  writeFileSync(join(layer, 'etc/group'), everyone.map(([user, id]) => `${user}:x:${id}:\n`).join(''), { mode: 0o644 });
  return layer;
}

function placeEntryPoint(root: string, layer: string, name: string): void {
  makeFolder(join(layer, 'usr/local/bin'), 0o755, 0);
  cpSync(join(root, 'tests/kubernetes/images', name, 'docker-entrypoint.sh'), join(layer, entryPoint));
  chmodSync(join(layer, entryPoint), 0o755);
}

function makeFolder(path: string, mode: number, owner: number): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chmodSync(path, mode);
  chownSync(path, owner, owner);
}
