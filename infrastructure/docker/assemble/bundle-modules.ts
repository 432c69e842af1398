import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/** The folder of the bundle, beside those that the sources lie in. */
const folder = 'bundle';

/** Returns the entry modules: the process, and each worker thread, which loads a file by its name. */
function startsOf(root: string): readonly string[] {
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
 *
 * @param root the clone
 * @param application the image's copy of the clone
 */
export async function bundleModules(root: string, application: string): Promise<void> {
  const starts = startsOf(root);
  const input = Object.fromEntries(starts.map((path) => [nameOf(path), join(root, path)]));
  const bundle = await rolldown({
    cwd: root,
    input,
    external,
    platform: 'node',
    plugins: [keepPlaces(root, new Set(starts.map(nameOf)))],
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
          if (starts.has(nameOf(name))) return `new URL('./${nameOf(name)}.mjs', import.meta.url)`;
          if (!existsSync(join(dirname(file), name))) return whole;
          return `new URL('${posix.join(place, name)}', import.meta.url)`;
        })
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${place}')`);
    },
  };
}

function nameOf(path: string): string {
  return basename(path, '.ts');
}
