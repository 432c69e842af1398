import { isDayTradeError } from '@daytrade/errors';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { JQuantsClient, JQuantsRow } from './client.ts';
import { DailySheets, type SheetForm } from './daily-sheets.ts';
import {
  daysOutside,
  type HistoryFile,
  HistoryTable,
  isOfMonth,
  listHistoryFiles,
  readHistoryFile,
} from './history-files.ts';

/** What is asked for by the day, and the columns that a file of a month must have of it. */
interface MonthForm extends SheetForm {
  readonly columns: readonly string[];
}

/**
 * Days of all issues as `DailySheets` has them, of which those of months that are over come out of files: a request a
 * month in the place of one a day. Days that are in none, and all of them where the files cannot be used, are asked for
 * one by one. What failed and may be tried again goes on where it stopped.
 */
export class MonthSheets {
  readonly #client: JQuantsClient;
  readonly #form: MonthForm;
  readonly #days: readonly TradeDate[];
  readonly #symbols: ReadonlySet<SymbolCode>;
  #table: HistoryTable;
  /** Undefined until they were asked for. */
  #files: readonly HistoryFile[] | undefined;
  #read = 0;
  /** The days that no file has, once all are read. */
  #rest: DailySheets | undefined;

  /** @param days oldest first */
  constructor(client: JQuantsClient, days: readonly TradeDate[], symbols: ReadonlySet<SymbolCode>, form: MonthForm) {
    this.#client = client;
    this.#form = form;
    this.#days = days;
    this.#symbols = new Set(symbols);
    this.#table = this.#newTable();
  }

  /** Whether files of the months that are over take fewer requests than their days. */
  static saveRequests(days: readonly TradeDate[]): boolean {
    return requestsFor(days) < days.length;
  }

  /** Requests that are still to be made, as far as is known. */
  get requestsLeft(): number {
    if (this.#rest !== undefined) return this.#rest.requestsLeft;
    return this.#files === undefined ? requestsFor(this.#days) : this.#files.length - this.#read + this.#others.length;
  }

  /** The rows of a symbol once nobody has to be asked any more; undefined before. */
  held(symbol: SymbolCode): readonly JQuantsRow[] | undefined {
    const rest = this.#rest?.held(symbol);
    return rest && [...this.#table.rowsOf(symbol), ...rest];
  }

  /**
   * @returns undefined for a symbol that is not among those of the sheets
   * @throws DayTradeError as `readPages`, also for a day of the others
   */
  async rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[] | undefined> {
    if (!this.#symbols.has(symbol)) return undefined;
    this.#rest ??= await this.#readFiles(signal);
    await this.#rest.rowsOf(symbol, signal);
    return this.held(symbol);
  }

  async #readFiles(signal?: AbortSignal): Promise<DailySheets> {
    try {
      this.#files ??= await this.#list(signal);
      for (; this.#read < this.#files.length; this.#read += 1) {
        const file = this.#files[this.#read]!;
        this.#table.add(await readHistoryFile(this.#client, file, signal), file.key);
      }
    } catch (error) {
      if (!isDayTradeError(error) || error.retryable || signal?.aborted === true) throw error;
      this.#files = [];
      this.#table = this.#newTable();
    }
    return new DailySheets(this.#client, this.#others, this.#symbols, this.#form);
  }

  async #list(signal?: AbortSignal): Promise<readonly HistoryFile[]> {
    const range = { from: this.#days[0]!, to: this.#days.at(-1)! };
    return (await listHistoryFiles(this.#client, range, signal, this.#form.path)).filter(isOfMonth);
  }

  get #others(): readonly TradeDate[] {
    return daysOutside(this.#files ?? [], this.#days);
  }

  #newTable(): HistoryTable {
    const { path: name, date, columns } = this.#form;
    return new HistoryTable([...this.#symbols], { name, date, columns, texts: 'all' });
  }
}

/** The list of files, a file for each month but the last, and the days of that. */
function requestsFor(days: readonly TradeDate[]): number {
  const months = Map.groupBy(days, (day) => day.slice(0, 7));
  return 1 + (months.size - 1) + ([...months.values()].at(-1) ?? []).length;
}
