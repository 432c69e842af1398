import { type RawBuilder, sql } from 'kysely';

// SQL Server's types of columns. Text is compared byte by byte, as PostgreSQL does it, whatever the collation of the
// database, which usually does not tell "a" from "A".
const collation = sql.raw('collate Latin1_General_100_BIN2');

/** Text of any length. It cannot be in an index. */
export const text: RawBuilder<string> = sql`nvarchar(max) ${collation}`;
/** An object of JSON, as text: read by the name of its column (see `jsonColumns`). */
export const json: RawBuilder<string> = sql`nvarchar(max)`;
export const bytes: RawBuilder<Uint8Array> = sql`varbinary(max)`;
export const boolean: RawBuilder<boolean> = sql`bit`;
/** The only number of 64 bits. */
export const double: RawBuilder<number> = sql`float`;
/** An instant, to the millisecond, as everywhere on the platform. */
export const instant: RawBuilder<string> = sql`datetimeoffset(3)`;

/** Text of at most that many UTF-16 code units. */
export function varchar(most: number): RawBuilder<string> {
  return sql`nvarchar(${sql.lit(most)}) ${collation}`;
}

/** Text of ASCII alone. A key of an index has 900 bytes at most, and this takes half as many. */
export function ascii(most: number): RawBuilder<string> {
  return sql`varchar(${sql.lit(most)}) ${collation}`;
}
