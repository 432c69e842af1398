import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { literalPattern } from '../database/literal-pattern.ts';
import type { Tables } from '../database/tables.ts';
import { checkObjectKey, type ObjectEntry, type ObjectStore, type VersionedObject } from './object-store.ts';

/**
 * An object store in a table of the database, so that several processes share objects without a volume or a bucket. An
 * object's version is the SHA-256 of its bytes.
 */
export class DatabaseObjectStore implements ObjectStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const change = { bytes, version: sha256(bytes), updatedAt: now };
    await this.#db
      .insertInto('objects')
      .values({ key: checkObjectKey(key), ...change })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(change))
      .execute();
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    const change = { bytes, version: sha256(bytes), updatedAt: now };
    checkObjectKey(key);
    const written =
      expected === null
        ? this.#db
            .insertInto('objects')
            .values({ key, ...change })
            .onConflict((conflict) => conflict.column('key').doNothing())
            .returning('version')
        : this.#db
            .updateTable('objects')
            .set(change)
            .where('key', '=', key)
            .where('version', '=', expected)
            .returning('version');
    return (await written.executeTakeFirst())?.version;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return (await this.getVersioned(key))?.bytes;
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    return await this.#db
      .selectFrom('objects')
      .select(['bytes', 'version'])
      .where('key', '=', checkObjectKey(key))
      .executeTakeFirst();
  }

  async list(prefix: string): Promise<readonly string[]> {
    return (await this.#matching(prefix).select('key').execute()).map(({ key }) => key);
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const rows = await this.#matching(prefix).select(['key', 'version', 'updatedAt']).execute();
    return rows.map(({ updatedAt, ...entry }) => ({ ...entry, updatedAt: Date.parse(updatedAt) }));
  }

  async delete(key: string): Promise<void> {
    await this.#db.deleteFrom('objects').where('key', '=', checkObjectKey(key)).execute();
  }

  #matching(prefix: string) {
    return this.#db
      .selectFrom('objects')
      .where('key', 'like', `${literalPattern(prefix)}%`)
      .orderBy('key');
  }
}

/** By the clock of the database, which is one for all processes. */
const now = sql<string>`clock_timestamp()`;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
