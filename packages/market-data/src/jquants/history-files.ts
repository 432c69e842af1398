import { dateOfDayNumber, dayNumber, isTradeDate, type TradeDate } from '@daytrade/market';
import { invalid } from '../network/json-reply.ts';
import type { DateRange } from '../network/missing-sessions.ts';
import type { JQuantsClient } from './client.ts';
import { readPages } from './pages.ts';
import { unpack } from './unpack.ts';

/** A file of the bars of all issues: a month that is over, or a day of the month that is not. */
export interface HistoryFile {
  /** Names it to the provider. */
  readonly key: string;
  /** The calendar days that its name says. */
  readonly days: DateRange;
}

const listPath = '/bulk/list';
const placePath = '/bulk/get';
/** As `…/equities_bars_daily_202501.csv.gz` for a month, `…_20260210.csv.gz` for a day. */
const nameOfFile = /_(\d{4})(\d\d)(\d\d)?\.csv\.gz$/;

/**
 * The files that hold days of a range, oldest first (https://jpx-jquants.com/en/spec/bulk-list). A day that is also in
 * a month is left out. Asking where a file is counts as a request; reading it there does not.
 *
 * @param endpoint the one whose rows the files have (https://jpx-jquants.com/en/spec/bulk-list/endpoints)
 * @throws DayTradeError as `readPages`
 */
export async function listHistoryFiles(
  client: JQuantsClient,
  { from, to }: DateRange,
  signal?: AbortSignal,
  endpoint = '/equities/bars/daily',
): Promise<readonly HistoryFile[]> {
  const rows = await readPages(client, listPath, { endpoint }, signal);
  const files = rows.flatMap(({ Key: key }) => {
    if (typeof key !== 'string') throw invalid(listPath, 'expected a text as "Key"');
    const days = daysOf(key);
    return days === undefined || days.to < from || days.from > to ? [] : [{ key, days }];
  });
  const months = files.filter(isOfMonth);
  const isInMonth = ({ days }: HistoryFile) =>
    months.some((month) => month.days.from <= days.from && days.to <= month.days.to);
  return [...months, ...files.filter((file) => !months.includes(file) && !isInMonth(file))].sort((one, other) =>
    one.days.from < other.days.from ? -1 : 1,
  );
}

/**
 * The text of a file. Its address lasts for five minutes (https://jpx-jquants.com/en/spec/bulk-get), so it is asked for
 * anew each time.
 *
 * @throws DayTradeError as `JQuantsClient.get`
 */
export async function readHistoryFile(
  client: JQuantsClient,
  { key }: HistoryFile,
  signal?: AbortSignal,
): Promise<string> {
  const { what, body } = await client.get(placePath, { key }, signal);
  const url = (body as { readonly url?: unknown } | null)?.url;
  if (typeof url !== 'string') throw invalid(what, 'expected a text as "url"');
  return unpack(await client.download(url, key, signal), key);
}

/** Whether a file is that of a month, and not of a day. */
export function isOfMonth({ days: { from, to } }: HistoryFile): boolean {
  return from !== to;
}

/** Those of some days that no file has by its name. */
export function daysOutside(files: readonly HistoryFile[], days: readonly TradeDate[]): readonly TradeDate[] {
  return days.filter((day) => !files.some(({ days: { from, to } }) => from <= day && day <= to));
}

function daysOf(key: string): DateRange | undefined {
  const [, year, month, day] = nameOfFile.exec(key) ?? [];
  const first = `${year}-${month}-${day ?? '01'}`;
  if (!isTradeDate(first)) return undefined;
  return { from: first, to: day === undefined ? lastOfMonth(first) : first };
}

function lastOfMonth(first: TradeDate): TradeDate {
  // Some day of the next month, less its own number.
  const later = dateOfDayNumber(dayNumber(first) + 31);
  return dateOfDayNumber(dayNumber(later) - Number(later.slice(8)));
}
