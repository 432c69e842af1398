import { asDayTradeError, DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, type TimerHandle, within } from '../clock.ts';
import type { EnqueueRequest, JobDefinition, JobQueue } from '../queue.ts';
import { type Dependency, hasEnded, type Run, type RunLedger } from '../run.ts';
import { acceptRun } from './accept-run.ts';
import { changeRun, endRun, RunTakenOver, releaseRun, skipRun, takeUp } from './change-run.ts';
import { backoffMs, defaultAbortGraceMs, executeRun, type RunOutcome } from './execute-run.ts';
import { cancelled, jobUnknown, runNotFound, stopping } from './queue-errors.ts';
import { RunEnds } from './run-ends.ts';

export interface InProcessQueueOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** Uniform in [0, 1): run ids and the jitter of retries. */
  readonly random: () => number;
  /** Maximum of concurrent runs over all groups. */
  readonly concurrency: number;
  /** Time for a handler to obey an abort; default 5 s. */
  readonly abortGraceMs?: number | undefined;
  /** Called with each attempt that begins in this process. */
  readonly onStarted?: ((run: Run) => void) | undefined;
  /** Called with errors of the ledger or of a listener. */
  readonly onError: (error: unknown, run: Run) => void;
}

interface WaitingRun {
  readonly run: Run;
  /** True if the ledger may differ, since it could not be written. */
  readonly unwritten?: boolean;
  /** Pending while the run waits for its next attempt. */
  backoff?: TimerHandle;
}

interface ActiveRun {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  /** True after a cancellation: no further attempt follows. */
  cancelled?: true;
}

/** Time to record that a handler ignored an abort. */
const writeDownMs = 2_000;

/**
 * The queue of a single process. Every change of a run is written to the ledger, from which the next process continues.
 *
 * @example
 * const queue = new InProcessQueue({ ledger, clock, random: Math.random, concurrency: 2, onError });
 * queue.register({ name: 'training', …, handler });
 * await queue.start();
 * const run = await queue.enqueue({ job: 'training', key: 'training/1', payload: { seed: 1 }, trigger: 'request' });
 * const ended = await queue.finished(run.id);
 */
export class InProcessQueue implements JobQueue {
  readonly #options: InProcessQueueOptions;
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #waiting = new Map<string, WaitingRun>();
  readonly #active = new Map<string, ActiveRun>();
  readonly #busyGroups = new Set<string>();
  readonly #ends = new RunEnds();
  #state: 'idle' | 'working' | 'stopped' = 'idle';

  constructor(options: InProcessQueueOptions) {
    this.#options = options;
  }

  register(definition: JobDefinition): void {
    this.#definitions.set(definition.name, definition);
  }

  definitions(): readonly Omit<JobDefinition, 'handler'>[] {
    return [...this.#definitions.values()].map(({ handler: _handler, ...definition }) => definition);
  }

  async reachable(): Promise<void> {}

  onFinished(listener: (run: Run) => void): () => void {
    return this.#ends.listen(listener);
  }

  async enqueue(request: EnqueueRequest): Promise<Run> {
    const definition = this.#definition(request.job);
    if (this.#state === 'stopped') throw stopping();
    const { run, created } = await acceptRun(this.#options, definition, request);
    if (created && run.status === 'queued') this.#wait(run);
    this.#dispatch();
    return run;
  }

  async release(run: Run, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const released = await releaseRun(this.#options, run, dependencies);
    if (released !== undefined && this.#state !== 'stopped') this.#wait(released);
    this.#dispatch();
    return released;
  }

  async skip(run: Run, error: DayTradeError, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const skipped = await skipRun(this.#options, run, error, dependencies);
    if (skipped !== undefined) this.#reportEnd(skipped);
    return skipped;
  }

  async cancel(id: string): Promise<Run> {
    const active = this.#active.get(id);
    if (active !== undefined) active.cancelled = true;
    active?.controller.abort(cancelled(id));
    this.#forget(id);
    const run = await this.#find(id);
    try {
      return active === undefined ? await this.#endCancelled(run) : run;
    } catch (error) {
      if (!(error instanceof RunTakenOver)) throw error;
      // The run has begun since it was read. The recursion ends, since an active or ended run is not ended here.
      return await this.cancel(id);
    }
  }

  async finished(id: string): Promise<Run> {
    const end = this.#ends.of(id);
    const run = await this.#options.ledger.find(id);
    if (run === undefined) this.#ends.fail(id, runNotFound(id));
    else if (hasEnded(run)) this.#ends.resolve(run);
    else if (run.status !== 'waiting' && this.#state !== 'idle' && !this.#isHere(id)) {
      this.#ends.fail(id, new DayTradeError('service.unavailable', `run ${id} is not worked on by this process`));
    }
    return await end;
  }

  async start(): Promise<void> {
    for (const { id, job } of await this.#options.ledger.unfinished()) {
      if (!this.#isHere(id) && this.#definitions.has(job)) await this.#takeUp(await this.#find(id));
    }
    this.#state = 'working';
    this.#dispatch();
  }

  async stop(seconds: number): Promise<void> {
    this.#state = 'stopped';
    for (const id of this.#waiting.keys()) this.#forget(id);
    await this.#drain(seconds * 1000);
    for (const { controller } of this.#active.values()) controller.abort(stopping());
    await this.#drain((this.#options.abortGraceMs ?? defaultAbortGraceMs) + writeDownMs);
    this.#ends.abandon(stopping());
  }

  #isHere(id: string): boolean {
    return this.#waiting.has(id) || this.#active.has(id);
  }

  #definition(job: string): JobDefinition {
    const definition = this.#definitions.get(job);
    if (definition !== undefined) return definition;
    throw jobUnknown(job, [...this.#definitions.keys()]);
  }

  async #find(id: string): Promise<Run> {
    const run = await this.#options.ledger.find(id);
    if (run === undefined) throw runNotFound(id);
    return run;
  }

  async #takeUp(left: Run): Promise<void> {
    try {
      const run = await takeUp(this.#options, left);
      if (hasEnded(run)) this.#reportEnd(run);
      else this.#wait(run);
    } catch (error) {
      if (!(error instanceof RunTakenOver)) throw error;
    }
  }

  #wait(run: Run): void {
    this.#waiting.set(run.id, { run });
  }

  #waitForRetry(run: Run, milliseconds: number, unwritten = false): void {
    if (this.#state === 'stopped') return;
    const waiting: WaitingRun = { run, unwritten };
    waiting.backoff = this.#options.clock.setTimeout(() => {
      delete waiting.backoff;
      this.#dispatch();
    }, milliseconds);
    this.#waiting.set(run.id, waiting);
  }

  #forget(id: string): void {
    this.#options.clock.clearTimeout(this.#waiting.get(id)?.backoff);
    this.#waiting.delete(id);
  }

  #dispatch(): void {
    for (const [id, waiting] of this.#waiting) {
      const { run, backoff } = waiting;
      if (this.#state !== 'working' || this.#active.size >= this.#options.concurrency) return;
      const definition = this.#definition(run.job);
      if (backoff !== undefined || this.#busyGroups.has(definition.concurrencyGroup)) continue;
      this.#waiting.delete(id);
      this.#busyGroups.add(definition.concurrencyGroup);
      const controller = new AbortController();
      this.#active.set(id, { controller, ended: this.#execute(definition, waiting, controller) });
    }
  }

  async #execute(definition: JobDefinition, waiting: WaitingRun, controller: AbortController): Promise<void> {
    const { run, unwritten } = waiting;
    try {
      const queued = unwritten ? await this.#writeAgain(run) : run;
      const outcome = await executeRun({ ...this.#options, definition, queued, controller });
      if (outcome.kind !== 'ended' && this.#active.get(run.id)?.cancelled) await this.#endCancelled(outcome.run);
      else this.#continueAfter(outcome);
    } catch (error) {
      // The other attempt has reported its end.
      if (error instanceof RunTakenOver) return;
      this.#options.onError(error, run);
      await this.#ledgerFailed(definition, run, asDayTradeError(error));
    } finally {
      this.#active.delete(run.id);
      this.#busyGroups.delete(definition.concurrencyGroup);
      this.#dispatch();
    }
  }

  #continueAfter(outcome: RunOutcome): void {
    if (outcome.kind === 'ended') this.#reportEnd(outcome.run);
    else if (outcome.kind === 'retry') this.#waitForRetry(outcome.run, outcome.afterMs);
  }

  /** Counts a change that could not be written as a failed attempt; the handler may run again. */
  async #ledgerFailed(definition: JobDefinition, queued: Run, error: DayTradeError): Promise<void> {
    const attempt = queued.attempt + 1;
    if (attempt < queued.maxAttempts) {
      const afterMs = backoffMs(definition.backoffSeconds, attempt, this.#options.random);
      this.#waitForRetry({ ...queued, attempt }, afterMs, true);
      return;
    }
    try {
      await this.#end(await this.#find(queued.id), { status: 'failed', error: serialiseError(error) });
    } catch {
      this.#ends.fail(queued.id, error);
    }
  }

  /** Writes the known state of a run whose last change was lost. */
  async #writeAgain({ id, attempt }: Run): Promise<Run> {
    const change = { status: 'queued', attempt, progress: null, startedAt: null } as const;
    return await changeRun(this.#options.ledger, await this.#find(id), change);
  }

  async #endCancelled(run: Run): Promise<Run> {
    return await this.#end(run, { status: 'cancelled', error: serialiseError(cancelled(run.id)) });
  }

  /** Ends a run and reports it, unless it has ended already. */
  async #end(run: Run, change: Partial<Pick<Run, 'status' | 'error'>>): Promise<Run> {
    if (hasEnded(run)) return run;
    const ended = await endRun(this.#options, run, change);
    this.#reportEnd(ended);
    return ended;
  }

  #reportEnd(ended: Run): void {
    this.#ends.report(ended, (error) => this.#options.onError(error, ended));
  }

  /** Waits for active runs within a time limit. */
  async #drain(milliseconds: number): Promise<void> {
    if (this.#active.size === 0) return;
    await within(this.#options.clock, Promise.all([...this.#active.values()].map(({ ended }) => ended)), milliseconds);
  }
}
