import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneThread } from './child.ts';
import { peakMegabytesOf } from './own-costs.ts';
import { repository } from './paths.ts';

/** Milliseconds between two looks: the peak is lost of what happens after the last one. */
const every = 50;
/** Parts of a second in which Linux counts the time of a process. */
const ticksPerSecond = 100;

/** What a command took, and what it printed. */
export interface CommandCosts {
  /** Memory of its process and threads at most, in megabytes of 10^6 bytes. */
  readonly peakMegabytes: number;
  /** Processor time of all its threads. */
  readonly cpuSeconds: number;
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly output: string;
}

/**
 * Runs `daytrade` on a state folder, with all of its services in the one process. No other child of this process may
 * end meanwhile.
 *
 * @throws Error when the command ends badly
 */
export async function commandCosts(stateFolder: string, command: readonly string[]): Promise<CommandCosts> {
  const program = ['--disable-warning=ExperimentalWarning', join(repository, 'apps/cli/src/main.ts'), ...command];
  const env = { ...oneThread, DAYTRADE_STATE_DIR: stateFolder, DAYTRADE_LOG_LEVEL: 'error' };
  const before = secondsOfChildren();
  const started = performance.now();
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakMegabytesOf(child.pid!) ?? 0);
  }, every);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code !== 0) throw new Error(`daytrade ${command.join(' ')} ended with ${code ?? signal}`);
    const seconds = (performance.now() - started) / 1000;
    return { peakMegabytes: peak, cpuSeconds: secondsOfChildren() - before, seconds, output };
  } finally {
    clearInterval(look);
  }
}

/** Processor seconds of the children that have ended, theirs included; 0 where the system does not tell. */
function secondsOfChildren(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
  } catch {
    return 0;
  }
}
