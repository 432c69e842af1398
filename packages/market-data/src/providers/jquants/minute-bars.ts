import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import {
  addSessions,
  dayNumber,
  formatSymbol,
  japanDay,
  type SymbolCode,
  sessionsBetween,
  type TradeDate,
} from '@daytrade/market';
import type { StoredIntraday } from '../../provider.ts';
import { type DateRange, isWanted, sessionsMissing } from '../network/missing-bars.ts';
import { invalid } from '../network/requests.ts';
import { type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { HistoryTable, isOfMonth, listHistoryFiles, readHistoryFile, type TableForm } from './history-files.ts';

/** Options of {@link MinuteBars}. */
interface MinuteBarsOptions {
  /** With the limit of the add-on, which is apart from that of the plan. */
  readonly client: JQuantsClient;
  /** With the limit of the plan, which questions for files count against. */
  readonly planClient: JQuantsClient;
  /** Number of newest sessions; see `jquantsSettings`. */
  readonly sessions: number;
  /** True to request stored sessions too. */
  readonly isAgain?: boolean | undefined;
  readonly stored: StoredIntraday;
}

/** The sessions of a symbol of which no 5-minute bar is stored. */
interface MissingMinutes {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
}

const path = '/equities/bars/minute';
/** The file of a day has 60 million characters; those of more days are not held at once. */
const mostFiles = 3;
const form: TableForm = {
  name: 'minute bars',
  columns: ['Date', 'Time', 'Code', 'O', 'H', 'L', 'C', 'Vo'],
  date: 'Date',
  texts: ['Date', 'Time', 'Code'],
};

/**
 * Minute bars of J-Quants, of those of the newest sessions that are not stored: symbol by symbol, or the file of a day
 * of all issues where that takes fewer requests, as every day after the first fetch. They need an add-on to the plan,
 * go back two years, and come after the session as daily bars do (https://jpx-jquants.com/en/spec/eq-bars-minute).
 */
export class MinuteBars {
  readonly #options: MinuteBarsOptions;
  #missing: ReadonlyMap<SymbolCode, MissingMinutes> = new Map();
  /** Rows of all symbols, where they come from files. */
  #files: HistoryTable | undefined;
  /** The symbol that was asked for to see whether the plan has such bars. */
  #first: { readonly symbol: SymbolCode; readonly rows: readonly JQuantsRow[] } | undefined;
  #requestsLeft = 0;

  constructor(options: MinuteBarsOptions) {
    this.#options = options;
  }

  /** Milliseconds that the limit of requests makes the rest last, at the least. */
  remainingMilliseconds(): number {
    return this.#options.client.timeFor(this.#requestsLeft);
  }

  /** Looks up of which symbols something is missing up to a session. */
  async look(symbols: readonly SymbolCode[], to: TradeDate): Promise<readonly SymbolCode[]> {
    const { sessions, isAgain = false, stored } = this.#options;
    const window = { from: addSessions(to, 1 - sessions), to };
    const missing = new Map<SymbolCode, MissingMinutes>();
    for (const symbol of symbols) {
      const days = new Set(isAgain ? [] : Array.from(await stored(symbol, window), japanDay));
      const ranges = rangesWithout(window, days);
      if (ranges.length > 0) missing.set(symbol, { symbol, ranges });
    }
    this.#missing = missing;
    this.#requestsLeft = requestsFor([...missing.values()]);
    return [...missing.keys()];
  }

  /**
   * Reads the files, or the first symbol, so that a plan without these bars shows before every symbol is refused.
   *
   * @returns in words why there are none; undefined where there are
   * @throws DayTradeError as `readPages`, where it is not of one symbol alone
   */
  async whyRefused(signal?: AbortSignal): Promise<string | undefined> {
    const [first] = this.#missing.values();
    if (first === undefined) return undefined;
    this.#files = await this.#readFiles(signal);
    if (this.#files !== undefined) return undefined;
    try {
      this.#first = { symbol: first.symbol, rows: await this.#rowsOfRanges(first, signal) };
      return undefined;
    } catch (error) {
      if (signal?.aborted === true || !isDayTradeError(error)) throw error;
      // A failure of this symbol alone shows again when the symbol is read.
      return error.code === 'data.provider-forbidden' ? withoutAddOn : undefined;
    }
  }

  /** The days from the first to the last that is asked for of a symbol. */
  rangeOf(symbol: SymbolCode): DateRange {
    const { ranges } = this.#missingOf(symbol);
    return { from: ranges[0]!.from, to: ranges.at(-1)!.to };
  }

  /** @throws DayTradeError as `readPages` */
  async rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    const missing = this.#missingOf(symbol);
    if (this.#first?.symbol === symbol) return this.#first.rows;
    if (this.#files === undefined) return await this.#rowsOfRanges(missing, signal);
    // A file has days that the symbol may have already.
    return this.#files.rowsOf(symbol).filter(({ Date: date }) => isWanted(date, missing.ranges));
  }

  #missingOf(symbol: SymbolCode): MissingMinutes {
    const missing = this.#missing.get(symbol);
    if (missing !== undefined) return missing;
    throw new DayTradeError('data.file-unreadable', `${symbol}: the provider did not list minute bars of this symbol`);
  }

  async #rowsOfRanges({ symbol, ranges }: MissingMinutes, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    const rows: JQuantsRow[] = [];
    const code = formatSymbol(symbol, 'five');
    for (const { from, to } of ranges) {
      rows.push(...(await readPages(this.#options.client, path, { code, from, to }, signal)));
    }
    this.#requestsLeft = Math.max(0, this.#requestsLeft - ranges.length);
    if (rows.every(({ Code: other }) => other === code)) return rows;
    throw invalid(`${path} code ${symbol}`, 'a row of another code came');
  }

  /** The files of all days that are missing of any symbol; undefined where single requests are to be made. */
  async #readFiles(signal?: AbortSignal): Promise<HistoryTable | undefined> {
    const { planClient } = this.#options;
    const missing = [...this.#missing.values()];
    const days = sessionsMissing(missing.flatMap(({ ranges }) => ranges));
    if (days.length > mostFiles || 1 + days.length >= requestsFor(missing)) return undefined;
    try {
      const range = { from: days[0]!, to: days.at(-1)! };
      const listed = await listHistoryFiles(planClient, range, signal, path);
      // The file of a month is many times too large.
      const files = listed.filter((file) => !isOfMonth(file));
      if (!days.every((day) => files.some((file) => file.days.from === day))) return undefined;
      const read = new HistoryTable([...this.#missing.keys()], form);
      for (const file of files.filter(({ days: { from } }) => days.includes(from))) {
        read.add(await readHistoryFile(planClient, file, signal), file.key);
      }
      this.#requestsLeft = 0;
      return read;
    } catch (error) {
      // Files are a shorter way; where it is closed, the long one may be open.
      if (signal?.aborted === true || !isDayTradeError(error) || error.code === 'data.clock-skew') throw error;
      return undefined;
    }
  }
}

function requestsFor(missing: readonly MissingMinutes[]): number {
  return missing.reduce((sum, { ranges }) => sum + ranges.length, 0);
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
