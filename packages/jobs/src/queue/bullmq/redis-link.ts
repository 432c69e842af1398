import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
import { Redis, type RedisOptions } from 'ioredis';

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Replaces the password: called for each connection, and again before a token expires. */
  readonly token?: (() => Promise<RedisToken>) | undefined;
  /** Verified TLS; absent: no encryption. `ca` has the trusted authorities as PEM; default: the well-known ones. */
  readonly tls?: { readonly ca?: string | undefined } | undefined;
}

export interface RedisLinkOptions {
  readonly address: RedisAddress;
  readonly onConnection: (problem: Error | undefined) => void;
}

/** The connections of a process to Redis. They reconnect within a second after Redis is back. */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #clients: Redis[] = [];
  /** For commands with a caller; they fail at once while Redis is away and after two seconds while it is slow. */
  readonly commands: Redis;
  #problem: Error | undefined;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#problem = redisProblem(new Error('not connected yet'), options.address);
    this.commands = this.#connect({ enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2_000 });
    this.commands.on('ready', () => this.#report(undefined));
    this.commands.on('error', (error) => this.#report(redisProblem(error, options.address)));
    this.commands.on('close', () => this.#report(this.#problem ?? this.#connectionClosed()));
  }

  get ready(): boolean {
    return this.commands.status === 'ready';
  }

  /** Opens a connection for a worker, which waits for Redis without limit. */
  patient(): Redis {
    const client = this.#connect({ maxRetriesPerRequest: null });
    // The connection for commands reports problems.
    client.on('error', () => undefined);
    return client;
  }

  /** @throws DayTradeError `service.unavailable` or `dependency.refused` with the reason */
  async ping(): Promise<void> {
    if (!this.ready) throw this.#problem ?? this.#connectionClosed();
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

  #connectionClosed(): Error {
    return redisProblem(new Error('connection closed'), this.#options.address);
  }

  #report(problem: Error | undefined): void {
    if (this.#closed || this.#problem?.message === problem?.message) return;
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
      ...(tls === undefined ? {} : { tls: tlsOptions(host, tls.ca) }),
      connectTimeout: 5_000,
      keepAlive: 10_000,
      retryStrategy: (times: number) => Math.min(times * 100, 1_000),
      ...more,
      replyMapping: 'legacy' as const,
    };
    const client = token === undefined ? new Redis(options) : new TokenRedis(token, options);
    this.#clients.push(client);
    return client;
  }
}

/** Includes the server name, which selects the certificate on a server that has several. */
function tlsOptions(host: string, ca: string | undefined) {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return { minVersion: 'TLSv1.2' as const, ...servername, ...(ca === undefined ? {} : { ca }) };
}

/** Refusals that last until a person changes a setting, by a pattern of the error's code and message. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [
    /WRONGPASS|invalid password/i,
    'refuses the password: expected the one of the user of DAYTRADE_REDIS_URL in DAYTRADE_REDIS_PASSWORD',
  ],
  [/NOAUTH/, 'asks for a password: expected it in DAYTRADE_REDIS_PASSWORD'],
  [/NOPERM/, 'does not allow the user to run the commands of the queue'],
  [/CERT_HAS_EXPIRED/, 'shows a certificate that has expired'],
  [/ERR_TLS_CERT_ALTNAME_INVALID/, 'shows a certificate of another host'],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_SIGNATURE_FAILURE/,
    'shows a certificate of an authority that is not trusted: expected its CA as ca of DAYTRADE_REDIS_URL',
  ],
  [/WRONG_VERSION_NUMBER|EPROTO/, 'does not speak TLS: expected redis:// in DAYTRADE_REDIS_URL, or a server with TLS'],
];

/** Returns the error of a connection in terms of the settings; the message never contains the password. */
function redisProblem(error: unknown, { host, port }: RedisAddress): DayTradeError {
  // A name with several addresses fails with one error for each.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message = String(first) } = first instanceof Error ? (first as NodeJS.ErrnoException) : {};
  const refusal = refusals.find(([pattern]) => pattern.test(code) || pattern.test(message))?.[1];
  const reason = /timed out/i.test(message) ? 'no answer in time' : code || message;
  const where = `Redis at ${host}:${port}`;
  if (refusal === undefined) {
    return new DayTradeError('service.unavailable', `${where} does not answer: ${reason}`, { cause: error });
  }
  const shown = code === '' && !message.startsWith('NOPERM') ? '' : ` (${code || message})`;
  return new DayTradeError('dependency.refused', `${where} ${refusal}${shown}`, { cause: error });
}

export interface RedisToken {
  readonly password: string;
  /** Milliseconds until it expires. */
  readonly livesMs: number;
}

/** A token is replaced on an open connection this long before it expires. */
const renewBeforeMs = 180_000;
const leastRenewalMs = 1_000;
const retryMs = 1_000;

/**
 * A connection whose password is a token that expires. Each connect asks for a token, and an open connection
 * authenticates again before the server closes it.
 */
class TokenRedis extends Redis {
  readonly #token: () => Promise<RedisToken>;
  #connecting: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(token: () => Promise<RedisToken>, options: RedisOptions) {
    // The constructor of the base class would connect without a token.
    super({ ...options, lazyConnect: true, replyMapping: 'legacy' });
    this.#token = token;
    this.on('end', () => this.#close());
    this.connect().catch(() => undefined);
  }

  /** Connects with a token; concurrent callers share one attempt. */
  override connect(): Promise<void> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  // The base class returns a type for each mapping of replies; only one is used here.
  override duplicate(more: Partial<RedisOptions> = {}): never {
    return new TokenRedis(this.#token, { ...this.options, ...more }) as never;
  }

  override disconnect(reconnect = false): void {
    if (!reconnect) this.#close();
    super.disconnect(reconnect);
  }

  async #connect(): Promise<void> {
    const token = await this.#nextToken();
    if (token === undefined) return;
    this.options.password = token.password;
    this.#renewLater(token);
    await super.connect();
  }

  /** Returns undefined when the connection is closed meanwhile. */
  async #nextToken(): Promise<RedisToken | undefined> {
    while (!this.#closed) {
      try {
        return await this.#token();
      } catch (error) {
        if (this.listenerCount('error') > 0) this.emit('error', error);
        await pause(retryMs, undefined, { ref: false });
      }
    }
    return undefined;
  }

  #renewLater({ livesMs }: RedisToken): void {
    clearTimeout(this.#renewal);
    const ms = Math.max(livesMs - renewBeforeMs, leastRenewalMs);
    this.#renewal = setTimeout(() => void this.#renew(), Math.min(ms, 2 ** 31 - 1));
    this.#renewal.unref();
  }

  async #renew(): Promise<void> {
    try {
      const token = await this.#token();
      this.options.password = token.password;
      this.#renewLater(token);
      if (this.status === 'ready') await this.call('AUTH', this.options.username ?? 'default', token.password);
    } catch {
      // A new connection asks again and reports the reason.
      if (!this.#closed) this.disconnect(true);
    }
  }

  #close(): void {
    this.#closed = true;
    clearTimeout(this.#renewal);
  }
}
