import { isDayTradeError } from '@daytrade/errors';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import { type DateRange, sessionsMissing } from '../network/missing-bars.ts';
import type { JQuantsClient } from './client.ts';
import { mostSheets } from './daily-sheets.ts';
import { daysOutside, type HistoryFile, isOfMonth, listHistoryFiles } from './history-files.ts';

/** The days that are missing of a symbol. */
interface MissingDays {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
}

/** Whole days that are asked for, and the symbols that this serves. */
interface DayRequests {
  readonly sessions: readonly TradeDate[];
  readonly symbols: readonly SymbolCode[];
}

/** Files that are asked for, and the symbols that this serves. */
export interface HistoryRequests {
  readonly files: readonly HistoryFile[];
  /** The days that they are to have, up to the newest: a split of any of them changes the prices before. */
  readonly range: DateRange;
  readonly symbols: readonly SymbolCode[];
}

/** Requests for the missing days. Symbols in neither part are requested one by one. */
interface RequestPlan {
  readonly days: DayRequests | undefined;
  readonly history: HistoryRequests | undefined;
}

/**
 * Chooses by the number of requests alone, each of which the plan counts: whole days for the symbols of which few are
 * missing, files of months for the others, or a request for each symbol.
 *
 * @param newest the last day that is asked for
 * @throws DayTradeError as `readPages`, except where the plan has no files after all
 */
export async function fewestRequests(
  client: JQuantsClient,
  missing: readonly MissingDays[],
  { hasFiles, newest }: { readonly hasFiles: boolean; readonly newest: TradeDate },
  signal?: AbortSignal,
): Promise<RequestPlan> {
  const days = daysFor(missing);
  const inDays = new Set(days?.symbols);
  const others = missing.filter(({ symbol }) => !inDays.has(symbol));
  return { days, history: hasFiles ? await historyFor(client, others, newest, signal) : undefined };
}

function daysFor(missing: readonly MissingDays[]): DayRequests | undefined {
  const short = missing.filter(({ ranges }) => sessionsMissing(ranges).length <= mostSheets);
  const sessions = sessionsMissing(short.flatMap(({ ranges }) => ranges));
  if (sessions.length > mostSheets || sessions.length >= short.length) return undefined;
  return { sessions, symbols: short.map(({ symbol }) => symbol) };
}

async function historyFor(
  client: JQuantsClient,
  missing: readonly MissingDays[],
  newest: TradeDate,
  signal?: AbortSignal,
): Promise<HistoryRequests | undefined> {
  const froms = missing.flatMap(({ ranges }) => ranges.map(({ from }) => from)).sort();
  const range = { from: froms[0] ?? newest, to: newest };
  if (1 + countMonths(range) >= missing.length) return undefined;
  const listed = await listHistoryFiles(client, range, signal).catch(unlessForbidden);
  const months = listed.filter(isOfMonth);
  // A day costs a request out of a file or not; without one its bars come a few hours earlier, and adjusted.
  const sessions = sessionsMissing([range]);
  const files = daysOutside(months, sessions).length > mostSheets ? listed : months;
  if (files.length + daysOutside(files, sessions).length >= missing.length) return undefined;
  return { files, range, symbols: missing.map(({ symbol }) => symbol) };
}

function countMonths({ from, to }: DateRange): number {
  const months = (date: TradeDate) => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7));
  return months(to) - months(from) + 1;
}

/** The master came, so that the key is right: it is the plan that has no files. */
function unlessForbidden(error: unknown): readonly HistoryFile[] {
  if (isDayTradeError(error) && error.code === 'data.provider-forbidden') return [];
  throw error;
}
