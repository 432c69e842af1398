import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { percent, signedPercent } from '../../model/format.ts';
import { changeBetween, morningOf, placeOf, type SessionFan, widthOf } from '../../model/session-fan.ts';

/** What changed from the first forecast of the day to the newest, in a sentence. */
export function SinceMorning({ fan }: { readonly fan: SessionFan }) {
  const morning = morningOf(fan);
  const newest = fan.forecasts.at(-1);
  if (morning === undefined || newest === undefined) return null;
  const { width, middle, price } = changeBetween(morning, newest);
  return (
    <p class="since-morning">
      <strong>{text('fan.since', { time: forecastTimeLabel(morning.time) })}</strong>{' '}
      {text('fan.since.width', {
        from: percent(widthOf(morning)),
        to: percent(widthOf(newest)),
        change: signedPercent(width, 0),
      })}{' '}
      · {text('fan.since.middle', { change: signedPercent(middle, 2) })} ·{' '}
      {text('fan.since.price', {
        change: signedPercent(price, 2),
        place: text(`fan.place.${placeOf(newest.price, morning)}`),
      })}
    </p>
  );
}
