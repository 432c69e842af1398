import { DayTradeError } from '@daytrade/errors';
import type { Clock } from '../../clock.ts';
import { type JobOutline, jobCatalogue } from '../../job-catalogue.ts';
import { acceptRun } from '../../queue/accept-run.ts';
import { releaseRun, skipRun } from '../../queue/change-run.ts';
import type { EnqueueRequest, JobQueue } from '../../queue.ts';
import type { Dependency, Run, RunLedger } from '../../run.ts';

export interface SimulatedQueueOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly random: () => number;
  /** Gets what is queued; whoever works on it is not cut off from the ledger when this scheduler is. */
  readonly queued: (run: Run) => void;
}

/**
 * What a scheduler needs of a queue: it accepts runs by the code of the real ones, and hands them to a worker that
 * takes no time. That workers die is what `tests/redis` does to real ones.
 */
export class SimulatedQueue implements JobQueue {
  readonly #options: SimulatedQueueOptions;

  constructor(options: SimulatedQueueOptions) {
    this.#options = options;
  }

  definitions(): readonly JobOutline[] {
    return Object.values(jobCatalogue);
  }

  async reachable(): Promise<void> {}

  async enqueue(request: EnqueueRequest): Promise<Run> {
    const outline = jobCatalogue[request.job as keyof typeof jobCatalogue];
    const { run, created } = await acceptRun(this.#options, outline, request);
    if (created && run.status === 'queued') this.#options.queued(run);
    return run;
  }

  async release(run: Run, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    const released = await releaseRun(this.#options, run, dependencies);
    if (released !== undefined) this.#options.queued(released);
    return released;
  }

  async skip(run: Run, error: DayTradeError, dependencies: readonly Dependency[]): Promise<Run | undefined> {
    return await skipRun(this.#options, run, error, dependencies);
  }

  onFinished(): () => void {
    return () => undefined;
  }

  register(): void {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  cancel(id: string): Promise<Run> {
    throw new DayTradeError('internal.bug', `nobody cancels in a simulation: ${id}`);
  }

  finished(id: string): Promise<Run> {
    throw new DayTradeError('internal.bug', `nobody waits in a simulation: ${id}`);
  }
}
