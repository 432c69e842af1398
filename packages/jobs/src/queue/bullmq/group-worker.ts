import { serialiseError } from '@daytrade/errors';
import { DelayedError, type Job, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock } from '../../clock.ts';
import type { JobDefinition } from '../../queue.ts';
import type { Run, RunLedger } from '../../run.ts';
import { RunTakenOver } from '../change-run.ts';
import { endRun, executeRun, type RunOutcome } from '../execute-run.ts';
import { hasEnded } from '../new-run.ts';
import { cancelled, stopping } from '../queue-errors.ts';
import { takeUp } from '../take-up.ts';
import type { GroupLease } from './group-lease.ts';
import { PatientLedger } from './patient-ledger.ts';

export interface GroupWorkerOptions {
  readonly queueName: string;
  readonly prefix: string;
  /** Waits for Redis as long as it takes. */
  readonly connection: Redis;
  readonly lease: GroupLease;
  readonly leaseMs: number;
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly random: () => number;
  readonly definition: (job: string) => JobDefinition | undefined;
  /** Called with each attempt that begins here. */
  readonly onStarted?: ((run: Run) => void) | undefined;
  /** Called with every run that ends here. */
  readonly ended: (run: Run) => void;
  readonly onError: (error: unknown, run: Run | undefined) => void;
}

/** Before a run that cannot be worked on now is looked at again. */
const laterMs = 5_000;

/**
 * Runs the jobs of one concurrency group, one at a time. BullMQ brings the ids of runs;
 * whether there is anything to do is what the ledger says, so that a run that is brought twice is not run twice.
 */
export class GroupWorker {
  readonly #options: GroupWorkerOptions;
  readonly #worker: Worker;
  readonly #controllers = new Set<AbortController>();
  #aborted = false;

  constructor(options: GroupWorkerOptions) {
    this.#options = options;
    const { connection, prefix, leaseMs } = options;
    this.#worker = new Worker(options.queueName, (job, token) => this.#process(job, token as string), {
      connection,
      prefix,
      lockDuration: leaseMs,
      stalledInterval: leaseMs / 2,
      // How often a run may be cut off is for the ledger to count.
      maxStalledCount: 1_000_000,
      runRetryDelay: 1_000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on('error', (error) => options.onError(error, undefined));
  }

  /** Takes no more runs, and waits for what goes on. */
  async close(): Promise<void> {
    await this.#worker.close();
  }

  /** Stops what goes on, and begins no other run; these attempts do not count. */
  abort(): void {
    this.#aborted = true;
    for (const controller of this.#controllers) controller.abort(stopping());
  }

  /** Lets go of Redis, whatever goes on. */
  async disconnect(): Promise<void> {
    await this.#worker.close(true);
  }

  async #process(job: Job, token: string): Promise<void> {
    const { lease, leaseMs } = this.#options;
    const id = job.id as string;
    const next = await this.#work(id).catch((error: unknown): Next => {
      this.#options.onError(error, undefined);
      return { kind: 'later', afterMs: Math.min(laterMs, leaseMs) };
    });
    // Redis may be away; then the lease ends by itself.
    if (next.kind !== 'busy') await lease.giveBack(id).catch(() => undefined);
    if (next.kind === 'done') return;
    if (next.kind === 'now') {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    await job.moveToDelayed(this.#options.clock.now() + next.afterMs, token);
    throw new DelayedError();
  }

  async #work(id: string): Promise<Next> {
    const { lease, leaseMs, ledger } = this.#options;
    if (!isOpen(await ledger.find(id))) return { kind: 'done' };
    const state = await lease.take(id);
    if (state === 'busy') return { kind: 'busy', afterMs: Math.max(100, leaseMs / 5) };
    // Read again, now that nobody else writes.
    const run = await ledger.find(id);
    if (!isOpen(run)) return { kind: 'done' };
    const definition = this.#options.definition(run.job);
    if (definition === undefined) return { kind: 'later', afterMs: laterMs };
    const patient = new PatientLedger({ ...this.#options, onError: (error) => this.#options.onError(error, run) });
    const own = { ...this.#options, ledger: patient };
    if (state === 'cancelled') {
      this.#options.ended(await endRun(own, run, { status: 'cancelled', error: serialiseError(cancelled(id)) }));
      return { kind: 'done' };
    }
    const queued = await takeUp(own, run);
    if (!hasEnded(queued)) return await this.#execute(definition, queued, patient);
    this.#options.ended(queued);
    return { kind: 'done' };
  }

  async #execute(definition: JobDefinition, queued: Run, ledger: PatientLedger): Promise<Next> {
    const { clock, random, onStarted, onError } = this.#options;
    if (this.#aborted) return { kind: 'now' };
    const controller = new AbortController();
    this.#controllers.add(controller);
    const stopWatching = this.#watchLease(queued, controller);
    try {
      return this.#next(
        await executeRun({ definition, queued, ledger, clock, random, controller, onStarted, onError }),
      );
    } finally {
      stopWatching();
      this.#controllers.delete(controller);
    }
  }

  #next(outcome: RunOutcome): Next {
    if (outcome.kind === 'retry') return { kind: 'later', afterMs: outcome.afterMs };
    if (outcome.kind === 'given-back') return { kind: 'now' };
    this.#options.ended(outcome.run);
    return { kind: 'done' };
  }

  /** Renews the lease ten times in its length, and stops the run when it was cancelled or given to another. */
  #watchLease(run: Run, controller: AbortController): () => void {
    const { clock, lease, leaseMs } = this.#options;
    let timer = clock.setTimeout(() => void look(), leaseMs / 10);
    let over = false;
    const look = async () => {
      // While Redis is away nobody else can take the run either.
      const state = await lease.renew(run.id).catch(() => 'held' as const);
      if (over) return;
      if (state === 'cancelled') controller.abort(cancelled(run.id));
      if (state === 'lost') controller.abort(new RunTakenOver(run.id));
      timer = clock.setTimeout(() => void look(), leaseMs / 10);
    };
    return () => {
      over = true;
      clock.clearTimeout(timer);
    };
  }
}

/** What becomes of the entry in Redis. */
type Next =
  | { readonly kind: 'done' }
  | { readonly kind: 'now' }
  | { readonly kind: 'later' | 'busy'; readonly afterMs: number };

function isOpen(run: Run | undefined): run is Run {
  return run !== undefined && !hasEnded(run);
}
