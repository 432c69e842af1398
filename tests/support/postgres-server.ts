import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresOptions } from '@daytrade/storage';
import pg from 'pg';
import { type Certificates, makeCertificates } from './certificates.ts';
import { postgresAccount, postgresPrograms } from './postgres-programs.ts';
import { freePort } from './redis-server.ts';

const user = 'daytrade';
/** The one database to which the server lets connections without TLS in. */
export const plaintextDatabase = 'plaintext';

/** Another address of the server, which its certificate does not name. */
export const unnamedAddress = '127.0.0.2';

interface ServerOptions {
  /** Another address that its certificate is for, as something leads from there to its port. */
  readonly address?: string;
  readonly password?: string;
}

/**
 * A PostgreSQL server of its own on a free port of this machine, which asks for a password and, but for one database,
 * for TLS.
 *
 * @example
 * const server = await PostgresServer.start();
 * const database = await openPostgresDatabase(await server.createDatabase());
 * await server.close();
 */
export class PostgresServer {
  readonly port: number;
  readonly password: string;
  /** Of the authority that signed the server's certificate. */
  readonly certificates: Certificates;
  readonly #folder: string;
  readonly #programs = postgresPrograms();
  readonly #account = postgresAccount();
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, port: number, { address, password }: ServerOptions) {
    this.port = port;
    this.password = password ?? randomBytes(12).toString('hex');
    this.#folder = folder;
    this.certificates = makeCertificates(folder, 'postgres', address);
  }

  static async start(options: ServerOptions = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'day-trade-postgres-'));
    const server = new PostgresServer(folder, await freePort(), options);
    server.#makeCluster();
    await server.start();
    process.on('exit', () => server.#process?.kill('SIGQUIT'));
    return server;
  }

  /** Starts the server again after {@link stop} or {@link crash}. */
  async start(): Promise<void> {
    const child = spawn(join(this.#programs, 'postgres'), ['-D', this.#data], {
      ...this.#account,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    const log: string[] = [];
    child.stderr.on('data', (text) => log.push(String(text)));
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) break;
      if (await this.#answers()) return;
      await pause(100);
    }
    throw new Error(`PostgreSQL does not start:\n${log.join('')}`);
  }

  /** As an administrator stops it: connections are notified and closed. */
  async stop(): Promise<void> {
    await this.#end('SIGINT');
  }

  /** As a crash: nothing is written down any more. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  /** A new, empty database, and how to connect to it. */
  async createDatabase(name?: string): Promise<PostgresOptions> {
    this.#databases += 1;
    const database = name ?? `test_${this.#databases}`;
    await this.run('postgres', `create database ${database}`);
    return this.optionsOf(database);
  }

  optionsOf(database: string): PostgresOptions {
    return {
      host: '127.0.0.1',
      port: this.port,
      database,
      user,
      authentication: { kind: 'password', password: this.password },
      tls: { kind: 'verify', caFile: this.certificates.caFile },
      pool: 4,
      connectSeconds: 10,
      statementSeconds: 10,
    };
  }

  /** Runs one statement past the code under test. */
  async run(database: string, statement: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: this.port,
      database,
      user,
      password: this.password,
      ssl: { ca: this.certificates.ca },
    });
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #makeCluster(): void {
    const passwordFile = join(this.#folder, 'password');
    writeFileSync(passwordFile, this.password);
    mkdirSync(this.#data, { mode: 0o700 });
    const { uid, gid } = this.#account;
    const owned = ['.', 'data', ...readdirSync(this.#folder)].map((name) => join(this.#folder, name));
    if (uid !== undefined && gid !== undefined) for (const path of owned) chownSync(path, uid, gid);
    chmodSync(this.certificates.keyFile, 0o600);
    const init = ['-D', this.#data, '-U', user, '--auth=scram-sha-256', '--pwfile', passwordFile];
    execFileSync(join(this.#programs, 'initdb'), [...init, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], {
      ...this.#account,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    rmSync(passwordFile);
    writeFileSync(join(this.#data, 'postgresql.auto.conf'), this.#settings());
    writeFileSync(join(this.#data, 'pg_hba.conf'), accessRules);
  }

  #settings(): string {
    const { certFile, keyFile } = this.certificates;
    return [
      `listen_addresses = '127.0.0.1, ${unnamedAddress}'`,
      `port = ${this.port}`,
      `unix_socket_directories = ''`,
      'ssl = on',
      `ssl_cert_file = '${certFile}'`,
      `ssl_key_file = '${keyFile}'`,
      // What it answers must not hang on the zone of the server.
      `timezone = 'Asia/Tokyo'`,
      'shared_buffers = 32MB',
      'max_connections = 50',
      '',
    ].join('\n');
  }

  async #answers(): Promise<boolean> {
    return await this.run('postgres', 'select 1').then(
      () => true,
      () => false,
    );
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}

const accessRules = [
  'hostssl   all all 127.0.0.0/8 scram-sha-256',
  `hostnossl ${plaintextDatabase} all 127.0.0.0/8 scram-sha-256`,
  '',
].join('\n');
