import { japanDate } from '@daytrade/market';
import { isOfBroker, type KabuClient, KabuRefusal } from './kabu-client.ts';
import type { LiveClock } from './live-clock.ts';
import { type KabuPrice, readPrice } from './messages.ts';

/** Hears what the broker pushes. */
export interface StreamListener {
  message(text: string): void;
  closed(): void;
}

/** Opens the stream of prices; what it returns closes it. */
export type OpenStream = (listener: StreamListener) => () => void;

/** Opens it over a websocket. */
export function webSocketStream(address: string, Socket: typeof WebSocket): OpenStream {
  return (listener) => {
    const socket = new Socket(address);
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') listener.message(data);
    });
    socket.addEventListener('close', () => listener.closed());
    socket.addEventListener('error', () => listener.closed());
    return () => socket.close();
  };
}

/** A price, and when it was heard: milliseconds since 1970 UTC. */
export interface Quote {
  readonly price: number;
  readonly at: number;
  /** Whether it was traded today; else it is the last one of a session before, and says nothing of what is held. */
  readonly isOfToday: boolean;
}

const reopenAfter = 3_000;
/** An open stream that says nothing for this long is opened anew. */
const longestSilence = 30_000;
const askAfter = 10_000;

/**
 * The newest prices: pushed by the broker, and asked for where nothing came for a while, so that a stream that was cut,
 * or that is open and silent, leaves none too old. After it was cut the symbols are registered again.
 */
export class PriceFeed {
  readonly #client: KabuClient;
  readonly #open: OpenStream;
  readonly #clock: LiveClock;
  readonly #quotes = new Map<string, Quote>();
  #symbols: readonly string[] = [];
  #close: (() => void) | undefined;
  #openedAt = -Infinity;
  #heardAt = -Infinity;
  #registered = false;

  constructor(client: KabuClient, open: OpenStream, clock: LiveClock) {
    this.#client = client;
    this.#open = open;
    this.#clock = clock;
  }

  quoteOf(symbol: string): Quote | undefined {
    return this.#quotes.get(symbol);
  }

  /** Follows symbols from now on. */
  follow(symbols: readonly string[]): void {
    if (symbols.length === this.#symbols.length && symbols.every((symbol, i) => symbol === this.#symbols[i])) return;
    this.#symbols = symbols;
    this.#registered = false;
  }

  /** The broker has forgotten everything: it logged out. */
  forget(): void {
    this.#registered = false;
  }

  /** Keeps the stream open and the symbols registered. @throws what the client throws */
  async keepOpen(): Promise<void> {
    const now = this.#clock.now();
    const isSilent = now - Math.max(this.#openedAt, this.#heardAt) > longestSilence;
    if (this.#close !== undefined && isSilent) this.stop();
    if (this.#close === undefined && this.#symbols.length > 0 && now - this.#openedAt >= reopenAfter) this.#listen(now);
    if (this.#registered || this.#symbols.length === 0) return;
    await this.#client.register(this.#symbols);
    this.#registered = true;
  }

  /**
   * Asks for the prices of some symbols where they are older than is good; at once where there is none.
   *
   * @throws KabuRefusal for one that it cannot have, after all others
   */
  async refresh(symbols: readonly string[], olderThan: number = askAfter): Promise<void> {
    let refused: KabuRefusal | undefined;
    for (const symbol of symbols) {
      const known = this.#quotes.get(symbol);
      if (known !== undefined && this.#clock.now() - known.at < olderThan) continue;
      try {
        this.#take(await this.#client.board(symbol));
      } catch (error) {
        if (!(error instanceof KabuRefusal)) throw error;
        refused ??= error;
      }
    }
    if (refused !== undefined) throw refused;
  }

  stop(): void {
    this.#close?.();
    this.#close = undefined;
    this.#registered = false;
  }

  #listen(now: number): void {
    this.#openedAt = now;
    let isOpen = true;
    const close = this.#open({
      message: (text) => {
        this.#heardAt = this.#clock.now();
        try {
          this.#take(readPrice(JSON.parse(text)));
        } catch (error) {
          // Anything but a price says nothing; prices are asked for when they grow old.
          if (!(error instanceof TypeError || error instanceof SyntaxError || isOfBroker(error))) throw error;
        }
      },
      closed: () => {
        if (!isOpen) return;
        isOpen = false;
        this.#close = undefined;
        this.#registered = false;
      },
    });
    if (isOpen) this.#close = close;
  }

  #take({ Symbol: symbol, CurrentPrice, tradedAt, PreviousClose }: KabuPrice): void {
    const at = this.#clock.now();
    const price = CurrentPrice ?? PreviousClose;
    const isOfToday = CurrentPrice !== null && (tradedAt === null || japanDate(tradedAt) === japanDate(at));
    // What the broker has lost meanwhile leaves the price of before, which grows old.
    if (price === null || (!isOfToday && this.#quotes.get(symbol)?.isOfToday === true)) return;
    this.#quotes.set(symbol, { price, at, isOfToday });
  }
}
