import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';

/** Type numbers of PostgreSQL, see its catalogue pg_type. */
const typeOf = { int8: 20, date: 1082, timestamptz: 1184 } as const;

const parsers = {
  [typeOf.int8]: Number,
  [typeOf.date]: (text: string) => text,
  [typeOf.timestamptz]: isoInstantOf,
};

/** The embedded PostgreSQL for kysely, with dates and instants as text; in memory without a folder. */
export function pgliteDialect(folder?: string): PGliteDialect {
  const options = folder === undefined ? { parsers } : { parsers, dataDir: folder };
  return new PGliteDialect({ pglite: () => PGlite.create(options) });
}

/** '2026-11-24 09:15:00.5+09' as PostgreSQL writes an instant, to '2026-11-24T00:15:00.500Z'. */
function isoInstantOf(text: string): string {
  const [, date, time, hours, minutes] = /^(\S+) (\S+?)([+-]\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return new Date(`${date}T${time}${hours}:${minutes ?? '00'}`).toISOString();
}
