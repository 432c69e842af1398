import { language, text } from '../../i18n/language.ts';
import { closedReasonLabel } from '../../i18n/quality.ts';
import type { CalendarDay } from '../../model/month.ts';

interface MonthTableProps {
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly today: string;
  readonly caption: string;
}

/** The weeks of a month from Monday to Sunday. */
export function MonthTable({ weeks, today, caption }: MonthTableProps) {
  return (
    <table class="month">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {weeks[0]?.map(({ date }) => (
            <th key={date} scope="col">
              {new Date(date).toLocaleDateString(language.value, { weekday: 'short', timeZone: 'UTC' })}
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
          <span class="unseen">{text('calendar.session')}</span>
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
