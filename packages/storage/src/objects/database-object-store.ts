import { hash } from 'node:crypto';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import { checkObjectKey, type ObjectEntry, type ObjectStore, type VersionedObject } from './object-store.ts';

/**
 * An object store in a table of the database, for processes without a shared volume or bucket. An object's version is
 * the SHA-256 of its bytes.
 */
export class DatabaseObjectStore implements ObjectStore {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const { db, adapter } = this.#database;
    await adapter.upsert(db, 'objects', { key: checkObjectKey(key), ...this.#contentOf(bytes) }, ['key']);
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

  async get(key: string): Promise<Uint8Array | undefined> {
    return (await this.getVersioned(key))?.bytes;
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    return await this.#database.db
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
    await this.#database.db.deleteFrom('objects').where('key', '=', checkObjectKey(key)).execute();
  }

  #matching(prefix: string) {
    const { db, adapter } = this.#database;
    return db.selectFrom('objects').where(adapter.startsWith('key', prefix)).orderBy('key');
  }

  /** Uses the database's clock, the same for all processes. */
  #contentOf(bytes: Uint8Array) {
    return { bytes, version: hash('sha256', bytes), updatedAt: this.#database.adapter.now };
  }
}
