import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pythonPrograms } from './paths.ts';

/**
 * Environment of every measured process: one thread each, no thread that spins while it waits, and no settings file of
 * whoever measures.
 */
export const oneThread: NodeJS.ProcessEnv = {
  ...process.env,
  DAYTRADE_SETTINGS_FILE: '/dev/null',
  // Of the benches themselves: the platform refuses settings that it does not know.
  DAYTRADE_BENCH_PYTHON: undefined,
  DAYTRADE_BENCH_SYMBOLS: undefined,
  DAYTRADE_BENCH_PARTS: undefined,
  OMP_NUM_THREADS: '1',
  OMP_WAIT_POLICY: 'passive',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  POLARS_MAX_THREADS: '1',
  // A kernel chosen for an old OpenBLAS would slow down the peers.
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
};

/** Starts one of our programs. */
export function startNode(program: string, argument: unknown): ChildProcess {
  return start(process.execPath, [program, JSON.stringify(argument)]);
}

/** Starts a program of a peer, a file of the folder `python`. */
export function startPython(python: string, program: string, argument: unknown): ChildProcess {
  return start(python, [join(pythonPrograms, program), JSON.stringify(argument)]);
}

/**
 * What a program printed as JSON before it ended.
 *
 * @throws Error when it ended badly
 */
export async function answerOf(child: ChildProcess): Promise<unknown> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0) throw new Error(`${child.spawnargs.slice(0, 2).join(' ')} ended with ${code ?? signal}`);
  return JSON.parse(output);
}

function start(command: string, args: readonly string[]): ChildProcess {
  return spawn(command, args, { env: oneThread, stdio: ['pipe', 'pipe', 'inherit'] });
}
