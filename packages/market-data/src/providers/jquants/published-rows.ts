import { addDays, fiveCharacters, type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import { later } from '../network/missing-bars.ts';
import { concernsOneEndpoint, type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { DailySheets, type SheetForm } from './daily-sheets.ts';

/** A symbol of which rows are wanted, and since when its bars are missing. */
export interface PublishedSymbol {
  readonly symbol: SymbolCode;
  readonly missingFrom: TradeDate;
}

interface PublishedRowsOptions extends SheetForm {
  readonly symbols: readonly PublishedSymbol[];
  /** The newest day that is asked for. */
  readonly newest: TradeDate;
  /** Days before it that are asked for at most, where whole days are asked for; all that are missing where left out. */
  readonly daysBack?: number | undefined;
}

/**
 * Rows of an endpoint that grows on the day of a publication, as reports and dividend notices do. Whole days are asked
 * for where the missing ones are fewer than the symbols, else each symbol. Rows that the plan lacks or that cannot be
 * read count as none, so that the bars come all the same.
 */
export class PublishedRows {
  readonly #client: JQuantsClient;
  readonly #options: PublishedRowsOptions;
  readonly #sheets: DailySheets | undefined;
  readonly #unread: Set<SymbolCode>;
  #isUseless = false;

  constructor(client: JQuantsClient, options: PublishedRowsOptions) {
    const { symbols, newest, daysBack } = options;
    this.#client = client;
    this.#options = options;
    this.#unread = new Set(symbols.map(({ symbol }) => symbol));
    const missing = symbols.map(({ missingFrom }) => missingFrom).sort()[0] ?? newest;
    const first = daysBack === undefined ? missing : later(addDays(newest, -daysBack), missing);
    const days = sessionsBetween(first, newest);
    if (days.length < symbols.length) this.#sheets = new DailySheets(client, days, this.#unread, options);
  }

  /** Requests that are still to be made. */
  get requestsLeft(): number {
    if (this.#isUseless) return 0;
    return this.#sheets?.requestsLeft ?? this.#unread.size;
  }

  /** @throws DayTradeError what says nothing of these rows alone: `data.provider-failed`, `data.provider-throttled` */
  async of(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    if (this.#isUseless) return [];
    try {
      const rows = await (this.#sheets?.rowsOf(symbol, signal) ?? this.#rowsOf(symbol, signal));
      this.#unread.delete(symbol);
      return rows ?? [];
    } catch (error) {
      if (!concernsOneEndpoint(error) || error.retryable) throw error;
      this.#isUseless = true;
      return [];
    }
  }

  async #rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    const { path, date: column, newest } = this.#options;
    const rows = await readPages(this.#client, path, { code: fiveCharacters(symbol) }, signal);
    return rows.filter(({ [column]: date }) => typeof date === 'string' && date <= newest);
  }
}
