import type { LiveClock } from './live-clock.ts';
import {
  type KabuOrder,
  type KabuPosition,
  type KabuPrice,
  numberIn,
  readOrders,
  readPositions,
  readPrice,
  rowIn,
  type SendOrder,
  textIn,
} from './messages.ts';
import { RateLimiter } from './rate-limiter.ts';
import { type KabuReply, type KabuRequest, NoAnswer, type Transport } from './transport.ts';

/** Thrown when the API answered, and not with what was asked for. */
export class KabuRefusal extends Error {
  readonly status: number;
  /** The broker's own code, 0 where there was none. */
  readonly code: number;

  constructor(path: string, status: number, code: number, message: string) {
    super(`${path}: ${status}${code === 0 ? '' : `, ${code}`}${message === '' ? '' : ` ${message}`}`);
    this.status = status;
    this.code = code;
  }
}

/** With what the API is asked. */
export interface KabuClientOptions {
  readonly transport: Transport;
  /** The password of the API, asked for when a token is; it is kept nowhere. */
  readonly password: () => string;
  readonly clock: LiveClock;
}

/** Symbols that the API sends prices of at most. */
export const mostRegistered = 50;
const tries = 4;

/**
 * The kabu STATION API: each question is held to the broker's limit, and asked again after a 429 or with a new token.
 * What sends or cancels an order is never asked again, whatever came back: that is for whoever knows what was sent.
 */
export class KabuClient {
  readonly #options: KabuClientOptions;
  readonly #orders: RateLimiter;
  readonly #queries: RateLimiter;
  #token: string | undefined;
  #logins = 0;

  constructor(options: KabuClientOptions) {
    this.#options = options;
    this.#orders = new RateLimiter(5, options.clock);
    this.#queries = new RateLimiter(10, options.clock);
  }

  /** How often it logged in: after each the broker has forgotten which prices it pushes. */
  get logins(): number {
    return this.#logins;
  }

  /** Gets a token, which makes every other one void. */
  async logIn(): Promise<void> {
    this.#token = undefined;
    await this.#queries.take();
    const body = { APIPassword: this.#options.password() };
    const reply = await this.#options.transport({ method: 'POST', path: '/token', token: undefined, body });
    this.#token = read('/token', reply, (answer) => textIn(answer, 'Token'));
    this.#logins += 1;
  }

  /**
   * Sends an order once.
   *
   * @returns the broker's number of it
   * @throws NoAnswer where it may have been taken; KabuRefusal, after which it may have been taken as well
   */
  async sendOrder(order: SendOrder): Promise<string> {
    const reply = await this.#once('POST', '/sendorder', order);
    return read('/sendorder', reply, (body) => {
      const result = numberIn(body, 'Result');
      if (result !== 0) throw new KabuRefusal('/sendorder', reply.status, result, '');
      return textIn(body, 'OrderId');
    });
  }

  /** Asks once to cancel an order; whether it was cancelled is seen in the orders alone. */
  async cancelOrder(id: string): Promise<void> {
    read('/cancelorder', await this.#once('PUT', '/cancelorder', { OrderId: id }), rowIn);
  }

  /** Margin orders of today. */
  async orders(): Promise<readonly KabuOrder[]> {
    return read('/orders', await this.#ask('GET', '/orders?product=2'), readOrders);
  }

  async positions(): Promise<readonly KabuPosition[]> {
    return read('/positions', await this.#ask('GET', '/positions?product=2'), readPositions);
  }

  /** Yen for which margin positions may be opened. */
  async wallet(): Promise<number> {
    return read('/wallet/margin', await this.#ask('GET', '/wallet/margin'), (body) =>
      numberIn(body, 'MarginAccountWallet'),
    );
  }

  async board(symbol: string): Promise<KabuPrice> {
    return read('/board', await this.#ask('GET', `/board/${symbol}@1`), readPrice);
  }

  /** Has the prices of symbols pushed, and of no others. */
  async register(symbols: readonly string[]): Promise<void> {
    read('/unregister/all', await this.#ask('PUT', '/unregister/all'), rowIn);
    const Symbols = symbols.slice(0, mostRegistered).map((symbol) => ({ Symbol: symbol, Exchange: 1 }));
    read('/register', await this.#ask('PUT', '/register', { Symbols }), rowIn);
  }

  async #once(method: KabuRequest['method'], path: string, body: unknown): Promise<KabuReply> {
    if (this.#token === undefined) await this.logIn();
    await this.#orders.take();
    const reply = await this.#options.transport({ method, path, token: this.#token, body });
    if (reply.status === 401) this.#token = undefined;
    return reply;
  }

  async #ask(method: KabuRequest['method'], path: string, body?: unknown): Promise<KabuReply> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#token === undefined) await this.logIn();
      await this.#queries.take();
      const reply = await this.#options.transport({ method, path, token: this.#token, body });
      if (reply.status === 401) this.#token = undefined;
      if ((reply.status !== 401 && reply.status !== 429) || attempt === tries) return reply;
      if (reply.status === 429) await this.#options.clock.wait(1_000);
    }
  }
}

/** Reads an answer; one without success, or of another form, is a refusal. */
function read<Value>(path: string, { status, body }: KabuReply, as: (body: unknown) => Value): Value {
  if (status !== 200) {
    const { Code = 0, Message = '' } = (body ?? {}) as { Code?: unknown; Message?: unknown };
    throw new KabuRefusal(path, status, Number(Code) || 0, String(Message).slice(0, 200));
  }
  try {
    return as(body);
  } catch (error) {
    if (error instanceof TypeError)
      throw new KabuRefusal(path, status, 0, `an answer of another form: ${error.message}`);
    throw error;
  }
}

/** Whether an error is of the way to the broker, which may be another one at the next try. */
export function isOfBroker(error: unknown): error is NoAnswer | KabuRefusal {
  return error instanceof NoAnswer || error instanceof KabuRefusal;
}
