import { serialiseError } from '@daytrade/errors';
import { Queue } from 'bullmq';
import { sleep, type TimerHandle, within } from '../../clock.ts';
import type { JobOutline } from '../../job-catalogue.ts';
import { hasEnded, type Run } from '../../run.ts';
import { defaultAbortGraceMs } from '../execute-run.ts';
import { LedgerQueue, type LedgerQueueOptions } from '../ledger-queue.ts';
import { cancelled, runNotFound, stopping } from '../queue-errors.ts';
import { cancelKey, GroupWorker, markMs, queueName } from './group-worker.ts';
import { type RedisAddress, RedisLink } from './redis-link.ts';

export type { RedisAddress, RedisToken } from './redis-link.ts';

interface BullMqQueueOptions extends LedgerQueueOptions {
  /** Jobs that may be queued; this process executes only those that are registered. */
  readonly jobs: readonly JobOutline[];
  readonly redis: RedisAddress;
  readonly prefix: string;
  /** False for a process that only queues, cancels and waits. */
  readonly works: boolean;
  /** A run whose worker was killed runs again after one to two times this many seconds; default 10. */
  readonly lockSeconds?: number | undefined;
  /** Seconds between two sweeps for runs that Redis has lost; default 5. */
  readonly sweepSeconds?: number | undefined;
  /** Called with the reason when Redis is lost, and with undefined when it is back. */
  readonly onConnection: (problem: Error | undefined) => void;
}

/** Longer than a handler may take to obey an abort, so that its end is still written. */
const stopGraceMs = defaultAbortGraceMs + 2_000;
const dayInSeconds = 86_400;
const lookEveryMs = 500;

/**
 * The queue of several processes, on BullMQ. The ledger is the truth: a run is accepted once the ledger has it, also
 * while Redis is away. A sweep queues again what Redis has lost.
 */
export class BullMqQueue extends LedgerQueue<BullMqQueueOptions> {
  readonly #link: RedisLink;
  /** One for each concurrency group. An entry holds the id of a run and the name of its job. */
  readonly #queues = new Map<string, Queue>();
  readonly #lockMs: number;
  #workers: readonly GroupWorker[] = [];
  #nextSweep: TimerHandle | undefined;

  constructor(options: BullMqQueueOptions) {
    super(options, options.jobs);
    this.#link = new RedisLink({ address: options.redis, onConnection: options.onConnection });
    this.#lockMs = (options.lockSeconds ?? 10) * 1_000;
  }

  async reachable(): Promise<void> {
    await this.#link.ping();
  }

  /**
   * Ends a queued run at once; the worker of a running one stops it within about a second.
   *
   * @throws DayTradeError `run.not-found`; `service.unavailable` for a running run while Redis is away
   */
  async cancel(id: string): Promise<Run> {
    const { ledger, prefix } = this.options;
    const run = await this.find(id);
    if (hasEnded(run)) return run;
    if (run.status !== 'running') {
      const error = serialiseError(cancelled(id));
      const ended = await ledger.update(run, { status: 'cancelled', error, finishedAt: this.now() });
      if (ended !== undefined) {
        const group = this.outlines.get(run.job)?.concurrencyGroup;
        if (group !== undefined) await this.#tryRedis(run, () => this.#queue(group).remove(id));
        this.reportEnd(ended);
        return ended;
      }
      // A worker has started it since it was read.
    }
    await this.#link.ping();
    await this.#link.commands.set(cancelKey(prefix, id), '1', 'EX', dayInSeconds);
    return run;
  }

  async finished(id: string): Promise<Run> {
    if (this.stopped) throw stopping();
    const end = this.endOf(id);
    const run = await this.options.ledger.find(id);
    if (run === undefined) this.failEnd(id, runNotFound(id));
    else if (hasEnded(run)) this.resolveEnd(run);
    else void this.#lookForEnd(id);
    return await end;
  }

  /** Begins to work if this process does; neither Redis nor the ledger has to be there yet. */
  async start(): Promise<void> {
    if (!this.options.works || this.#workers.length > 0) return;
    const groups = new Set([...this.handled.values()].map(({ concurrencyGroup }) => concurrencyGroup));
    this.#workers = [...groups].map((group) => this.#groupWorker(group));
    void this.#sweep([...groups]);
  }

  async stop(seconds: number): Promise<void> {
    const { clock } = this.options;
    this.stopped = true;
    clock.clearTimeout(this.#nextSweep);
    const closed = Promise.all(this.#workers.map((worker) => worker.close()));
    if (!(await within(clock, closed, seconds * 1_000))) {
      for (const worker of this.#workers) worker.abort();
      await within(clock, closed, stopGraceMs);
    }
    this.abandonEnds();
    // An unreachable Redis must not delay the end of the process.
    const disconnected = Promise.all([
      ...this.#workers.map((worker) => worker.disconnect()),
      ...[...this.#queues.values()].map((queue) => queue.close()),
    ]);
    await within(clock, disconnected, 1_000);
    this.#link.close();
  }

  /**
   * Queues every unfinished run of the ledger, and limits each group to one run over all workers. BullMQ ignores ids
   * that it has. The delay lets live workers mark their groups first, after Redis was emptied.
   */
  async #sweep(groups: readonly string[]): Promise<void> {
    const { clock, ledger, onError, sweepSeconds = 5 } = this.options;
    try {
      if (this.#link.ready) {
        for (const group of groups) await this.#queue(group).setGlobalConcurrency(1);
        for (const run of await ledger.unfinished()) {
          const group = this.handled.get(run.job)?.concurrencyGroup;
          if (group !== undefined) await this.#add(group, run, markMs(this.#lockMs));
        }
      }
    } catch (error) {
      onError(error, undefined);
    }
    if (!this.stopped) this.#nextSweep = clock.setTimeout(() => void this.#sweep(groups), sweepSeconds * 1_000);
  }

  /** Does nothing for a run that is queued already. */
  async #add(group: string, { id, job }: Pick<Run, 'id' | 'job'>, delay = 0): Promise<void> {
    await this.#queue(group).add(job, {}, { jobId: id, delay });
  }

  #queue(group: string): Queue {
    const known = this.#queues.get(group);
    if (known !== undefined) return known;
    const queue = new Queue(queueName(group), { connection: this.#link.commands, prefix: this.options.prefix });
    // The caller receives the error of a call, and the connection reports its own.
    queue.on('error', () => undefined);
    this.#queues.set(group, queue);
    return queue;
  }

  /** Waits for the end of a run in the ledger, since any process may execute it. */
  async #lookForEnd(id: string): Promise<void> {
    const { ledger, clock } = this.options;
    for (;;) {
      await sleep(clock, lookEveryMs);
      if (!this.isAwaited(id)) return;
      const run = await ledger.find(id).catch(() => undefined);
      if (run !== undefined && hasEnded(run)) this.resolveEnd(run);
    }
  }

  #groupWorker(group: string): GroupWorker {
    return new GroupWorker({
      ...this.options,
      group,
      commands: this.#link.commands,
      connection: this.#link.patient(),
      lockMs: this.#lockMs,
      definition: (job) => this.handled.get(job),
      onEnded: (run) => this.reportEnd(run),
    });
  }

  protected async deliver(run: Run): Promise<void> {
    const group = this.outlines.get(run.job)?.concurrencyGroup;
    if (group !== undefined) await this.#tryRedis(run, () => this.#add(group, run));
  }

  /** Changes the queue in Redis if Redis answers; otherwise the next sweep does. */
  async #tryRedis(run: Run, change: () => Promise<unknown>): Promise<void> {
    if (!this.#link.ready) return;
    try {
      await change();
    } catch (error) {
      this.options.onError(error, run);
    }
  }
}
