import type { SessionEntry } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { closedReasonLabel } from '../../i18n/quality.ts';
import type { CalendarDay } from '../../model/month.ts';
import { FigureList } from '../../parts/figure-list.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TradingDayBar } from '../../parts/trading-day-bar.tsx';
import { japanNow } from '../../shell/clock.ts';

interface TimesPanelProps {
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly today: string;
}

/** The times of the month's sessions (of each kind of day when they differ), and its closed weekdays. */
export function TimesPanel({ weeks, today }: TimesPanelProps) {
  const days = weeks.flat().filter(({ inMonth }) => inMonth);
  const sessions = days.flatMap(({ session }) => (session === null ? [] : [session]));
  const kinds = new Map(sessions.map((session) => [timesOf(session), session]));
  const closed = weeks
    .flatMap((week) => week.slice(0, 5))
    .filter(({ inMonth, closedReason }) => inMonth && closedReason !== null);
  const isToday = sessions.some(({ date }) => date === today);
  return (
    <div class="area-times">
      <Panel title={text('calendar.times')}>
        {[...kinds.values()].map((session) => (
          <Times
            key={session.date}
            session={session}
            now={isToday ? japanNow.value.time : null}
            labelled={kinds.size > 1}
          />
        ))}
      </Panel>
      <Panel title={text('calendar.closed')}>
        {closed.length === 0 ? (
          <p class="quiet">{text('app.none')}</p>
        ) : (
          <FigureList
            figures={closed.map(({ date, closedReason }) => ({
              label: date,
              value: closedReasonLabel(closedReason ?? ''),
            }))}
          />
        )}
      </Panel>
    </div>
  );
}

interface TimesProps {
  readonly session: SessionEntry;
  readonly now: string | null;
  /** Names the day, when not all days of the month have the same times. */
  readonly labelled: boolean;
}

function Times({ session, now, labelled }: TimesProps) {
  const { morningOpen, morningClose, afternoonOpen, continuousClose, close } = session;
  return (
    <>
      {labelled ? <h3>{session.date}</h3> : null}
      <TradingDayBar session={session} now={now} />
      <FigureList
        figures={[
          { label: text('calendar.morning'), value: `${morningOpen} – ${morningClose}` },
          ...(afternoonOpen === null
            ? []
            : [
                { label: text('calendar.lunch'), value: `${morningClose} – ${afternoonOpen}` },
                { label: text('calendar.afternoon'), value: `${afternoonOpen} – ${continuousClose}` },
              ]),
          ...(continuousClose === close
            ? []
            : [{ label: text('calendar.auction'), value: `${continuousClose} – ${close}` }]),
          { label: text('calendar.close'), value: close },
        ]}
      />
    </>
  );
}

/** Equal for two sessions with the same times. */
function timesOf({ morningOpen, morningClose, afternoonOpen, continuousClose, close }: SessionEntry): string {
  return [morningOpen, morningClose, afternoonOpen, continuousClose, close].join(' ');
}
