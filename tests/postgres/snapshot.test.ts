import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { migrateDatabase, openPostgresDatabase } from '@daytrade/storage';
import type { Transaction } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { rowCopiesOf } from '../../packages/storage/src/backup/copy-rows.ts';
import type { Tables } from '../../packages/storage/src/database/tables.ts';
import { PostgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.close());

it('a copy of the rows sees one moment, whatever is written while it reads', async () => {
  const database = await openPostgresDatabase(await server.createDatabase());
  onTestFinished(() => database.close());
  await migrateDatabase(database, { waitSeconds: 0 });
  const { db } = database;
  const publish = (shares: number) =>
    db
      .insertInto('shareCounts')
      .values({
        symbol: parseSymbol('7203'),
        date: parseTradeDate('2026-11-30'),
        periodEnd: parseTradeDate('2026-09-30'),
        shares,
        source: `of ${shares} shares`,
      })
      .execute();
  const copies = rowCopiesOf(database);
  const table = { name: 'share_counts', columns: ['symbol', 'shares'] };
  const sharesIn = async (transaction: Transaction<Tables>) => {
    const found: number[] = [];
    for await (const rows of copies.read(transaction, table)) {
      found.push(...rows.map((row) => (JSON.parse(row) as { shares: number }).shares));
    }
    return found;
  };
  await publish(1_000);
  await copies.snapshot(db, async (transaction) => {
    expect(await sharesIn(transaction)).toEqual([1_000]);
    await db.updateTable('shareCounts').set({ shares: 2_000 }).execute();
    expect(await sharesIn(transaction)).toEqual([1_000]);
  });
  expect(await copies.snapshot(db, sharesIn)).toEqual([2_000]);
});
