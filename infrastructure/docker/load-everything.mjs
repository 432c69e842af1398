// Loads every module of the command line, of the services and of their threads, for the compile cache. Run when the
// image is made, with the arguments of a start: what V8 compiles is good for the options that they stand for.
import { readdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..');
const load = (file) => import(pathToFileURL(file).href);

const commandLine = join(root, 'apps', 'cli', 'src');
const { setEngineOptions } = await load(join(commandLine, 'engine-options.ts'));
const { keepCompiledModules } = await load(join(commandLine, 'compile-cache.ts'));
setEngineOptions(process.argv);
keepCompiledModules();
// These two do their work where they are loaded: as a process and as a thread.
const starts = new Set(['main.mjs', 'worker-entry.mjs']);
const bundle = join(root, 'bundle');
for (const file of readdirSync(bundle)) if (!starts.has(file)) await load(join(bundle, file));
flushCompileCache();
process.exit();
