import { isDayTradeError } from '@daytrade/errors';
import { addDays, formatSymbol, isTradeDate, type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import type { ShareCount } from '../provider.ts';
import type { JQuantsClient } from './client.ts';
import { DailySheets } from './daily-sheets.ts';
import { later } from './missing-sessions.ts';
import { type JQuantsRow, readPages } from './pages.ts';

const form = { path: '/fins/summary', date: 'DiscDate' };
/** Every company reports its shares each quarter, within 45 days of its end; some weeks more for who is late. */
export const daysOfReports = 140;

/** A symbol whose reports are read, and since when its bars are missing. */
export interface ReportedSymbol {
  readonly symbol: SymbolCode;
  readonly missingFrom: TradeDate;
}

/**
 * Shares of many symbols out of the reports of the last quarter, or of the days that are missing: whole days where
 * they are fewer than the symbols, else a request a symbol. Where the plan has no reports, or they cannot be read,
 * there are none, and the bars come all the same.
 */
export class ShareCounts {
  readonly #client: JQuantsClient;
  readonly #symbols: ReadonlyMap<SymbolCode, TradeDate>;
  readonly #newest: TradeDate;
  #sheets: DailySheets | undefined;
  readonly #unread: Set<SymbolCode>;
  #isUseless = false;

  constructor(client: JQuantsClient, symbols: readonly ReportedSymbol[], newest: TradeDate) {
    this.#client = client;
    this.#newest = newest;
    const first = addDays(newest, -daysOfReports);
    this.#symbols = new Map(symbols.map(({ symbol, missingFrom }) => [symbol, later(first, missingFrom)]));
    this.#unread = new Set(this.#symbols.keys());
    const from = [...this.#symbols.values()].sort()[0] ?? newest;
    const days = sessionsBetween(from, newest);
    if (days.length < this.#symbols.size) this.#sheets = new DailySheets(client, days, this.#unread, form);
  }

  /** Requests that are still to be made. */
  get requestsLeft(): number {
    if (this.#isUseless) return 0;
    return this.#sheets?.requestsLeft ?? this.#unread.size;
  }

  /** @throws DayTradeError what says nothing of the reports alone: `data.provider-failed`, `data.provider-throttled` */
  async of(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly ShareCount[]> {
    if (this.#isUseless) return [];
    try {
      const rows = await (this.#sheets?.rowsOf(symbol, signal) ?? this.#rowsOf(symbol, signal));
      this.#unread.delete(symbol);
      return (rows ?? []).flatMap(countOf);
    } catch (error) {
      if (!isDayTradeError(error) || !isOfReportsAlone.has(error.code)) throw error;
      this.#isUseless = true;
      return [];
    }
  }

  async #rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[]> {
    const rows = await readPages(this.#client, form.path, { code: formatSymbol(symbol, 'five') }, signal);
    const from = this.#symbols.get(symbol) ?? this.#newest;
    return rows.filter(({ DiscDate: date }) => typeof date === 'string' && date >= from && date <= this.#newest);
  }
}

const isOfReportsAlone: ReadonlySet<string> = new Set([
  'data.provider-forbidden',
  'data.provider-refused',
  'data.provider-reply-invalid',
]);

/**
 * Issued shares without those that the company holds itself; none where the report does not say, as one of a forecast.
 */
function countOf({ DiscDate: date, CurPerEn: periodEnd, ShOutFY: issued, TrShFY: own }: JQuantsRow): ShareCount[] {
  const shares = numberOf(issued) - (numberOf(own) || 0);
  if (!(shares > 0) || !isDay(date) || !isDay(periodEnd)) return [];
  return [{ date, periodEnd, shares, source: 'jquants' }];
}

function isDay(value: unknown): value is TradeDate {
  return typeof value === 'string' && isTradeDate(value);
}

/** A number, which this endpoint writes as text; not a number where there is none. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}
