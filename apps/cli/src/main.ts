import { enableCompileCache } from 'node:module';

// Before everything else is loaded, so that a second start takes it compiled.
enableCompileCache();
const { runCommandLine } = await import('./command-line.ts');

// `daytrade symbols list | head`: who reads no further is done, and so is the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await runCommandLine(process.argv);
