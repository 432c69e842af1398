import { type DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import type { JQuantsClient } from './client.ts';
import { symbolOfRow } from './master.ts';
import { invalid, type JQuantsRow, readPages } from './pages.ts';

const path = '/equities/bars/daily';

/**
 * Whole days of all issues, each asked for once, of which the rows of some symbols are kept. What failed and may be
 * tried again goes on with the day at which it stopped; what is of no use to try again is not asked for the others'
 * sake.
 */
export class DailySheets {
  readonly #client: JQuantsClient;
  readonly #days: readonly TradeDate[];
  readonly #rows: ReadonlyMap<string, JQuantsRow[]>;
  #read = 0;
  #broken: DayTradeError | undefined;

  constructor(client: JQuantsClient, days: readonly TradeDate[], symbols: ReadonlySet<string>) {
    this.#client = client;
    this.#days = days;
    this.#rows = new Map([...symbols].map((symbol) => [symbol, []]));
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
    const rows = await readPages(this.#client, path, { date }, signal);
    const kept = rows.map((row) => [this.#rows.get(symbolOfRow(row, path) ?? ''), row] as const);
    const other = rows.find((row) => row.Date !== date);
    if (other !== undefined) throw invalid(`${path} date ${date}`, 'a row of another day came');
    for (const [rowsOfSymbol, row] of kept) rowsOfSymbol?.push(row);
  }
}
