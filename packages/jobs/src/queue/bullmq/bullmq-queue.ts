import { DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant, sleep, within } from '../../clock.ts';
import type { JobOutline } from '../../job-catalogue.ts';
import type { EnqueueRequest, JobDefinition, JobQueue } from '../../queue.ts';
import type { Dependency, Run, RunLedger } from '../../run.ts';
import { acceptRun } from '../accept-run.ts';
import { hasEnded } from '../new-run.ts';
import { cancelled, jobUnknown, runNotFound, stopping } from '../queue-errors.ts';
import { defaultAbortGraceMs } from '../run-attempt.ts';
import { RunEnds } from '../run-ends.ts';
import { releaseRun, skipRun } from '../settle-waiting.ts';
import { cancelKey, GroupLease, noteMemory } from './group-lease.ts';
import { GroupQueues, queueNameOf } from './group-queues.ts';
import { GroupWorker } from './group-worker.ts';
import { Reconciler } from './reconciler.ts';
import type { RedisAddress } from './redis-address.ts';
import { RedisLink } from './redis-link.ts';

/** What a {@link BullMqQueue} is made of. */
export interface BullMqQueueOptions {
  readonly ledger: RunLedger;
  /** Jobs that some process works on; this one works on those that are registered. */
  readonly jobs: readonly JobOutline[];
  readonly redis: RedisAddress;
  /** Beginning of every key in Redis. */
  readonly prefix: string;
  /** Whether this process works on runs; one that does not only queues, cancels and waits. */
  readonly works: boolean;
  readonly clock: Clock;
  /** Uniform in [0, 1): run ids, the name of the worker, and the jitter of retries. */
  readonly random: () => number;
  /** A run whose worker was killed runs again after about one to two times this many seconds; default 10. */
  readonly leaseSeconds?: number | undefined;
  /** How often what Redis forgot is queued again; default 5 s. */
  readonly reconcileSeconds?: number | undefined;
  /** Called with each attempt that begins in this process. */
  readonly onStarted?: ((run: Run) => void) | undefined;
  /** Called with errors that no caller waits for. */
  readonly onError: (error: unknown, run: Run | undefined) => void;
  /** Told when Redis is lost, with the reason, and when it is back. */
  readonly onConnection: (problem: Error | undefined) => void;
}

/** Longer than handlers may take to obey an abort, by what it takes to write down that one did not. */
const stopGraceMs = defaultAbortGraceMs + 2_000;
const dayInSeconds = 86_400;
const lookEveryMs = 500;

/**
 * The queue that many processes share, on Redis. The ledger is the truth: a run is accepted when the ledger has it,
 * also while Redis is away, and nothing of it is lost when Redis loses its memory. Redis brings runs to workers, and
 * keeps the groups apart.
 *
 * @example
 * const redis = { host: 'redis', port: 6379 };
 * const queue = new BullMqQueue({ ledger, redis, prefix: 'daytrade', works: true, clock, random, … });
 * queue.register({ name: 'training', …, handler });
 * await queue.start();
 */
export class BullMqQueue implements JobQueue {
  readonly #options: BullMqQueueOptions;
  readonly #outlines: Map<string, JobOutline>;
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #ends = new RunEnds();
  readonly #link: RedisLink;
  readonly #queues: GroupQueues;
  readonly #worker: string;
  #workers: GroupWorker[] = [];
  #reconciler: Reconciler | undefined;
  #stopped = false;

  constructor(options: BullMqQueueOptions) {
    this.#options = options;
    this.#outlines = new Map(options.jobs.map((job) => [job.name, job]));
    this.#link = new RedisLink({ address: options.redis, onConnection: options.onConnection });
    this.#queues = new GroupQueues(this.#link.commands, options.prefix);
    this.#worker = Math.floor(options.random() * 36 ** 8).toString(36);
  }

  register(definition: JobDefinition): void {
    const { handler: _handler, ...outline } = definition;
    this.#outlines.set(outline.name, outline);
    this.#definitions.set(outline.name, definition);
  }

  definitions(): readonly JobOutline[] {
    return [...this.#outlines.values()];
  }

  onFinished(listener: (run: Run) => void): () => void {
    return this.#ends.listen(listener);
  }

  async reachable(): Promise<void> {
    await this.#link.ping();
  }

  async enqueue(request: EnqueueRequest): Promise<Run> {
    const outline = this.#outline(request.job);
    if (this.#stopped) throw stopping();
    const { run, created } = await acceptRun(this.#options, outline, request);
    if (created && run.status === 'queued') await this.#bring(run, outline);
    return run;
  }

  async release(run: Run, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const released = await releaseRun(this.#options, run, dependencies);
    if (released !== undefined) await this.#bring(released, this.#outline(run.job));
    return released;
  }

  async skip(run: Run, error: DayTradeError, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const skipped = await skipRun(this.#options, run, error, dependencies);
    if (skipped !== undefined) this.#told(skipped);
    return skipped;
  }

  /**
   * A run that waits ends at once, one that runs is stopped by its worker within about a second.
   *
   * @throws DayTradeError `run.not-found`; `service.unavailable` for a run that runs while Redis is away
   */
  async cancel(id: string): Promise<Run> {
    const { ledger, prefix, clock } = this.#options;
    const run = await this.#find(id);
    if (hasEnded(run)) return run;
    if (run.status !== 'running') {
      const end = {
        status: 'cancelled',
        error: serialiseError(cancelled(id)),
        finishedAt: isoInstant(clock.now()),
      } as const;
      const ended = await ledger.update(run, end);
      if (ended !== undefined) {
        const group = this.#outlines.get(run.job)?.concurrencyGroup;
        if (group !== undefined) await this.#attempted(run, () => this.#queues.remove(group, id));
        this.#told(ended);
        return ended;
      }
      // A worker has taken it up since it was read: that one is asked to stop it.
    }
    await this.#link.ping();
    await this.#link.commands.set(cancelKey(prefix, id), '1', 'EX', dayInSeconds);
    return run;
  }

  async finished(id: string): Promise<Run> {
    if (this.#stopped) throw stopping();
    const end = this.#ends.of(id);
    const run = await this.#options.ledger.find(id);
    if (run === undefined) this.#ends.fail(id, runNotFound(id));
    else if (hasEnded(run)) this.#ends.settle(run);
    else void this.#lookForEnd(id);
    return await end;
  }

  /** Begins to work where the process does; needs neither Redis nor the ledger to be there yet. */
  async start(): Promise<void> {
    if (!this.#options.works || this.#reconciler !== undefined) return;
    this.#workers = this.#groups().map((group) => this.#groupWorker(group));
    this.#reconciler = new Reconciler({
      ...this.#options,
      queues: this.#queues,
      everyMs: (this.#options.reconcileSeconds ?? 5) * 1_000,
      groupOf: (job) => this.#definitions.get(job)?.concurrencyGroup,
      groups: () => this.#groups(),
      noteMemory: () => noteMemory(this.#link.commands, this.#options.prefix),
      ready: () => this.#link.ready,
      onError: (error) => this.#options.onError(error, undefined),
    });
    this.#reconciler.start();
  }

  async stop(seconds: number): Promise<void> {
    const { clock } = this.#options;
    this.#stopped = true;
    this.#reconciler?.stop();
    const closed = Promise.all(this.#workers.map((worker) => worker.close()));
    if (!(await within(clock, closed, seconds * 1_000))) {
      for (const worker of this.#workers) worker.abort();
      await within(clock, closed, stopGraceMs);
    }
    this.#ends.abandon(stopping());
    // Nothing here may hang because Redis is away.
    const parted = Promise.all([...this.#workers.map((worker) => worker.disconnect()), this.#queues.close()]);
    await within(clock, parted, 1_000);
    this.#link.close();
  }

  /** The end of a run that another process may work on, from the ledger, which is asked again while it is away. */
  async #lookForEnd(id: string): Promise<void> {
    const { ledger, clock } = this.#options;
    for (;;) {
      await sleep(clock, lookEveryMs);
      if (!this.#ends.isAwaited(id)) return;
      const run = await ledger.find(id).catch(() => undefined);
      if (run !== undefined && hasEnded(run)) this.#ends.settle(run);
    }
  }

  #outline(job: string): JobOutline {
    const outline = this.#outlines.get(job);
    if (outline === undefined) throw jobUnknown(job, [...this.#outlines.keys()]);
    return outline;
  }

  #groups(): readonly string[] {
    return [...new Set([...this.#definitions.values()].map(({ concurrencyGroup }) => concurrencyGroup))];
  }

  async #find(id: string): Promise<Run> {
    const run = await this.#options.ledger.find(id);
    if (run === undefined) throw runNotFound(id);
    return run;
  }

  #groupWorker(group: string): GroupWorker {
    const { prefix, leaseSeconds = 10 } = this.#options;
    const leaseMs = leaseSeconds * 1_000;
    return new GroupWorker({
      ...this.#options,
      queueName: queueNameOf(group),
      connection: this.#link.patient(),
      lease: new GroupLease({
        redis: this.#link.commands,
        prefix,
        group,
        worker: this.#worker,
        leaseMs,
      }),
      leaseMs,
      definition: (job) => this.#definitions.get(job),
      ended: (run) => this.#told(run),
    });
  }

  #told(run: Run): void {
    this.#ends.tell(run, (error) => this.#options.onError(error, run));
  }

  async #bring(run: Run, { concurrencyGroup }: JobOutline): Promise<void> {
    await this.#attempted(run, () => this.#queues.add(concurrencyGroup, run));
  }

  /** Passes it to Redis if Redis is there; if not, the reconciler makes up for it. */
  async #attempted(run: Run, tell: () => Promise<void>): Promise<void> {
    if (!this.#link.ready) return;
    const { clock, onError } = this.#options;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = clock.setTimeout(() => reject(new DayTradeError('service.unavailable', 'Redis is slow')), tellMs);
    try {
      await Promise.race([tell(), late]);
    } catch (error) {
      onError(error, run);
    } finally {
      clock.clearTimeout(timer);
    }
  }
}

/** A request that queues a run waits for Redis no longer. */
const tellMs = 2_000;
