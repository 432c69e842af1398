import { DelayedError, type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { sleep } from '../../clock.ts';
import type { JobDefinition } from '../../queue.ts';
import { hasEnded, type Run, type RunLedger } from '../../run.ts';
import { RunTakenOver, takeUp } from '../change-run.ts';
import { executeRun } from '../execute-run.ts';
import type { LedgerQueueOptions } from '../ledger-queue.ts';
import { cancelled, stopping } from '../queue-errors.ts';

interface GroupWorkerOptions extends LedgerQueueOptions {
  readonly group: string;
  readonly prefix: string;
  /** Fails at once while Redis is away. */
  readonly commands: Redis;
  /** Waits for Redis without limit. */
  readonly connection: Redis;
  readonly lockMs: number;
  readonly definition: (job: string) => JobDefinition | undefined;
  readonly onEnded: (run: Run) => void;
}

/** A database that is away for longer costs the attempt. */
const longestRetryMs = 600_000;
const writeAgainMs = 1_000;
const busyMs = 1_000;
/** Delay of a run after an error, and of one whose job this process does not know. */
const laterMs = 5_000;

export function queueName(group: string): string {
  return `group-${group}`;
}

/** Returns the lifetime of the mark that a worker sets on its group while it executes a run. */
export function markMs(lockMs: number): number {
  return 0.3 * lockMs;
}

/** Returns the key that asks the worker of a run to cancel it. */
export function cancelKey(prefix: string, run: string): string {
  return `${prefix}:cancel:${run}`;
}

/**
 * Executes the runs of one concurrency group, one at a time. BullMQ delivers ids; the ledger says whether there is work
 * left, so a run that is delivered twice has one effect.
 */
export class GroupWorker {
  readonly #options: GroupWorkerOptions;
  readonly #worker: Worker;
  readonly #mark: string;
  #controller: AbortController | undefined;
  #aborted = false;

  constructor(options: GroupWorkerOptions) {
    this.#options = options;
    const { group, connection, prefix, lockMs, onError } = options;
    this.#mark = `${prefix}:working:${group}`;
    this.#worker = new Worker(queueName(group), (job, token) => this.#process(job, token as string), {
      connection,
      prefix,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      // The ledger counts attempts.
      maxStalledCount: 1_000_000,
      runRetryDelay: 1_000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on('error', (error) => onError(error, undefined));
  }

  /** Takes no more runs and waits for the current one. */
  async close(): Promise<void> {
    await this.#worker.close();
  }

  /** Stops the current run without counting its attempt. */
  abort(): void {
    this.#aborted = true;
    this.#controller?.abort(stopping());
  }

  /** Closes the connection without waiting. */
  async disconnect(): Promise<void> {
    await this.#worker.close(true);
  }

  async #process(job: Job, token: string): Promise<void> {
    const { clock, onError } = this.#options;
    const afterMs = await this.#work(job.id as string).catch((error: unknown) => {
      if (error instanceof RunTakenOver) return undefined;
      onError(error, undefined);
      return laterMs;
    });
    if (afterMs === undefined) return;
    await job.moveToDelayed(clock.now() + afterMs, token);
    throw new DelayedError();
  }

  /** Returns after how many milliseconds the run is due again; undefined when it has ended. */
  async #work(id: string): Promise<number | undefined> {
    const { ledger, clock, commands, definition, lockMs, onEnded } = this.#options;
    const found = await ledger.find(id);
    // A live worker sets its mark again within this time, also after Redis was away or emptied.
    if (found?.status === 'running') await sleep(clock, markMs(lockMs));
    if ((await commands.exists(this.#mark)) === 1) return busyMs;
    const run = await ledger.find(id);
    if (run === undefined || hasEnded(run)) return undefined;
    const known = definition(run.job);
    if (known === undefined) return laterMs;
    const own = this.#retryingLedger(run);
    const queued = await takeUp({ ledger: own, clock }, run);
    if (!hasEnded(queued)) return await this.#execute(known, queued, own);
    onEnded(queued);
    return undefined;
  }

  async #execute(
    definition: JobDefinition,
    queued: Run,
    ledger: Pick<RunLedger, 'update'>,
  ): Promise<number | undefined> {
    if (this.#aborted) return 0;
    const controller = new AbortController();
    this.#controller = controller;
    const stopMarking = this.#keepMark(queued.id, controller);
    try {
      const outcome = await executeRun({ ...this.#options, definition, queued, ledger, controller });
      if (outcome.kind === 'retry') return outcome.afterMs;
      if (outcome.kind === 'given-back') return 0;
      this.#options.onEnded(outcome.run);
      return undefined;
    } finally {
      this.#controller = undefined;
      await stopMarking();
    }
  }

  /** Marks the group as busy until the returned function is called, and stops the run when it is cancelled. */
  #keepMark(id: string, controller: AbortController): () => Promise<void> {
    const { clock, commands, prefix, lockMs } = this.#options;
    let over = false;
    let looking = Promise.resolve();
    const look = async () => {
      await commands.set(this.#mark, id, 'PX', markMs(lockMs));
      if ((await commands.exists(cancelKey(prefix, id))) === 1) controller.abort(cancelled(id));
    };
    const keep = async () => {
      for (; !over; await sleep(clock, markMs(lockMs) / 3)) {
        // While Redis is away no other worker receives the run either.
        looking = look().catch(() => undefined);
        await looking;
      }
    };
    void keep();
    return async () => {
      over = true;
      await looking;
      await commands.del(this.#mark).catch(() => undefined);
    };
  }

  /** Wraps the ledger so that a change of status is written again while the database is away. */
  #retryingLedger(run: Run): Pick<RunLedger, 'update'> {
    const { ledger, clock, onError } = this.#options;
    const write: RunLedger['update'] = async (state, change) => {
      for (const until = clock.now() + longestRetryMs; ; await sleep(clock, writeAgainMs)) {
        try {
          return await ledger.update(state, change);
        } catch (error) {
          if (change.status === undefined || clock.now() > until) throw error;
          onError(error, run);
        }
      }
    };
    return { update: write };
  }
}
