import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseAddress, portOffsets, redisServer } from '@daytrade/contracts';
import type { PartName } from '../../support/distributed-platform.ts';
import { PostgresServer } from '../../support/postgres-server.ts';
import { freePort, RedisServer } from '../../support/redis-server.ts';
import type { AppliedEnvironment } from '../environments/applied-environment.ts';
import { LocalTask } from './local-task.ts';
import { type Container, containersOf, environmentOf } from './task-definition.ts';

export type ServiceName = PartName;
const partOf = {
  'ml-service': 'ml',
  'data-service': 'data',
  'scheduler-service': 'scheduler',
  worker: 'worker',
  dashboard: 'dashboard',
} as const;

/** In the order in which each finds what it asks for. */
export const serviceNames = Object.keys(partOf) as ServiceName[];

/**
 * What is another on this machine than in AWS, and why; every other variable is the task definition's:
 *
 * - hosts and ports of PostgreSQL, Redis and the services, and the address to listen on: all of them are this machine;
 * - the folder of the state: a container has it as a volume, here each process has one of its own;
 * - the authorities: RDS' own are written by the container `certificates` as in AWS, with that of the local server
 *   behind them; ElastiCache's certificates are signed by an authority that Node.js knows, the local one is made known
 *   to it;
 * - AWS_ENDPOINT_URL and credentials: in AWS a task's role gives these.
 */
export class LocalAccount {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly #applied: AppliedEnvironment;
  readonly #folder = mkdtempSync(join(tmpdir(), 'day-trade-tasks-'));
  readonly #ports = new Map<string, number>();
  readonly #tasks: LocalTask[] = [];

  private constructor(applied: AppliedEnvironment, postgres: PostgresServer, redis: RedisServer) {
    this.#applied = applied;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Starts the stores with the names, users and passwords that the environment has. */
  static async start(applied: AppliedEnvironment): Promise<LocalAccount> {
    const account = new LocalAccount(applied, await PostgresServer.start(), await RedisServer.start());
    const [container] = await containersOf(applied, 'worker');
    const given = await environmentOf(applied, container as Container);
    const { database, user } = databaseAddress(String(given.DAYTRADE_DATABASE_URL));
    await account.postgres.createDatabase(database);
    const password = String(given.DAYTRADE_DATABASE_PASSWORD).replaceAll("'", "''");
    await account.postgres.run('postgres', `alter user ${user} password '${password}'`);
    const redisUser = String(redisServer(String(given.DAYTRADE_REDIS_URL)).user);
    account.#makeRedisUser(redisUser, String(given.DAYTRADE_REDIS_PASSWORD));
    for (const name of serviceNames) account.#ports.set(name, await freePort());
    return account;
  }

  /**
   * Starts the containers of a service's task in the order that they depend on each other, and waits for the last to
   * listen.
   */
  async run(name: ServiceName): Promise<LocalTask> {
    const containers = await containersOf(this.#applied, name);
    const task = new LocalTask(name, `http://127.0.0.1:${this.#ports.get(name)}`);
    this.#tasks.push(task);
    for (const container of inOrder(containers)) {
      const given = await environmentOf(this.#applied, container);
      const changes = this.#changes(name, given);
      await task.start(container, given, changes, container.name === name);
    }
    return task;
  }

  async close(): Promise<void> {
    await Promise.all(this.#tasks.map((task) => task.stop()));
    await this.redis[Symbol.asyncDispose]();
    await this.postgres.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What stands in place of the variables of a container, or beside them. */
  #changes(name: ServiceName, given: Readonly<Record<string, string>>): Record<string, string> {
    // A named profile comes before credentials of the environment in the SDK of JavaScript.
    const { AWS_PROFILE: _, ...withoutProfile } = this.#applied.simulator.environment;
    const local: Record<string, string> = {
      DAYTRADE_HOST: '127.0.0.1',
      // The users, the parameters and the name of the database stay; the file of authorities is of this task.
      DAYTRADE_DATABASE_URL: here(given.DAYTRADE_DATABASE_URL, this.postgres.port).replace(
        stateFolder,
        join(this.#folder, name),
      ),
      DAYTRADE_REDIS_URL: here(given.DAYTRADE_REDIS_URL, this.redis.address.port),
      DAYTRADE_SERVICES: (['ml', 'data', 'scheduler'] as const)
        .map((part) => `${part}=http://127.0.0.1:${this.#ports.get(`${part}-service`)}`)
        .join(','),
      CERTIFICATES: `${given.CERTIFICATES}\n${this.postgres.certificates.ca}`,
    };
    const changed = Object.entries(local).filter(([variable]) => variable in given);
    const moved = Object.entries(given).filter(([, value]) => value.startsWith(stateFolder));
    return {
      ...Object.fromEntries(changed),
      ...Object.fromEntries(
        moved.map(([variable, value]) => [variable, value.replace(stateFolder, join(this.#folder, name))]),
      ),
      DAYTRADE_PORT: String((this.#ports.get(name) ?? 0) - portOffsets[partOf[name]]),
      NODE_EXTRA_CA_CERTS: this.redis.certificates.caFile,
      ...withoutProfile,
    };
  }

  /** The user with the rights that ElastiCache gives it, by its access string. */
  #makeRedisUser(name: string, password: string): void {
    const user = this.#applied.after.list('cache-users').find((candidate) => candidate.UserName === name);
    const { port, password: administrator } = this.redis.address;
    const file = join(this.#folder, 'user.acl');
    const rules = String(user?.AccessString).split(' ');
    writeFileSync(
      file,
      ['ACL', 'SETUSER', name, 'reset', ...rules, `>${password}`].map((word) => `"${word}"`).join(' '),
    );
    const connection = ['--tls', '--cacert', this.redis.certificates.caFile, '-p', String(port), '--no-auth-warning'];
    const answer = execFileSync('redis-cli', [...connection, '-a', String(administrator)], {
      input: readFileSync(file),
      encoding: 'utf8',
    });
    if (answer.trim() !== 'OK') throw new Error(`Redis does not take the user ${name}: ${answer}`);
  }
}

const stateFolder = '/var/lib/day-trade';

/** Returns an address with a port of this machine as its server. */
function here(address: string | undefined, port: number): string {
  return (address ?? '').replace(/(?<=[/@])[^/@]+:\d+/, `127.0.0.1:${port}`);
}

/** Those first that others wait for. */
function inOrder(containers: readonly Container[]): Container[] {
  const before = (container: Container): Container[] => [
    ...container.dependsOn.flatMap(({ containerName }) =>
      before(containers.find((candidate) => candidate.name === containerName) as Container),
    ),
    container,
  ];
  return [...new Set(containers.flatMap(before))];
}
