import { dayNumber, minuteOf, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { ResultsAnnouncement, ResultsCalendar } from '@daytrade/series';
import type { AnnouncementRecord } from '../database/tables.ts';
import { Repository } from './repository.ts';

const key = ['symbol', 'date', 'kind'] as const;

/** Days on which companies announce their results, planned and made, with the time since when each was known. */
export class AnnouncementRepository extends Repository {
  /**
   * Adds announcements with distinct keys. One of the same symbol, day and kind is replaced and keeps the time since
   * when it was known.
   */
  async upsertMany(records: readonly AnnouncementRecord[]): Promise<void> {
    if (records.length === 0) return;
    const stored = await this.#ofSymbols([...new Set(records.map(({ symbol }) => symbol))].sort());
    const before = new Map(stored.map((record) => [keyOf(record), record]));
    const rows = records.map((record) => merged(before.get(keyOf(record)), record));
    await this.upsertRows('announcements', rows, key);
  }

  /**
   * Lists the announcements of all symbols between two days, both included; on one day, those made come before planned
   * ones.
   */
  async between(from: TradeDate, to: TradeDate): Promise<readonly AnnouncementRecord[]> {
    return await this.db
      .selectFrom('announcements')
      .selectAll()
      .where('date', '>=', from)
      .where('date', '<=', to)
      .orderBy('symbol')
      .orderBy('date')
      .orderBy('kind')
      .execute();
  }

  /** Returns the announcements of some symbols, in the given order; undefined for a symbol without any. */
  async calendar(symbols: readonly SymbolCode[]): Promise<ResultsCalendar> {
    if (symbols.length === 0) return [];
    const bySymbol = Map.groupBy(await this.#ofSymbols(symbols), ({ symbol }) => symbol);
    return symbols.map((symbol) => {
      const known = bySymbol.get(symbol);
      return known?.map((record) => announcementOf(record, known));
    });
  }

  async symbols(): Promise<ReadonlySet<string>> {
    const found = await this.db.selectFrom('announcements').select('symbol').distinct().execute();
    return new Set(found.map(({ symbol }) => symbol));
  }

  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this;
    if (symbols.length > 0) await db.deleteFrom('announcements').where(adapter.isOneOf('symbol', symbols)).execute();
  }

  async #ofSymbols(symbols: readonly SymbolCode[]): Promise<readonly AnnouncementRecord[]> {
    const { db, adapter } = this;
    const found = db.selectFrom('announcements').selectAll().where(adapter.isOneOf('symbol', symbols));
    return await found.orderBy('symbol').orderBy('date').orderBy('kind').execute();
  }
}

function keyOf({ symbol, date, kind }: AnnouncementRecord): string {
  return `${symbol} ${date} ${kind}`;
}

/** Merges two records; a plan that was withdrawn and made again is known from then on. */
function merged(before: AnnouncementRecord | undefined, now: AnnouncementRecord): AnnouncementRecord {
  if (before === undefined) return now;
  const isNewPlan = before.knownUntil !== null && before.knownUntil <= now.knownSince;
  const knownSince = isNewPlan || now.knownSince < before.knownSince ? now.knownSince : before.knownSince;
  return { ...now, time: now.time ?? before.time, knownSince };
}

/** Returns an announcement; a plan is valid until the results of its day are out. */
function announcementOf(record: AnnouncementRecord, others: readonly AnnouncementRecord[]): ResultsAnnouncement {
  const { date, kind, time, knownSince, knownUntil } = record;
  const made = kind === 'planned' && others.find((one) => one.kind === 'made' && one.date === date);
  const ends = [knownUntil, made ? made.knownSince : null].filter((end) => end !== null).map(Date.parse);
  return {
    day: dayNumber(date),
    minute: time === null ? undefined : minuteOf(time),
    knownSince: Date.parse(knownSince),
    knownUntil: ends.length === 0 ? undefined : Math.min(...ends),
  };
}
