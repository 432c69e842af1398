import type { SymbolToday } from '@daytrade/contracts';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { symbolToday } from '../../api/services.ts';
import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { yen } from '../../model/format.ts';
import { sessionFan } from '../../model/session-fan.ts';
import { standOf } from '../../model/trading-day.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { exchange, japanNow } from '../../shell/clock.ts';
import { FanChart } from './fan-chart.tsx';
import { FanReadout } from './fan-readout.tsx';
import { SinceMorning } from './since-morning.tsx';

interface FanPanelProps {
  readonly symbol: string;
  readonly name: string;
  /** Beside the title, for example the choice of another symbol. */
  readonly aside?: ComponentChildren;
  /** What stands there while nothing of the day is known; default: no panel. */
  readonly empty?: ComponentChildren;
}

/** The day of one symbol: where its close was expected at each time of the day, and the price in it. */
export function FanPanel({ symbol, name, aside, empty }: FanPanelProps) {
  return (
    <Loaded from={symbolToday(symbol)} lines={6}>
      {(day) => <Fan key={symbol} day={day} name={name} aside={aside} empty={empty} />}
    </Loaded>
  );
}

function Fan({ day, name, aside, empty }: Omit<FanPanelProps, 'symbol'> & { readonly day: SymbolToday }) {
  // The forecast that the reader chose by its time; the newest while none is.
  const [chosenTime, choose] = useState<string | null>(null);
  const sessions = exchange.value.body.value?.sessions ?? [];
  const session = sessions.find(({ date }) => date === day.session);
  const fan = session === undefined || day.forecasts.length === 0 ? undefined : sessionFan(day, session);
  if (session === undefined || fan === undefined) return <>{empty}</>;
  const { forecasts } = fan;
  const found = forecasts.findIndex(({ time }) => time === chosenTime);
  const index = found === -1 ? forecasts.length - 1 : found;
  const chosen = forecasts[index];
  const newest = forecasts.at(-1);
  const isOver = standOf(day.session, sessions, japanNow.value) === 'over';
  const as = newest === undefined ? '' : forecastTimeLabel(newest.time);
  return (
    <Panel
      title={isOver ? text('fan.title.over', { session: day.session }) : text('fan.title', { time: as })}
      aside={aside}
      area="day"
    >
      <SinceMorning fan={fan} />
      <FanChart fan={fan} session={session} name={companyLabel(name)} chosen={chosen} />
      {chosen === undefined ? null : (
        <>
          <input
            type="range"
            class="fan-slider"
            min={0}
            max={forecasts.length - 1}
            value={index}
            aria-label={text('fan.slider')}
            aria-valuetext={text('fan.slider.value', {
              time: forecastTimeLabel(chosen.time),
              low: yen(chosen.lower),
              high: yen(chosen.upper),
            })}
            onInput={(event) => {
              const at = Number(event.currentTarget.value);
              choose(at === forecasts.length - 1 ? null : (forecasts[at]?.time ?? null));
            }}
          />
          <FanReadout forecast={chosen} close={day.close} />
        </>
      )}
      <p class="legend">
        <span class="key interval live">{text('fan.legend.interval')}</span>
        <span class="key thin line-ink">{text('fan.legend.price')}</span>
        <span class="key at-close">{text('fan.legend.now')}</span>
        {day.close === null ? null : <span class="key closed">{text('symbol.close')}</span>}
      </p>
    </Panel>
  );
}
