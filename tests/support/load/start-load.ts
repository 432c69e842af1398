import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOptions, LoadResult } from './load-options.ts';

/**
 * Users ask from machines of their own: what is measured must be the services' delay and not that of a generator that
 * waits for the processor behind what starts on the node. A real-time process does not wait; only root may start one.
 */
const inTime = ['chrt', '--fifo', '1'];

const running = new Set<ChildProcess>();

/** A load under way. */
class RunningLoad {
  readonly #child: ChildProcess;
  readonly #started = performance.now();
  /** What was measured, once the time is over or {@link stop} was called. */
  readonly result: Promise<LoadResult>;

  constructor(options: LoadOptions) {
    const generator = [process.execPath, join(import.meta.dirname, 'generator.ts')];
    const [program = '', ...args] = process.getuid?.() === 0 ? [...inTime, ...generator] : generator;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    running.add(child);
    child.stdin.on('error', () => undefined).end(JSON.stringify(options));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    this.result = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        running.delete(child);
        if (code === 0) resolve(JSON.parse(stdout) as LoadResult);
        else reject(new Error(`the load generator ended with ${code}: ${stderr.slice(-2000)}`));
      });
    });
    // Whoever waits for the result gets the error; a test that failed before is not told twice.
    this.result.catch(() => undefined);
  }

  /** Since its start: the second of the result that is being filled now. */
  get second(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Sends nothing more and waits for the answers that are under way. */
  stop(): Promise<LoadResult> {
    this.#child.kill('SIGTERM');
    return this.result;
  }
}

/** Usual options: 300 requests a second over 24 connections. */
export function startLoad(options: Pick<LoadOptions, 'url' | 'token' | 'seconds'> & Partial<LoadOptions>): RunningLoad {
  return new RunningLoad({
    requestsPerSecond: 300,
    connections: 24,
    connectionSeconds: 10,
    timeoutSeconds: 5,
    ...options,
  });
}

/** Kills what a failed test left running. */
export function stopEveryLoad(): void {
  for (const child of running) child.kill('SIGKILL');
}
