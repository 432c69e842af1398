import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { percent, priceDecimals, yen } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { type FanForecast, widthOf } from '../../model/session-fan.ts';
import { Reading } from '../../parts/reading.tsx';
import { japanToday } from '../../shell/clock.ts';

/** The figures of the forecast that is pointed at: when it was made, from which price, and what it said. */
export function FanReadout({ forecast, close }: { readonly forecast: FanForecast; readonly close: number | null }) {
  const { time, lower, upper, price, madeAt, late } = forecast;
  const decimals = priceDecimals([lower, upper, price]);
  return (
    <dl class="readout fan-readout">
      <div>
        <dt class="unseen">{text('inDay.time')}</dt>
        <dd>
          <strong>{forecastTimeLabel(time)}</strong>
        </dd>
      </div>
      <Reading
        label={text('symbol.interval')}
        value={`${yen(lower, decimals)} – ${yen(upper, decimals)} · ${percent(widthOf(forecast))}`}
      />
      <Reading label={text(time === 'next-close' ? 'column.lastClose' : 'inDay.price')} value={yen(price, decimals)} />
      <Reading label={text('inDay.made')} value={japanInstant(madeAt, japanToday.value)} />
      {late ? (
        <div class="outside">
          <dt class="unseen">{text('column.status')}</dt>
          <dd>{text('inDay.late')}</dd>
        </div>
      ) : null}
      {close === null ? null : (
        <div class={lower <= close && close <= upper ? 'good' : 'outside'}>
          <dt>{text('symbol.close')}</dt>
          <dd>
            {yen(close, decimals)} · {text(lower <= close && close <= upper ? 'symbol.inside' : 'symbol.outside')}
          </dd>
        </div>
      )}
    </dl>
  );
}
