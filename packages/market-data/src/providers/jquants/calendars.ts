import { calendarEnd, closedReason, isSession, isTradeDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { Announcement } from '../../provider.ts';
import { invalid } from '../network/requests.ts';
import { concernsOneEndpoint, type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import { symbolOfRow } from './issues.ts';
import { announcementsPlanned } from './published.ts';

const calendarPath = '/markets/calendar';
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
    const theirs = (await readPages(client, calendarPath, {}, signal)).map(readDay);
    const differing = theirs.filter(({ date, isOpen }) => date >= from && date <= calendarEnd && differs(date, isOpen));
    return differing.length === 0
      ? []
      : [inWords(differing.toSorted((one, other) => (one.date < other.date ? -1 : 1)))];
  } catch (error) {
    if (!concernsOneEndpoint(error)) throw error;
    return [`the calendar of J-Quants was not compared with ours: ${error.message}`];
  }
}

interface CalendarDay {
  readonly date: TradeDate;
  readonly isOpen: boolean;
}

function readDay({ Date: date, HolDiv: division }: JQuantsRow): CalendarDay {
  const isOpen = openOn[String(division)];
  if (typeof date === 'string' && isTradeDate(date) && isOpen !== undefined) return { date, isOpen };
  throw invalid(
    calendarPath,
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
