// Loads every module of the command line, of the services and of their threads, for the compile cache. Run when the image is made, with
// the arguments of a start: what V8 compiles is good for the options that they stand for.
import { readdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..');
const load = (file) => import(pathToFileURL(file).href);
const modulesBelow = (folder, named) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => named.test(file))
    .map((file) => join(folder, file));

const commandLine = join(root, 'apps', 'cli', 'src');
const { sizeYoungGeneration } = await load(join(commandLine, 'young-generation.ts'));
const { keepCompiledModules } = await load(join(commandLine, 'compile-cache.ts'));
sizeYoungGeneration(process.argv);
keepCompiledModules();
const commands = modulesBelow(commandLine, /\.ts$/).filter((file) => file !== join(commandLine, 'main.ts'));
const threads = modulesBelow(join(root, 'services'), /\.worker\.ts$/);
for (const file of [...commands, ...threads]) await load(file);
flushCompileCache();
process.exit();
