import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunLedger } from '@daytrade/jobs';
import type { RedisAddress } from '@daytrade/jobs/redis';
import { answerLedger } from './ledger-over-ipc.ts';

/** What a worker reported of a job. */
export interface WorkerEvent {
  readonly event: 'begin' | 'end';
  readonly run: string;
  readonly attempt: number;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface WorkerProcessOptions {
  readonly ledger: RunLedger;
  readonly redis: RedisAddress;
  readonly prefix: string;
  readonly jobSeconds: number;
  readonly events: WorkerEvent[];
}

/** A worker that can be killed. */
export class WorkerProcess {
  readonly #process: ChildProcess;

  constructor({ ledger, redis, prefix, jobSeconds, events }: WorkerProcessOptions) {
    const options = JSON.stringify({ redis, prefix, jobSeconds });
    this.#process = fork(join(import.meta.dirname, 'worker.fixture.ts'), [options], { execArgv: [] });
    answerLedger(this.#process, ledger);
    this.#process.on('message', (message: object) => {
      if ('event' in message) events.push(message as WorkerEvent);
    });
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  /** kill -9: it has no time to tell anybody. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}
