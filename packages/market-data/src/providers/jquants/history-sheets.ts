import { type DayTradeError, isDayTradeError } from '@daytrade/errors';
import { type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import { type DateRange, isWanted } from '../network/missing-bars.ts';
import type { JQuantsClient, JQuantsRow } from './client.ts';
import { withAdjustedPrices } from './daily-rows.ts';
import { DailySheets, mostSheets } from './daily-sheets.ts';
import { type HistoryFile, HistoryTable, readHistoryFile } from './history-files.ts';

interface HistorySheetsOptions {
  readonly client: JQuantsClient;
  /** Oldest first; see `listHistoryFiles`. */
  readonly files: readonly HistoryFile[];
  /** The days that are read, up to the newest. */
  readonly range: DateRange;
  /** The days that are missing of each symbol. */
  readonly missing: ReadonlyMap<SymbolCode, readonly DateRange[]>;
  /** Called before each file is asked for. */
  readonly onFile: (number: number) => void;
}

/**
 * History of many symbols from files of months, each read once. Sessions that no file has, as the newest, are requested
 * as whole days. After a retryable failure it goes on with the same file. With an unusable file, or too many sessions
 * without one, the symbols are to be requested one by one.
 */
export class HistorySheets {
  readonly #options: HistorySheetsOptions;
  readonly #table: HistoryTable;
  #read = 0;
  /** The days that no file has, once all are read. */
  #rest: DailySheets | undefined;
  #isUseless = false;

  constructor(options: HistorySheetsOptions) {
    this.#options = options;
    this.#table = new HistoryTable([...options.missing.keys()]);
  }

  /** Requests that are still to be made, as far as is known. */
  get requestsLeft(): number {
    if (this.#isUseless) return 0;
    return this.#options.files.length - this.#read + (this.#rest?.requestsLeft ?? 0);
  }

  /** The newest day that had rows of any issue, once all were read. */
  get newest(): TradeDate | undefined {
    return this.#isUseless ? undefined : this.#rest?.newest;
  }

  /** Returns true for a symbol whose rows are read from the files. */
  has(symbol: SymbolCode): boolean {
    return !this.#isUseless && this.#options.missing.has(symbol);
  }

  /**
   * @returns undefined for a symbol that is to be asked for by itself
   * @throws DayTradeError as `readPages`, also for a file of the others
   */
  async rowsOf(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[] | undefined> {
    const ranges = this.#options.missing.get(symbol);
    if (ranges === undefined || this.#isUseless) return undefined;
    const rows = await this.#rowsRead(symbol, signal).catch((error: unknown) => {
      this.#isUseless = isDayTradeError(error) && isOfNoUse(error);
      if (!this.#isUseless) throw error;
      return undefined;
    });
    // A split between two ranges changes the earlier one: adjusted first, then cut.
    return rows && withAdjustedPrices(rows).filter(({ Date: date }) => isWanted(date, ranges));
  }

  async #rowsRead(symbol: SymbolCode, signal?: AbortSignal): Promise<readonly JQuantsRow[] | undefined> {
    await this.#readFiles(signal);
    this.#rest ??= this.#sheetsOfRest();
    if (this.#isUseless) return undefined;
    return [...this.#table.rowsOf(symbol), ...((await this.#rest?.rowsOf(symbol, signal)) ?? [])];
  }

  async #readFiles(signal?: AbortSignal): Promise<void> {
    const { client, files, onFile } = this.#options;
    for (; this.#read < files.length; this.#read += 1) {
      const file = files[this.#read]!;
      onFile(this.#read + 1);
      this.#table.add(await readHistoryFile(client, file, signal), file.key);
    }
  }

  #sheetsOfRest(): DailySheets | undefined {
    const { client, missing, range } = this.#options;
    const days = sessionsBetween(range.from, range.to).filter((day) => !this.#table.days.has(day));
    this.#isUseless = days.length > mostSheets;
    return this.#isUseless ? undefined : new DailySheets(client, days, new Set(missing.keys()));
  }
}

/** Returns true where the plan has no files or a file is unusable; requests by symbol may still be answered. */
function isOfNoUse({ code }: DayTradeError): boolean {
  return code === 'data.provider-reply-invalid' || code === 'data.provider-refused';
}
