import { type DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import { type Missing, sessionsMissing } from '../network/missing-bars.ts';
import { invalid } from '../network/requests.ts';
import { type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { symbolOfRow } from './issues.ts';

/** Endpoint that is asked by the day, and the column of the day. */
export interface SheetForm {
  readonly path: string;
  readonly date: string;
}

const bars: SheetForm = { path: '/equities/bars/daily', date: 'Date' };
/** Days that are read as whole sheets at most; beyond it a failure in the middle would lose too much. */
const mostSheets = 60;

/**
 * Whole days of all issues, each requested once; rows of some symbols are kept. After a retryable failure it goes on
 * with the same day. After another failure no further day is requested.
 */
export class DailySheets {
  readonly #client: JQuantsClient;
  readonly #form: SheetForm;
  readonly #days: readonly TradeDate[];
  readonly #rows: ReadonlyMap<string, JQuantsRow[]>;
  #read = 0;
  #broken: DayTradeError | undefined;
  #newest: TradeDate | undefined;

  constructor(client: JQuantsClient, days: readonly TradeDate[], symbols: Iterable<string>, form: SheetForm = bars) {
    this.#client = client;
    this.#form = form;
    this.#days = days;
    this.#rows = new Map([...symbols].map((symbol) => [symbol, []]));
  }

  /** The newest day that had rows of any issue, once every day was read. */
  get newest(): TradeDate | undefined {
    return this.#read === this.#days.length ? this.#newest : undefined;
  }

  has(symbol: string): boolean {
    return this.#rows.has(symbol);
  }

  /**
   * @returns undefined for a symbol that is not among those of the sheets
   * @throws DayTradeError as `readPages`, also for a day of the others
   */
  async rowsOf(symbol: string, signal?: AbortSignal): Promise<readonly JQuantsRow[] | undefined> {
    const kept = this.#rows.get(symbol);
    if (kept === undefined) return undefined;
    if (this.#broken !== undefined) throw this.#broken;
    try {
      for (; this.#read < this.#days.length; this.#read += 1) await this.#readDay(this.#days[this.#read]!, signal);
    } catch (error) {
      if (isDayTradeError(error) && !error.retryable) this.#broken = error;
      throw error;
    }
    return kept;
  }

  async #readDay(date: TradeDate, signal?: AbortSignal): Promise<void> {
    const { path, date: column } = this.#form;
    const rows = await readPages(this.#client, path, { date }, signal);
    const kept = rows.map((row) => [this.#rows.get(symbolOfRow(row, path) ?? ''), row] as const);
    const other = rows.find((row) => row[column] !== date);
    if (other !== undefined) throw invalid(`${path} date ${date}`, 'a row of another day came');
    if (rows.length > 0) this.#newest = date;
    for (const [rowsOfSymbol, row] of kept) rowsOfSymbol?.push(row);
  }
}

/** Whole days that are requested, and the symbols that this serves. */
interface DayRequests {
  readonly sessions: readonly TradeDate[];
  readonly symbols: readonly SymbolCode[];
}

/** Returns the missing days where these are fewer requests than the symbols; undefined where they are not. */
export function daysToRead(missing: readonly Pick<Missing, 'symbol' | 'ranges'>[]): DayRequests | undefined {
  const short = missing.filter(({ ranges }) => sessionsMissing(ranges).length <= mostSheets);
  const sessions = sessionsMissing(short.flatMap(({ ranges }) => ranges));
  if (sessions.length > mostSheets || sessions.length >= short.length) return undefined;
  return { sessions, symbols: short.map(({ symbol }) => symbol) };
}
