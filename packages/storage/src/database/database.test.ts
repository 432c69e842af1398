import { parseSymbol } from '@daytrade/market';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SymbolRepository } from '../repositories/symbol-repositories.ts';
import { newDatabase } from '../testing/new-database.ts';
import { sampleSymbol } from '../testing/sample-records.ts';
import type { Database } from './database.ts';

let database: Database;

beforeAll(async () => {
  database = await newDatabase();
});
afterAll(() => database.close());

/** How often the tables were written to by an action. */
async function writes(action: (database: Database) => Promise<unknown>): Promise<{ symbols: number; others: number }> {
  const version = () => ({
    symbols: database.writes.version(['symbols']),
    others: database.writes.version(['predictions', 'models', 'runs']),
  });
  const before = version();
  await action(database);
  const after = version();
  return { symbols: after.symbols - before.symbols, others: after.others - before.others };
}

describe('the count of what was written', () => {
  it.each<[string, (database: Database) => Promise<unknown>]>([
    ['an upsert', (written) => new SymbolRepository(written).upsertMany([sampleSymbol()])],
    ['an update', ({ db }) => db.updateTable('symbols').set({ bars: 1 }).execute()],
    ['an update of an alias', ({ db }) => db.updateTable('symbols as known').set({ bars: 2 }).execute()],
    [
      'an insert',
      ({ db }) =>
        db
          .insertInto('symbols')
          .values(sampleSymbol({ symbol: parseSymbol('130A') }))
          .execute(),
    ],
    ['a deletion of an alias', ({ db }) => db.deleteFrom('symbols as known').execute()],
    [
      'a merge',
      ({ db }) =>
        sql`merge into ${sql.table('symbols')} using (select 1) as one on true when matched then do nothing`.execute(
          db,
        ),
    ],
    ['a deletion', ({ db }) => db.deleteFrom('symbols').execute()],
    ['a transaction', ({ db }) => db.transaction().execute((within) => within.deleteFrom('symbols').execute())],
  ])('is another one after %s, for that table alone', async (_name, action) => {
    expect(await writes(action)).toEqual({ symbols: 1, others: 0 });
  });

  it('stays after what only reads', async () => {
    const read = await writes(async (unwritten) => {
      await new SymbolRepository(unwritten).list();
      await sql`select 1`.execute(unwritten.db);
    });
    expect(read).toEqual({ symbols: 0, others: 0 });
  });

  it('is a sum over tables, from 0 on', async () => {
    const other = await newDatabase();
    const version = () =>
      [[], ['symbols'], ['runs'], ['symbols', 'runs']].map((each) => other.writes.version(each as never));
    expect(version()).toEqual([0, 0, 0, 0]);
    for (let i = 0; i < 2; i += 1) await other.db.deleteFrom('symbols').execute();
    await other.db.deleteFrom('runs').execute();
    await expect(
      other.db
        .deleteFrom('runs')
        .where('id', '=', 1 as never)
        .where(sql<boolean>`no`)
        .execute(),
    ).rejects.toThrow();
    expect(version()).toEqual([0, 2, 1, 3]);
    await other.close();
  });
});
