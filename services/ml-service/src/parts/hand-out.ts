import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { JobQueue, Run } from '@daytrade/jobs';
import type { PartStore } from './part-store.ts';
import type { PartTask } from './part-task.ts';

export interface HandOutOptions {
  readonly queue: Pick<JobQueue, 'enqueue' | 'finished' | 'cancel'>;
  readonly store: PartStore;
  /** The run whose parts they are. */
  readonly run: Run;
  /** Computes a part here, where the worker that took it has other bars. */
  readonly computeHere: (task: PartTask) => Promise<unknown>;
}

/** Hands the parts of a run to whichever workers are free, as runs of their own, and gathers what they give. */
export class HandOut {
  readonly #options: HandOutOptions;
  readonly #open = new Set<string>();

  constructor(options: HandOutOptions) {
    this.#options = options;
  }

  /**
   * What a part gives. One that an earlier attempt of the run had computed is not computed again.
   *
   * @throws DayTradeError `run.failed` when the part failed at last, or somebody stopped it
   */
  async compute(task: PartTask): Promise<unknown> {
    const { queue, store, run, computeHere } = this.#options;
    const part = await store.putTask(run.id, task);
    const known = await store.result(run.id, part);
    if (known !== undefined) return known;
    const key = `training-part/${run.id}/${part}`;
    const payload = { of: run.id, part };
    const requestId = run.requestId ?? undefined;
    const { id } = await queue.enqueue({ job: 'training-part', key, payload, trigger: 'request', requestId });
    this.#open.add(id);
    const ended = await queue.finished(id);
    this.#open.delete(id);
    if (ended.status !== 'succeeded') throw partFailed(ended);
    return (await store.result(run.id, part)) ?? (await computeHere(task));
  }

  /** Stops what is still under way. */
  async cancel(): Promise<void> {
    const { queue } = this.#options;
    const open = [...this.#open];
    await Promise.all(open.map((id) => queue.cancel(id).catch(unlessAway)));
  }
}

/** A part that cannot be stopped while a server is away sees for itself that its run is over. */
function unlessAway(error: unknown): undefined {
  if (!isDayTradeError(error)) throw error;
}

function partFailed({ id, status, error }: Run): DayTradeError {
  const why = error === null ? '' : `: ${error.message}`;
  return new DayTradeError('run.failed', `run ${id}, a part of this one, ended as ${status}${why}`, {
    details: { part: id, status },
  });
}
