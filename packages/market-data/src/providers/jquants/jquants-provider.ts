import { DayTradeError } from '@daytrade/errors';
import { calendarStart, previousSession, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { BarProvider, BarSource, RefusedSource, SourceList, SourceRows } from '../../provider.ts';
import {
  type AskedDays,
  type DateRange,
  earlier,
  inUse,
  later,
  type Missing,
  missingOf,
  type StoredBars,
} from '../network/missing-bars.ts';
import { type JQuantsClient, type JQuantsRow, readRanges } from './client.ts';
import { dailyRows, hasSplit, type JQuantsPriceBasis } from './daily-rows.ts';
import { DailySheets, daysToRead } from './daily-sheets.ts';
import {
  endedInWords,
  fileOf,
  type JQuantsMaster,
  type JQuantsUniverse,
  type Listed,
  lookUp,
  PastIssues,
  readMaster,
  setsOf,
  symbolsOf,
} from './issues.ts';
import type { ListingRecord } from './listing-record.ts';
import type { MinuteBars } from './minute-bars.ts';
import { minuteRows } from './minute-rows.ts';
import { delayOf, historyOf, type JQuantsPlan } from './plans.ts';
import { AnnouncementCalendar, type Published, publishedIn } from './published.ts';
import { type PublishedSymbol, Reports } from './reports.ts';

export interface JQuantsProviderOptions extends AskedDays {
  readonly client: JQuantsClient;
  readonly plan: JQuantsPlan;
  /** Codes, or a universe by its name. */
  readonly symbols: readonly SymbolCode[] | JQuantsUniverse;
  /** The first day that the plan has now: it refuses a question of an earlier one. */
  readonly firstDay: TradeDate;
  readonly priceBasis: JQuantsPriceBasis;
  readonly stored: (symbol: SymbolCode) => Promise<StoredBars | undefined>;
  /** Record of listings; default: only the newest list is read. */
  readonly listings?: ListingRecord | undefined;
  /** 5-minute bars of the minute bars of the add-on, after the daily ones; none where left out. */
  readonly minutes?: MinuteBars | undefined;
}

const path = '/equities/bars/daily';

/**
 * Bars of J-Quants API V2: daily ones, and 5-minute ones where the plan has the add-on. Asks only for what is not
 * stored: whole days when they are fewer than the symbols, as every day after the first fetch, else symbol by symbol. A
 * split among new adjusted prices has the whole history of the symbol asked for again, since all of it is another from
 * that day on.
 */
export class JQuantsProvider implements BarProvider {
  readonly name = 'jquants';
  readonly synthetic = false;
  readonly incremental = true;
  readonly #options: JQuantsProviderOptions;
  readonly #past: PastIssues | undefined;
  #listed: ReadonlyMap<SymbolCode, Listed> = new Map();
  #master: JQuantsMaster = new Map();
  /** Whole days, where these are fewer than the symbols. */
  #sheets: DailySheets | undefined;
  #reports: Reports | undefined;
  #announced: AnnouncementCalendar | undefined;
  #onActivity: (message: string) => void = () => undefined;

  constructor(options: JQuantsProviderOptions) {
    this.#options = options;
    this.#past = options.listings && new PastIssues(options.client, options.listings);
  }

  /** @throws DayTradeError as `JQuantsClient.get` */
  async list(signal?: AbortSignal): Promise<SourceList> {
    const { client, symbols, range, minutes } = this.#options;
    const named = typeof symbols === 'string' ? undefined : symbols;
    if (named !== undefined && (await this.#isComplete(named))) {
      return { sources: [], skipped: [], notes: this.#notes(false) };
    }
    const { master, date } = await readMaster(client, signal);
    this.#master = master;
    await this.#observe(date, signal);
    const asked = named ?? (await this.#membersOf(symbols as JQuantsUniverse));
    const { listed, refused, ended } = await this.#lookUp(await this.#missingOf(asked), signal);
    this.#listed = new Map(listed.map((source) => [source.symbol, source]));
    this.#announced = await AnnouncementCalendar.read(client, signal);
    const days = daysToRead(listed);
    this.#sheets = days && new DailySheets(client, days.sessions, days.symbols);
    this.#reports = new Reports(client, listed.map(publishedSince), range.to);
    const within = await minutes?.look(
      asked.filter((symbol) => master.has(symbol)),
      range.to,
    );
    const noMinutes = await minutes?.whyRefused(signal);
    const ofMinutes = noMinutes === undefined ? (within ?? []) : [];
    return {
      sources: [
        ...listed.map(({ symbol }) => ({ symbol, interval: '1d' as const, file: fileOf(symbol) })),
        ...ofMinutes.map((symbol) => ({ symbol, interval: '5m' as const, file: `${fileOf(symbol)}, minute bars` })),
      ],
      skipped: [],
      refused,
      notes: [
        ...this.#notes(listed.some(({ storedFrom }) => storedFrom === undefined)),
        ...(this.#announced.note === undefined ? [] : [this.#announced.note]),
        ...(ended.length === 0 ? [] : [endedInWords(ended)]),
        ...(noMinutes === undefined ? [] : [noMinutes]),
      ],
    };
  }

  /** Has the newest list written down, and those of earlier days that are missing. */
  async #observe(date: TradeDate | undefined, signal?: AbortSignal): Promise<void> {
    if (date !== undefined) await this.#options.listings?.observe(date, setsOf(this.#master));
    await this.#past?.readLists((number, of) => this.#onActivity(`list of issues ${number} of ${of}`), signal);
  }

  async #membersOf(universe: JQuantsUniverse): Promise<readonly SymbolCode[]> {
    const former = (await this.#options.listings?.former(universe)) ?? [];
    return [...new Set([...symbolsOf(universe, this.#master), ...former])].sort();
  }

  /** Looks symbols up in the lists. A delisted symbol is requested up to its end, and then no more. */
  async #lookUp(missing: readonly Missing[], signal?: AbortSignal) {
    const { listed, refused } = lookUp(missing, this.#master);
    const unknown: RefusedSource[] = [];
    const ended: SymbolCode[] = [];
    for (const one of refused) {
      const source = missing.find(({ symbol }) => symbol === one.symbol)!;
      const stored = inUse(await this.#options.stored(source.symbol));
      const found = await this.#past?.lookUp(source, stored?.lastDate, signal);
      if (found === undefined) unknown.push(one);
      else if (found === 'complete') ended.push(source.symbol);
      else listed.push(found);
    }
    return { listed, refused: unknown, ended };
  }

  watch(onActivity: (message: string) => void): void {
    this.#onActivity = onActivity;
    this.#options.client.requests.watch(onActivity);
  }

  async read({ symbol, interval, file }: BarSource, signal?: AbortSignal): Promise<SourceRows> {
    if (interval === '5m') return await this.#readMinutes(symbol, file, signal);
    const listed = this.#listed.get(symbol);
    if (listed === undefined) {
      throw new DayTradeError('data.file-unreadable', `${file}: the provider did not list this symbol`);
    }
    const { priceBasis: basis, range } = this.#options;
    const { master } = listed;
    const rows = (await this.#sheets?.rowsOf(symbol, signal)) ?? (await this.#rowsOfRanges(listed, signal));
    const published = publishedIn((await this.#reports?.of(symbol, signal)) ?? []);
    const whole = this.#restated(listed, rows);
    if (whole !== undefined) {
      const all = await this.#rowsOfRanges({ symbol, ranges: [whole] }, signal);
      return this.#withPublished(dailyRows(all, { master, file, basis, range: whole }), symbol, published);
    }
    const read = dailyRows(rows, { master, file, basis, range });
    return this.#withPublished({ ...read, askedTo: this.#askedTo(symbol) }, symbol, published);
  }

  /** Returns the newest complete session: bars of a session that ended today may still be to come. */
  #askedTo(symbol: SymbolCode): TradeDate | undefined {
    const newest = this.#sheets?.has(symbol) === true ? this.#sheets.newest : undefined;
    if (newest === undefined) return undefined;
    const { client } = this.#options;
    return newest < client.today() ? newest : previousSession(newest);
  }

  #withPublished(rows: SourceRows, symbol: SymbolCode, published: Published): SourceRows {
    const { dividends, shareCounts, announcements } = published;
    return {
      ...rows,
      factors: [...(rows.factors ?? []), ...dividends],
      shareCounts,
      announcements: [...announcements, ...(this.#announced?.of(symbol) ?? [])],
    };
  }

  /** The days whose adjusted prices are others by a split among new rows; undefined where none are. */
  #restated({ storedFrom }: Listed, rows: readonly JQuantsRow[]): DateRange | undefined {
    const { priceBasis, range, firstDay } = this.#options;
    if (priceBasis !== 'split-adjusted' || storedFrom === undefined || !hasSplit(rows)) return undefined;
    // Stored bars may begin before the first day of the plan, which moves on every day.
    return { from: earlier(later(storedFrom, firstDay), range.from), to: range.to };
  }

  async #readMinutes(symbol: SymbolCode, file: string, signal?: AbortSignal): Promise<SourceRows> {
    const { minutes } = this.#options;
    const master = this.#master.get(symbol);
    if (minutes === undefined || master === undefined) {
      throw new DayTradeError('data.file-unreadable', `${file}: the provider did not list this symbol`);
    }
    return minuteRows(await minutes.rowsOf(symbol, signal), { master, file, range: minutes.rangeOf(symbol) });
  }

  /** Returns true where nothing is missing of the symbols, so that not even the master is requested. */
  async #isComplete(symbols: readonly SymbolCode[]): Promise<boolean> {
    const { minutes, range } = this.#options;
    if ((await this.#missingOf(symbols)).length > 0) return false;
    if (((await this.#options.listings?.daysToRead()) ?? []).length > 0) return false;
    return ((await minutes?.look(symbols, range.to)) ?? []).length === 0;
  }

  async #missingOf(symbols: readonly SymbolCode[]): Promise<readonly Missing[]> {
    const found: Missing[] = [];
    for (const symbol of symbols) {
      const missing = missingOf(symbol, await this.#options.stored(symbol), this.#options);
      if (missing !== undefined) found.push(missing);
    }
    return found;
  }

  async #rowsOfRanges({ symbol, ranges }: Pick<Missing, 'symbol' | 'ranges'>, signal?: AbortSignal) {
    return await readRanges(this.#options.client, path, symbol, ranges, signal);
  }

  #notes(isFirst: boolean): readonly string[] {
    const { plan, range, isFromGiven } = this.#options;
    const notes: string[] = [];
    if (isFirst && !isFromGiven) notes.push(historyOf(plan, range));
    if (plan.delayDays > 0) notes.push(delayOf(plan, range));
    return notes;
  }
}

/**
 * A symbol without bars has what was published read from the beginning. Others also have it of the session before: most
 * reports come after the close, and the provider has them from the evening on, when the bars of the day were read.
 */
function publishedSince({ symbol, ranges, storedFrom }: Missing): PublishedSymbol {
  const last = ranges.at(-1)!;
  return { symbol, missingFrom: storedFrom === undefined ? calendarStart : previousSession(last.from) };
}
