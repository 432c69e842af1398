import { readFile } from 'node:fs/promises';
import { runCommandLine } from './command-line.ts';

// A service in whose process something waits for a file that never opens: the argument, a pipe without a writer.

void readFile(String(process.argv[2]));
await runCommandLine(['node', 'daytrade', 'serve', 'scheduler-service']);
