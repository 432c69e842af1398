import { hasEnded } from '../queue/new-run.ts';
import {
  claimOf,
  type Run,
  type RunChange,
  type RunLedger,
  type RunQuery,
  type RunRoom,
  type RunState,
} from '../run.ts';

/**
 * The ledger's contract without a database, for the tests of queue and scheduler. What it gives out is frozen in time.
 */
export class MemoryRunLedger implements RunLedger {
  readonly #runs = new Map<string, Run>();
  /** Ids of the runs of a (job, key), oldest first. */
  readonly #sameKey = new Map<string, string[]>();
  /** Who holds a key for ever. */
  readonly #claims = new Map<string, string>();
  readonly #unended = new Set<string>();

  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    const same = this.#sameWork(run);
    if (same !== undefined) return { run: same, created: false };
    const unfinished = this.#unfinished();
    const ofJob = unfinished.filter(({ job }) => job === run.job).length;
    if (most !== undefined && (ofJob >= most.ofJob || unfinished.length >= most.inAll)) return undefined;
    const claim = claimOf(run);
    if (claim !== undefined) this.#claims.set(`${run.job} ${claim}`, run.id);
    this.#runs.set(run.id, run);
    const key = `${run.job} ${run.key}`;
    this.#sameKey.set(key, [...(this.#sameKey.get(key) ?? []), run.id]);
    if (!hasEnded(run)) this.#unended.add(run.id);
    return { run, created: true };
  }

  async find(id: string): Promise<Run | undefined> {
    return this.#runs.get(id);
  }

  async list({ job, status, keyPrefix, queuedBetween, scheduledOnly, limit }: RunQuery): Promise<readonly Run[]> {
    const runs = status === 'waiting' ? [...this.#unended].map((id) => this.#runs.get(id)!) : [...this.#runs.values()];
    return runs
      .filter((run) => job === undefined || run.job === job)
      .filter((run) => status === undefined || run.status === status)
      .filter((run) => keyPrefix === undefined || run.key.startsWith(keyPrefix))
      .filter(({ queuedAt: at }) => queuedBetween === undefined || (queuedBetween.from <= at && at < queuedBetween.to))
      .filter((run) => scheduledOnly !== true || run.scheduledFor !== null)
      .toReversed()
      .slice(0, limit);
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

  #unfinished(): readonly Run[] {
    return [...this.#unended].map((id) => this.#runs.get(id)!).filter(({ status }) => status !== 'waiting');
  }

  #sameWork(run: Run): Run | undefined {
    const claim = claimOf(run);
    const holder = claim === undefined ? undefined : this.#claims.get(`${run.job} ${claim}`);
    if (holder !== undefined) return this.#runs.get(holder);
    const others = (this.#sameKey.get(`${run.job} ${run.key}`) ?? []).map((id) => this.#runs.get(id)!);
    return others.findLast((other) => !hasEnded(other));
  }
}
