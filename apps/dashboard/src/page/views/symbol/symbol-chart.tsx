import { useMemo, useState } from 'preact/hooks';
import { ChartPlace } from '../../charts/chart-place.tsx';
import { text } from '../../i18n/language.ts';
import type { ChartTrade } from '../../model/chart-trades.ts';
import { count, percent, priceDecimals, yen } from '../../model/format.ts';
import type { ChartSession } from '../../model/interval-history.ts';
import { Reading } from '../../parts/reading.tsx';

interface SymbolChartProps {
  readonly name: string;
  readonly sessions: readonly ChartSession[];
  /** What the paper book bought and sold of it. */
  readonly trades: readonly ChartTrade[];
}

/** The chart, its legend, and the figures of the session that is pointed at (of the newest one otherwise). */
export function SymbolChart({ name, sessions, trades }: SymbolChartProps) {
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const shown = sessions.find(({ date }) => date === pointed) ?? sessions.findLast(({ bar }) => bar !== null);
  // The body is read again every half minute; the chart is drawn again only when something in it changed.
  const dates = new Set(sessions.flatMap(({ date, bar }) => (bar === null ? [] : [date])));
  const drawn = { sessions, trades: trades.filter(({ session }) => dates.has(session)) };
  const stable = useMemo(() => drawn, [JSON.stringify(drawn)]);
  return (
    <>
      {shown === undefined ? null : (
        <SessionFigures session={shown} trades={drawn.trades.filter(({ session }) => session === shown.date)} />
      )}
      <ChartPlace
        label={text('symbol.chart', { name })}
        of={[stable]}
        mount={async (place, palette, language) => {
          const { mountSymbolChart } = await import('../../charts/symbol-chart.ts');
          return mountSymbolChart(place, stable, palette, language, setPointed);
        }}
      />
      <p class="legend">
        <span class="key up">{text('symbol.legend.up')}</span>
        <span class="key down">{text('symbol.legend.down')}</span>
        {(['live', 'late', 'walk-forward'] as const)
          .filter((source) => sessions.some(({ interval }) => interval?.source === source))
          .map((source) => (
            <span key={source} class={`key interval ${source}`}>
              {text(`symbol.legend.${source}`)}
            </span>
          ))}
        {sessions.some(({ interval }) => interval !== null) ? (
          <span class="key outside">{text('symbol.outside')}</span>
        ) : null}
        {(['buy', 'sell'] as const)
          .filter((side) => stable.trades.some((trade) => trade.side === side))
          .map((side) => (
            <span key={side} class={`key trade ${side}`}>
              {text(`symbol.legend.${side}`)}
            </span>
          ))}
      </p>
    </>
  );
}

interface SessionFiguresProps {
  readonly session: ChartSession;
  /** Those of the session. */
  readonly trades: readonly ChartTrade[];
}

function SessionFigures({ session: { date, bar, interval }, trades }: SessionFiguresProps) {
  const ofBar = bar === null ? [] : [bar.open, bar.high, bar.low, bar.close];
  const decimals = priceDecimals(interval === null ? ofBar : [...ofBar, interval.lower, interval.upper]);
  return (
    <dl class="readout">
      <div>
        <dt class="unseen">{text('column.date')}</dt>
        <dd>
          <strong>{date}</strong>
        </dd>
      </div>
      {bar === null ? null : (
        <>
          <Reading label={text('symbol.open')} value={yen(bar.open, decimals)} />
          <Reading label={text('symbol.high')} value={yen(bar.high, decimals)} />
          <Reading label={text('symbol.low')} value={yen(bar.low, decimals)} />
          <Reading label={text('symbol.close')} value={yen(bar.close, decimals)} />
          <Reading label={text('symbol.volume')} value={count(bar.volume)} />
        </>
      )}
      {interval === null ? null : (
        <Reading
          label={text('symbol.interval')}
          value={`${yen(interval.lower, decimals)} – ${yen(interval.upper, decimals)} · ${percent(widthOf(interval))}`}
        />
      )}
      {trades.map(({ side, shares, price }) => (
        <Reading
          key={`${side} ${price}`}
          label={text(`paper.side.${side}`, { shares: count(shares) })}
          value={text('paper.filled.at', { price: yen(price) })}
        />
      ))}
      {interval === null || interval.inside === null ? null : (
        <div class={interval.inside ? 'good' : 'outside'}>
          <dt class="unseen">{text('symbol.result')}</dt>
          <dd>{interval.inside ? text('symbol.inside') : text('symbol.outside')}</dd>
        </div>
      )}
    </dl>
  );
}

function widthOf({ lower, upper }: NonNullable<ChartSession['interval']>): number {
  return (2 * (upper - lower)) / (lower + upper);
}
