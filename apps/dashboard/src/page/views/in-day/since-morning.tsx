import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { phrase } from '../../i18n/language.ts';
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
      <strong>{phrase('fan.since', forecastTimeLabel(morning.time))}</strong>{' '}
      {phrase('fan.since.width', percent(widthOf(morning)), percent(widthOf(newest)), signedPercent(width, 0))} ·{' '}
      {phrase('fan.since.middle', signedPercent(middle, 2))} ·{' '}
      {phrase('fan.since.price', signedPercent(price, 2), placeOf(newest.price, morning))}
    </p>
  );
}
