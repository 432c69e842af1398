import type { SessionEntry } from '@daytrade/contracts';
import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { yen } from '../../model/format.ts';
import { type FanForecast, roundPrices, type SessionFan } from '../../model/session-fan.ts';

interface FanChartProps {
  readonly fan: SessionFan;
  readonly session: Pick<SessionEntry, 'morningOpen' | 'morningClose' | 'afternoonOpen' | 'close'>;
  readonly name: string;
  /** The forecast that is pointed at. */
  readonly chosen: FanForecast | undefined;
}

/** Percent of the height that prices may take; below it stand the hours. */
const [top, height] = [5, 81];

/** Where today's close was expected at each time of the day, the price so far, and the close once it is known. */
export function FanChart({ fan, session, name, chosen }: FanChartProps) {
  const { forecasts, prices, close, low, high, open, lunch, end } = fan;
  const x = (share: number) => 100 * share;
  const y = (price: number) => top + (height * (high - price)) / (high - low);
  const newest = forecasts.at(-1);
  const priceNow = prices.at(-1);
  const bottom = top + height;
  return (
    <svg class="fan" role="img" aria-label={labelOf(name, fan)}>
      {lunch === null ? null : (
        <rect
          class="lunch"
          x={`${x(lunch.from)}%`}
          width={`${x(lunch.to - lunch.from)}%`}
          y="0"
          height={`${bottom}%`}
        />
      )}
      {roundPrices(fan).map((price) => (
        <g key={price}>
          <line class="grid" x1="0" x2="100%" y1={`${y(price)}%`} y2={`${y(price)}%`} />
          <text class="price-label" x="2" y={`${y(price)}%`} dy="-3">
            {yen(price)}
          </text>
        </g>
      ))}
      <line class="edge-of-day" x1={`${x(open)}%`} x2={`${x(open)}%`} y1="0" y2={`${bottom}%`} />
      <line class="edge-of-day" x1={`${x(end)}%`} x2={`${x(end)}%`} y1="0" y2={`${bottom}%`} />
      {/* Shapes are stretched with the chart; strokes, circles and words are not. */}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
        {forecasts.map(({ time, at, lower, upper, late }, index) => {
          const to = forecasts[index + 1]?.at ?? end;
          return (
            <rect
              key={time}
              class={`band${late ? ' late' : ''}${index === forecasts.length - 1 ? ' newest' : ''}`}
              x={x(at)}
              width={Math.max(0, x(to) - x(at))}
              y={y(upper)}
              height={Math.max(0, y(lower) - y(upper))}
            />
          );
        })}
        <polyline class="edge" points={steps(forecasts, end, ({ upper }) => upper, x, y)} />
        <polyline class="edge" points={steps(forecasts, end, ({ lower }) => lower, x, y)} />
        <polyline class="price" points={prices.map(({ at, price }) => `${x(at)},${y(price)}`).join(' ')} />
      </svg>
      {chosen === undefined ? null : (
        <line
          class="chosen"
          x1={`${x(chosen.at)}%`}
          x2={`${x(chosen.at)}%`}
          y1={`${y(chosen.upper)}%`}
          y2={`${y(chosen.lower)}%`}
        />
      )}
      {newest === undefined ? null : (
        <line
          class="at-close"
          x1={`${x(end)}%`}
          x2={`${x(end)}%`}
          y1={`${y(newest.upper)}%`}
          y2={`${y(newest.lower)}%`}
        />
      )}
      {priceNow === undefined || close !== null ? null : (
        <circle class="price-now" cx={`${x(priceNow.at)}%`} cy={`${y(priceNow.price)}%`} r="4" />
      )}
      {close === null ? null : (
        <circle
          class={`close ${isInside(newest, close) ? 'inside' : 'outside'}`}
          cx={`${x(end)}%`}
          cy={`${y(close)}%`}
          r="5"
        />
      )}
      <Hours
        at={[open, lunch?.from, lunch?.to, end]}
        labels={[session.morningOpen, session.morningClose, session.afternoonOpen ?? '', session.close]}
      />
    </svg>
  );
}

function Hours({ at, labels }: { readonly at: readonly (number | undefined)[]; readonly labels: readonly string[] }) {
  return (
    <>
      {at.map((share, index) =>
        share === undefined ? null : (
          <text key={labels[index]} class="hour" x={`${100 * share}%`} y="97%">
            {labels[index]}
          </text>
        ),
      )}
    </>
  );
}

/** What stood at each time of the day: a bound keeps its price until the next forecast. */
function steps(
  forecasts: readonly FanForecast[],
  end: number,
  bound: (forecast: FanForecast) => number,
  x: (share: number) => number,
  y: (price: number) => number,
): string {
  return forecasts
    .flatMap((forecast, index) => {
      const level = y(bound(forecast));
      return [`${x(forecast.at)},${level}`, `${x(forecasts[index + 1]?.at ?? end)},${level}`];
    })
    .join(' ');
}

function isInside(forecast: FanForecast | undefined, close: number): boolean {
  return forecast !== undefined && forecast.lower <= close && close <= forecast.upper;
}

/** The chart in a sentence, for who does not see it; each forecast is read out by the slider below. */
function labelOf(name: string, { forecasts, prices, close }: SessionFan): string {
  const newest = forecasts.at(-1);
  if (newest === undefined) return text('fan.label.prices', { name, prices: prices.length });
  const [low, high] = [yen(newest.lower), yen(newest.upper)];
  const said = text('fan.label', {
    name,
    forecasts: forecasts.length,
    time: forecastTimeLabel(newest.time),
    low,
    high,
  });
  return close === null ? said : `${said} ${text('fan.label.close', { close: yen(close) })}`;
}
