import { DayTradeError } from '@daytrade/errors';
import type { Run, RunChange, RunLedger, RunQuery, RunRoom, RunState, UnfinishedRun } from '@daytrade/jobs';
import { type Insertable, type Kysely, sql, type Updateable } from 'kysely';
import { literalPattern } from '../database/literal-pattern.ts';
import type { Tables } from '../database/tables.ts';

/**
 * Tries of one entry in the ledger. Each one that fails means that the same work began and ended meanwhile: so many in a row there are only when
 * something else is wrong, as an id that is taken.
 */
const mostTries = 100;
const unfinishedStatus = ['queued', 'running'] as const;
const scheduledTriggers: readonly Run['trigger'][] = ['schedule', 'misfire'];

/** The run ledger in the database. Unique indexes let one unfinished run of a (job, key) in, and one scheduled ever. */
export class RunRepository implements RunLedger {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await sameWork(this.#db, run);
      if (before !== undefined) return { run: before, created: false };
      if (most !== undefined && !(await hasRoom(this.#db, run.job, most))) return undefined;
      const inserted = await this.#db
        .insertInto('runs')
        .values(rowOf(run))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (inserted !== undefined) return { run: inserted, created: true };
      // Another process was first with the same work; when that has ended by now, there is room for this one.
    }
    throw new DayTradeError('internal.bug', `run ${run.id} could not be written to the ledger`);
  }

  async find(id: string): Promise<Run | undefined> {
    return await this.#db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async list({ job, status, keyPrefix, scheduledOnly, limit, longestJson }: RunQuery): Promise<readonly Run[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select(['id', 'job', 'key', 'trigger', 'requestId', 'status', 'attempt', 'maxAttempts', 'progress'])
      .select(['scheduledFor', 'queuedAt', 'startedAt', 'finishedAt'])
      .select(shortened(longestJson ?? anyLength))
      .$if(job !== undefined, (query) => query.where('job', '=', job!))
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .$if(keyPrefix !== undefined, (query) => query.where('key', 'like', `${literalPattern(keyPrefix!)}%`))
      .$if(scheduledOnly === true, (query) =>
        query.where('scheduledFor', 'is not', null).orderBy('scheduledFor', 'desc'),
      )
      .orderBy('queuedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows;
  }

  async update({ id, attempt, status }: RunState, change: RunChange): Promise<Run | undefined> {
    return await this.#db
      .updateTable('runs')
      .set(changeOf(change))
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('status', '=', status)
      .where('status', 'in', unfinishedStatus)
      .returningAll()
      .executeTakeFirst();
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select(['id', 'job', 'status', 'attempt', 'queuedAt'])
      .where('status', 'in', unfinishedStatus)
      .orderBy('queuedAt')
      .orderBy('id')
      .execute();
    return rows;
  }
}

/** The run that stands for the same work: an unfinished one, and for a scheduled run any of the same due time. */
async function sameWork(db: Kysely<Tables>, run: Run): Promise<Run | undefined> {
  const row = await db
    .selectFrom('runs')
    .selectAll()
    .where('job', '=', run.job)
    .where('key', '=', run.key)
    .$if(!scheduledTriggers.includes(run.trigger), (query) => query.where('status', 'in', unfinishedStatus))
    .orderBy('queuedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row;
}

/** Counted beside the entry of a run, not with it: a few more come in when many ask at one instant. */
async function hasRoom(db: Kysely<Tables>, job: string, most: RunRoom): Promise<boolean> {
  const { inAll, ofJob } = await db
    .selectFrom('runs')
    .select(({ fn }) => [
      fn.countAll<number>().as('inAll'),
      fn.countAll<number>().filterWhere('job', '=', job).as('ofJob'),
    ])
    .where('status', 'in', unfinishedStatus)
    .executeTakeFirstOrThrow();
  return ofJob < most.ofJob && inAll < most.inAll;
}

/** No value of a row is longer. */
const anyLength = 2_147_483_647;

/** Enough of a long error's message to know it by. */
const longestMessage = 500;

/** The columns of free JSON. What is longer than so many bytes is not read: its size in the table is looked at first. */
function shortened(longest: number) {
  const isLong = (column: 'payload' | 'result' | 'error') =>
    sql`pg_column_size(${sql.ref(column)}) > ${longest} or octet_length(${sql.ref(column)}::text) > ${longest}`;
  const truncated = sql`json_build_object('truncated', true)`;
  return [
    sql<Run['payload']>`case when ${isLong('payload')} then ${truncated} else payload end`.as('payload'),
    sql<Run['result']>`case when ${isLong('result')} then ${truncated} else result end`.as('result'),
    sql<Run['error']>`case when ${isLong('error')} then json_build_object('code', error->>'code',
      'message', left(error->>'message', ${sql.lit(longestMessage)}), 'details', ${truncated}) else error end`.as(
      'error',
    ),
  ] as const;
}

function rowOf({ payload, progress, result, error, ...rest }: Run): Insertable<Tables['runs']> {
  return {
    ...rest,
    payload: JSON.stringify(payload),
    progress: jsonText(progress),
    result: jsonText(result),
    error: jsonText(error),
  };
}

function changeOf({ progress, result, error, ...rest }: RunChange): Updateable<Tables['runs']> {
  return {
    ...rest,
    ...(progress === undefined ? {} : { progress: jsonText(progress) }),
    ...(result === undefined ? {} : { result: jsonText(result) }),
    ...(error === undefined ? {} : { error: jsonText(error) }),
  };
}

function jsonText(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
