import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A process that opened a state folder, or tried to. */
export interface Holder {
  readonly pid: number;
  /** What it said about opening the folder. */
  readonly said: string;
  /** `kill -9`, and waits for its end. */
  kill(): Promise<void>;
}

/**
 * Starts a process that opens a state folder and holds it; it is killed at the end of the test.
 *
 * @param options.command what to run it with, such as `unshare`
 */
export async function startHolder(
  folder: string,
  { purpose = 'a test', command = [] }: { readonly purpose?: string; readonly command?: readonly string[] } = {},
): Promise<Holder> {
  const script = join(import.meta.dirname, '..', 'state-folder', 'hold-lock.fixture.ts');
  const [program, ...args] = [...command, process.execPath, script, folder, purpose];
  const child: ChildProcess = spawn(program!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async () => {
    // What runs it may end before it does; its output ends with it.
    if (child.kill('SIGKILL')) await once(child, 'close');
  };
  onTestFinished(kill);
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  return { pid: child.pid!, said: said.toString().trim(), kill };
}
