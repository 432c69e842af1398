import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress, RedisTls } from './redis-address.ts';
import { redisProblem } from './redis-problem.ts';
import { TokenRedis } from './token-redis.ts';

export interface RedisLinkOptions {
  readonly address: RedisAddress;
  /** Told when Redis is lost (with the reason, once) and when it is back. */
  readonly onConnection: (problem: Error | undefined) => void;
}

/** No command holds up a request for longer. */
const commandTimeoutMs = 2_000;
const longestRetryMs = 1_000;

/**
 * The connections of one process to Redis. They come back by themselves, at the latest a second after Redis is back.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #clients: Redis[] = [];
  /** For commands that somebody waits for: fails at once when Redis is away. */
  readonly commands: Redis;
  #problem: Error | undefined;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#problem = redisProblem(new Error('not connected yet'), options.address);
    this.commands = this.#connect({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: commandTimeoutMs,
    });
    this.commands.on('ready', () => this.#tell(undefined));
    this.commands.on('error', (error) => this.#tell(redisProblem(error, options.address)));
    this.commands.on('close', () =>
      this.#tell(this.#problem ?? redisProblem(new Error('connection closed'), options.address)),
    );
  }

  get ready(): boolean {
    return this.commands.status === 'ready';
  }

  /** A connection for a worker, which waits for Redis as long as it takes. */
  patient(): Redis {
    const client = this.#connect({ maxRetriesPerRequest: null });
    // The connection for commands reports what is wrong.
    client.on('error', () => undefined);
    return client;
  }

  /** @throws DayTradeError `service.unavailable` that says why Redis cannot be used */
  async ping(): Promise<void> {
    if (!this.ready) throw this.#problem ?? redisProblem(new Error('connection closed'), this.#options.address);
    try {
      await this.commands.ping();
    } catch (error) {
      throw redisProblem(error, this.#options.address);
    }
  }

  close(): void {
    this.#closed = true;
    for (const client of this.#clients.splice(0)) client.disconnect();
  }

  #tell(problem: Error | undefined): void {
    if (this.#closed) return;
    if (this.#problem?.message === problem?.message && (problem !== undefined || this.#problem === undefined)) return;
    this.#problem = problem;
    this.#options.onConnection(problem);
  }

  #connect(more: RedisOptions): Redis {
    const { host, port, username, password, token, tls } = this.#options.address;
    const options = {
      host,
      port,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls === undefined ? {} : { tls: tlsOptions(host, tls) }),
      connectTimeout: 5_000,
      keepAlive: 10_000,
      retryStrategy: (times: number) => Math.min(times * 100, longestRetryMs),
      ...more,
      replyMapping: 'legacy' as const,
    };
    const client = token === undefined ? new Redis(options) : new TokenRedis(token, options);
    this.#clients.push(client);
    return client;
  }
}

/** The name of the server goes with the first message, so that one with several certificates shows the right one. */
function tlsOptions(host: string, { ca }: RedisTls): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
  };
}
