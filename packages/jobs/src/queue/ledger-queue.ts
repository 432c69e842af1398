import { type DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import type { JobOutline } from '../job-catalogue.ts';
import type { EnqueueRequest, JobDefinition } from '../queue.ts';
import type { Dependency, Run, RunChange, RunLedger } from '../run.ts';
import { acceptRun } from './accept-run.ts';
import { jobUnknown, runNotFound, stopping } from './queue-errors.ts';

export interface LedgerQueueOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** Uniform in [0, 1): run ids and the jitter of retries. */
  readonly random: () => number;
  /** Called with each attempt that begins in this process. */
  readonly onStarted?: ((run: Run) => void) | undefined;
  /** Called with errors that have no caller. */
  readonly onError: (error: unknown, run: Run | undefined) => void;
}

/** The queue of one process or of several. */
export type JobQueue = Pick<LedgerQueue<LedgerQueueOptions>, keyof LedgerQueue<LedgerQueueOptions>>;

/** The part of every queue that only the ledger is needed for. */
export abstract class LedgerQueue<Options extends LedgerQueueOptions> {
  protected readonly options: Options;
  protected readonly outlines: Map<string, JobOutline>;
  protected readonly handled = new Map<string, JobDefinition>();
  readonly #waiters = new Map<string, PromiseWithResolvers<Run>>();
  readonly #listeners = new Set<(run: Run) => void>();
  protected stopped = false;

  constructor(options: Options, jobs: readonly JobOutline[] = []) {
    this.options = options;
    this.outlines = new Map(jobs.map((job) => [job.name, job]));
  }

  /** Resolves if a worker could receive a run now. @throws DayTradeError `service.unavailable` with the reason */
  abstract reachable(): Promise<void>;
  /** Asks a run to stop. @throws DayTradeError `run.not-found` */
  abstract cancel(id: string): Promise<Run>;
  /** Resolves at the end of a run, at once for one that has ended. */
  abstract finished(id: string): Promise<Run>;
  /** Queues orphaned runs, then starts to work. */
  abstract start(): Promise<void>;
  /**
   * Takes no more runs, waits `seconds` for the current ones, then aborts them; the rest is queued at the next start.
   */
  abstract stop(seconds: number): Promise<void>;
  /** Queues a run that the ledger has as queued. */
  protected abstract deliver(run: Run): Promise<void>;

  register(definition: JobDefinition): void {
    const { handler: _handler, ...outline } = definition;
    this.outlines.set(outline.name, outline);
    this.handled.set(outline.name, definition);
  }

  definitions(): readonly JobOutline[] {
    return [...this.outlines.values()];
  }

  /** Calls `listener` once with each run that ends in this process. Returns a function that stops it. */
  onFinished(listener: (run: Run) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Writes a run to the ledger and queues it. Returns the unfinished run of the same work if there is one.
   *
   * @throws DayTradeError `job.unknown`; `input.invalid`, `input.too-large` for an invalid payload; `queue.full`
   */
  async enqueue<Name extends string>(request: EnqueueRequest<Name>): Promise<Run> {
    const outline = this.outlines.get(request.job);
    if (outline === undefined) throw jobUnknown(request.job, [...this.outlines.keys()]);
    if (this.stopped) throw stopping();
    const { run, created } = await acceptRun(this.options, outline, request as EnqueueRequest);
    if (created && run.status === 'queued') await this.deliver(run);
    return run;
  }

  /** Queues a waiting run and records its dependencies. Returns undefined if it no longer waits. */
  async release(run: Run, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const released = await this.#endWait(run, { status: 'queued', queuedAt: this.now() }, dependencies);
    if (released !== undefined) await this.deliver(released);
    return released;
  }

  /** Ends a waiting run as skipped. Returns undefined if it no longer waits. */
  async skip(run: Run, error: DayTradeError, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const end = { status: 'skipped', error: serialiseError(error), finishedAt: this.now() } as const;
    const skipped = await this.#endWait(run, end, dependencies);
    if (skipped !== undefined) this.reportEnd(skipped);
    return skipped;
  }

  /** Changes a waiting run. Returns undefined if another scheduler was first. */
  async #endWait(run: Run, change: RunChange, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    if (run.status !== 'waiting') return undefined;
    return await this.options.ledger.update(run, { ...change, dependencies: [...dependencies] });
  }

  protected now(): string {
    return isoInstant(this.options.clock.now());
  }

  /** @throws DayTradeError `run.not-found` */
  protected async find(id: string): Promise<Run> {
    const run = await this.options.ledger.find(id);
    if (run === undefined) throw runNotFound(id);
    return run;
  }

  protected endOf(id: string): Promise<Run> {
    const known = this.#waiters.get(id);
    if (known !== undefined) return known.promise;
    const waiter = Promise.withResolvers<Run>();
    waiter.promise.catch(() => undefined);
    this.#waiters.set(id, waiter);
    return waiter.promise;
  }

  /** Returns true while a caller waits for the end of the run. */
  protected isAwaited(id: string): boolean {
    return this.#waiters.has(id);
  }

  protected resolveEnd(run: Run): void {
    this.#waiters.get(run.id)?.resolve(run);
    this.#waiters.delete(run.id);
  }

  /** Reports a run that ended in this process to waiting callers and listeners. */
  protected reportEnd(run: Run): void {
    this.resolveEnd(run);
    for (const listener of this.#listeners) {
      try {
        listener(run);
      } catch (error) {
        this.options.onError(error, run);
      }
    }
  }

  protected failEnd(id: string, error: DayTradeError): void {
    this.#waiters.get(id)?.reject(error);
    this.#waiters.delete(id);
  }

  /** Rejects every waiting caller of a queue that stops. */
  protected abandonEnds(): void {
    for (const id of this.#waiters.keys()) this.failEnd(id, stopping());
  }
}
