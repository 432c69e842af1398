import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

/** How a command ended. */
export interface CommandResult {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface CommandOptions {
  readonly folder?: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Afterwards it is killed; default 120. */
  readonly timeoutSeconds?: number;
}

/** Runs a command to its end, whatever its exit code. */
export function attempt(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { folder, input, environment, timeoutSeconds = 120 } = options;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      timeout: timeoutSeconds * 1000,
      killSignal: 'SIGKILL',
      detached: true,
    });
    if (child.pid !== undefined && process.env.TEST_SUITE === 'kubernetes') yieldToPods(child.pid);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    // A command that ends early may close its input before everything is written; its exit code says what happened.
    child.stdin.on('error', () => undefined).end(input ?? '');
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr, seconds: (performance.now() - started) / 1000 });
    });
  });
}

/**
 * Whoever runs helm and kubectl has a machine of their own. On the cluster of the tests they share the processors of
 * the node with its pods, and so they yield: the kernel weighs sessions of processes, each of these commands is one
 * (`detached`), and 19 is the least weight.
 */
function yieldToPods(processId: number): void {
  const group = `/proc/${processId}/autogroup`;
  if (process.getuid?.() === 0 && existsSync(group)) writeFileSync(group, '19');
}

/** Runs a command that has to succeed, and gives its standard output. @throws Error with what it printed */
export async function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr, seconds } = await attempt(command, args, options);
  if (exitCode === 0) return stdout;
  const ended = exitCode === null ? `was killed after ${seconds.toFixed(0)} s` : `ended with ${exitCode}`;
  throw new Error(`${command} ${args.join(' ')} ${ended}:\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
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
