import { hash } from 'node:crypto';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import { checkObjectKey, type ObjectEntry, ObjectStore, type VersionedObject } from './object-store.ts';

/**
 * An object store in a table of the database, for processes without a shared volume or bucket. An object's version is
 * the SHA-256 of its bytes.
 */
export class DatabaseObjectStore extends ObjectStore {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    super();
    this.#database = database;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const { db, adapter } = this.#database;
    await adapter.upsert(db, 'objects', [{ key: checkObjectKey(key), ...this.#contentOf(bytes) }], ['key']);
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    const { db, adapter } = this.#database;
    const content = this.#contentOf(bytes);
    const row = { key: checkObjectKey(key), ...content };
    if (expected === null) {
      return (await adapter.insertMissing(db, 'objects', [row], ['key'])) === 1 ? content.version : undefined;
    }
    const { numUpdatedRows } = await db
      .updateTable('objects')
      .set(content)
      .where('key', '=', key)
      .where('version', '=', expected)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? content.version : undefined;
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    return await this.#database.db
      .selectFrom('objects')
      .select(['bytes', 'version'])
      .where('key', '=', checkObjectKey(key))
      .executeTakeFirst();
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const { db, adapter } = this.#database;
    const rows = await db
      .selectFrom('objects')
      .select(['key', 'version', 'updatedAt'])
      .where(adapter.startsWith('key', prefix))
      .orderBy('key')
      .execute();
    return rows.map(({ updatedAt, ...entry }) => ({ ...entry, updatedAt: Date.parse(updatedAt) }));
  }

  async delete(key: string): Promise<void> {
    await this.#database.db.deleteFrom('objects').where('key', '=', checkObjectKey(key)).execute();
  }

  /** Uses the database's clock, the same for all processes. */
  #contentOf(bytes: Uint8Array) {
    return { bytes, version: hash('sha256', bytes), updatedAt: this.#database.adapter.now };
  }
}
