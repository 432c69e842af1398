import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from './figure.ts';
import { type Finished, RunningProcess, repositoryRoot, type StartOptions } from './running-process.ts';

/** Where the suite keeps what it installs, from one run to the next. */
export function cacheFolder(...parts: readonly string[]): string {
  const folder = join(repositoryRoot, '.cache', 'aws', ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Does a step and prints how long it took, whether it ended well or not. */
export async function step<Result>(title: string, action: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  try {
    return await action();
  } finally {
    figure(`${process.env.TEST_SUITE ?? 'terraform'}: ${title}`, (performance.now() - started) / 1000, 's');
  }
}

/** Runs a command to its end. @throws Error with its output when the exit code is none of `allowed` */
export async function run(
  command: string,
  args: readonly string[],
  options: StartOptions & { readonly allowed?: readonly number[] } = {},
): Promise<Finished> {
  // Tools are built and installed as well as run.
  const ended = await new RunningProcess(command, args, { timeoutSeconds: 900, ...options }).finished;
  if ((options.allowed ?? [0]).includes(ended.exitCode ?? -1)) return ended;
  const output = `${ended.stdout.slice(-6000)}\n${ended.stderr.slice(-6000)}`;
  throw new Error(`${command} ${args.join(' ')} ended with ${ended.exitCode ?? ended.signal}:\n${output}`);
}

/** Whether a command is on the PATH. */
export async function isThere(command: string, ...args: readonly string[]): Promise<boolean> {
  try {
    return (await new RunningProcess(command, args, { timeoutSeconds: 60 }).finished).exitCode === 0;
  } catch {
    return false;
  }
}
