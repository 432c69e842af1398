import { readFile } from 'node:fs/promises';
import { runCommandLine } from './command-line.ts';

// `daytrade up` in a process in which something waits for a file that never opens: the argument, a pipe without a writer.

void readFile(String(process.argv[2]));
await runCommandLine(['node', 'daytrade', 'up', '--no-synthetic', '--json']);
