import { dayNumber, isTradeDate } from '@daytrade/market';
import type { IndexRow } from '../../indices/index-values.ts';
import type { DateRange } from '../network/missing-bars.ts';
import { type JQuantsClient, readPages } from './client.ts';

const path = '/indices/bars/daily/topix';

/**
 * TOPIX of J-Quants from one day to another. The free plan has no indices: it answers as to a wrong key. The number of
 * the day stands for the line of a row.
 *
 * @throws DayTradeError as `JQuantsClient.get`: `data.provider-forbidden` on a plan without indices
 */
export async function topixOfJQuants(
  client: JQuantsClient,
  { from, to }: DateRange,
  signal?: AbortSignal,
): Promise<readonly IndexRow[]> {
  const rows = await readPages(client, path, { from, to }, signal);
  return rows.map(({ Date: date, C: close }): IndexRow => {
    if (typeof date !== 'string' || !isTradeDate(date)) {
      const message = `Date: expected YYYY-MM-DD, got ${String(JSON.stringify(date)).slice(0, 40)}`;
      return { line: 0, day: undefined, value: Number.NaN, fault: { reason: 'date-invalid', message } };
    }
    const day = dayNumber(date);
    if (typeof close === 'number') return { line: day, day, value: close };
    const message = `C: expected a number, got ${String(JSON.stringify(close)).slice(0, 40)}`;
    return { line: day, day, value: Number.NaN, fault: { reason: 'not-a-number', message } };
  });
}
