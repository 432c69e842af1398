import type { Settings } from '@daytrade/contracts';
import { readSecret } from '@daytrade/contracts/secrets';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { z } from 'zod';
import { LimitedRequests, type StatusMeaning } from '../network/requests.ts';
import { type BucketClock, TokenBucket } from '../network/token-bucket.ts';
import { type Message, messageSchema, tokyo } from './message.ts';

/** The broker takes 50 symbols of all programs together. */
export const mostSymbols = 50;

/**
 * Prices of kabu STATION, the program of Mitsubishi UFJ eSmart Securities on the same machine
 * (https://kabucom.github.io/kabusapi/reference/). It reads, and registers the symbols of the stream; it has no
 * function for orders. Its functions throw a DayTradeError that says what to do.
 */
export class KabuStationClient {
  readonly #settings: Settings;
  readonly #requests: LimitedRequests;
  #token = '';

  /** @param clock monotonic, for the limit of requests */
  constructor(settings: Settings, now: () => number, clock: BucketClock) {
    this.#settings = settings;
    // The broker takes ten requests a second; here with a margin.
    const bucket = new TokenBucket(10, clock, 0, 1_100);
    const access = { baseUrl: settings.DAYTRADE_KABU_URL, bucket, now, timeoutMilliseconds: 10_000 };
    this.#requests = new LimitedRequests(access, {
      provider: 'kabu STATION',
      whyThrottled: 'does another program ask kabu STATION as well?',
      addressSetting: 'DAYTRADE_KABU_URL',
      messageIn: (body) => Object.values(refusalSchema.parse(body)).join(' '),
      meaningOf,
    });
  }

  /** Takes a token, which ends every earlier one. It is valid until kabu STATION logs out, before dawn. */
  async login(signal?: AbortSignal): Promise<void> {
    const APIPassword = await readSecret(this.#settings, 'DAYTRADE_KABU_PASSWORD');
    if (APIPassword === undefined)
      throw new DayTradeError('settings.invalid', `DAYTRADE_KABU_PASSWORD: ${setPassword}`);
    const body = await this.#send({ method: 'POST', path: '/token', body: { APIPassword } }, signal);
    this.#token = z.object({ Token: z.string() }).parse(body).Token;
  }

  async register(symbols: readonly string[], signal?: AbortSignal): Promise<void> {
    const body = { Symbols: symbols.map((Symbol) => ({ Symbol, Exchange: tokyo })) };
    await this.#send({ method: 'PUT', path: '/register', body }, signal);
  }

  async board(symbol: string, signal?: AbortSignal): Promise<Message> {
    return messageSchema.parse(await this.#send({ path: `/board/${symbol}@${tokyo}` }, signal));
  }

  /**
   * Opens the stream of the registered symbols.
   *
   * @param onEnd called once, when the stream has ended, however it did
   * @returns a function that closes it
   */
  async stream(onMessage: (message: Message) => void, onEnd: (reason: string) => void): Promise<() => void> {
    const address = `${this.#settings.DAYTRADE_KABU_URL.replace(/^http/, 'ws').replace(/\/+$/, '')}/websocket`;
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new DayTradeError('data.provider-failed', `${address}: the stream does not open`));
    });
    const end = (reason: string) => {
      if (socket.onclose === null) return;
      [socket.onmessage, socket.onerror, socket.onclose] = [null, null, null];
      socket.close();
      onEnd(reason);
    };
    socket.onmessage = ({ data }) => {
      try {
        const message = messageSchema.parse(JSON.parse(String(data)));
        if (message.Exchange === tokyo) onMessage(message);
      } catch {
        end('a message could not be read');
      }
    };
    socket.onerror = () => end('the stream was cut');
    socket.onclose = () => end('the stream was cut');
    return () => end('the stream was closed');
  }

  async #send(request: Pick<Parameters<LimitedRequests['json']>[0], 'method' | 'path' | 'body'>, signal?: AbortSignal) {
    const headers = { 'content-type': 'application/json', ...(this.#token && { 'x-api-key': this.#token }) };
    try {
      return await this.#requests.json({ ...request, headers, what: request.path.slice(1) }, signal);
    } catch (error) {
      if (!isDayTradeError(error) || !error.message.endsWith('ECONNREFUSED')) throw error;
      throw new DayTradeError(error.code, `${error.message}: start kabu STATION here, log in, and switch on its API`);
    }
  }
}

const refusalSchema = z.object({ Code: z.int(), Message: z.string() });

const setPassword =
  'set DAYTRADE_KABU_PASSWORD, or its file, to the API password in the API system settings of kabu STATION';
const logIn: StatusMeaning = ['data.provider-failed', 'log in to kabu STATION'];
const isFull: StatusMeaning = [
  'data.provider-refused',
  `a code is wrong, or its list of registered symbols is full: it takes ${mostSymbols} of all programs together`,
];

/** Meanings by the broker's own code (https://kabucom.github.io/kabusapi/ptal/error.html). */
const meanings: Readonly<Record<string, StatusMeaning>> = {
  4001007: logIn,
  4001013: ['data.provider-forbidden', setPassword],
  4001017: logIn,
  4001018: isFull,
  4001019: isFull,
  4002001: ['data.symbol-unknown', 'a wrong code, or the symbol is no longer listed'],
  4002006: isFull,
};

function meaningOf(status: number, said = ''): StatusMeaning | undefined {
  const other: StatusMeaning = [
    'data.provider-failed',
    'is its API switched on, and does no other program take tokens?',
  ];
  return meanings[said.split(' ')[0]!] ?? (status >= 400 && status < 500 ? other : undefined);
}
