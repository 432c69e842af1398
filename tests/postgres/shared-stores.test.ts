import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import {
  migrateDatabase,
  neededSchemaVersion,
  openServerDatabase,
  openSharedStores,
  type ServerOptions,
  type Stores,
} from '@daytrade/storage';
import { temporaryFolder } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PostgresServer } from '../support/postgres-server.ts';
import { SqlServer } from './mssql/server/sql-server.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-12-30'));

function bars(from: number, to: number, level = 1000): BarColumns {
  const days = Int32Array.from(sessions.slice(from, to), dayNumber);
  const column = (add: number) => Float64Array.from(days, (day) => level + (day % 17) / 10 + add);
  return { days, open: column(0), high: column(5), low: column(-5), close: column(1.1), volume: column(1e6) };
}

async function migrate(options: ServerOptions): Promise<void> {
  const database = await openServerDatabase(options);
  await migrateDatabase(database, { waitSeconds: 0 });
  await database.close();
}

async function open(database: ServerOptions): Promise<Stores> {
  const stores = await openSharedStores({ database, objects: { kind: 'database' }, scratch: await temporaryFolder() });
  onTestFinished(() => stores.close());
  return stores;
}

/** A server of databases, whichever engine it is. */
interface Server {
  createDatabase(): Promise<ServerOptions>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Engine {
  readonly name: string;
  readonly start: () => Promise<Server>;
}

const engines: readonly Engine[] = [
  { name: 'PostgreSQL', start: () => PostgresServer.start() },
  { name: 'a stand-in of a SQL Server', start: () => SqlServer.start() },
];

describe.each(engines)('on $name', ({ start }) => {
  let server: Server;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  async function migratedDatabase(): Promise<ServerOptions> {
    const options = await server.createDatabase();
    await migrate(options);
    return options;
  }

  describe('stores that are opened while the database is down', () => {
    it('open at once, say so in seconds, and serve when it is up and migrated', async () => {
      const options = await server.createDatabase();
      await server.stop();
      const stores = await open(options);
      await expect(stores.schema()).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
      await expect(stores.bars.read('7203')).rejects.toMatchObject({ code: 'service.unavailable' });
      await server.start();
      expect(await stores.schema()).toEqual({ needed: neededSchemaVersion, found: 0 });
      await migrate(options);
      expect(await stores.schema()).toEqual({ needed: neededSchemaVersion, found: neededSchemaVersion });
      await stores.bars.merge('7203', bars(0, 5));
      expect(await stores.bars.read('7203')).toEqual(bars(0, 5));
    });
  });

  describe('stores of two processes', () => {
    it('lose no bar of merges that meet', async () => {
      const options = await migratedDatabase();
      const [one, other] = [await open(options), await open(options)];
      const pieces = Array.from({ length: 16 }, (_, index) => bars(index * 10, index * 10 + 10));
      const merged = await Promise.all(
        pieces.map((piece, index) => (index % 2 === 0 ? one : other).bars.merge('7203', piece)),
      );
      expect(merged.map(({ added }) => added)).toEqual(pieces.map(() => 10));
      for (const { bars: store } of [one, other]) expect(await store.read('7203')).toEqual(bars(0, 160));
    });
  });

  describe('the copies of a process', () => {
    it('are its own, and those of a process that was killed are removed', async () => {
      const options = await migratedDatabase();
      const scratch = await temporaryFolder();
      const dead = spawn('true');
      await once(dead, 'exit');
      const opened = () => openSharedStores({ database: options, objects: { kind: 'database' }, scratch });
      const first = await opened();
      await first.bars.merge('7203', bars(0, 5));
      const copies = join(scratch, 'copies');
      const [own] = readdirSync(copies);
      const left = join(copies, own!.replace(String(process.pid), String(dead.pid)));
      cpSync(join(copies, own!), left, { recursive: true });
      const second = await opened();
      expect(existsSync(left)).toBe(false);
      expect(readdirSync(copies)).toHaveLength(2);
      expect(await second.bars.read('7203')).toEqual(bars(0, 5));
      await first.close();
      await second.close();
      expect(readdirSync(copies)).toEqual([]);
    });
  });
});
