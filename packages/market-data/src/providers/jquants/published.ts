import type { PriceFactor } from '@daytrade/contracts';
import {
  addDays,
  calendarEnd,
  calendarStart,
  compareText,
  exDayOf,
  isTradeDate,
  parseTradeDate,
  type SymbolCode,
  type TradeDate,
} from '@daytrade/market';
import type { Announcement, ShareCount } from '../../provider.ts';
import { concernsOneEndpoint, type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { symbolOfRow } from './issues.ts';

export interface Published {
  readonly dividends: readonly PriceFactor[];
  readonly shareCounts: readonly ShareCount[];
  /** Those that were made. */
  readonly announcements: readonly Announcement[];
}

/** Returns what reports of companies (`/fins/summary`) say. */
export function publishedIn(reports: readonly JQuantsRow[]): Published {
  return {
    dividends: dividendsInReports(reports),
    shareCounts: shareCounts(reports),
    announcements: announcementsMade(reports),
  };
}

/**
 * The shares that reports (`/fins/summary`) have: issued without those that the company holds itself; none where a
 * report does not say, as one of a forecast.
 */
function shareCounts(reports: readonly JQuantsRow[]): readonly ShareCount[] {
  return reports.flatMap(({ DiscDate: date, CurPerEn: periodEnd, ShOutFY: issued, TrShFY: own }) => {
    const shares = numberOf(issued) - (numberOf(own) || 0);
    if (!(shares > 0) || !isDay(date) || !isDay(periodEnd)) return [];
    return [{ date, periodEnd, shares, source: 'jquants' }];
  });
}

/** Reports of results, of a year or a part of it; the others revise forecasts of earnings or dividends. */
const ofResults = /FinancialStatements/;
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d/;

/** The announcements of results that reports (`/fins/summary`) are, one a day. */
function announcementsMade(reports: readonly JQuantsRow[]): readonly Announcement[] {
  const found = reports.flatMap(({ DiscDate: date, DiscTime: time, DocType: type }) =>
    isDay(date) && ofResults.test(String(type)) ? [{ ...of(date, 'made'), time: timeOf(time) }] : [],
  );
  // The first of a day moves the price; a correction of it comes later.
  const sorted = found.toSorted((one, other) => compareText(one.time ?? '24:00', other.time ?? '24:00'));
  return firstOfEachDay(sorted);
}

/**
 * The announcements that rows of the calendar of announcements plan. A company that has not said its day has a row
 * without one.
 */
function announcementsPlanned(rows: readonly JQuantsRow[]): readonly Announcement[] {
  return firstOfEachDay(rows.flatMap(({ Date: date }) => (isDay(date) ? [of(date, 'planned')] : [])));
}

function of(date: Announcement['date'], kind: Announcement['kind']): Announcement {
  return { date, kind, time: null, source: 'jquants' };
}

function timeOf(value: unknown): string | null {
  return typeof value === 'string' && timeOfDay.test(value) ? value.slice(0, 5) : null;
}

function firstOfEachDay(announcements: readonly Announcement[]): readonly Announcement[] {
  const days = new Map<string, Announcement>();
  for (const announcement of announcements) {
    if (!days.has(announcement.date)) days.set(announcement.date, announcement);
  }
  return [...days.values()].toSorted((one, other) => compareText(one.date, other.date));
}

const announcementPath = '/equities/earnings-calendar';

/**
 * Companies that plan to announce results on the next business day (https://jpx-jquants.com/en/spec/eq-earnings-cal).
 * It has those whose year ends in March or September, on every plan. It is read once; if that fails it is empty, and
 * the bars come all the same.
 */
export class AnnouncementCalendar {
  readonly #planned: ReadonlyMap<SymbolCode, readonly Announcement[]>;
  /** Reason for an empty calendar; undefined where it was read. */
  readonly note: string | undefined;

  private constructor(planned: ReadonlyMap<SymbolCode, readonly Announcement[]>, note?: string) {
    this.#planned = planned;
    this.note = note;
  }

  /** @throws DayTradeError what says nothing of these rows alone: `data.provider-throttled`, `data.clock-skew` */
  static async read(client: JQuantsClient, signal?: AbortSignal): Promise<AnnouncementCalendar> {
    try {
      const bySymbol = Map.groupBy(await readPages(client, announcementPath, {}, signal), (row) =>
        symbolOfRow(row, announcementPath),
      );
      const planned = [...bySymbol].flatMap(([symbol, rows]) =>
        symbol === undefined ? [] : [[symbol, announcementsPlanned(rows)] as const],
      );
      return new AnnouncementCalendar(new Map(planned));
    } catch (error) {
      if (!concernsOneEndpoint(error)) throw error;
      return new AnnouncementCalendar(new Map(), `planned announcements of results were not read: ${error.message}`);
    }
  }

  of(symbol: SymbolCode): readonly Announcement[] {
    return this.#planned.get(symbol) ?? [];
  }
}

/** Ends of a fiscal year's quarters: how reports call them, and months from the beginning of the year. */
const quarters = [
  ['1Q', 3],
  ['2Q', 6],
  ['3Q', 9],
  ['FY', 12],
] as const;

/** Fields of the dividends of one fiscal year in a report: paid ones, then forecast ones. */
const years = [
  { from: 'CurFYSt', to: 'CurFYEn', names: ['Div', 'FDiv'] },
  { from: 'NxtFYSt', to: 'NxtFYEn', names: ['NxFDiv'] },
] as const;

/**
 * The dividends that reports (`/fins/summary`) have, which every plan gives: what was paid and what is forecast for the
 * ends of the quarters of this fiscal year and the next one, each with the day of its report. The ex-day follows from
 * the end of the quarter, which is the record date.
 */
function dividendsInReports(reports: readonly JQuantsRow[]): readonly PriceFactor[] {
  return withoutRepeated(
    reports.flatMap((row) =>
      years.flatMap(({ from, to, names }) =>
        quarters.flatMap(([quarter, months]) => {
          const recordDate = quarter === 'FY' ? row[to] : endAfter(row[from], months);
          const value = names.map((name) => numberOf(row[`${name}${quarter}`])).find((yen) => yen >= 0);
          const isUsual = quarter === '2Q' || quarter === 'FY';
          // A zero dividend counts only for the half year and the year, when most companies pay.
          if (value === undefined || (value === 0 && !isUsual) || !isDay(row.DiscDate)) return [];
          const exDay = isDay(recordDate) && isInCalendar(recordDate) ? exDayOf(recordDate) : undefined;
          return exDay === undefined ? [] : [dividend(exDay, value, row.DiscDate)];
        }),
      ),
    ),
  );
}

function dividend(date: TradeDate, value: number, knownOn: TradeDate): PriceFactor {
  return { date, kind: 'dividend', value, knownOn, source: 'jquants' };
}

/** The last word of each day, without those that say what was said before. */
function withoutRepeated(words: readonly PriceFactor[]): readonly PriceFactor[] {
  const ofDays = new Map(words.map((word) => [`${word.date} ${word.knownOn}`, word]));
  const last = new Map<TradeDate, number>();
  return [...ofDays.values()]
    .sort((one, other) => compareText(one.knownOn, other.knownOn))
    .filter(({ date, value }) => {
      const isNew = last.get(date) !== value;
      last.set(date, value);
      return isNew;
    });
}

/** The last day of that many months from the beginning of a fiscal year. */
function endAfter(from: unknown, months: number): TradeDate | undefined {
  if (!isDay(from)) return undefined;
  const index = 12 * Number(from.slice(0, 4)) + Number(from.slice(5, 7)) - 1 + months;
  const text = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-${from.slice(8)}`;
  return isDay(text) ? addDays(parseTradeDate(text), -1) : undefined;
}

function isInCalendar(date: TradeDate): boolean {
  return date > addDays(calendarStart, 7) && date <= calendarEnd;
}

function isDay(value: unknown): value is TradeDate {
  return typeof value === 'string' && isTradeDate(value);
}

/** Returns a number, which some endpoints write as text; NaN for other text such as '' or '-'. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}
