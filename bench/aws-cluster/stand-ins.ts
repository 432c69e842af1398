import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { PostgresServer } from '../../tests/support/postgres-server.ts';
import { RedisServer } from '../../tests/support/redis-server.ts';
import type { ChartValues } from './chart-values.ts';

/** The passwords of the environment's Secrets Manager. */
export interface Passwords {
  readonly database: string;
  readonly redis: string;
}

/**
 * PostgreSQL and Redis with TLS, and the simulator's S3, at an address of the subnets that Terraform's values let pods
 * go to; users, passwords, the database and the bucket are those that Terraform made.
 */
export class StandIns implements AsyncDisposable {
  readonly address: string;
  readonly #postgres: PostgresServer;
  readonly #redis: RedisServer;
  readonly #doors: readonly Server[];

  private constructor(address: string, postgres: PostgresServer, redis: RedisServer, doors: readonly Server[]) {
    this.address = address;
    this.#postgres = postgres;
    this.#redis = redis;
    this.#doors = doors;
  }

  static async start(values: ChartValues, passwords: Passwords, s3Port: number): Promise<StandIns> {
    const { externalDatabase, externalRedis } = values;
    const address = (externalDatabase.cidrs[0] ?? '').replace(/\d+\/\d+$/, '77');
    // Pods reach every address of their node.
    execFileSync('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
    const postgres = await PostgresServer.start({ address, password: passwords.database });
    await postgres.createDatabase(externalDatabase.name);
    const redis = await RedisServer.start({ address, user: externalRedis.user, password: passwords.redis });
    const doors = [
      await openDoor(address, 5432, postgres.port),
      await openDoor(address, 6379, redis.address.port),
      await openDoor(address, 443, s3Port),
    ];
    return new StandIns(address, postgres, redis, doors);
  }

  /** Secrets of the namespace by name: what pods trust, and the key of the bucket, for pods have no role here. */
  secrets({ externalDatabase }: ChartValues): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return {
      [externalDatabase.caSecret]: { 'ca.crt': this.#postgres.certificates.ca },
      'cache-authority': { 'ca.crt': this.#redis.certificates.ca },
      'objects-key': { 'access-key-id': 'test', 'secret-access-key': 'test' },
    };
  }

  /** How many runs the platform has left in the database. */
  async runs({ externalDatabase }: ChartValues): Promise<number> {
    const [row] = await this.#postgres.run(externalDatabase.name, 'select count(*)::int as runs from runs');
    return Number(row?.runs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const door of this.#doors) door.close();
    await this.#redis[Symbol.asyncDispose]();
    await this.#postgres.close();
    execFileSync('ip', ['address', 'delete', `${this.address}/32`, 'dev', 'lo']);
  }
}

/** Leads from a port of an address to one of this machine's loopback. */
async function openDoor(address: string, port: number, to: number): Promise<Server> {
  const door = createServer((outer) => {
    const inner = connect(to, '127.0.0.1');
    outer.pipe(inner).pipe(outer);
    outer.on('error', () => inner.destroy()).on('close', () => inner.destroy());
    inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
  }).listen(port, address);
  await once(door, 'listening');
  return door;
}
