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

/** The tables in SQL Server's types of columns. */
export const mssqlSchema: DatabaseSchema = {
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
    const table = await sql<{ id: number | null }>`select object_id(${name}, 'U') as ${sql.ref('id')}`.execute(db);
    return (table.rows[0]?.id ?? null) !== null;
  },
};
