import {
  claimOf,
  hasEnded,
  type Run,
  type RunChange,
  type RunLedger,
  type RunQuery,
  type RunRoom,
  type RunState,
} from '../run.ts';

/** The contract of the ledger without a database, for tests of queue and scheduler. Its runs are immutable. */
export class MemoryRunLedger implements RunLedger {
  readonly #runs = new Map<string, Run>();
  /** Id of the run that holds a key for ever. */
  readonly #claims = new Map<string, string>();

  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    const claim = claimOf(run);
    const claimed = claim === undefined ? undefined : `${run.job} ${claim}`;
    const same = [...this.#runs.values()].filter(({ job, key }) => job === run.job && key === run.key);
    const before = this.#runs.get(this.#claims.get(claimed ?? '') ?? '') ?? same.find((other) => !hasEnded(other));
    if (before !== undefined) return { run: before, created: false };
    if (most !== undefined) {
      const unfinished = this.#unfinished();
      const ofJob = unfinished.filter(({ job }) => job === run.job);
      if (unfinished.length >= most.inAll || ofJob.length >= most.ofJob) return undefined;
    }
    if (claimed !== undefined) this.#claims.set(claimed, run.id);
    this.#runs.set(run.id, run);
    return { run, created: true };
  }

  async find(id: string): Promise<Run | undefined> {
    return this.#runs.get(id);
  }

  async list(query: Omit<RunQuery, 'dead'>): Promise<readonly Run[]> {
    const { job, status, keyPrefix = '', queuedBetween: span, scheduledOnly, withoutDryRuns, limit } = query;
    const isMatch = (run: Run) =>
      (job === undefined || run.job === job) &&
      (status === undefined || run.status === status) &&
      run.key.startsWith(keyPrefix) &&
      (span === undefined || (run.queuedAt >= span.from && run.queuedAt < span.to)) &&
      (scheduledOnly !== true || run.scheduledFor !== null) &&
      (withoutDryRuns !== true || run.payload.dryRun !== true);
    return [...this.#runs.values()].filter(isMatch).toReversed().slice(0, limit);
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
    return [...this.#runs.values()].filter((run) => !hasEnded(run) && run.status !== 'waiting');
  }
}
