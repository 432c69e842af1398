import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { MssqlOptions } from '@daytrade/storage';
import pg from 'pg';
import { PostgresServer, unnamedAddress } from '../../../support/postgres-server.ts';
import { freePort } from '../../../support/redis-server.ts';
import { catalogue } from './catalogue.ts';
import { EngineSession } from './engine.ts';
import type { Encryption } from './prelogin.ts';
import type { Login } from './requests.ts';
import { Session } from './session.ts';
import type { ServerError } from './tokens.ts';
import { Translator } from './translator.ts';

const user = 'daytrade';
const password = 'Stand-in of a SQL Server 1';

/**
 * A stand-in of a SQL Server on a free port of this machine: the protocol TDS 7.4 over TLS, and T-SQL that is
 * translated and executed by a PostgreSQL server of its own. Drivers and SQL are as for a real one; locks, isolation
 * and collation are PostgreSQL's.
 *
 * @example
 * const server = await SqlServer.start();
 * const database = await openMssqlDatabase(await server.createDatabase());
 * await server.close();
 */
export class SqlServer {
  readonly port: number;
  readonly #engine: PostgresServer;
  readonly #translator: Translator;
  readonly #encryption: Encryption;
  readonly #sessions = new Set<Session>();
  readonly #numbers = new WeakMap<EngineSession, number>();
  /** Tokens of Entra that let somebody in. */
  readonly tokens = new Set<string>();
  /** Number of sessions that were let in so far. */
  sessions = 0;
  /** See `SessionHost.refuse`. */
  refuse: (question: string) => ServerError | undefined = () => undefined;
  #servers: readonly Server[] = [];

  private constructor(engine: PostgresServer, translator: Translator, port: number, encryption: Encryption) {
    this.#engine = engine;
    this.#translator = translator;
    this.#encryption = encryption;
    this.port = port;
  }

  static async start(encryption: Encryption = 'required'): Promise<SqlServer> {
    const [engine, translator, port] = await Promise.all([PostgresServer.start(), Translator.start(), freePort()]);
    const server = new SqlServer(engine, translator, port, encryption);
    await server.start();
    return server;
  }

  get caFile(): string {
    return this.#engine.certificates.caFile;
  }

  /** Listens again after {@link stop}. */
  async start(): Promise<void> {
    const { certFile, keyFile } = this.#engine.certificates;
    const secureContext = createSecureContext({
      cert: readFileSync(certFile),
      key: readFileSync(keyFile),
      // The protocol has no place for what TLS 1.3 sends after its handshake.
      maxVersion: 'TLSv1.2',
    });
    const serve = (socket: Socket) => {
      socket.setNoDelay(true);
      const session = new Session(
        {
          encryption: this.#encryption,
          secureContext,
          open: (login) => this.#open(login),
          refuse: (question) => this.refuse(question),
          cancel: (engine) => this.#cancel(engine),
        },
        socket,
      );
      this.#sessions.add(session);
      socket.once('close', () => this.#sessions.delete(session));
    };
    this.#servers = ['127.0.0.1', unnamedAddress].map((address) => createServer(serve).listen(this.port, address));
    await Promise.all(this.#servers.map((server) => once(server, 'listening')));
  }

  /** As a server that is stopped: connections end in the middle of what they do. */
  async stop(): Promise<void> {
    const closed = this.#servers.map((server) => once(server.close(), 'close'));
    this.#servers = [];
    for (const session of this.#sessions) session.end();
    await Promise.all(closed);
  }

  async close(): Promise<void> {
    await this.stop();
    this.#translator.close();
    await this.#engine.close();
  }

  /** A new, empty database, and how to connect to it. */
  async createDatabase(): Promise<MssqlOptions> {
    const { database } = await this.#engine.createDatabase();
    for (const view of catalogue) await this.#engine.run(database, view);
    return this.optionsOf(database);
  }

  optionsOf(database: string): MssqlOptions {
    return {
      engine: 'mssql',
      host: 'localhost',
      port: this.port,
      database,
      authentication: { kind: 'password', user, password },
      tls: this.#encryption === 'none' ? { kind: 'off' } : { kind: 'verify', caFile: this.caFile },
      pool: 4,
      // Every connection of a test is served in this process, on a machine that may have more to do.
      connectSeconds: 30,
      statementSeconds: 60,
    };
  }

  async #open({ user: name, password: given, token, database }: Login): Promise<EngineSession | ServerError> {
    const letIn = token === undefined ? name === user && given === password : this.tokens.has(token);
    if (!letIn) {
      return {
        number: 18_456,
        severity: 14,
        message: `Login failed for user '${name || '<token-identified principal>'}'.`,
      };
    }
    const { port, password: engines, certificates } = this.#engine;
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      database,
      user,
      password: engines,
      ssl: { ca: certificates.ca },
      options: '-c TimeZone=UTC',
    });
    try {
      await client.connect();
    } catch {
      return {
        number: 4060,
        severity: 11,
        message: `Cannot open database "${database}" requested by the login. The login failed.`,
      };
    }
    const session = new EngineSession(client, this.#translator);
    this.sessions += 1;
    this.#numbers.set(session, await session.number());
    return session;
  }

  async #cancel(session: EngineSession): Promise<void> {
    await this.#engine.run('postgres', `select pg_cancel_backend(${this.#numbers.get(session)})`);
  }
}
