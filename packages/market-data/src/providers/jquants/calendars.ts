import { isDayTradeError } from '@daytrade/errors';
import { calendarEnd, closedReason, isSession, isTradeDate, type TradeDate } from '@daytrade/market';
import { invalid } from '../network/requests.ts';
import { type JQuantsClient, type JQuantsRow, readPages } from './client.ts';

const path = '/markets/calendar';
/** Values of `HolDiv`: 2 is a half day, 3 a holiday with trading in derivatives only. */
const openOn: Readonly<Record<string, boolean | undefined>> = { '0': false, '1': true, '2': true, '3': false };
/** J-Quants has this day as a session, without a bar: nothing was traded. */
const haltedAllDay = 'System failure of the exchange, halted all day';
const mostNamed = 5;

/**
 * Compares the calendar of J-Quants with ours and describes the differences. Ours stays in force: panels, targets and
 * schedules follow it, and a bar of a day that it lacks is quarantined. A failed comparison is reported and stops
 * nothing.
 *
 * @throws DayTradeError `data.provider-throttled`, `data.clock-skew`; the reason of the signal
 */
export async function calendarNotes(
  client: JQuantsClient,
  from: TradeDate,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const theirs = (await readPages(client, path, {}, signal)).map(readDay);
    const differing = theirs.filter(({ date, isOpen }) => date >= from && date <= calendarEnd && differs(date, isOpen));
    return differing.length === 0
      ? []
      : [inWords(differing.toSorted((one, other) => (one.date < other.date ? -1 : 1)))];
  } catch (error) {
    if (!isDayTradeError(error) || !isOfThisAlone.has(error.code)) throw error;
    return [`the calendar of J-Quants was not compared with ours: ${error.message}`];
  }
}

const isOfThisAlone: ReadonlySet<string> = new Set([
  'data.provider-failed',
  'data.provider-forbidden',
  'data.provider-refused',
  'data.provider-reply-invalid',
]);

interface CalendarDay {
  readonly date: TradeDate;
  readonly isOpen: boolean;
}

function readDay({ Date: date, HolDiv: division }: JQuantsRow): CalendarDay {
  const isOpen = openOn[String(division)];
  if (typeof date === 'string' && isTradeDate(date) && isOpen !== undefined) return { date, isOpen };
  throw invalid(
    path,
    `expected a day and a division of 0 to 3, got ${JSON.stringify({ date, division }).slice(0, 80)}`,
  );
}

function differs(date: TradeDate, isOpen: boolean): boolean {
  return isOpen !== isSession(date) && closedReason(date) !== haltedAllDay;
}

function inWords(days: readonly CalendarDay[]): string {
  const named = days.slice(0, mostNamed).map(({ date, isOpen }) => {
    return isOpen
      ? `${date}, which ours has as closed (${closedReason(date)}), open`
      : `${date}, a session in ours, closed`;
  });
  const more = days.length > mostNamed ? `; and ${days.length - mostNamed} days more` : '';
  return (
    `the calendar of J-Quants differs from ours: it has ${named.join('; ')}${more}. Ours is believed, ` +
    'since forecasts and schedules are made by it: a bar of a day that it has as closed is kept out. A ' +
    'newer version of day-trade may know the day'
  );
}
