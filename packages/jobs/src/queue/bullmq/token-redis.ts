import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import type { RedisToken } from './redis-address.ts';

/** How long before its end a token is replaced on an open connection. */
const renewBeforeMs = 180_000;
const leastRenewalMs = 1_000;
const retryMs = 1_000;

/**
 * A connection whose password is a token that ends: each connect asks for one, and an open connection shows a new one
 * before the server would close it.
 */
export class TokenRedis extends Redis {
  readonly #token: () => Promise<RedisToken>;
  #connecting: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #over = false;

  constructor(token: () => Promise<RedisToken>, options: RedisOptions) {
    // The constructor of the base would connect before there is a token.
    super({ ...options, lazyConnect: true, replyMapping: 'legacy' });
    this.#token = token;
    this.on('end', () => this.#end());
    this.connect().catch(() => undefined);
  }

  /** Connects with a token; whoever asks while that goes on waits for the same. */
  override connect(): Promise<void> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  // The base gives another type for each mapping of replies, of which there is one here.
  override duplicate(more: Partial<RedisOptions> = {}): never {
    return new TokenRedis(this.#token, { ...this.options, ...more }) as never;
  }

  override disconnect(reconnect = false): void {
    if (!reconnect) this.#end();
    super.disconnect(reconnect);
  }

  async #connect(): Promise<void> {
    const token = await this.#untilThere();
    if (token === undefined) return;
    this.options.password = token.password;
    this.#renewLater(token);
    await super.connect();
  }

  /** Undefined when the connection is given up meanwhile. */
  async #untilThere(): Promise<RedisToken | undefined> {
    while (!this.#over) {
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
      // A new connection asks again, and says what is wrong.
      if (!this.#over) this.disconnect(true);
    }
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#renewal);
  }
}
