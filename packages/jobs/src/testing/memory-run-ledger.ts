/**
 * The ledger's contract without a database, for the tests of queue and scheduler. What it gives out is frozen in time.
 */
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
export class MemoryRunLedger implements RunLedger {
  readonly #runs = new Map<string, Run>();
  /** Ids of the runs of a (job, key), oldest first. */
  readonly #sameKey = new Map<string, string[]>();
  /** Who holds a key for ever. */
  readonly #claims = new Map<string, string>();
  readonly #unended = new Set<string>();
  readonly #ids: string[] = [];
  /** Ids by the beginning of the key, up to the day, so that years of runs are not gone through for one. */
  readonly #ofDay = new Map<string, string[]>();

  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    const key = `${run.job} ${run.key}`;
    const claim = claimOf(run);
    const claimed = claim === undefined || claim === run.key ? key : `${run.job} ${claim}`;
    const holder = claim === undefined ? undefined : this.#claims.get(claimed);
    const before = this.#runs.get(holder ?? '') ?? this.#unendedOf(key);
    if (before !== undefined) return { run: before, created: false };
    if (most !== undefined && !this.#hasRoom(run.job, most)) return undefined;
    if (claim !== undefined) this.#claims.set(claimed, run.id);
    this.#runs.set(run.id, run);
    const same = this.#sameKey.get(key) ?? [];
    if (same.push(run.id) === 1) this.#sameKey.set(key, same);
    if (!hasEnded(run)) this.#unended.add(run.id);
    this.#ids.push(run.id);
    const day = dayOf(run.key);
    const ofDay = this.#ofDay.get(day) ?? [];
    if (ofDay.push(run.id) === 1) this.#ofDay.set(day, ofDay);
    return { run, created: true };
  }

  async find(id: string): Promise<Run | undefined> {
    return this.#runs.get(id);
  }

  async list(query: Omit<RunQuery, 'dead'>): Promise<readonly Run[]> {
    const { job, status, keyPrefix, queuedBetween: span, scheduledOnly, withoutDryRuns, limit } = query;
    const found: Run[] = [];
    for (const ids = this.#candidates(status, keyPrefix), at = { next: ids.length - 1 }; at.next >= 0; at.next -= 1) {
      const run = this.#runs.get(ids[at.next]!)!;
      if (job !== undefined && run.job !== job) continue;
      if (status !== undefined && run.status !== status) continue;
      if (keyPrefix !== undefined && !run.key.startsWith(keyPrefix)) continue;
      if (span !== undefined && (run.queuedAt < span.from || run.queuedAt >= span.to)) continue;
      if (scheduledOnly === true && run.scheduledFor === null) continue;
      if (withoutDryRuns === true && run.payload.dryRun === true) continue;
      if (found.push(run) >= limit) break;
    }
    return found;
  }

  async update({ id, attempt, status }: RunState, change: RunChange): Promise<Run | undefined> {
    const run = this.#runs.get(id);
    if (run === undefined || hasEnded(run) || run.attempt !== attempt || run.status !== status) return undefined;
    const changed = { ...run, ...change };
    this.#runs.set(id, changed);
    if (hasEnded(changed)) this.#unended.delete(id);
    return changed;
  }

  async unfinished(): Promise<readonly Run[]> {
    return this.#unfinished();
  }

  #hasRoom(job: string, { ofJob, inAll }: RunRoom): boolean {
    const unfinished = this.#unended.size < Math.min(ofJob, inAll) ? [] : this.#unfinished();
    return unfinished.length < inAll && unfinished.filter((other) => other.job === job).length < ofJob;
  }

  /** Ids among which the runs of a query are, oldest first. */
  #candidates(status: Run['status'] | undefined, keyPrefix = ''): readonly string[] {
    if (status === 'waiting') return [...this.#unended];
    return this.#ofDay.get(keyPrefix) ?? this.#ids;
  }

  #unfinished(): readonly Run[] {
    return [...this.#unended].map((id) => this.#runs.get(id)!).filter(({ status }) => status !== 'waiting');
  }

  /** The run of a (job, key) that has not ended. */
  #unendedOf(key: string): Run | undefined {
    const id = this.#sameKey.get(key)?.findLast((same) => this.#unended.has(same));
    return id === undefined ? undefined : this.#runs.get(id);
  }
}

/** 'prediction/2026-11-24' of 'prediction/2026-11-24T09:00:00'. */
function dayOf(key: string): string {
  return key.slice(0, key.indexOf('/') + '/YYYY-MM-DD'.length);
}
