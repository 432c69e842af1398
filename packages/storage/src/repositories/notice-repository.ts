import type { Notice, NoticeChannelName, NoticeEntry } from '@daytrade/contracts';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { PruneOptions } from './retention.ts';

/** A notice for one receiver, which this process alone may send now. */
export interface ClaimedNotice {
  readonly notice: Notice;
  readonly channel: NoticeChannelName;
  /** The attempt that is to be made, from 1. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface NoticeOutcome {
  readonly status: NoticeEntry['status'];
  /** ISO 8601 in UTC. */
  readonly sentAt: string | null;
  readonly error: string | null;
}

const key = ['kind', 'subject', 'channel'] as const;

/** Notices, one row per receiver. A row is claimed before it is sent, so that of several processes one sends it. */
export class NoticeRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /**
   * Puts a notice down for receivers that have none of its kind and subject yet.
   *
   * @returns how many those were
   */
  async add(notice: Notice, channels: readonly NoticeChannelName[]): Promise<number> {
    const { kind, subject, madeAt } = notice;
    const rest = { madeAt, status: 'waiting', attempts: 0, nextAttemptAt: madeAt, sentAt: null, error: null } as const;
    const rows = channels.map((channel) => ({ kind, subject, channel, notice: JSON.stringify(notice), ...rest }));
    const { db, adapter } = this.#database;
    return rows.length === 0 ? 0 : await adapter.insertMissing(db, 'notices', rows, key);
  }

  /** The receivers for which a notice of this kind and subject was put down. */
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
   * Claims what is due, oldest first: nobody else sends it before its next attempt is due.
   *
   * @param now ISO 8601 in UTC
   * @param nextAttemptAt when an attempt is tried again if this process never says how it ended; ISO 8601 in UTC
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

  /** Writes down how an attempt ended; nothing where another one has begun meanwhile. */
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
   * Removes old notices, but for those that are still to be sent.
   *
   * @returns how many there were
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

  /** The newest `limit` notices, newest first. */
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
