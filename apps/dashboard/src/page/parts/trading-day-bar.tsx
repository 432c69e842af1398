import type { SessionEntry } from '@daytrade/contracts';
import { dayParts, shareOfDay } from '../model/trading-day.ts';

interface TradingDayBarProps {
  readonly session: SessionEntry;
  /** HH:MM:SS in Japan while the session is today's; null shows the day without a hand. */
  readonly now: string | null;
}

/** The session from open to close as a bar with the lunch break left out, and where the clock stands. */
export function TradingDayBar({ session, now }: TradingDayBarProps) {
  return (
    <div class="day-bar">
      <svg aria-hidden="true" focusable="false">
        {dayParts(session).map(({ part, from, to }) => (
          <rect key={part} class={part} x={`${from * 100}%`} width={`${(to - from) * 100}%`} y="9" height="6" />
        ))}
        {now === null ? null : (
          <line
            class="now"
            x1={`${shareOfDay(session, now) * 100}%`}
            x2={`${shareOfDay(session, now) * 100}%`}
            y1="3"
            y2="21"
          />
        )}
      </svg>
      <span class="day-bar-times">
        <span>{session.morningOpen}</span>
        <span>{session.close}</span>
      </span>
    </div>
  );
}
