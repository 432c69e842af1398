import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { openServerDatabase, type ServerOptions } from '@daytrade/storage';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unnamedAddress } from '../support/postgres-server.ts';
import { freePort } from '../support/redis-server.ts';

export async function openConnection(options: ServerOptions) {
  const database = await openServerDatabase(options);
  onTestFinished(() => database.close());
  const ask = async (query: string) => (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows[0];
  return { database, ask };
}

/** The error of a connection that must fail, with what of it a log could show. */
export async function failureOf(options: ServerOptions) {
  const { ask } = await openConnection(options);
  const error = await ask('select 1 as one').then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { code: string; retryable: boolean },
  );
  if (error === undefined) throw new Error('the connection was expected to fail');
  const { code, retryable, message } = error;
  return { code, retryable, message, shown: inspect(error, { depth: 10 }) };
}

/** A server that was started, and a database of it. */
export interface ConnectedServer {
  readonly options: ServerOptions;
  /** A statement that takes so long. */
  sleep(seconds: number): string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const unavailable = { code: 'service.unavailable', retryable: true };
const refused = { code: 'dependency.refused', retryable: false };

/** What a connection to a server must do, whichever engine it is. */
export function connectionSuite(engine: string, server: () => ConnectedServer): void {
  const open = (change: object = {}) => openConnection({ ...server().options, ...change } as ServerOptions);
  const failure = (change: object) => failureOf({ ...server().options, ...change } as ServerOptions);
  const password = 'not-the-password';

  describe(`a connection to ${engine}`, () => {
    it('trusts no certificate of an authority that it does not know, and none for another name', async () => {
      const unknown = await failure({ tls: { kind: 'verify' } });
      expect(unknown).toMatchObject(refused);
      expect(unknown.message).toMatch(/on \S+:\d+ cannot be trusted: .*certificate/);
      expect(await failure({ host: unnamedAddress })).toMatchObject(refused);
    });

    it('is never without TLS where the server wants it', async () => {
      expect(await failure({ tls: { kind: 'off' } })).toMatchObject(refused);
    });

    it('says that user or database are wrong, and shows no password', async () => {
      const login = await failure({ authentication: { kind: 'password', user: 'daytrade', password } });
      expect(login).toMatchObject(refused);
      expect(login.message).toMatch(/failed for user ['"]daytrade['"]/);
      expect(login.shown).not.toContain(password);
      const elsewhere = await failure({ database: 'nowhere' });
      expect(elsewhere).toMatchObject({ ...refused, message: expect.stringContaining('"nowhere"') });
      const { authentication } = server().options;
      if ('password' in authentication) expect(elsewhere.shown).not.toContain(authentication.password);
    });

    it('says that the tables are missing, and how to make them', async () => {
      const { database } = await open();
      await expect(database.db.selectFrom('runs').selectAll().execute()).rejects.toMatchObject({
        code: 'service.unavailable',
        message: expect.stringContaining('daytrade database migrate'),
      });
    });

    it('is given up when nothing listens, and when nothing is said', async () => {
      expect(await failure({ port: await freePort() })).toMatchObject(unavailable);
      const silent = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      onTestFinished(() => void silent.close());
      const { port } = silent.address() as { port: number };
      expect(await failure({ host: '127.0.0.1', port, connectSeconds: 1 })).toMatchObject(unavailable);
    });

    it('is given up when all connections of the pool are taken', async () => {
      const { ask, database } = await open({ pool: 1, connectSeconds: 3 });
      await database.db.connection().execute(async () => {
        await expect(ask('select 1 as one')).rejects.toMatchObject(unavailable);
      });
      expect(await ask('select 1 as one')).toEqual({ one: 1 });
    });

    it('stops a statement that takes too long, and goes on', async () => {
      const { ask } = await open({ pool: 1, statementSeconds: 1 });
      await expect(ask(server().sleep(30))).rejects.toMatchObject(unavailable);
      expect(await ask('select 1 as one')).toEqual({ one: 1 });
    });

    it('loses what runs when the server stops, and serves again by itself', async () => {
      const { ask, database } = await open();
      await ask('select 1 as one');
      const running = ask(server().sleep(8)).catch((error: unknown) => error);
      const [held, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const holding = database.db.connection().execute(async () => {
        held.resolve();
        await free.promise;
      });
      await held.promise;
      await server().stop();
      expect(await running).toMatchObject(unavailable);
      await expect(ask('select 1 as one')).rejects.toMatchObject(unavailable);
      free.resolve();
      await holding;
      await server().start();
      const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask('select 1 as one')));
      expect(answers).toEqual(Array.from({ length: 6 }, () => ({ one: 1 })));
    });
  });
}
