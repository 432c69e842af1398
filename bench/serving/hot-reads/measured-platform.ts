import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { oneThread } from '../../harness/child.ts';
import { repository } from '../../harness/paths.ts';

/** The ports of its services. */
interface Ports {
  readonly ml: number;
  readonly data: number;
  readonly scheduler: number;
}

/**
 * A whole platform as `daytrade up` starts it on an empty state folder: synthetic bars, a trained model, predictions.
 */
export class MeasuredPlatform {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly ports: Ports;
  #seed = 0;

  private constructor(process: ChildProcess, folder: string, ports: Ports) {
    this.#process = process;
    this.#folder = folder;
    this.ports = ports;
  }

  /**
   * Starts it and waits until it says that it is ready, ten minutes at most.
   *
   * @param state copies a state folder to begin with
   */
  static async start(state?: string): Promise<MeasuredPlatform> {
    const folder = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
    if (state !== undefined) cpSync(state, join(folder, 'state'), { recursive: true });
    const program = ['--disable-warning=ExperimentalWarning', join(repository, 'apps/cli/src/main.ts'), 'up', '--json'];
    const child = spawn(process.execPath, program, {
      env: {
        ...oneThread,
        DAYTRADE_PORT: '0',
        DAYTRADE_STATE_DIR: join(folder, 'state'),
        DAYTRADE_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const lines = createInterface({ input: child.stdout! });
      const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(600_000) })) as [string];
      const urls = JSON.parse(line) as Record<keyof Ports, string>;
      const ports = { ml: portOf(urls.ml), data: portOf(urls.data), scheduler: portOf(urls.scheduler) };
      return new MeasuredPlatform(child, folder, ports);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Resident memory of the process and its threads, MiB. */
  get memory(): number {
    const pages = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1];
    return Number(pages) / 1_024;
  }

  /** Starts a training unless one runs, so that what is measured is measured beside one. */
  async keepTraining(): Promise<void> {
    if (await this.#trains()) return;
    this.#seed += 1;
    await this.post(this.ports.ml, '/v1/trainings', { seed: this.#seed });
  }

  /** What a POST answers. */
  async post(port: number, path: string, body: object): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`expected ${path} to be accepted, got status ${answer.status}: ${text}`);
    return text;
  }

  /** Waits until no training runs. */
  async trainingsEnd(): Promise<void> {
    while (await this.#trains()) await pause(1_000);
  }

  /** Waits until the newest run of a job has ended well. */
  async runEnds(job: string): Promise<void> {
    let status = await this.#newestStatus(job);
    for (; status === 'running' || status === 'queued'; status = await this.#newestStatus(job)) await pause(200);
    if (status !== 'succeeded') throw new Error(`expected the run of ${job} to succeed, it is ${status}`);
  }

  /** What a GET answers. */
  async read(port: number, path: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!answer.ok) throw new Error(`expected ${path} to answer, got status ${answer.status}`);
    return await answer.text();
  }

  async #trains(): Promise<boolean> {
    const status = await this.#newestStatus('training');
    return status === 'running' || status === 'queued';
  }

  async #newestStatus(job: string): Promise<string | undefined> {
    const answer = await this.read(this.ports.scheduler, `/v1/runs?job=${job}&limit=1`);
    return (JSON.parse(answer) as { readonly runs: readonly { readonly status: string }[] }).runs[0]?.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
