import { addDays, fiveCharacters, type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import { later } from '../network/missing-bars.ts';
import { concernsOneEndpoint, type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { DailySheets, type SheetForm } from './daily-sheets.ts';
import { daysOfReports } from './plans.ts';

/** A symbol of which rows are wanted, and since when its bars are missing. */
export interface PublishedSymbol {
  readonly symbol: SymbolCode;
  readonly missingFrom: TradeDate;
}

const reports: SheetForm = { path: '/fins/summary', date: 'DiscDate' };

/**
 * Reports of companies, which come on the day of a publication. Whole days are asked for where the missing ones are
 * fewer than the symbols, else each symbol. Reports that the plan lacks or that cannot be read count as none, so that
 * the bars come all the same.
 */
export class Reports {
  readonly #client: JQuantsClient;
  readonly #newest: TradeDate;
  readonly #sheets: DailySheets | undefined;
  #isUseless = false;

  constructor(client: JQuantsClient, symbols: readonly PublishedSymbol[], newest: TradeDate) {
    this.#client = client;
    this.#newest = newest;
    const missing = symbols.map(({ missingFrom }) => missingFrom).sort()[0] ?? newest;
    const days = sessionsBetween(later(addDays(newest, -daysOfReports), missing), newest);
    const codes = symbols.map(({ symbol }) => symbol);
    if (days.length < symbols.length) this.#sheets = new DailySheets(client, days, codes, reports);
  }

  /** @throws DayTradeError what says nothing of these rows alone: `data.provider-failed`, `data.provider-throttled` */
  async of(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    if (this.#isUseless) return [];
    try {
      const rows = await (this.#sheets?.rowsOf(symbol, signal) ?? this.#rowsOf(symbol, signal));
      return rows ?? [];
    } catch (error) {
      if (!concernsOneEndpoint(error) || error.retryable) throw error;
      this.#isUseless = true;
      return [];
    }
  }

  async #rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    const rows = await readPages(this.#client, reports.path, { code: fiveCharacters(symbol) }, signal);
    return rows.filter(({ DiscDate: date }) => typeof date === 'string' && date <= this.#newest);
  }
}
