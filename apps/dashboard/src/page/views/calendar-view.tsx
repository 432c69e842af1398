import type { AnnouncementEntry, SessionEntry } from '@daytrade/contracts';
import { calendarEnd, calendarStart } from '@daytrade/contracts/calendar-bounds';
import { useWatched } from '../api/resource.ts';
import { announcements, predictions, sessions } from '../api/services.ts';
import { language, text } from '../i18n/language.ts';
import { closedReasonLabel } from '../i18n/quality.ts';
import { percent } from '../model/format.ts';
import { addDays, addMonths } from '../model/japan-time.ts';
import { predictionRows } from '../model/prediction-rows.ts';
import { type CalendarDay, countDays, shownDays, weeksOf } from '../model/trading-days.ts';
import { TradingDayBar } from '../parts/graphics.tsx';
import { Icon } from '../parts/icon.tsx';
import { FigureList, Loaded, Panel, ViewHead } from '../parts/layout.tsx';
import { EmptyNote } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, symbolColumns, words } from '../parts/table.tsx';
import { japanNow, japanToday } from '../shell/clock.ts';
import { hashOf, route } from '../shell/route.ts';

/** A month of the exchange: sessions, closed days with the reason, the times of a session, and days of results. */
export function CalendarView() {
  const today = japanToday.value;
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.exec(route.value.argument ?? '')?.[0] ?? today.slice(0, 7);
  const isKnown = month >= calendarStart.slice(0, 7) && month <= calendarEnd.slice(0, 7);
  const { from, to } = shownDays(month);
  const days = sessions(nearestKnown(from), nearestKnown(to));
  const weeks = days.body.value === undefined ? [] : weeksOf(month, days.body.value);
  const { open, closed } = countDays(weeks);
  const caption = text('calendar.caption', { sessions: open, closed });
  return (
    <>
      <ViewHead title={text('view.calendar.title')} freshness={days} />
      <div class="grid-calendar">
        <section class="area-month" aria-label={text('view.calendar.title')}>
          <MonthSteps first={`${month}-01`} />
          {isKnown ? (
            <>
              <Loaded key={month} from={days} lines={10}>
                {() => <MonthTable weeks={weeks} today={today} caption={caption} />}
              </Loaded>
              <p class="note">{caption}</p>
              <ResultsPanel weeks={weeks} from={`${month}-01`} to={addDays(addMonths(`${month}-01`, 1), -1)} />
            </>
          ) : (
            <EmptyNote message={text('calendar.unknown', { from: calendarStart, to: calendarEnd })} />
          )}
        </section>
        {isKnown ? <TimesPanel weeks={weeks} today={today} /> : null}
      </div>
    </>
  );
}

/** Returns the day itself, or the nearer end of the calendar. */
function nearestKnown(date: string): string {
  return [calendarStart, date, calendarEnd].toSorted()[1] ?? date;
}

function dateLabel(date: string, form: Intl.DateTimeFormatOptions): string {
  return new Date(date).toLocaleDateString(language.value, { ...form, timeZone: 'UTC' });
}

function MonthSteps({ first }: { readonly first: string }) {
  const to = (months: number) => hashOf('calendar', addMonths(first, months).slice(0, 7));
  return (
    <div class="chooser">
      <a class="button square" href={to(-1)} aria-label={text('calendar.previous')}>
        <Icon name="previous" />
      </a>
      <h2 aria-live="polite">{dateLabel(first, { year: 'numeric', month: 'long' })}</h2>
      <a class="button square" href={to(1)} aria-label={text('calendar.next')}>
        <Icon name="next" />
      </a>
      <a class="button small" href={hashOf('calendar')}>
        {text('calendar.today')}
      </a>
    </div>
  );
}

interface Weeks {
  readonly weeks: readonly (readonly CalendarDay[])[];
}

interface MonthTableProps extends Weeks {
  readonly today: string;
  readonly caption: string;
}

/** The weeks of a month from Monday to Sunday. */
function MonthTable({ weeks, today, caption }: MonthTableProps) {
  return (
    <table class="month">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {weeks[0]?.map(({ date }) => (
            <th key={date} scope="col">
              {dateLabel(date, { weekday: 'short' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.date}>
            {week.map((day, index) => (
              <Day key={day.date} day={day} isToday={day.date === today} isWeekend={index > 4} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  readonly day: CalendarDay;
  readonly isToday: boolean;
  readonly isWeekend: boolean;
}

function Day({ day: { date, inMonth, session, closedReason }, isToday, isWeekend }: DayProps) {
  const kind = session !== null ? 'session' : isWeekend ? 'weekend' : 'closed';
  return (
    <td class={`day ${kind}${inMonth ? '' : ' outside-month'}`} {...(isToday ? { 'aria-current': 'date' } : {})}>
      <time dateTime={date}>{Number(date.slice(8))}</time>
      {isToday ? <span class="today-mark">{text('calendar.isToday')}</span> : null}
      {session === null ? null : (
        <span class="day-text">
          <span class="unseen">{text('column.session')}</span>
          <span class="hours">
            {session.morningOpen}–{session.close}
          </span>
        </span>
      )}
      {closedReason === null ? null : (
        <span class={isWeekend ? 'unseen' : 'day-text'}>
          <span class="unseen">{text('calendar.closed')}: </span>
          {closedReasonLabel(closedReason)}
        </span>
      )}
    </td>
  );
}

/** The times of the month's sessions, once for each kind of day, and its closed weekdays. */
function TimesPanel({ weeks, today }: Weeks & { readonly today: string }) {
  const open = weeks.flat().flatMap(({ inMonth, session }) => (inMonth && session !== null ? [session] : []));
  const kinds = [...new Map(open.map((session) => [timesOf(session).join(' '), session])).values()];
  const closed = weeks
    .flatMap((week) => week.slice(0, 5))
    .flatMap(({ date, inMonth, closedReason }) =>
      inMonth && closedReason !== null ? [{ label: date, value: closedReasonLabel(closedReason) }] : [],
    );
  const now = open.some(({ date }) => date === today) ? japanNow.value.time : null;
  return (
    <div class="area-times">
      <Panel title={text('calendar.times')}>
        {kinds.map((session) => (
          <div key={session.date}>
            {kinds.length > 1 ? <h3>{session.date}</h3> : null}
            <TradingDayBar session={session} now={now} />
            <FigureList figures={timeFigures(session)} />
          </div>
        ))}
      </Panel>
      <Panel title={text('calendar.closed')}>
        {closed.length === 0 ? <p class="quiet">{text('app.none')}</p> : <FigureList figures={closed} />}
      </Panel>
    </div>
  );
}

function timesOf({ morningOpen, morningClose, afternoonOpen, continuousClose, close }: SessionEntry) {
  return [morningOpen, morningClose, afternoonOpen, continuousClose, close] as const;
}

function timeFigures(session: SessionEntry) {
  const [morningOpen, morningClose, afternoonOpen, continuousClose, close] = timesOf(session);
  const figures = [{ label: text('calendar.morning'), value: `${morningOpen} – ${morningClose}` }];
  if (afternoonOpen !== null) {
    figures.push(
      { label: text('phase.lunch'), value: `${morningClose} – ${afternoonOpen}` },
      { label: text('calendar.afternoon'), value: `${afternoonOpen} – ${continuousClose}` },
    );
  }
  if (continuousClose !== close) {
    figures.push({ label: text('phase.pre-closing'), value: `${continuousClose} – ${close}` });
  }
  return [...figures, { label: text('calendar.close'), value: close }];
}

interface ResultsRow extends AnnouncementEntry {
  readonly place: 'in-session' | 'after-close' | 'unknown';
  /** The width of the published interval that the results may move, a share of the last close. */
  readonly width: number | null;
}

const resultsColumns: readonly Column<ResultsRow>[] = [
  words('column.date', ({ date }) => date),
  ...symbolColumns<ResultsRow>((row) => row, { priority: 2 }),
  words('results.time', ({ time }) => time),
  {
    header: 'results.class',
    sortBy: ({ place }) => place,
    cell: ({ place, kind }) => `${text(`results.${place}`)} · ${text(`results.${kind}`)}`,
  },
  figure('column.width', ({ width }) => width, percent),
];

/** Days of results in the month, with the width of the published interval that they may move. */
function ResultsPanel({ weeks, from, to }: Weeks & { readonly from: string; readonly to: string }) {
  useWatched(predictions);
  const closes = new Map(weeks.flat().map(({ date, session }) => [date, session?.close]));
  const intervals = predictionRows(predictions.body.value?.predictions ?? [], []);
  const rowOf = (entry: AnnouncementEntry): ResultsRow => {
    const close = closes.get(entry.date);
    const isBefore = entry.time !== null && close !== undefined && entry.time < close;
    const moved = intervals.find(
      ({ prediction }) => prediction.symbol === entry.symbol && prediction.announcement?.date === entry.date,
    );
    const place = entry.time === null ? 'unknown' : isBefore ? 'in-session' : 'after-close';
    return { ...entry, place, width: moved?.width ?? null };
  };
  return (
    <LoadedTable
      key={from}
      title={text('results.title')}
      from={announcements(from, to)}
      columns={resultsColumns}
      rows={(body) => body.announcements.map(rowOf)}
      rowKey={({ symbol, date, kind }) => `${symbol} ${date} ${kind}`}
      sort={{ column: 'date', descending: false }}
      empty={['results.none', 'daytrade import --announcements FILE']}
    />
  );
}
