import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPage } from './build-page.ts';
import { sourceHash } from './source-hash.ts';

/** Where the page stands after {@link ensureBuilt}. */
export interface BuiltPage {
  /** The folder to serve: `index.html` and `assets/`. */
  readonly folder: string;
  /** True when it was built by this call, false when an earlier build of the same sources was there. */
  readonly built: boolean;
}

const packageFolder = join(import.meta.dirname, '..', '..');

/**
 * Builds the page unless a build of exactly these sources is there. Each build has a folder of its own, named by the
 * hash of its sources and moved into place when it is complete, so that a process that serves one never sees half of
 * it.
 *
 * @example
 * const { folder } = await ensureBuilt();
 * const app = await createDashboard({ settings, services, assets: folder });
 */
export async function ensureBuilt(options: { readonly force?: boolean } = {}): Promise<BuiltPage> {
  const pages = join(packageFolder, 'dist', 'page');
  const name = await sourceHash(packageFolder);
  const folder = join(pages, name);
  if (existsSync(folder) && options.force !== true) return { folder, built: false };
  const partial = join(pages, `${name}.${process.pid}.partial`);
  await buildPage(packageFolder, partial);
  await moveInto(partial, folder);
  await removeOldBuilds(pages);
  return { folder, built: true };
}

async function moveInto(partial: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another process finished the same build first: its result is byte for byte ours.
    if (!existsSync(folder)) throw error;
    await rm(partial, { recursive: true, force: true });
  }
}

/** Builds that are kept: a server that was started before the sources changed still serves its own. */
const keptBuilds = 5;

async function removeOldBuilds(pages: string): Promise<void> {
  const names = (await readdir(pages)).filter((name) => !name.endsWith('.partial'));
  const builds = await Promise.all(names.map(async (name) => ({ name, age: (await stat(join(pages, name))).mtimeMs })));
  const old = builds.sort((a, b) => b.age - a.age).slice(keptBuilds);
  await Promise.all(old.map(({ name }) => rm(join(pages, name), { recursive: true, force: true })));
}
