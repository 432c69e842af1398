import { existsSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/** Where modules start: the process, and threads, which load a file by its name. */
const starts = [
  'apps/cli/src/main.ts',
  'packages/jobs/src/workers/worker-entry.ts',
  'services/ml-service/src/computation/predict.worker.ts',
  'services/ml-service/src/computation/compute.worker.ts',
  'services/ml-service/src/computation/fit.worker.ts',
];

/** Stay packages: they bring native code or WebAssembly, or are loaded only where a setting asks for them. */
const external = [
  /^@duckdb\//,
  /^@electric-sql\//,
  /^@aws-sdk\//,
  /^@smithy\//,
  /^@preact\/preset-vite$/,
  /^vite$/,
  /^msgpackr-extract$/,
  /^pg-native$/,
];

/** CommonJS modules may ask where they are; modules of ECMAScript have no such names. */
const placeOfModule = 'const __filename = import.meta.filename, __dirname = import.meta.dirname;';

/**
 * Puts our modules and most of the packages' into a few files: finding, reading and linking 1,300 of them is most of what a start takes.
 *
 * @param root the clone
 * @param target the folder of the files, as deep in the image's application as its name below the root of the application says
 */
export async function bundleModules(root: string, target: string): Promise<void> {
  const input = Object.fromEntries(starts.map((path) => [nameOf(path), join(root, path)]));
  const bundle = await rolldown({
    cwd: root,
    input,
    external,
    platform: 'node',
    plugins: [keepPlaces(root)],
    onLog(_level, { message, code }) {
      throw new Error(`the image's modules cannot be put together: ${code ?? ''} ${message}`);
    },
  });
  await bundle.write({
    dir: target,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].[hash].mjs',
    intro: placeOfModule,
    keepNames: true,
  });
  await bundle.close();
}

/** A file that a module names relative to itself is looked for where it was; a thread's module is one of the files made here. */
function keepPlaces(root: string): Plugin {
  const threads = new Set(starts.map(nameOf));
  return {
    name: 'keep-places',
    transform(code, file) {
      if (!code.includes('import.meta.') || file.includes('node_modules')) return null;
      const folder = posix.join('..', relative(root, dirname(file)));
      return code
        .replaceAll(/new URL\('(?:\.\/)?([^']+)', import\.meta\.url\)/g, (whole, name: string) => {
          if (threads.has(nameOf(name))) return `new URL('./${nameOf(name)}.mjs', import.meta.url)`;
          if (!existsSync(join(dirname(file), name))) return whole;
          return `new URL('${posix.join(folder, name)}', import.meta.url)`;
        })
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${folder}')`);
    },
  };
}

function nameOf(path: string): string {
  return basename(path, '.ts');
}
