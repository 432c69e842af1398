import type { SessionEntry, SymbolToday } from '@daytrade/contracts';
import type { ComponentChildren } from 'preact';
import { symbolToday } from '../api/services.ts';
import { forecastTimeLabel } from '../i18n/forecasts.ts';
import { text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { type FanForecast, roundPrices, type SessionFan, sessionFan, widthOf } from '../model/day-forecasts.ts';
import { percent, priceDecimals, yen } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { sessionPhase } from '../model/trading-days.ts';
import { Legend, Loaded, Panel, Readout } from '../parts/layout.tsx';
import { exchange, japanNow, japanToday } from '../shell/clock.ts';

interface FanPanelProps {
  readonly symbol: string;
  readonly name: string;
  /** At the right of the title, for example the choice of another symbol. */
  readonly aside?: ComponentChildren;
}

/** The day of one symbol: the forecasts of its close at each time of the day, and its prices. */
export function FanPanel({ symbol, ...panel }: FanPanelProps) {
  return (
    <Loaded from={symbolToday(symbol)} lines={6}>
      {(day) => <Fan key={symbol} day={day} {...panel} />}
    </Loaded>
  );
}

function Fan({ day, name, aside }: Omit<FanPanelProps, 'symbol'> & { readonly day: SymbolToday }) {
  const sessions = exchange.value.body.value?.sessions ?? [];
  const session = sessions.find(({ date }) => date === day.session);
  const fan = session === undefined || day.forecasts.length === 0 ? undefined : sessionFan(day, session);
  const newest = fan?.forecasts.at(-1);
  if (session === undefined || fan === undefined || newest === undefined) return null;
  const isOver = sessionPhase(day.session, sessions, japanNow.value) === 'over';
  const title = isOver
    ? text('fan.title.over', { session: day.session })
    : text('fan.title', { time: forecastTimeLabel(newest.time) });
  return (
    <Panel title={title} aside={aside}>
      <FanChart fan={fan} session={session} name={companyLabel(name)} newest={newest} />
      <Readout of={forecastTimeLabel(newest.time)} name={text('inDay.time')} readings={readingsOf(newest, day.close)} />
      <Legend
        keys={[
          ['interval live', text('fan.legend.interval')],
          ['thin line-ink', text('fan.legend.price')],
          ['at-close', text('fan.legend.now')],
          ...(day.close === null ? [] : [['closed', text('symbol.close')] as const]),
        ]}
      />
    </Panel>
  );
}

function isInside({ lower, upper }: FanForecast, close: number): boolean {
  return lower <= close && close <= upper;
}

interface FanChartProps {
  readonly fan: SessionFan;
  readonly session: Pick<SessionEntry, 'morningOpen' | 'morningClose' | 'afternoonOpen' | 'close'>;
  readonly name: string;
  readonly newest: FanForecast;
}

/** Percent of the height for prices. The hours stand below. */
const [top, height] = [5, 81];
const bottom = top + height;

/** The interval of the close at each time of the day, the prices, and the close once it is known. */
function FanChart({ fan, session, name, newest }: FanChartProps) {
  const { forecasts, prices, close, low, high, open, lunch, end } = fan;
  const x = (share: number) => 100 * share;
  const y = (price: number) => top + (height * (high - price)) / (high - low);
  const priceNow = close === null ? prices.at(-1) : undefined;
  // A bound keeps its price until the next forecast.
  const spans = forecasts.map((forecast, index) => ({ ...forecast, to: forecasts[index + 1]?.at ?? end }));
  const steps = (bound: 'lower' | 'upper') =>
    spans.flatMap((span) => [`${x(span.at)},${y(span[bound])}`, `${x(span.to)},${y(span[bound])}`]).join(' ');
  return (
    <svg class="fan" role="img" aria-label={fanLabel(name, fan, newest)}>
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
      <Upright kind="edge-of-day" at={open} from={0} to={bottom} />
      <Upright kind="edge-of-day" at={end} from={0} to={bottom} />
      {/* Shapes are stretched with the chart; strokes, circles and words are not. */}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
        {spans.map(({ time, at, to, lower, upper, late }) => (
          <rect
            key={time}
            class={`band${late ? ' late' : ''}${time === newest.time ? ' newest' : ''}`}
            x={x(at)}
            width={Math.max(0, x(to) - x(at))}
            y={y(upper)}
            height={Math.max(0, y(lower) - y(upper))}
          />
        ))}
        <polyline class="edge" points={steps('upper')} />
        <polyline class="edge" points={steps('lower')} />
        <polyline class="price" points={prices.map(({ at, price }) => `${x(at)},${y(price)}`).join(' ')} />
      </svg>
      <Upright kind="at-close" at={end} from={y(newest.upper)} to={y(newest.lower)} />
      {priceNow === undefined ? null : (
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
      <Hour at={open} hour={session.morningOpen} />
      {lunch === null ? null : <Hour at={lunch.from} hour={session.morningClose} />}
      {lunch === null ? null : <Hour at={lunch.to} hour={session.afternoonOpen ?? ''} />}
      <Hour at={end} hour={session.close} />
    </svg>
  );
}

interface UprightProps {
  readonly kind: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** An upright line at a share of the width, between two percentages of the height. */
function Upright({ kind, at, from, to }: UprightProps) {
  return <line class={kind} x1={`${100 * at}%`} x2={`${100 * at}%`} y1={`${from}%`} y2={`${to}%`} />;
}

function Hour({ at, hour }: { readonly at: number; readonly hour: string }) {
  return (
    <text class="hour" x={`${100 * at}%`} y="97%">
      {hour}
    </text>
  );
}

/** Returns the chart in a sentence. */
function fanLabel(name: string, { forecasts, close }: SessionFan, newest: FanForecast): string {
  const { time, lower, upper } = newest;
  const bounds = { time: forecastTimeLabel(time), low: yen(lower), high: yen(upper) };
  const sentence = text('fan.label', { name, forecasts: forecasts.length, ...bounds });
  return close === null ? sentence : `${sentence} ${text('fan.label.close', { close: yen(close) })}`;
}

/** Returns the figures of a forecast, and its outcome once the close is known. */
function readingsOf(forecast: FanForecast, close: number | null) {
  const { time, lower, upper, price, madeAt, late } = forecast;
  const decimals = priceDecimals([lower, upper, price]);
  const interval = `${yen(lower, decimals)} – ${yen(upper, decimals)} · ${percent(widthOf(forecast))}`;
  const isHit = close !== null && isInside(forecast, close);
  const outcome = `${yen(close, decimals)} · ${text(isHit ? 'symbol.inside' : 'symbol.outside')}`;
  return [
    { name: text('symbol.interval'), value: interval },
    { name: text(time === 'next-close' ? 'column.lastClose' : 'inDay.price'), value: yen(price, decimals) },
    { name: text('inDay.made'), value: japanInstant(madeAt, japanToday.value) },
    ...(late ? [{ name: text('column.status'), value: text('inDay.late'), kind: 'outside', unnamed: true }] : []),
    ...(close === null ? [] : [{ name: text('symbol.close'), value: outcome, kind: isHit ? 'good' : 'outside' }]),
  ];
}
