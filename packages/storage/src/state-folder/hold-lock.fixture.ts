/**
 * Run as a process of its own by the tests: opens the folder given, says how that went, holds it until it is killed.
 */
import { StateFolder } from './state-folder.ts';

try {
  await StateFolder.open({ path: process.argv[2]!, purpose: process.argv[3]!, now: Date.now });
  process.stdout.write('open\n');
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}: ${(error as Error).message}\n`);
}
setInterval(() => undefined, 1000);
