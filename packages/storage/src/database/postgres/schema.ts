import { type Kysely, sql } from 'kysely';
import { schemaMigrations } from '../schema.ts';
import type { Tables } from '../tables.ts';

/** Objects are compressed already; a second compression would cost time and save nothing. */
export const postgresMigrations = schemaMigrations(`
create index "quarantine_by_file" on "quarantine" ("file", "symbol");
alter table objects alter column bytes set storage external`);

export async function hasPostgresTable(db: Kysely<Tables>, name: string): Promise<boolean> {
  const table = await sql<{ present: boolean }>`select to_regclass(${name}) is not null as present`.execute(db);
  return table.rows[0]?.present === true;
}

/** Type numbers of PostgreSQL's catalogue pg_type. */
const typeOf = { int8: 20, date: 1082, timestamptz: 1184 } as const;

/** Parsers that make all drivers agree: a date as 'YYYY-MM-DD', an instant as ISO 8601 in UTC, a count as a number. */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [typeOf.int8]: Number,
  [typeOf.date]: (text: string) => text,
  [typeOf.timestamptz]: isoInstantOf,
};

/** Turns '2026-11-24 09:15:00.5+09', PostgreSQL's form of an instant, into '2026-11-24T00:15:00.500Z'. */
function isoInstantOf(text: string): string {
  const [, date, time, hours, minutes] = /^(\S+) (\S+?)([+-]\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return new Date(`${date}T${time}${hours}:${minutes ?? '00'}`).toISOString();
}
