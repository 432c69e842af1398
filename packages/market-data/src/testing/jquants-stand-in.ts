import { dateOfDayNumber, formatSymbol, parseTradeDate } from '@daytrade/market';
import { createSyntheticExchange } from '../synthetic/synthetic-exchange.ts';
import type { Answers, ReplayRequest } from './replay-server.ts';

/** Rows of the wire. */
export type WireRow = Readonly<Record<string, unknown>>;

export interface StandInOptions {
  /** How many symbols are listed, from 0101 on; all of them are of TOPIX Core30. */
  readonly symbols: number;
  readonly from: string;
  readonly to: string;
  /** Rows of a page; default 1,000. */
  readonly pageSize?: number | undefined;
  readonly apiKey: string;
  /** Changes the rows of days before they are served. */
  readonly change?: ((rows: readonly WireRow[]) => readonly WireRow[]) | undefined;
}

/**
 * J-Quants API V2 as far as it is used here, with made-up prices in the form of recorded replies: key, master, days by
 * code or date, pages.
 */
export function jquantsStandIn(options: StandInOptions): Answers {
  const { apiKey, pageSize = 1000, change = (rows) => rows } = options;
  const master = masterRows(options.symbols);
  const days = change(dailyRows(options));
  const paged = (rows: readonly WireRow[], query: ReplayRequest['query']) => {
    const from = Number(query.pagination_key ?? 0);
    const next = from + pageSize;
    const more = next < rows.length ? { pagination_key: String(next) } : {};
    return { body: JSON.stringify({ data: rows.slice(from, next), ...more }) };
  };
  return ({ path, query, headers }) => {
    if (headers['x-api-key'] !== apiKey) return problem(403, 'The incoming api key is invalid or expired.');
    if (path.endsWith('/equities/master')) return paged(master, query);
    if (!path.endsWith('/equities/bars/daily')) return problem(403, 'This endpoint is not available on your plan.');
    if (query.code === undefined && query.date === undefined) {
      return problem(400, 'This API requires at least 1 parameter as follows; date, code');
    }
    return paged(days.filter(isAskedFor(query)), query);
  };
}

function problem(status: number, message: string) {
  return { status, body: JSON.stringify({ message }) };
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
    Code: formatSymbol(symbol, 'five'),
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
      const code = formatSymbol(symbol, 'five');
      return { Date: dateOfDayNumber(day), Code: code, O: o, H: h, L: l, C: c, Vo: v, ...limits, ...adjusted };
    });
  });
}
