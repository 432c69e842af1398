import { DayTradeError } from '@daytrade/errors';
import {
  claimOf,
  type Run,
  type RunChange,
  type RunLedger,
  type RunQuery,
  type RunRoom,
  type RunState,
  type UnfinishedRun,
  unfinishedStatuses,
} from '@daytrade/jobs';
import type { ExpressionBuilder, Insertable, Kysely, Updateable } from 'kysely';
import type { DatabaseAdapter } from '../database/database-adapter.ts';
import type { Tables } from '../database/tables.ts';
import { Repository } from './repository.ts';
import type { PruneOptions } from './retention.ts';

/**
 * Limit of attempts to create a run. An attempt fails if equal work began and ended meanwhile; many failures mean
 * another fault, such as a duplicate id.
 */
const mostTries = 100;
const unfinishedStatus = ['queued', 'running'] as const;
/** Number of rows that one statement removes, so that it holds no lock for long. */
const prunedAtOnce = 500;
/** Marks a claimed key whose run is not written. */
const withoutRun = Symbol('a claim without its run');

/**
 * The run ledger in the database. A unique index allows one unfinished run for each job and key. A key for only one run
 * ever is claimed in a separate table, in the transaction that writes the run.
 */
export class RunRepository extends Repository implements RunLedger {
  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await this.#sameWork(run);
      if (before !== undefined) return { run: before, created: false };
      if (most !== undefined && !(await hasRoom(this.db, run.job, most))) return undefined;
      const inserted = await this.#insert(run);
      if (inserted !== undefined) return { run: inserted, created: true };
      // Another process created equal work first; if that has ended by now, this one may be created.
    }
    throw new DayTradeError('internal.bug', `run ${run.id} could not be written to the ledger`);
  }

  async find(id: string): Promise<Run | undefined> {
    return await this.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async list(query: RunQuery): Promise<readonly Run[]> {
    const { job, status, keyPrefix, queuedBetween, scheduledOnly, dead, withoutDryRuns, limit, longestJson } = query;
    const adapter = this.adapter;
    const newestFirst = this.db
      .selectFrom('runs')
      .selectAll()
      .$if(job !== undefined, (runs) => runs.where('job', '=', job!))
      .$if(status !== undefined, (runs) => runs.where('status', '=', status!))
      .$if(keyPrefix !== undefined, (runs) => runs.where(adapter.startsWith('key', keyPrefix!)))
      .$if(dead === true, (runs) => runs.where(isDead))
      .$if(withoutDryRuns === true, (runs) => runs.where(adapter.jsonField('payload', 'dryRun'), ...isNotTrue))
      .$if(queuedBetween !== undefined, (runs) =>
        runs.where('queuedAt', '>=', queuedBetween!.from).where('queuedAt', '<', queuedBetween!.to),
      )
      .$if(scheduledOnly === true, (runs) => runs.where('scheduledFor', 'is not', null).orderBy('scheduledFor', 'desc'))
      .orderBy('queuedAt', 'desc')
      .orderBy('id', 'desc');
    const runs = await adapter.page(newestFirst, { limit }).execute();
    return longestJson === undefined ? runs : runs.map((run) => shortened(run, longestJson));
  }

  async update({ id, attempt, status }: RunState, change: RunChange): Promise<Run | undefined> {
    const changed = this.db
      .updateTable('runs')
      .set(changeOf(change))
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('status', '=', status)
      .where('status', 'in', unfinishedStatuses);
    return await this.adapter.returningRows(changed).executeTakeFirst();
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const rows = await this.db
      .selectFrom('runs')
      .select(['id', 'job', 'status', 'attempt', 'queuedAt'])
      .where('status', 'in', unfinishedStatus)
      .orderBy('queuedAt')
      .orderBy('id')
      .execute();
    return rows;
  }

  /**
   * Removes runs that ended long ago, with their keys. It keeps the newest success of each job (dry runs aside), all
   * successful restore drills, and runs that a kept run repeats.
   */
  async prune({ before, dryRun }: PruneOptions): Promise<number> {
    const adapter = this.adapter;
    let pruned = 0;
    for (;;) {
      const old = this.db
        .selectFrom('runs')
        .select('id')
        .where((eb) => mayGo(eb, adapter, before))
        .orderBy('id');
      const page = dryRun ? { limit: prunedAtOnce, offset: pruned } : { limit: prunedAtOnce };
      const ids = (await adapter.page(old, page).execute()).map(({ id }) => id);
      if (!dryRun && ids.length > 0) await this.#remove(ids);
      pruned += ids.length;
      if (ids.length < prunedAtOnce) return pruned;
    }
  }

  async #remove(ids: readonly string[]): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('runKeys').where(this.adapter.isOneOf('run', ids)).execute();
      await transaction.deleteFrom('runs').where(this.adapter.isOneOf('id', ids)).execute();
    });
  }

  /** Returns undefined if another run has the key or its claim. */
  async #insert(run: Run): Promise<Run | undefined> {
    const claim = claimOf(run);
    if (claim === undefined) return await this.adapter.insertUnique(this.db, 'runs', rowOf(run));
    try {
      return await this.db.transaction().execute(async (transaction) => {
        const row = { job: run.job, key: claim, run: run.id };
        if ((await this.adapter.insertMissing(transaction, 'runKeys', [row], ['job', 'key'])) === 0) throw withoutRun;
        const inserted = await this.adapter.insertUnique(transaction, 'runs', rowOf(run));
        if (inserted === undefined) throw withoutRun;
        return inserted;
      });
    } catch (error) {
      if (error === withoutRun) return undefined;
      throw error;
    }
  }

  /**
   * Returns the run of equal work: an unfinished one; for a due time, any with its key; for a replay, the one that
   * repeats the same run.
   */
  async #sameWork({ job, key, trigger, replayOf }: Run): Promise<Run | undefined> {
    const isOfDueTime = replayOf === null && claimOf({ key, trigger, replayOf }) !== undefined;
    const newestFirst = this.db
      .selectFrom('runs')
      .selectAll()
      .where('job', '=', job)
      .where('key', '=', key)
      .$if(!isOfDueTime, (query) =>
        query.where((eb) => {
          const unfinished = eb('status', 'in', unfinishedStatuses);
          return replayOf === null ? unfinished : eb.or([unfinished, eb('replayOf', '=', replayOf)]);
        }),
      )
      .orderBy('queuedAt', 'desc');
    return await this.adapter.page(newestFirst, { limit: 1 }).executeTakeFirst();
  }
}

const failedStatus = ['failed', 'timed-out'] as const;

/** True for a run that failed finally, or was skipped for one, and that no other run repeats. */
function isDead(eb: ExpressionBuilder<Tables, 'runs'>) {
  const repeated = eb.selectFrom('runs as later').select('later.id').whereRef('later.replayOf', '=', 'runs.id');
  const skipped = eb.and([eb('status', '=', 'skipped'), eb('error', 'is not', null)]);
  return eb.and([eb.or([eb('status', 'in', failedStatus), skipped]), eb.not(eb.exists(repeated))]);
}

/** Matches a JSON field that is absent or not true. */
const isNotTrue = ['is distinct from', 'true'] as const;
/** The job whose successes all stay: its runs are the history of drills. */
const keptJob = 'restore-drill';

/** True for a run that ended before an instant and that no kept run needs. */
function mayGo(eb: ExpressionBuilder<Tables, 'runs'>, adapter: DatabaseAdapter, before: string) {
  const succeeded = eb('status', '=', 'succeeded');
  const newer = eb
    .selectFrom('runs as newer')
    .select('newer.id')
    .whereRef('newer.job', '=', 'runs.job')
    .where('newer.status', '=', 'succeeded')
    .where((run) =>
      run.or([
        run(adapter.jsonField('newer.payload', 'dryRun'), ...isNotTrue),
        run(adapter.jsonField('runs.payload', 'dryRun'), '=', 'true'),
      ]),
    )
    .whereRef('newer.queuedAt', '>', 'runs.queuedAt');
  const repeated = eb
    .selectFrom('runs as later')
    .select('later.id')
    .whereRef('later.replayOf', '=', 'runs.id')
    .where((later) => later.or([later('later.finishedAt', 'is', null), later('later.finishedAt', '>=', before)]));
  return eb.and([
    eb('finishedAt', '<', before),
    eb('status', 'not in', unfinishedStatuses),
    eb.or([eb.not(succeeded), eb.and([eb('job', '!=', keptJob), eb.exists(newer)])]),
    eb.not(eb.exists(repeated)),
  ]);
}

/** Checks the limits outside of the insert, so concurrent requests may exceed them slightly. */
async function hasRoom(db: Kysely<Tables>, job: string, most: RunRoom): Promise<boolean> {
  const { inAll, ofJob } = await db
    .selectFrom('runs')
    .select((eb) => [
      eb.fn.countAll<number>().as('inAll'),
      eb.fn.count<number>(eb.case().when('job', '=', job).then(eb.lit(1)).end()).as('ofJob'),
    ])
    .where('status', 'in', unfinishedStatus)
    .executeTakeFirstOrThrow();
  return ofJob < most.ofJob && inAll < most.inAll;
}

/** Characters kept of a long error's message. */
const longestMessage = 500;

/** Replaces values above this many bytes of JSON by a note. */
function shortened(run: Run, longest: number): Run {
  const truncated = { truncated: true };
  const isLong = (value: object | null) => Buffer.byteLength(JSON.stringify(value)) > longest;
  const { payload, result, error } = run;
  return {
    ...run,
    payload: isLong(payload) ? truncated : payload,
    result: isLong(result) ? truncated : result,
    error:
      error !== null && isLong(error)
        ? { code: error.code, message: error.message.slice(0, longestMessage), details: truncated }
        : error,
  };
}

function rowOf({ payload, progress, result, error, dependencies, ...rest }: Run): Insertable<Tables['runs']> {
  return {
    ...rest,
    payload: JSON.stringify(payload),
    progress: jsonText(progress),
    result: jsonText(result),
    error: jsonText(error),
    dependencies: jsonText(dependencies),
  };
}

function changeOf({ progress, result, error, dependencies, ...rest }: RunChange): Updateable<Tables['runs']> {
  return {
    ...rest,
    ...(progress === undefined ? {} : { progress: jsonText(progress) }),
    ...(result === undefined ? {} : { result: jsonText(result) }),
    ...(error === undefined ? {} : { error: jsonText(error) }),
    ...(dependencies === undefined ? {} : { dependencies: jsonText(dependencies) }),
  };
}

function jsonText(value: object | readonly object[] | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
