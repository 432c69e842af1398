import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';

/** A password that expires. */
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
export class TokenRedis extends Redis {
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
