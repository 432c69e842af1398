import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
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

/** Runs a command to its end, whatever its exit code. */
export function attempt(command: string, args: readonly string[], options: StartOptions = {}): Promise<Finished> {
  const { pid, finished } = new RunningProcess(command, args, options);
  if (process.env.TEST_SUITE === 'kubernetes') yieldToPods(pid);
  return finished;
}

/** Runs a command to its end. @throws Error with its output when the exit code is none of `allowed` */
export async function run(
  command: string,
  args: readonly string[],
  options: StartOptions & { readonly allowed?: readonly number[] } = {},
): Promise<Finished> {
  // Tools are built and installed as well as run.
  const ended = await attempt(command, args, { timeoutSeconds: 900, ...options });
  if ((options.allowed ?? [0]).includes(ended.exitCode ?? -1)) return ended;
  const output = `${ended.stdout.slice(-6000)}\n${ended.stderr.slice(-6000)}`;
  throw new Error(`${command} ${args.join(' ')} ended with ${ended.exitCode ?? ended.signal}:\n${output}`);
}

export async function isThere(command: string, ...args: readonly string[]): Promise<boolean> {
  try {
    return (await attempt(command, args, { timeoutSeconds: 60 })).exitCode === 0;
  } catch {
    return false;
  }
}

/**
 * Lets the pods have the processors first. Operators run helm and kubectl on a machine of their own. The kernel weighs
 * process groups in sessions of their own, and 19 is the least weight.
 */
function yieldToPods(processId: number): void {
  const group = `/proc/${processId}/autogroup`;
  if (process.getuid?.() === 0 && existsSync(group)) writeFileSync(group, '19');
}

/** Asks again until an answer is there. @throws Error saying what was waited for, with the last error */
export async function waitFor<Value>(
  what: string,
  timeoutSeconds: number,
  ask: () => Promise<Value | null | undefined | false>,
  everyMs = 1_000,
): Promise<Value> {
  const until = performance.now() + timeoutSeconds * 1000;
  let last = 'no answer';
  while (performance.now() < until) {
    try {
      const value = await ask();
      if (value !== null && value !== undefined && value !== false) return value;
      last = 'not yet';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`waited ${timeoutSeconds} s in vain for ${what}: ${last}`);
}
