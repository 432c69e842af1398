import { asDayTradeError, DayTradeError, serialiseError } from '@daytrade/errors';
import { type TimerHandle, within } from '../clock.ts';
import type { JobDefinition } from '../queue.ts';
import { hasEnded, type Run } from '../run.ts';
import { endRun, RunTakenOver, takeUp } from './change-run.ts';
import { defaultAbortGraceMs, executeRun } from './execute-run.ts';
import { LedgerQueue, type LedgerQueueOptions } from './ledger-queue.ts';
import { cancelled, runNotFound, stopping } from './queue-errors.ts';

export interface InProcessQueueOptions extends LedgerQueueOptions {
  /** Maximum of concurrent runs over all groups. */
  readonly concurrency: number;
  /** Time for a handler to obey an abort; default 5 s. */
  readonly abortGraceMs?: number | undefined;
}

interface WaitingRun {
  readonly run: Run;
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
 */
export class InProcessQueue extends LedgerQueue<InProcessQueueOptions> {
  readonly #waiting = new Map<string, WaitingRun>();
  readonly #active = new Map<string, ActiveRun>();
  readonly #busyGroups = new Set<string>();
  #started = false;

  async reachable(): Promise<void> {}

  protected async deliver(run: Run): Promise<void> {
    if (!this.stopped) this.#waiting.set(run.id, { run });
    this.#dispatch();
  }

  async cancel(id: string): Promise<Run> {
    const active = this.#active.get(id);
    if (active !== undefined) active.cancelled = true;
    active?.controller.abort(cancelled(id));
    this.#forget(id);
    const run = await this.find(id);
    try {
      return active === undefined ? await this.#endCancelled(run) : run;
    } catch (error) {
      if (!(error instanceof RunTakenOver)) throw error;
      // The run has begun since it was read. The recursion ends, since an active or ended run is not ended here.
      return await this.cancel(id);
    }
  }

  async finished(id: string): Promise<Run> {
    const end = this.endOf(id);
    const run = await this.options.ledger.find(id);
    if (run === undefined) this.failEnd(id, runNotFound(id));
    else if (hasEnded(run)) this.resolveEnd(run);
    else if (run.status !== 'waiting' && (this.#started || this.stopped) && !this.#isHere(id)) {
      this.failEnd(id, new DayTradeError('service.unavailable', `run ${id} is not worked on by this process`));
    }
    return await end;
  }

  async start(): Promise<void> {
    for (const { id, job } of await this.options.ledger.unfinished()) {
      if (!this.#isHere(id) && this.handled.has(job)) await this.#takeUp(await this.find(id));
    }
    this.#started = true;
    this.#dispatch();
  }

  async stop(seconds: number): Promise<void> {
    this.stopped = true;
    for (const id of this.#waiting.keys()) this.#forget(id);
    await this.#drain(seconds * 1000);
    for (const { controller } of this.#active.values()) controller.abort(stopping());
    await this.#drain((this.options.abortGraceMs ?? defaultAbortGraceMs) + writeDownMs);
    this.abandonEnds();
  }

  #isHere(id: string): boolean {
    return this.#waiting.has(id) || this.#active.has(id);
  }

  async #takeUp(left: Run): Promise<void> {
    try {
      const run = await takeUp(this.options, left);
      if (hasEnded(run)) this.reportEnd(run);
      else this.#waiting.set(run.id, { run });
    } catch (error) {
      if (!(error instanceof RunTakenOver)) throw error;
    }
  }

  #waitForRetry(run: Run, milliseconds: number): void {
    if (this.stopped) return;
    const waiting: WaitingRun = { run };
    waiting.backoff = this.options.clock.setTimeout(() => {
      delete waiting.backoff;
      this.#dispatch();
    }, milliseconds);
    this.#waiting.set(run.id, waiting);
  }

  #forget(id: string): void {
    this.options.clock.clearTimeout(this.#waiting.get(id)?.backoff);
    this.#waiting.delete(id);
  }

  #dispatch(): void {
    for (const [id, { run, backoff }] of this.#waiting) {
      if (!this.#started || this.stopped || this.#active.size >= this.options.concurrency) return;
      const definition = this.handled.get(run.job)!;
      if (backoff !== undefined || this.#busyGroups.has(definition.concurrencyGroup)) continue;
      this.#waiting.delete(id);
      this.#busyGroups.add(definition.concurrencyGroup);
      const controller = new AbortController();
      this.#active.set(id, { controller, ended: this.#execute(definition, run, controller) });
    }
  }

  async #execute(definition: JobDefinition, queued: Run, controller: AbortController): Promise<void> {
    try {
      const outcome = await executeRun({ ...this.options, definition, queued, controller });
      if (outcome.kind === 'ended') this.reportEnd(outcome.run);
      else if (this.#active.get(queued.id)?.cancelled) await this.#endCancelled(outcome.run);
      else if (outcome.kind === 'retry') this.#waitForRetry(outcome.run, outcome.afterMs);
    } catch (error) {
      // The other attempt has reported its end.
      if (error instanceof RunTakenOver) return;
      this.options.onError(error, queued);
      await this.#ledgerFailed(queued.id, asDayTradeError(error));
    } finally {
      this.#active.delete(queued.id);
      this.#busyGroups.delete(definition.concurrencyGroup);
      this.#dispatch();
    }
  }

  /** Ends a run whose change could not be written; if that fails as well, the next start takes it up. */
  async #ledgerFailed(id: string, error: DayTradeError): Promise<void> {
    try {
      await this.#end(await this.find(id), { status: 'failed', error: serialiseError(error) });
    } catch {
      this.failEnd(id, error);
    }
  }

  async #endCancelled(run: Run): Promise<Run> {
    return await this.#end(run, { status: 'cancelled', error: serialiseError(cancelled(run.id)) });
  }

  /** Ends a run and reports it, unless it has ended already. */
  async #end(run: Run, change: Partial<Pick<Run, 'status' | 'error'>>): Promise<Run> {
    if (hasEnded(run)) return run;
    const ended = await endRun(this.options, run, change);
    this.reportEnd(ended);
    return ended;
  }

  /** Waits for active runs within a time limit. */
  async #drain(milliseconds: number): Promise<void> {
    if (this.#active.size === 0) return;
    await within(this.options.clock, Promise.all([...this.#active.values()].map(({ ended }) => ended)), milliseconds);
  }
}
