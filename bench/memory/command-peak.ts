import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { peakMegabytesOf } from '../harness/own-costs.ts';
import { repository } from '../harness/paths.ts';

/** Milliseconds between two looks: the peak is lost of what happens after the last one. */
const every = 50;

/**
 * Runs `daytrade` on a state folder, with all of its services in the one process, and gives what its process and
 * threads took of memory at most, in megabytes.
 *
 * @throws Error when the command ends badly
 */
export async function commandPeak(stateFolder: string, command: readonly string[]): Promise<number> {
  const program = ['--disable-warning=ExperimentalWarning', join(repository, 'apps/cli/src/main.ts'), ...command];
  const env = { ...process.env, DAYTRADE_STATE_DIR: stateFolder, DAYTRADE_LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakMegabytesOf(child.pid!) ?? 0);
  }, every);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code !== 0) throw new Error(`daytrade ${command.join(' ')} ended with ${code ?? signal}`);
    return peak;
  } finally {
    clearInterval(look);
  }
}
