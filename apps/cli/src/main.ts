import { enableCompileCache } from 'node:module';

// Everything is loaded after the cache is on, so that a second start need not compile it again.
enableCompileCache();
const { runCommandLine } = await import('./command-line.ts');
await runCommandLine(process.argv);
