import { calendarEnd, calendarStart } from '@daytrade/contracts/calendar-bounds';
import { sessions } from '../../api/services.ts';
import { language, text } from '../../i18n/language.ts';
import { addDays, addMonths } from '../../model/japan-time.ts';
import { countDays, shownDays, weeksOf } from '../../model/month.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { japanToday } from '../../shell/clock.ts';
import { hashOf, route } from '../../shell/route.ts';
import { ViewHead } from '../../shell/view-head.tsx';
import { MonthTable } from './month-table.tsx';
import { ResultsPanel } from './results-panel.tsx';
import { TimesPanel } from './times-panel.tsx';

/** A month of the exchange: sessions, closed days with the reason, the times of a session, and days of results. */
export function CalendarView() {
  const today = japanToday.value;
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.exec(route.value.argument ?? '')?.[0] ?? today.slice(0, 7);
  const isKnown = month >= calendarStart.slice(0, 7) && month <= calendarEnd.slice(0, 7);
  const { from, to } = shownDays(month);
  const days = sessions(nearestKnown(from), nearestKnown(to));
  const weeks = days.body.value === undefined ? [] : weeksOf(month, days.body.value);
  const { open, closed } = countDays(weeks);
  return (
    <>
      <ViewHead title={text('view.calendar.title')} freshness={days} />
      <div class="grid-calendar">
        <section class="area-month" aria-label={text('view.calendar.title')}>
          <MonthSteps month={month} />
          {isKnown ? (
            <>
              <Loaded key={month} from={days} lines={10}>
                {() => (
                  <MonthTable
                    weeks={weeks}
                    today={today}
                    caption={text('calendar.caption', { sessions: open, closed })}
                  />
                )}
              </Loaded>
              <p class="note">{text('calendar.caption', { sessions: open, closed })}</p>
              <ResultsPanel weeks={weeks} from={`${month}-01`} to={addDays(`${addMonths(`${month}-01`, 1)}`, -1)} />
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

/** The day itself, or the end of the calendar that is nearer to it. */
function nearestKnown(date: string): string {
  return [calendarStart, date, calendarEnd].toSorted()[1] ?? date;
}

function MonthSteps({ month }: { readonly month: string }) {
  const first = `${month}-01`;
  const to = (months: number) => hashOf('calendar', addMonths(first, months).slice(0, 7));
  return (
    <div class="chooser">
      <a class="button square" href={to(-1)} aria-label={text('calendar.previous')}>
        <Icon name="previous" />
      </a>
      <h2 aria-live="polite">
        {new Date(first).toLocaleDateString(language.value, { year: 'numeric', month: 'long', timeZone: 'UTC' })}
      </h2>
      <a class="button square" href={to(1)} aria-label={text('calendar.next')}>
        <Icon name="next" />
      </a>
      <a class="button small" href={hashOf('calendar')}>
        {text('calendar.today')}
      </a>
    </div>
  );
}
