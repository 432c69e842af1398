import {
  closedReason,
  dateOfDayNumber,
  dayNumber,
  type IndexName,
  indexClosedReason,
  indexKnownAt,
  marketIndices,
  newYorkClosedReason,
  type TradeDate,
  weekday,
} from '@daytrade/market';
import type { IndexRow } from './index-file.ts';

/** Why a row was kept out, in the order in which a row is judged. */
type IndexReason =
  | 'fields-missing'
  | 'date-invalid'
  | 'not-a-number'
  | 'value-not-positive'
  | 'market-closed'
  | 'not-over-yet'
  | 'date-duplicate'
  /** Further from the value before than any was. */
  | 'change-implausible';

/** A row that was kept out. */
export interface KeptOutRow {
  readonly line: number;
  readonly reason: IndexReason;
  readonly message: string;
}

/** What the gate let through, oldest first, and what it kept out, in the order of the lines. */
export interface InspectedIndex {
  readonly values: readonly { readonly date: TradeDate; readonly value: number }[];
  readonly keptOut: readonly KeptOutRow[];
  readonly rowsOutsideCalendar: number;
}

/** As many rows of days on which its market was closed are more than what a vendor fills in. */
const manyClosedDays = 3;

/**
 * Why a file cannot be of a series of New York or Tokyo: it has rows on holidays of that market, and none on those of
 * the other one, so that it is of the other. Undefined where nothing shows it.
 */
export function otherMarketReason(name: IndexName, rows: readonly IndexRow[]): string | undefined {
  const { market, title } = marketIndices[name];
  if (market === 'currency') return undefined;
  const days = rows.flatMap(({ day, fault }) =>
    day === undefined || fault !== undefined ? [] : [dateOfDayNumber(day)],
  );
  const weekdays = days.filter((date) => weekday(date) !== 0 && weekday(date) !== 6);
  const [own, other] = market === 'tokyo' ? [closedReason, newYorkClosedReason] : [newYorkClosedReason, closedReason];
  const isOnlyClosedIn = (one: typeof own, two: typeof own) => (date: TradeDate) =>
    one(date) !== undefined && two(date) === undefined;
  const closed = weekdays.filter(isOnlyClosedIn(own, other));
  if (closed.length < manyClosedDays || weekdays.some(isOnlyClosedIn(other, own))) return undefined;
  const [its, others] = market === 'tokyo' ? ['Tokyo', 'New York'] : ['New York', 'Tokyo'];
  return (
    `it has ${closed.length} rows of holidays of ${its}, as ${closed[0]!}, and none of those of ${others}, so it is ` +
    `of ${others}; expected the values of ${title}`
  );
}

type Judged = { readonly date: TradeDate; readonly value: number } | KeptOutRow | 'outside the calendar';

/**
 * The quality gate of index values: a row is good or is kept out with the reason, and nothing is repaired. Rows of days
 * on which the market was closed are what vendors fill in; a value of a day that is not over is one of the running
 * session.
 *
 * @param now milliseconds since 1970-01-01 UTC
 */
export function inspectIndex(name: IndexName, rows: readonly IndexRow[], now: number): InspectedIndex {
  const byDate = new Map<TradeDate, { readonly line: number; readonly value: number }>();
  const keptOut: KeptOutRow[] = [];
  let rowsOutsideCalendar = 0;
  for (const row of rows) {
    const judged = judge(name, row, now);
    if (judged === 'outside the calendar') rowsOutsideCalendar += 1;
    else if ('reason' in judged) keptOut.push(judged);
    else if (byDate.has(judged.date)) {
      const message = `${judged.date} is in line ${byDate.get(judged.date)!.line} already`;
      keptOut.push({ line: row.line, reason: 'date-duplicate', message });
    } else byDate.set(judged.date, { line: row.line, value: judged.value });
  }
  const inOrder = [...byDate].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const { values, leaps } = withoutLeaps(name, inOrder);
  return { values, keptOut: [...keptOut, ...leaps].sort((one, other) => one.line - other.line), rowsOutsideCalendar };
}

function judge(name: IndexName, { line, day, value, fault }: IndexRow, now: number): Judged {
  if (fault?.reason === 'date-out-of-range') return 'outside the calendar';
  if (fault !== undefined || day === undefined) {
    return { line, reason: fault?.reason ?? 'date-invalid', message: fault?.message ?? 'no date' };
  }
  const date = dateOfDayNumber(day);
  const keep = (reason: IndexReason, message: string): KeptOutRow => ({ line, reason, message });
  if (!(value > 0)) return keep('value-not-positive', `expected a value above 0, got ${value}`);
  const closed = indexClosedReason(name, date);
  if (closed !== undefined) return keep('market-closed', `${date}: the market was closed (${closed})`);
  const knownAt = indexKnownAt(name, date);
  if (knownAt <= now) return { date, value };
  return keep('not-over-yet', `${date} is over at ${new Date(knownAt).toISOString()}`);
}

type InOrder = readonly (readonly [TradeDate, { readonly line: number; readonly value: number }])[];

/** Takes out the values that lie further from the last good one than the series ever moved. */
function withoutLeaps(name: IndexName, inOrder: InOrder) {
  const { largestChange } = marketIndices[name];
  const values: { readonly date: TradeDate; readonly value: number }[] = [];
  const leaps: KeptOutRow[] = [];
  for (const [date, { line, value }] of inOrder) {
    const before = values.at(-1);
    const ratio = before === undefined ? 1 : Math.max(value / before.value, before.value / value);
    // After a gap of weeks a series may be anywhere.
    const isNear = before !== undefined && dayNumber(date) - dayNumber(before.date) <= longestGap;
    if (ratio > largestChange && isNear) {
      const message = `${date}: ${value} after ${before.value} is a change that ${name} never had in a day`;
      leaps.push({ line, reason: 'change-implausible', message });
    } else values.push({ date, value });
  }
  return { values, leaps };
}

/** Days up to which the value before says what is plausible: a wrong one does not keep out all that come after it. */
const longestGap = 10;
