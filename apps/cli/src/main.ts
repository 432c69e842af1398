import { keepCompiledModules } from './compile-cache.ts';
import { setEngineOptions } from './engine-options.ts';

// V8's options first, then the cache that holds for them, and only then everything else, so that a second start need
// not compile it.
setEngineOptions(process.argv);
keepCompiledModules();
const { runCommandLine } = await import('./command-line.ts');

// `daytrade symbols list | head`: who reads no further is done, and so is the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await runCommandLine(process.argv);
