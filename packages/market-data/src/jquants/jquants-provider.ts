import { DayTradeError } from '@daytrade/errors';
import { formatSymbol, type SymbolCode, sessionsBetween, type TradeDate } from '@daytrade/market';
import type { BarProvider, BarSource, RefusedSource, SourceList, SourceRows, SymbolMaster } from '../provider.ts';
import type { JQuantsClient } from './client.ts';
import { dailyRows, hasSplit, type JQuantsPriceBasis } from './daily-rows.ts';
import { DailySheets } from './daily-sheets.ts';
import { type JQuantsMaster, type JQuantsUniverse, readMaster, symbolsOf } from './master.ts';
import { type DateRange, earlier, missingRanges } from './missing-sessions.ts';
import { type JQuantsRow, readPages } from './pages.ts';
import type { JQuantsPlan } from './plans.ts';

/** The stored bars of a symbol, as far as an update has to know them. */
export interface StoredBars {
  readonly firstDate: TradeDate;
  readonly lastDate: TradeDate;
  readonly bars: number;
  readonly synthetic: boolean;
}

export interface JQuantsProviderOptions {
  readonly client: JQuantsClient;
  readonly plan: JQuantsPlan;
  /** Codes, or a universe by its name. */
  readonly symbols: readonly SymbolCode[] | JQuantsUniverse;
  readonly range: DateRange;
  /** Whether the first day is the user's word; see `missingRanges`. */
  readonly isFromGiven: boolean;
  readonly priceBasis: JQuantsPriceBasis;
  readonly stored: (symbol: SymbolCode) => Promise<StoredBars | undefined>;
}

/** What is missing of a symbol. */
interface Missing {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
  /** First stored day; undefined without bars. */
  readonly storedFrom: TradeDate | undefined;
}

/** A source with what was found out about it. */
interface Listed extends Missing {
  readonly master: SymbolMaster;
}

const path = '/equities/bars/daily';
/** Days that are read as whole sheets at most; beyond it a failure in the middle would lose too much. */
const mostSheets = 60;

/**
 * Daily bars of J-Quants API V2. Asks only for what is not stored: whole days when they are fewer than the symbols, as
 * every day after the first fetch, else symbol by symbol. A split among new adjusted prices has the whole history of
 * the symbol asked for again, since all of it is another from that day on.
 *
 * @example
 * const provider = new JQuantsProvider({ client, plan: jquantsPlans.light, symbols: 'topix500', range, ...rest });
 */
export class JQuantsProvider implements BarProvider {
  readonly name = 'jquants';
  readonly synthetic = false;
  readonly incremental = true;
  readonly #options: JQuantsProviderOptions;
  #listed: ReadonlyMap<SymbolCode, Listed> = new Map();
  /** Whole days, where these are fewer than the symbols. */
  #sheets: DailySheets | undefined;

  constructor(options: JQuantsProviderOptions) {
    this.#options = options;
  }

  /** @throws DayTradeError as `JQuantsClient.get` */
  async list(signal?: AbortSignal): Promise<SourceList> {
    const { client, symbols } = this.#options;
    const named = typeof symbols === 'string' ? undefined : await this.#missingOf(symbols);
    if (named?.length === 0) return { sources: [], skipped: [], notes: this.#notes() };
    const master = await readMaster(client, signal);
    const missing = named ?? (await this.#missingOf(symbolsOf(symbols as JQuantsUniverse, master)));
    const { listed, refused } = lookUp(missing, master);
    this.#listed = new Map(listed.map((source) => [source.symbol, source]));
    this.#sheets = this.#sheetsFor(listed);
    return {
      sources: listed.map(({ symbol }) => ({ symbol, file: fileOf(symbol) })),
      skipped: [],
      refused,
      notes: this.#notes(),
    };
  }

  async read({ symbol, file }: BarSource, signal?: AbortSignal): Promise<SourceRows> {
    const listed = this.#listed.get(symbol);
    if (listed === undefined) {
      throw new DayTradeError('data.file-unreadable', `${file}: the provider did not list this symbol`);
    }
    const { priceBasis: basis, range } = this.#options;
    const { master, storedFrom } = listed;
    const rows = (await this.#sheets?.rowsOf(symbol, signal)) ?? (await this.#rowsOfRanges(listed, signal));
    if (basis === 'split-adjusted' && storedFrom !== undefined && hasSplit(rows)) {
      const whole = { from: earlier(storedFrom, range.from), to: range.to };
      const all = await this.#rowsOfRanges({ symbol, ranges: [whole] }, signal);
      return dailyRows(all, { master, file, basis, range: whole });
    }
    return dailyRows(rows, { master, file, basis, range });
  }

  async #missingOf(symbols: readonly SymbolCode[]): Promise<readonly Missing[]> {
    const { stored, range, isFromGiven } = this.#options;
    const found: Missing[] = [];
    for (const symbol of symbols) {
      const bars = inUse(await stored(symbol));
      const ranges = missingRanges(range, bars, isFromGiven);
      if (ranges.length > 0) found.push({ symbol, ranges, storedFrom: bars?.firstDate });
    }
    return found;
  }

  #sheetsFor(listed: readonly Listed[]): DailySheets | undefined {
    const short = listed.filter((source) => sessionsOf(source).length <= mostSheets);
    const days = new Set(short.flatMap(sessionsOf));
    if (days.size > mostSheets || days.size >= short.length) return undefined;
    return new DailySheets(this.#options.client, [...days].sort(), new Set(short.map(({ symbol }) => symbol)));
  }

  async #rowsOfRanges({ symbol, ranges }: Pick<Missing, 'symbol' | 'ranges'>, signal?: AbortSignal) {
    const rows: JQuantsRow[] = [];
    for (const { from, to } of ranges) {
      const query = { code: formatSymbol(symbol, 'five'), from, to };
      rows.push(...(await readPages(this.#options.client, path, query, signal)));
    }
    const other = rows.find(({ Code: code }) => code !== formatSymbol(symbol, 'five'));
    if (other === undefined) return rows;
    throw new DayTradeError('data.provider-reply-invalid', `${path} code ${symbol}: a row of another code came`);
  }

  #notes(): readonly string[] {
    const { plan, range } = this.#options;
    if (plan.delayDays === 0) return [];
    const weeks = plan.delayDays / 7;
    return [
      `the free plan of J-Quants holds bars back for ${weeks} weeks: the newest are of ${range.to}, and a forecast made from them is for a session that is over`,
    ];
  }
}

function sessionsOf({ ranges }: Missing): readonly TradeDate[] {
  return ranges.flatMap(({ from, to }) => sessionsBetween(from, to));
}

/** By this name a symbol's rows are called in messages and in the quarantine. */
function fileOf(symbol: SymbolCode): string {
  return `jquants/${symbol}`;
}

function inUse(stored: StoredBars | undefined): StoredBars | undefined {
  return stored === undefined || stored.bars === 0 || stored.synthetic ? undefined : stored;
}

function lookUp(missing: readonly Missing[], master: JQuantsMaster) {
  const listed: Listed[] = [];
  const refused: RefusedSource[] = [];
  for (const source of missing) {
    const found = master.get(source.symbol);
    if (found !== undefined) listed.push({ ...source, master: found });
    else refused.push({ file: fileOf(source.symbol), message: notListed(source), code: 'data.provider-refused' });
  }
  return { listed, refused };
}

function notListed({ symbol, storedFrom }: Missing): string {
  const kept = storedFrom === undefined ? '' : '; its stored bars stay';
  return `${symbol} is not among the listed issues of J-Quants: a wrong code, or it was delisted, merged or got another code${kept}`;
}
