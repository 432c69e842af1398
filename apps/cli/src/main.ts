import { enableCompileCache } from 'node:module';
import { sizeYoungGeneration } from './young-generation.ts';

// Everything is loaded after the cache is on, so that a second start need not compile it again.
enableCompileCache();
sizeYoungGeneration(process.argv);
const { runCommandLine } = await import('./command-line.ts');

// `daytrade symbols list | head`: who reads no further is done, and so is the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await runCommandLine(process.argv);
