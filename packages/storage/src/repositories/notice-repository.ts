import type { Notice, NoticeChannelName, NoticeEntry } from '@daytrade/contracts';
import { Repository } from './repository.ts';
import type { PruneOptions } from './retention.ts';

/** A notice for one receiver, claimed by this process. */
export interface ClaimedNotice {
  readonly notice: Notice;
  readonly channel: NoticeChannelName;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

export interface NoticeOutcome {
  readonly status: NoticeEntry['status'];
  /** ISO 8601 in UTC. */
  readonly sentAt: string | null;
  readonly error: string | null;
}

const key = ['kind', 'subject', 'channel'] as const;

/** Notices, one row per receiver. A row is claimed before it is sent, so only one process sends it. */
export class NoticeRepository extends Repository {
  /** Adds a notice for receivers without one of its kind and subject. */
  async add(notice: Notice, channels: readonly NoticeChannelName[]): Promise<number> {
    const { kind, subject, madeAt } = notice;
    const rest = { madeAt, status: 'waiting', attempts: 0, nextAttemptAt: madeAt, sentAt: null, error: null } as const;
    const rows = channels.map((channel) => ({ kind, subject, channel, notice: JSON.stringify(notice), ...rest }));
    const { db, adapter } = this;
    return rows.length === 0 ? 0 : await adapter.insertMissing(db, 'notices', rows, key);
  }

  /**
   * Claims the oldest due notice. No other process sends it before its next attempt.
   *
   * @param now ISO 8601 in UTC
   * @param nextAttemptAt time of the next attempt unless this process reports an outcome; ISO 8601 in UTC
   * @returns undefined if none is due, or another process was first
   */
  async claim(
    channel: NoticeChannelName,
    now: string,
    nextAttemptAt: (attempt: number) => string,
  ): Promise<ClaimedNotice | undefined> {
    const oldestFirst = this.db
      .selectFrom('notices')
      .select(['kind', 'subject', 'attempts'])
      .where('channel', '=', channel)
      .where('status', '=', 'waiting')
      .where('nextAttemptAt', '<=', now)
      .orderBy('madeAt')
      .orderBy('kind')
      .orderBy('subject');
    const due = await this.adapter.page(oldestFirst, { limit: 1 }).executeTakeFirst();
    if (due === undefined) return undefined;
    const attempt = due.attempts + 1;
    const change = this.db
      .updateTable('notices')
      .set({ attempts: attempt, nextAttemptAt: nextAttemptAt(attempt) })
      .where('kind', '=', due.kind)
      .where('subject', '=', due.subject)
      .where('channel', '=', channel)
      .where('status', '=', 'waiting')
      .where('attempts', '=', due.attempts);
    const row = await this.adapter.returningRows(change).executeTakeFirst();
    return row && { notice: row.notice, channel, attempt };
  }

  /** Records the outcome of an attempt, unless another one has begun meanwhile. */
  async settle({ notice, channel, attempt }: ClaimedNotice, outcome: NoticeOutcome): Promise<void> {
    await this.db
      .updateTable('notices')
      .set(outcome)
      .where('kind', '=', notice.kind)
      .where('subject', '=', notice.subject)
      .where('channel', '=', channel)
      .where('attempts', '=', attempt)
      .execute();
  }

  /** Removes old notices except pending ones. */
  async prune({ before, dryRun }: PruneOptions): Promise<number> {
    const { db } = this;
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

  async list(limit: number): Promise<readonly NoticeEntry[]> {
    const { db, adapter } = this;
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
