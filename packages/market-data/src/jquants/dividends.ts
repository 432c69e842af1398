import type { PriceFactor } from '@daytrade/contracts';
import { addDays, calendarEnd, calendarStart, exDayOf, parseTradeDate, type TradeDate } from '@daytrade/market';
import type { JQuantsRow } from './pages.ts';
import { isDay, numberOf } from './wire-values.ts';

/** Ends of a fiscal year's quarters: how reports call them, and months from the beginning of the year. */
const quarters = [
  ['1Q', 3],
  ['2Q', 6],
  ['3Q', 9],
  ['FY', 12],
] as const;

/** Dividends of one fiscal year in a report: where they stand, those that were paid before those that are forecast. */
const years = [
  { from: 'CurFYSt', to: 'CurFYEn', names: ['Div', 'FDiv'] },
  { from: 'NxtFYSt', to: 'NxtFYEn', names: ['NxFDiv'] },
] as const;

/** How notices say that one is withdrawn. */
const deleted = '3';

/**
 * The dividends that reports (`/fins/summary`) have, which every plan gives: what was paid and what is forecast for the
 * ends of the quarters of this fiscal year and the next one, each with the day of its report. The ex-day follows from
 * the end of the quarter, which is the record date.
 */
export function dividendsInReports(reports: readonly JQuantsRow[]): readonly PriceFactor[] {
  return withoutRepeated(
    reports.flatMap((row) =>
      years.flatMap(({ from, to, names }) =>
        quarters.flatMap(([quarter, months]) => {
          const recordDate = quarter === 'FY' ? row[to] : endAfter(row[from], months);
          const value = names.map((name) => numberOf(row[`${name}${quarter}`])).find((yen) => yen >= 0);
          const isUsual = quarter === '2Q' || quarter === 'FY';
          // Of a quarter in which hardly anybody pays, nothing is not worth an entry.
          if (value === undefined || (value === 0 && !isUsual) || !isDay(row.DiscDate)) return [];
          const exDay = isDay(recordDate) && isInCalendar(recordDate) ? exDayOf(recordDate) : undefined;
          return exDay === undefined ? [] : [dividend(exDay, value, row.DiscDate)];
        }),
      ),
    ),
  );
}

/**
 * The dividends that notices (`/fins/dividend`) have, which the premium plan gives: decided and forecast, of any record
 * date, with the ex-day. One that was withdrawn is of 0 yen from then on, one that is not decided yet is none.
 */
export function dividendsInNotices(notices: readonly JQuantsRow[]): readonly PriceFactor[] {
  const inOrder = notices.toSorted((one, other) => (String(one.RefNo) < String(other.RefNo) ? -1 : 1));
  return withoutRepeated(
    inOrder.flatMap(({ PubDate: knownOn, ExDate: exDay, DivRate: rate, StatCode: status }) => {
      const value = status === deleted ? 0 : numberOf(rate);
      return isDay(knownOn) && isDay(exDay) && value >= 0 ? [dividend(exDay, value, knownOn)] : [];
    }),
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
    .sort((one, other) => (one.knownOn < other.knownOn ? -1 : 1))
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
