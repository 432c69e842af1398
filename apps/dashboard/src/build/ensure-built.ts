import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { addressesOfRoutes } from '@daytrade/contracts';
import type { InlineConfig } from 'vite';

const packageFolder = join(import.meta.dirname, '..', '..');

/**
 * Builds the page unless a build of exactly these sources exists. Each build has a folder named by the hash of its
 * sources, which is moved into place once it is complete: a process never serves half a page.
 *
 * @returns the folder to serve: `index.html` and `assets/`
 */
export async function ensureBuilt(): Promise<string> {
  const pages = join(packageFolder, 'dist', 'page');
  const name = await sourceHash();
  const folder = join(pages, name);
  if (existsSync(folder)) return folder;
  const partial = join(pages, `${name}.${process.pid}.partial`);
  await buildPage(packageFolder, partial);
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another process has finished the same build first, with the same bytes.
    if (!existsSync(folder)) throw error;
    await rm(partial, { recursive: true, force: true });
  }
  await removeOldBuilds(pages);
  return folder;
}

/** Builds that are kept for servers that were started before the sources changed. */
const keptBuilds = 5;

async function removeOldBuilds(pages: string): Promise<void> {
  const names = (await readdir(pages)).filter((name) => !name.endsWith('.partial'));
  const builds = await Promise.all(names.map(async (name) => ({ name, age: (await stat(join(pages, name))).mtimeMs })));
  const old = builds.sort((a, b) => b.age - a.age).slice(keptBuilds);
  await Promise.all(old.map(({ name }) => rm(join(pages, name), { recursive: true, force: true })));
}

/** Returns a hash of the sources of the page, of our packages in it, of its build, and of its libraries' versions. */
async function sourceHash(): Promise<string> {
  const packages = join(packageFolder, '..', '..', 'packages');
  const files = [
    ...(await sourcesBelow(join(packageFolder, 'src', 'page'))),
    ...(await sourcesBelow(join(packages, 'errors', 'src'))),
    ...(await sourcesBelow(join(packages, 'contracts', 'src'))),
    join(packageFolder, 'src', 'build', 'ensure-built.ts'),
    join(packageFolder, 'package.json'),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash.update(`${relative(packageFolder, file)}\0`);
    hash.update(await readFile(file));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function sourcesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|^tsconfig/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Builds the page into `outDir` for production, whatever NODE_ENV is. Vite picks the form of each package by NODE_ENV
 * alone, and the page of the development form is more than half as large again.
 */
async function buildPage(packageFolder: string, outDir: string): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    // Loaded only for a build: vite takes longer to load than everything else here together.
    const { build } = await import('vite');
    await build(viteOptions(packageFolder, outDir));
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Every file but `index.html` is named by its hash. */
function viteOptions(packageFolder: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: join(packageFolder, 'src', 'page'),
    base: '/',
    logLevel: 'warn',
    clearScreen: false,
    define: { ADDRESSES: JSON.stringify(addressesOfRoutes()) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      // A data: URL would need a wider content security policy than 'self'.
      assetsInlineLimit: 0,
      // The polyfill is an inline script. Every browser with the features of the target preloads modules itself.
      modulePreload: { polyfill: false },
      target: 'es2023',
      reportCompressedSize: false,
    },
  };
}
