import { setTimeout as pause } from 'node:timers/promises';
import {
  type Database,
  migrateDatabase,
  openPostgresDatabase,
  type PostgresOptions,
  waitingForDatabase,
} from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseObjectStore } from '../../packages/storage/src/objects/database-object-store.ts';
import { transact } from '../../packages/storage/src/patience/transact.ts';
import { PostgresServer } from '../support/postgres-server.ts';

const clock = { now: Date.now, setTimeout, clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout) };

let server: PostgresServer;
let options: PostgresOptions;
let database: Database;
let objects: DatabaseObjectStore;
let told: string[];

beforeAll(async () => {
  server = await PostgresServer.start();
  options = await server.createDatabase();
  const migrated = await openPostgresDatabase(options);
  await migrateDatabase(migrated, { waitSeconds: 30 });
  await migrated.close();
});
afterAll(() => server.close());
beforeEach(async () => {
  database = await openPostgresDatabase({ ...options, pool: 2, connectSeconds: 1 });
  objects = new DatabaseObjectStore(database);
  told = [];
  await objects.put('kept', Buffer.from('old'));
});
afterEach(() => database.close());

function waiting<Result>(work: () => Promise<Result>, seconds = 60, signal = new AbortController().signal) {
  return waitingForDatabase({ clock, seconds, signal, tell: (message) => told.push(message) }, work);
}

const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString());

/** Stops the server, does something meanwhile, and starts it again after so long. */
async function away<Result>(milliseconds: number, meanwhile: () => Promise<Result>): Promise<Result> {
  await server.stop();
  const result = meanwhile();
  result.catch(() => undefined);
  await pause(milliseconds);
  await server.start();
  return await result;
}

describe('work that waits for its database', () => {
  it('reads and writes when the server is back, whatever it asks for first, and says what it waits for', async () => {
    const asked = await away(3_000, () =>
      waiting(async () => {
        const [read] = await Promise.all([objects.get('kept'), objects.put('new', Buffer.from('of the outage'))]);
        await objects.delete('kept');
        return text(read);
      }),
    );
    expect(asked).toBe('old');
    expect(text(await objects.get('new'))).toBe('of the outage');
    expect(await objects.get('kept')).toBeUndefined();
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(
      /^the database test_1 on 127\.0\.0\.1:\d+ .+; what was asked of it is tried again for up to 60 s$/,
    );
    expect(told[1]).toMatch(/^the database answers again, after \d+ s$/);
  });

  it('does a transaction anew that was cut off before its end, once', async () => {
    let begun = 0;
    const inTransaction = () =>
      waiting(() =>
        transact(database.db, async (transaction) => {
          begun += 1;
          const row = {
            key: `run-${begun}`,
            bytes: Buffer.from('x'),
            version: 'v',
            updatedAt: new Date(0).toISOString(),
          };
          await transaction.insertInto('objects').values(row).execute();
          if (begun === 1) {
            await server.stop();
            setTimeout(() => void server.start(), 2_000);
          }
          await sql`select 1`.execute(transaction);
        }),
      );
    await inTransaction();
    expect(begun).toBe(2);
    expect(await objects.list('run-')).toEqual(['run-2']);
  });

  it('does not do a transaction anew whose commit got no answer', async () => {
    let begun = 0;
    const cut = waiting(() =>
      transact(database.db, async (transaction) => {
        begun += 1;
        await transaction.selectFrom('objects').select('key').execute();
        await server.stop();
        setTimeout(() => void server.start(), 2_000);
      }),
    );
    await expect(cut).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(begun).toBe(1);
    await waiting(() => objects.get('kept'));
  });

  it('does not do an update anew that was lost on its way', async () => {
    await sql`select 1`.execute(database.db);
    const update = waiting(async () => {
      const slow = database.db
        .updateTable('objects')
        .set({ version: sql<string>`(select 'slow' from pg_sleep(5))` })
        .where('key', '=', 'kept')
        .execute();
      slow.catch(() => undefined);
      await pause(500);
      await server.stop();
      setTimeout(() => void server.start(), 1_000);
      return await slow;
    });
    await expect(update).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(text(await waiting(() => objects.get('kept')))).toBe('old');
  });

  it('gives up after its time, and says for how long it was tried', async () => {
    const asked = away(4_000, () => waiting(() => objects.get('kept'), 2));
    await expect(asked).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/^the database test_1 on 127\.0\.0\.1:\d+ .+; it was tried again for [2-4] s$/),
    });
  });

  it('ends when it is stopped, without the database', async () => {
    const stop = new AbortController();
    const started = performance.now();
    let ended = Number.NaN;
    const asked = away(4_000, async () => {
      setTimeout(() => stop.abort(), 1_000);
      await waiting(() => objects.get('kept'), 60, stop.signal).finally(() => (ended = performance.now() - started));
    });
    await expect(asked).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(ended).toBeLessThan(3_500);
  });
});

describe('work that does not wait', () => {
  it('fails at once, as an answer to a request should', async () => {
    let seconds = Number.NaN;
    const asked = away(3_000, async () => {
      const started = performance.now();
      await objects.get('kept').finally(() => (seconds = (performance.now() - started) / 1_000));
    });
    await expect(asked).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(seconds).toBeLessThan(1.5);
    expect(told).toEqual([]);
  });
});
