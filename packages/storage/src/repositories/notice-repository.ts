import type { Notice, NoticeChannelName, NoticeEntry } from '@daytrade/contracts';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { PruneOptions } from './retention.ts';

/** A notice for one receiver, claimed by this process. */
export interface ClaimedNotice {
  readonly notice: Notice;
  readonly channel: NoticeChannelName;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** Outcome of an attempt. */
export interface NoticeOutcome {
  readonly status: NoticeEntry['status'];
  /** ISO 8601 in UTC. */
  readonly sentAt: string | null;
  readonly error: string | null;
}

const key = ['kind', 'subject', 'channel'] as const;

/** Notices, one row per receiver. A row is claimed before it is sent, so only one process sends it. */
export class NoticeRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /**
   * Adds a notice for receivers without one of its kind and subject.
   *
   * @returns the number of added rows
   */
  async add(notice: Notice, channels: readonly NoticeChannelName[]): Promise<number> {
    const { kind, subject, madeAt } = notice;
    const rest = { madeAt, status: 'waiting', attempts: 0, nextAttemptAt: madeAt, sentAt: null, error: null } as const;
    const rows = channels.map((channel) => ({ kind, subject, channel, notice: JSON.stringify(notice), ...rest }));
    const { db, adapter } = this.#database;
    return rows.length === 0 ? 0 : await adapter.insertMissing(db, 'notices', rows, key);
  }

  /** Lists the receivers of a notice of this kind and subject. */
  async channelsOf({ kind, subject }: Pick<Notice, 'kind' | 'subject'>): Promise<readonly NoticeChannelName[]> {
    const rows = await this.#database.db
      .selectFrom('notices')
      .select('channel')
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .execute();
    return rows.map(({ channel }) => channel);
  }

  /**
   * Claims due notices, oldest first. No other process sends them before their next attempt.
   *
   * @param now ISO 8601 in UTC
   * @param nextAttemptAt time of the next attempt unless this process reports an outcome; ISO 8601 in UTC
   */
  async claim(
    channel: NoticeChannelName,
    now: string,
    nextAttemptAt: (attempt: number) => string,
    limit: number,
  ): Promise<readonly ClaimedNotice[]> {
    const { db, adapter } = this.#database;
    const oldestFirst = db
      .selectFrom('notices')
      .select(['kind', 'subject', 'attempts'])
      .where('channel', '=', channel)
      .where('status', '=', 'waiting')
      .where('nextAttemptAt', '<=', now)
      .orderBy('madeAt')
      .orderBy('kind')
      .orderBy('subject');
    const due = await adapter.page(oldestFirst, { limit }).execute();
    const claimed: ClaimedNotice[] = [];
    for (const { kind, subject, attempts } of due) {
      const attempt = attempts + 1;
      const change = db
        .updateTable('notices')
        .set({ attempts: attempt, nextAttemptAt: nextAttemptAt(attempt) })
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('channel', '=', channel)
        .where('status', '=', 'waiting')
        .where('attempts', '=', attempts);
      const row = await adapter.returningRows(change).executeTakeFirst();
      if (row !== undefined) claimed.push({ notice: row.notice, channel, attempt });
    }
    return claimed;
  }

  /** Records the outcome of an attempt, unless another one has begun meanwhile. */
  async settle({ notice, channel, attempt }: ClaimedNotice, outcome: NoticeOutcome): Promise<void> {
    await this.#database.db
      .updateTable('notices')
      .set(outcome)
      .where('kind', '=', notice.kind)
      .where('subject', '=', notice.subject)
      .where('channel', '=', channel)
      .where('attempts', '=', attempt)
      .execute();
  }

  /**
   * Removes old notices except pending ones.
   *
   * @returns the number of removed notices
   */
  async prune({ before, dryRun }: PruneOptions): Promise<number> {
    const { db } = this.#database;
    const { count } = await db
      .selectFrom('notices')
      .where('madeAt', '<', before)
      .where('status', '<>', 'waiting')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (!dryRun && Number(count) > 0) {
      await db.deleteFrom('notices').where('madeAt', '<', before).where('status', '<>', 'waiting').execute();
    }
    return Number(count);
  }

  /** Lists the newest `limit` notices, newest first. */
  async list(limit: number): Promise<readonly NoticeEntry[]> {
    const { db, adapter } = this.#database;
    const newestFirst = db
      .selectFrom('notices')
      .selectAll()
      .orderBy('madeAt', 'desc')
      .orderBy('kind')
      .orderBy('subject')
      .orderBy('channel');
    const rows = await adapter.page(newestFirst, { limit }).execute();
    return rows.map(({ notice, ...entry }) => ({ ...entry, title: notice.title }));
  }
}
