import { dateOfDayNumber, fiveCharacters, parseTradeDate } from '@daytrade/market';
import { createSyntheticExchange } from '../providers/synthetic/synthetic-exchange.ts';
import { type MinuteDays, minuteWireRows } from './jquants-minutes.ts';
import type { Answers, ReplayRequest } from './replay-server.ts';

export type WireRow = Readonly<Record<string, unknown>>;

export interface StandInOptions {
  /** How many symbols are listed, from 0101 on; all of them are of TOPIX Core30. */
  readonly symbols: number;
  readonly from: string;
  readonly to: string;
  /** Rows of a page; default 1,000. */
  readonly pageSize?: number | undefined;
  readonly apiKey: string;
  /** Of which days there are minute bars; none where left out, as without the add-on. */
  readonly minutes?: Pick<MinuteDays, 'from' | 'to'> | undefined;
  readonly reports?: readonly WireRow[] | undefined;
  /** Rows of the calendar of announcements; none where left out. */
  readonly announcements?: readonly WireRow[] | undefined;
  /** Changes the list of issues of a day before it is served; without a day it is the newest. */
  readonly changeMaster?: ((rows: readonly WireRow[], date: string | undefined) => readonly WireRow[]) | undefined;
  /** Changes the rows of days before they are served. */
  readonly change?: ((rows: readonly WireRow[]) => readonly WireRow[]) | undefined;
}

/**
 * J-Quants API V2 as far as it is used here, with made-up prices in the form of recorded replies: key, master, days by
 * code or date, pages.
 */
export function jquantsStandIn(options: StandInOptions): Answers {
  const {
    apiKey,
    pageSize = 1000,
    change = (rows) => rows,
    changeMaster = (rows) => rows,
    reports = [],
    announcements = [],
  } = options;
  const master = masterRows(options.symbols);
  const days = change(dailyRows(options));
  const minutes =
    options.minutes && minuteWireRows({ symbols: options.symbols, start: options.from, ...options.minutes });
  const [daysAskedFor, minutesAskedFor] = [rowsAskedFor(days), rowsAskedFor(minutes ?? [])];
  const paged = (rows: readonly WireRow[], query: ReplayRequest['query']) => {
    const from = Number(query.pagination_key ?? 0);
    const next = from + pageSize;
    const more = next < rows.length ? { pagination_key: String(next) } : {};
    return { body: JSON.stringify({ data: rows.slice(from, next), ...more }) };
  };
  return ({ path, query, headers }) => {
    if (headers['x-api-key'] !== apiKey) return problem(403, 'The incoming api key is invalid or expired.');
    if (path.endsWith('/equities/master')) return paged(changeMaster(master, query.date), query);
    if (path.endsWith('/fins/summary')) return paged(reports.filter(isPublishedAskedFor(query)), query);
    if (path.endsWith('/equities/earnings-calendar')) return paged(announcements, query);
    if (path.endsWith('/equities/bars/minute') && minutes !== undefined) return paged(minutesAskedFor(query), query);
    if (!path.endsWith('/equities/bars/daily')) return problem(403, 'This endpoint is not available on your plan.');
    if (query.code === undefined && query.date === undefined) {
      return problem(400, 'This API requires at least 1 parameter as follows; date, code');
    }
    return paged(daysAskedFor(query), query);
  };
}

/**
 * Changes the rows of a code as a split on a day does: prices before are other ones as traded, and the day has the
 * factor. Adjusted prices follow from these, so that after a reverse split they have fewer digits than before.
 */
export function withSplit(code: string, day: string, factor: number) {
  return (rows: readonly WireRow[]): readonly WireRow[] =>
    rows.map((row) => {
      if (row.Code !== code || String(row.Date) > day) return row;
      if (row.Date === day) return { ...row, AdjFactor: factor };
      const traded = ['O', 'H', 'L', 'C'].map((name) => [name, tenths(Number(row[name]) / factor)] as const);
      const adjusted = traded.map(([name, price]) => [`Adj${name}`, tenths(price * factor)]);
      return { ...row, ...Object.fromEntries([...traded, ...adjusted]), Vo: Number(row.Vo) * factor };
    });
}

function tenths(price: number): number {
  return Math.round(10 * price) / 10;
}

function problem(status: number, message: string) {
  return { status, body: JSON.stringify({ message }) };
}

function isPublishedAskedFor({ code, date }: ReplayRequest['query']) {
  return (row: WireRow) => (code === undefined || row.Code === code) && (date === undefined || row.DiscDate === date);
}

/** Finds the rows that a request asks for: thousands of requests go through a hundred thousand rows. */
function rowsAskedFor(rows: readonly WireRow[]) {
  const ofCode = Map.groupBy(rows, ({ Code }) => String(Code));
  const ofDay = Map.groupBy(rows, ({ Date: day }) => String(day));
  return (query: ReplayRequest['query']): readonly WireRow[] => {
    const { code, date } = query;
    const some = code !== undefined ? (ofCode.get(code) ?? []) : date !== undefined ? (ofDay.get(date) ?? []) : rows;
    return some.filter(isAskedFor(query));
  };
}

function isAskedFor({ code, date, from = '', to = '9999' }: ReplayRequest['query']) {
  return (row: WireRow) => {
    const day = String(row.Date);
    return (code === undefined || row.Code === code) && (date === undefined ? day >= from && day <= to : day === date);
  };
}

function masterRows(symbols: number): WireRow[] {
  const exchange = createSyntheticExchange({ seed: 1, symbols });
  return exchange.symbols.map(({ symbol }) => ({
    Date: '2024-12-30',
    Code: fiveCharacters(symbol),
    CoName: `架空${symbol}`,
    S33Nm: 'その他金融業',
    ScaleCat: 'TOPIX Core30',
  }));
}

function dailyRows({ symbols, from, to }: StandInOptions): WireRow[] {
  const start = parseTradeDate(from);
  const exchange = createSyntheticExchange({ seed: 1, symbols, start });
  return exchange.symbols.flatMap(({ symbol }) => {
    const { days, open, high, low, close, volume } = exchange.bars(symbol, start, parseTradeDate(to));
    return Array.from(days, (day, index) => {
      const [o, h, l, c, v] = [open, high, low, close, volume].map((column) => column[index]);
      const adjusted = { AdjFactor: 1, AdjO: o, AdjH: h, AdjL: l, AdjC: c, AdjVo: v };
      const limits = { UL: '0', LL: '0' };
      const code = fiveCharacters(symbol);
      return { Date: dateOfDayNumber(day), Code: code, O: o, H: h, L: l, C: c, Vo: v, ...limits, ...adjusted };
    });
  });
}
