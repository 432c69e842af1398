import { hasEnded } from '../queue/new-run.ts';
import type { Run, RunChange, RunLedger, RunQuery, RunRoom, RunState } from '../run.ts';

/**
 * The ledger's contract without a database, for the tests of queue and scheduler. What it gives out is frozen in time.
 */
export class MemoryRunLedger implements RunLedger {
  readonly #runs = new Map<string, Run>();

  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    const scheduled = run.trigger === 'schedule' || run.trigger === 'misfire';
    const same = [...this.#runs.values()].find(
      ({ job, key, status }) =>
        job === run.job && key === run.key && (scheduled || status === 'queued' || status === 'running'),
    );
    if (same !== undefined) return { run: same, created: false };
    const unfinished = this.#unfinished();
    const ofJob = unfinished.filter(({ job }) => job === run.job).length;
    if (most !== undefined && (ofJob >= most.ofJob || unfinished.length >= most.inAll)) return undefined;
    this.#runs.set(run.id, run);
    return { run, created: true };
  }

  async find(id: string): Promise<Run | undefined> {
    return this.#runs.get(id);
  }

  async list({ job, status, keyPrefix, scheduledOnly, limit }: RunQuery): Promise<readonly Run[]> {
    return [...this.#runs.values()]
      .filter((run) => job === undefined || run.job === job)
      .filter((run) => status === undefined || run.status === status)
      .filter((run) => keyPrefix === undefined || run.key.startsWith(keyPrefix))
      .filter((run) => scheduledOnly !== true || run.scheduledFor !== null)
      .toReversed()
      .slice(0, limit);
  }

  async update({ id, attempt, status }: RunState, change: RunChange): Promise<Run | undefined> {
    const run = this.#runs.get(id);
    if (run === undefined || hasEnded(run) || run.attempt !== attempt || run.status !== status) return undefined;
    const changed = { ...run, ...change };
    this.#runs.set(id, changed);
    return changed;
  }

  async unfinished(): Promise<readonly Run[]> {
    return this.#unfinished();
  }

  #unfinished(): readonly Run[] {
    return [...this.#runs.values()].filter((run) => !hasEnded(run));
  }
}
