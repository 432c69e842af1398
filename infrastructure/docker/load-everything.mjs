// Loads every module of the command line and of the services, for the compile cache. Run when the image is made.
import { readdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const commandLine = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src');
const files = readdirSync(commandLine, { recursive: true });
const modules = files.filter((file) => file.endsWith('.ts') && file !== 'main.ts');
for (const file of modules) await import(pathToFileURL(join(commandLine, file)).href);
flushCompileCache();
process.exit();
