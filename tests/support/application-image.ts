import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { run } from './steps.ts';

/** The version that the tests install first, the one that they upgrade to, and one that never gets ready. */
export const versions = { first: '0.1.0', second: '0.2.0', neverReady: '0.3.0-never-ready' } as const;

const parts = ['packages', 'services', 'apps', 'infrastructure/docker', 'package.json', 'package-lock.json'];

/**
 * The application's image, made by the same script as in the Dockerfile. The second version holds the same code under
 * another label; the third one starts, answers that it lives, and never gets ready.
 */
export async function applicationImages(root: string): Promise<readonly ImageRecipe[]> {
  const { hash, tars } = await assembledLayers(root);
  const layers = layerNames.map((name) => tars[name]);
  const common = ['--user', '10001:10001', '--workdir', '/app', ...ports, ...environment, '--cmd', '["--help"]'];
  const entry = ['--entrypoint', '["/usr/local/bin/node","/app/bundle/main.mjs"]'];
  const recipe = (version: string, extra: readonly string[], more: readonly string[] = []): ImageRecipe => ({
    name: `day-trade:${version}`,
    hash: `${hash}-${version}`,
    layers: [...layers, ...more],
    options: [...common, ...extra, '--label', `org.opencontainers.image.version=${version}`],
  });
  return [
    recipe(versions.first, entry),
    recipe(versions.second, entry),
    recipe(
      versions.neverReady,
      ['--entrypoint', '["/usr/local/bin/node","/app/never-ready.mjs"]'],
      [await neverReadyLayer(imageCache(root))],
    ),
  ];
}

const ports = [8000, 8001, 8002, 8003, 8080].flatMap((port) => ['--port', String(port)]);
const environment = [
  'NODE_ENV=production',
  'MALLOC_ARENA_MAX=2',
  'DAYTRADE_HOST=0.0.0.0',
  'DAYTRADE_STATE_DIR=/var/lib/day-trade',
].flatMap((variable) => ['--env', variable]);

const layerNames = ['runtime', 'packages', 'application'] as const;

export interface AssembledLayers {
  /** Changes with everything that goes into them. */
  readonly hash: string;
  /** A tar file each. */
  readonly tars: Readonly<Record<(typeof layerNames)[number], string>>;
}

export function imageCache(root: string): string {
  return join(root, '.cache', 'images');
}

/**
 * Assembles the layers by the script of the Dockerfile, or finds those of an earlier run when nothing that goes into
 * them has changed.
 */
export async function assembledLayers(root: string): Promise<AssembledLayers> {
  const hash = contentHash(root, parts, [process.version]);
  const cache = imageCache(root);
  const folder = join(cache, `day-trade-${hash}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.${process.pid}.partial`;
    await assemble(root, partial);
    // Another suite may have made the same in the meantime.
    if (existsSync(folder)) rmSync(partial, { recursive: true });
    else renameSync(partial, folder);
    removeOld(cache);
  }
  const tar = (layer: string) => join(folder, `${layer}.tar`);
  return { hash, tars: { runtime: tar('runtime'), packages: tar('packages'), application: tar('application') } };
}

async function assemble(root: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const script = join(root, 'infrastructure/docker/assemble-image.ts');
  await run(process.execPath, [script, '--output', join(folder, 'root')], { timeoutSeconds: 240 });
  for (const layer of layerNames) {
    const tar = ['--numeric-owner', '--sort=name', '--mtime=@0', '-cf', join(folder, `${layer}.tar`), '.'];
    await run('tar', ['-C', join(folder, 'root', layer), ...tar]);
  }
  rmSync(join(folder, 'root'), { recursive: true });
}

/** Two builds are kept, for going back and forth between two states of the sources. */
function removeOld(cache: string): void {
  const builds = readdirSync(cache)
    .filter((name) => /^day-trade-[0-9a-f]+$/.test(name))
    .map((name) => ({ name, made: statSync(join(cache, name)).mtimeMs }))
    .sort((a, b) => b.made - a.made);
  for (const { name } of builds.slice(2)) rmSync(join(cache, name), { recursive: true });
}

/** A release with a fault: the process lives, yet it is never ready. */
const neverReady = `import { createServer } from 'node:http';
const part = process.argv[3] ?? 'ml-service';
const ports = { 'ml-service': 8000, 'data-service': 8001, 'scheduler-service': 8002, worker: 8003, dashboard: 8080 };
if (process.argv[2] !== 'serve') process.exit(0);
createServer((request, response) => {
  response.statusCode = request.url === '/healthz' ? 200 : 503;
  response.end('{}');
}).listen(ports[part], '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
`;

async function neverReadyLayer(cache: string): Promise<string> {
  const folder = join(cache, 'never-ready');
  mkdirSync(join(folder, 'app'), { recursive: true });
  writeFileSync(join(folder, 'app', 'never-ready.mjs'), neverReady, { mode: 0o644 });
  await run('chmod', ['-R', 'u=rwX,go=rX', folder]);
  return folder;
}
