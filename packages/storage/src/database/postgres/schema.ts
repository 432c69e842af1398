import { sql } from 'kysely';
import type { DatabaseSchema } from '../database-schema.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { objects } from './migrations/0002-objects.ts';
import { priceBasisOfPredictions } from './migrations/0003-price-basis-of-predictions.ts';
import { requestsOfRuns } from './migrations/0004-requests-of-runs.ts';
import { runKeys } from './migrations/0005-run-keys.ts';
import { reports } from './migrations/0006-reports.ts';
import { priceFactors } from './migrations/0007-price-factors.ts';
import { shareCounts } from './migrations/0008-share-counts.ts';
import { notices } from './migrations/0009-notices.ts';
import { inDayPredictions } from './migrations/0010-in-day-predictions.ts';
import { indexValues } from './migrations/0011-index-values.ts';
import { expectedDividends } from './migrations/0012-expected-dividends.ts';
import { jobSettings } from './migrations/0013-job-settings.ts';
import { paperBooks } from './migrations/0014-paper-books.ts';
import { announcements } from './migrations/0015-announcements.ts';
import { askedDays } from './migrations/0016-asked-days.ts';
import { judgedCloses } from './migrations/0017-judged-closes.ts';
import { unlistedRows } from './migrations/0018-unlisted-rows.ts';
import { activatedBy } from './migrations/0019-activated-by.ts';
import { knownAnnouncements } from './migrations/0020-known-announcements.ts';

/** The tables in PostgreSQL's types of columns. */
export const postgresSchema: DatabaseSchema = {
  migrations: {
    '0001-first-tables': firstTables,
    '0002-objects': objects,
    '0003-price-basis-of-predictions': priceBasisOfPredictions,
    '0004-requests-of-runs': requestsOfRuns,
    '0005-run-keys': runKeys,
    '0006-reports': reports,
    '0007-price-factors': priceFactors,
    '0008-share-counts': shareCounts,
    '0009-notices': notices,
    '0010-in-day-predictions': inDayPredictions,
    '0011-index-values': indexValues,
    '0012-expected-dividends': expectedDividends,
    '0013-job-settings': jobSettings,
    '0014-paper-books': paperBooks,
    '0015-announcements': announcements,
    '0016-asked-days': askedDays,
    '0017-judged-closes': judgedCloses,
    '0018-unlisted-rows': unlistedRows,
    '0019-activated-by': activatedBy,
    '0020-known-announcements': knownAnnouncements,
  },
  async hasTable(db, name) {
    const table = await sql<{ present: boolean }>`select to_regclass(${name}) is not null as present`.execute(db);
    return table.rows[0]?.present === true;
  },
};

/** Type numbers of PostgreSQL, see its catalogue pg_type. */
const typeOf = { int8: 20, date: 1082, timestamptz: 1184 } as const;

/**
 * How values that drivers read differently come out of every engine: a date as 'YYYY-MM-DD', an instant as ISO 8601 in
 * UTC, a count as a number.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [typeOf.int8]: Number,
  [typeOf.date]: (text: string) => text,
  [typeOf.timestamptz]: isoInstantOf,
};

/** '2026-11-24 09:15:00.5+09' as PostgreSQL writes an instant, to '2026-11-24T00:15:00.500Z'. */
function isoInstantOf(text: string): string {
  const [, date, time, hours, minutes] = /^(\S+) (\S+?)([+-]\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return new Date(`${date}T${time}${hours}:${minutes ?? '00'}`).toISOString();
}
