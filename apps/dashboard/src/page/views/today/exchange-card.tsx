import { text } from '../../i18n/language.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { TradingDayBar } from '../../parts/trading-day-bar.tsx';
import { exchange, japanNow } from '../../shell/clock.ts';
import { Card } from './card.tsx';

/** Where the exchange stands in its day. */
export function ExchangeCard() {
  return (
    <Card title={text('card.exchange')} view="calendar">
      <Loaded from={exchange.value} lines={3}>
        {({ sessions, now }) => {
          const { date, time } = japanNow.value;
          const today = sessions.find((session) => session.date === date);
          const shown = today ?? sessions.find((session) => session.date === now.nextSession);
          return (
            <>
              <div class="card-figure">
                <strong class="card-name">{text(`phase.${now.phase}`)}</strong>
              </div>
              {shown === undefined ? null : <TradingDayBar session={shown} now={today === undefined ? null : time} />}
              {now.nextSession === null ? null : (
                <p class="quiet">{text('card.exchange.next', { date: now.nextSession })}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
