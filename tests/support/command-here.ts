import type { Terminal } from '../../apps/cli/src/output/terminal.ts';
import type { Finished } from './running-process.ts';

/** How a command ended that had no process of its own. */
export type FinishedHere = Pick<Finished, 'stdout' | 'stderr' | 'seconds'> & { readonly exitCode: number };

let isBusy = false;

/**
 * Runs `daytrade …` in this process, with nothing of the platform's settings but those given: seconds of a processor
 * less than a process of its own. For what a command does and says; how one starts, hangs or is ended needs a process.
 *
 * @throws Error when another one runs, since both would have the same environment
 */
export async function commandHere(
  settings: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<FinishedHere> {
  if (isBusy) throw new Error(`daytrade ${args.join(' ')}: another command runs in this process`);
  isBusy = true;
  const started = performance.now();
  const written = { stdout: '', stderr: '' };
  const before = { exitCode: process.exitCode, environment: { ...process.env } };
  for (const name of Object.keys(process.env)) if (name.startsWith('DAYTRADE_')) delete process.env[name];
  Object.assign(process.env, { DAYTRADE_SETTINGS_FILE: '/dev/null', ...settings });
  process.exitCode = 0;
  try {
    // Seconds of loading, only for whoever runs one.
    const { runCommandLine } = await import('../../apps/cli/src/command-line.ts');
    await runCommandLine(['node', 'daytrade', ...args], terminalTo(written));
    return { ...written, exitCode: Number(process.exitCode), seconds: (performance.now() - started) / 1000 };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before.environment)) delete process.env[name];
    Object.assign(process.env, before.environment);
    process.exitCode = before.exitCode;
    isBusy = false;
  }
}

/** Keeps what is written, as a pipe does. */
function terminalTo(written: { stdout: string; stderr: string }): Terminal {
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  return { stdout: stream('stdout'), stderr: stream('stderr') } as unknown as Terminal;
}
