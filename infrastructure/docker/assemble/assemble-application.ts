import { cpSync, existsSync, globSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { ensureBuilt } from '@daytrade/dashboard';
import { type Plugin, rolldown } from 'rolldown';
import type { LockedPackage, RuntimePackages } from './locked-packages.ts';

/**
 * Puts what we wrote where it is run without a clone: sources, the bundle of modules, the page.
 *
 * @param target the folder that holds its packages' `node_modules`
 */
export async function assembleApplication(root: string, target: string, packages: RuntimePackages): Promise<void> {
  copySources(root, target, packages.workspaces);
  await bundleModules(root, target);
  const page = await ensureBuilt();
  cpSync(page, page.replace(root, target), { recursive: true });
}

/**
 * Not needed to run: types for the compiler, maps for debuggers, prose, builds for another C library. Licences stay.
 */
const unneeded =
  /\.(?:d\.[cm]?ts|map|markdown|flow|tsbuildinfo)$|\.musl\.node$|^(?:README|CHANGELOG|HISTORY)(?:\.md)?$/i;
/** Tests, what only they use or compare, and the libraries' counterparts of both. */
const onlyForTests = /\.(?:test|suite|fixture)\.tsx?$|\.golden\.json$|\.sql$/;
const skippedFolders = new Set(['dist', 'oracles', 'testing', 'sql', 'node_modules']);

/** Copies packages from the registry as they are installed, without what only development needs. */
export function copyPackages(root: string, target: string, packages: readonly LockedPackage[]): void {
  for (const { path } of packages) {
    const from = join(root, path);
    cpSync(from, join(target, path), {
      recursive: true,
      dereference: true,
      // A package that lies inside of another one is copied by its own entry, if the lock says that it is needed.
      filter: (file) => file === from || (basename(file) !== 'node_modules' && !unneeded.test(basename(file))),
    });
  }
}

/** Copies the sources of this repository's packages, which Node.js runs as they are, and links them by their names. */
function copySources(root: string, target: string, packages: readonly LockedPackage[]): void {
  for (const { path, name } of packages) {
    for (const part of ['package.json', 'src']) {
      cpSync(join(root, path, part), join(target, path, part), {
        recursive: true,
        filter: (file) => !onlyForTests.test(file) && !skippedFolders.has(basename(file)),
      });
    }
    const link = posix.join('node_modules', name);
    mkdirSync(join(target, dirname(link)), { recursive: true });
    symlinkSync(posix.relative(posix.dirname(link), path), join(target, link));
  }
  cpSync(join(root, 'package.json'), join(target, 'package.json'));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}

/** The folder of the bundle, beside those that the sources lie in. */
const folder = 'bundle';

/** Returns the entry modules: the process, and each worker thread, which loads a file by its name. */
function findEntryModules(root: string): readonly string[] {
  const threads = globSync('services/*/src/**/*.worker.ts', { cwd: root }).sort();
  return ['apps/cli/src/main.ts', 'packages/jobs/src/workers/worker-entry.ts', ...threads];
}

/**
 * Stay packages: they bring native code or WebAssembly, are loaded only where a setting asks for them, or build the
 * page, which the image has built.
 */
const external = [
  /^@duckdb\//,
  /^@electric-sql\//,
  /^@aws-sdk\//,
  /^@azure\//,
  /^@smithy\//,
  /^@modelcontextprotocol\//,
  /^tedious$/,
  /^vite$/,
  /^msgpackr-extract$/,
  /^pg-native$/,
];

/** CommonJS modules may ask where they are; modules of ECMAScript have no such names. */
const placeOfModule = 'const __filename = import.meta.filename, __dirname = import.meta.dirname;';

/**
 * Puts our modules and most of the packages' into a few files: finding, reading and linking 1,300 of them is most of
 * what a start takes.
 */
async function bundleModules(root: string, application: string): Promise<void> {
  const starts = findEntryModules(root);
  const input = Object.fromEntries(starts.map((path) => [moduleName(path), join(root, path)]));
  const bundle = await rolldown({
    cwd: root,
    input,
    external,
    platform: 'node',
    plugins: [keepPlaces(root, new Set(starts.map(moduleName)))],
    onLog(_level, { message, code }) {
      throw new Error(`the image's modules cannot be put together: ${code ?? ''} ${message}`);
    },
  });
  await bundle.write({
    dir: join(application, folder),
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].[hash].mjs',
    intro: placeOfModule,
    keepNames: true,
  });
  await bundle.close();
}

/**
 * A file that a module names relative to itself is looked for where it was; where modules start is one of the files
 * made here.
 */
function keepPlaces(root: string, starts: ReadonlySet<string>): Plugin {
  return {
    name: 'keep-places',
    transform(code, file) {
      if (!code.includes('import.meta.') || file.includes('node_modules')) return null;
      const place = posix.join('..', relative(root, dirname(file)));
      return code
        .replaceAll(/new URL\('(?:\.\/)?([^']+)', import\.meta\.url\)/g, (whole, name: string) => {
          if (starts.has(moduleName(name))) return `new URL('./${moduleName(name)}.mjs', import.meta.url)`;
          if (!existsSync(join(dirname(file), name))) return whole;
          return `new URL('${posix.join(place, name)}', import.meta.url)`;
        })
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${place}')`);
    },
  };
}

function moduleName(path: string): string {
  return basename(path, '.ts');
}
