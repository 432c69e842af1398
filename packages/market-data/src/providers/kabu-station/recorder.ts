import { isDayTradeError } from '@daytrade/errors';
import { isSession, japanDate, japanTime, nextSession, phaseAt, sessionOpen, type TradeDate } from '@daytrade/market';
import { barMilliseconds } from '@daytrade/series';
import type { KabuStationClient } from './client.ts';
import type { Message } from './message.ts';
import { mostDelay, newRecording, next, type Recording, type RecordingEvent, type RecordingStep } from './recording.ts';

/** New bars and gaps of one symbol. */
export type SymbolRecording = Omit<RecordingStep, 'state'> & { readonly symbol: string };

interface RecorderOptions {
  readonly client: KabuStationClient;
  readonly symbols: readonly string[];
  readonly now: () => number;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly onRecorded: (recorded: readonly SymbolRecording[]) => void;
  readonly onNote: (note: string) => void;
}

const timeBeforeOpen = 15 * 60_000;
const tick = 1_000;
const longestWait = 30_000;
/** Without any message for so long in continuous trading, the stream is taken to be cut. */
const longestSilence = 60_000;

/** Records session after session. Each has a token of its own, since kabu STATION logs out before dawn. */
export class KabuStationRecorder {
  readonly #options: RecorderOptions;
  readonly #states = new Map<string, Recording>();
  #close: (() => void) | undefined;
  /** Milliseconds of continuous trading without a message. */
  #silence = 0;
  #tickedAt = 0;
  #wait = tick;
  #retryAt = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /**
   * Records until the signal is aborted.
   *
   * @throws DayTradeError as `KabuStationClient`, at the start alone; later failures are noted, and it is tried again
   */
  async run(signal: AbortSignal): Promise<void> {
    const { client, symbols, now, pause } = this.#options;
    await client.login();
    await client.register(symbols);
    for (const symbol of symbols) if (!signal.aborted) await client.board(symbol);
    while (!signal.aborted) {
      const session = sessionAt(now());
      const wait = sessionOpen(session) - timeBeforeOpen - now();
      if (wait > 0) await pause(wait, signal);
      else await this.#record(session, signal);
    }
  }

  async #record(session: TradeDate, signal: AbortSignal): Promise<void> {
    const { symbols, now, pause } = this.#options;
    const began = newRecording(session, 'recording had not begun');
    for (const symbol of symbols) this.#states.set(symbol, began);
    while (!signal.aborted && now() <= endOf(session)) {
      if (this.#close === undefined && now() >= this.#retryAt) await this.#connect(signal);
      this.#tick();
      await pause(tick, signal);
    }
    this.#tick();
    this.#cut('recording was stopped');
    // The bar that has begun will have no end.
    this.#take({ kind: 'clock' }, now() + barMilliseconds + mostDelay);
  }

  async #connect(signal: AbortSignal): Promise<void> {
    const { client, symbols, now, onNote } = this.#options;
    try {
      await client.login(signal);
      await client.register(symbols, signal);
      const onMessage = (message: Message) => {
        this.#silence = 0;
        if (this.#states.has(message.Symbol)) this.#takeOne(message.Symbol, { kind: 'message', message }, now());
      };
      this.#close = await client.stream(onMessage, (reason) => {
        if (this.#close !== undefined) onNote(`${reason}; the bars of that time are marked as gaps`);
        this.#cut(reason);
      });
      [this.#silence, this.#tickedAt] = [0, now()];
      // The stream sends a symbol at its next change; until then its volume so far is not known.
      for (const symbol of symbols) {
        this.#takeOne(symbol, { kind: 'message', message: await client.board(symbol, signal) }, now());
      }
      this.#wait = tick;
    } catch (error) {
      if (!isDayTradeError(error) && !signal.aborted) throw error;
      this.#cut('the stream could not be opened');
      this.#retryAt = now() + this.#wait;
      if (isDayTradeError(error)) onNote(`${error.message}; tried again in ${this.#wait / 1_000} s`);
      this.#wait = Math.min(2 * this.#wait, longestWait);
    }
  }

  /** Ends bars. While the stream is silent in continuous trading, they wait: it may have been cut before their end. */
  #tick(): void {
    const { now, onNote } = this.#options;
    const elapsed = now() - this.#tickedAt;
    this.#tickedAt += elapsed;
    const { phase } = phaseAt(now());
    if (phase === 'morning' || phase === 'afternoon') this.#silence += elapsed;
    if (this.#close !== undefined && this.#silence > longestSilence) {
      onNote(`no message came for ${longestSilence / 1_000} s; the stream is opened again`);
      this.#cut('no message came any more');
    }
    if (this.#close === undefined || this.#silence <= mostDelay) this.#take({ kind: 'clock' }, now());
  }

  /** Closes the stream: from now on trades may be missed. */
  #cut(reason: string): void {
    const close = this.#close;
    this.#close = undefined;
    // Before the stream is closed, whose own end is another reason.
    this.#take({ kind: 'cut', reason: `${reason} at ${japanTime(this.#options.now())}` }, this.#options.now());
    close?.();
  }

  #take(event: RecordingEvent, now: number): void {
    const recorded = this.#options.symbols.map((symbol) => this.#takeOne(symbol, event, now));
    const some = recorded.filter(({ bars, gaps }) => bars.length > 0 || gaps.length > 0);
    if (some.length > 0) this.#options.onRecorded(some);
  }

  #takeOne(symbol: string, event: RecordingEvent, now: number): SymbolRecording {
    const { state, bars, gaps } = next(this.#states.get(symbol)!, event, now);
    this.#states.set(symbol, state);
    return { symbol, bars, gaps };
  }
}

function endOf(session: TradeDate): number {
  return newRecording(session, '').begins.at(-1)! + barMilliseconds + mostDelay;
}

/** Returns the session of an instant, else the next one. */
function sessionAt(now: number): TradeDate {
  const date = japanDate(now);
  return isSession(date) && now <= endOf(date) ? date : nextSession(date);
}
