import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { addSessions, dayNumber, japanDay, type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import type { StoredIntraday } from '../../provider.ts';
import type { DateRange } from '../network/missing-bars.ts';
import { type JQuantsClient, type JQuantsRow, readRanges } from './client.ts';

interface MinuteBarsOptions {
  /** With the limit of the add-on, which is apart from that of the plan. */
  readonly client: JQuantsClient;
  /** Number of newest sessions; see `jquantsSettings`. */
  readonly sessions: number;
  readonly isAgain?: boolean | undefined;
  readonly stored: StoredIntraday;
}

const path = '/equities/bars/minute';

/**
 * Minute bars of J-Quants, of those of the newest sessions that are not stored, symbol by symbol. They need an add-on
 * to the plan, go back two years, and come after the session as daily bars do
 * (https://jpx-jquants.com/en/spec/eq-bars-minute).
 */
export class MinuteBars {
  readonly #options: MinuteBarsOptions;
  /** Sessions of which no 5-minute bar is stored, by symbol. */
  #missing: ReadonlyMap<SymbolCode, readonly DateRange[]> = new Map();
  /** The symbol that was asked for to see whether the plan has such bars. */
  #first: { readonly symbol: SymbolCode; readonly rows: readonly JQuantsRow[] } | undefined;

  constructor(options: MinuteBarsOptions) {
    this.#options = options;
  }

  /** Looks up of which symbols something is missing up to a session. */
  async look(symbols: readonly SymbolCode[], to: TradeDate): Promise<readonly SymbolCode[]> {
    const { sessions, isAgain = false, stored } = this.#options;
    const window = { from: addSessions(to, 1 - sessions), to };
    const missing = new Map<SymbolCode, readonly DateRange[]>();
    for (const symbol of symbols) {
      const days = new Set(isAgain ? [] : Array.from(await stored(symbol, window), japanDay));
      const ranges = rangesWithout(window, days);
      if (ranges.length > 0) missing.set(symbol, ranges);
    }
    this.#missing = missing;
    return [...missing.keys()];
  }

  /**
   * Reads the first symbol, so that a plan without these bars shows before every symbol is refused.
   *
   * @returns in words why there are none; undefined where there are
   * @throws DayTradeError as `readPages`, where it is not of one symbol alone
   */
  async whyRefused(signal?: AbortSignal): Promise<string | undefined> {
    const [symbol] = this.#missing.keys();
    if (symbol === undefined) return undefined;
    try {
      this.#first = { symbol, rows: await this.rowsOf(symbol, signal) };
      return undefined;
    } catch (error) {
      if (signal?.aborted === true || !isDayTradeError(error)) throw error;
      // A failure of this symbol alone shows again when the symbol is read.
      return error.code === 'data.provider-forbidden' ? withoutAddOn : undefined;
    }
  }

  /** The days from the first to the last that is asked for of a symbol. */
  rangeOf(symbol: SymbolCode): DateRange {
    const ranges = this.#missingOf(symbol);
    return { from: ranges[0]!.from, to: ranges.at(-1)!.to };
  }

  /** @throws DayTradeError as `readPages` */
  async rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    if (this.#first?.symbol === symbol) return this.#first.rows;
    return await readRanges(this.#options.client, path, symbol, this.#missingOf(symbol), signal);
  }

  #missingOf(symbol: SymbolCode): readonly DateRange[] {
    const ranges = this.#missing.get(symbol);
    if (ranges !== undefined) return ranges;
    throw new DayTradeError('data.file-unreadable', `${symbol}: the provider did not list minute bars of this symbol`);
  }
}

/** The sessions of a window of which no bar is stored, in as few ranges as they make. */
function rangesWithout({ from, to }: DateRange, days: ReadonlySet<number>): DateRange[] {
  const ranges: { from: TradeDate; to: TradeDate }[] = [];
  let isOpen = false;
  for (const session of sessionsBetween(from, to)) {
    const isMissing = !days.has(dayNumber(session));
    if (isMissing && isOpen) ranges.at(-1)!.to = session;
    else if (isMissing) ranges.push({ from: session, to: session });
    isOpen = isMissing;
  }
  return ranges;
}

/** The master came with the same key, so that the key is right. */
const withoutAddOn =
  'J-Quants answered 403 to the question for minute bars, and none were fetched: they need its add-on for minute and ' +
  'tick bars, beside the light plan or one above it. Book the add-on on its page of plans, or set ' +
  'DAYTRADE_JQUANTS_MINUTE_SESSIONS to 0';
