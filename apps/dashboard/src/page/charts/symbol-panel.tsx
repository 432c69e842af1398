import { text } from '../i18n/language.ts';
import { count, percent, priceDecimals, yen } from '../model/format.ts';
import type { ChartInterval, ChartSession, ChartTrade } from '../model/symbol-history.ts';
import { Legend, Readout } from '../parts/layout.tsx';
import { Chart } from './chart.tsx';
import type { SymbolChartContent } from './symbol-chart.ts';

interface SymbolChartProps extends SymbolChartContent {
  readonly name: string;
}

/** The chart of a symbol, its legend, and the figures of the session under the pointer, else of the newest one. */
export function SymbolChart({ name, sessions, trades }: SymbolChartProps) {
  const dates = new Set(sessions.flatMap(({ date, bar }) => (bar === null ? [] : [date])));
  const content = { sessions, trades: trades.filter(({ session }) => dates.has(session)) };
  return (
    <>
      <Chart
        label={text('symbol.chart', { name })}
        content={content}
        mount={async (drawing) => (await import('./symbol-chart.ts')).mountSymbolChart(drawing)}
      >
        {(pointed) => {
          const shown = sessions.find(({ date }) => date === pointed) ?? sessions.findLast(({ bar }) => bar !== null);
          if (shown === undefined) return null;
          const ofSession = content.trades.filter(({ session }) => session === shown.date);
          return <Readout of={shown.date} readings={readingsOf(shown, ofSession)} />;
        }}
      </Chart>
      <Legend keys={keysOf(content)} />
    </>
  );
}

function readingsOf({ bar, interval }: ChartSession, trades: readonly ChartTrade[]) {
  const ofBar = bar === null ? [] : [bar.open, bar.high, bar.low, bar.close];
  const decimals = priceDecimals(interval === null ? ofBar : [...ofBar, interval.lower, interval.upper]);
  const price = (value: number) => yen(value, decimals);
  const names = ['symbol.open', 'symbol.high', 'symbol.low', 'symbol.close'] as const;
  return [
    ...ofBar.map((value, index) => ({ name: text(names[index] ?? 'symbol.close'), value: price(value) })),
    ...(bar === null ? [] : [{ name: text('symbol.volume'), value: count(bar.volume) }]),
    ...(interval === null ? [] : [{ name: text('symbol.interval'), value: intervalLabel(interval, price) }]),
    ...trades.map((trade) => ({
      name: text(`paper.side.${trade.side}`, { shares: count(trade.shares) }),
      value: text('paper.filled.at', { price: yen(trade.price) }),
    })),
    ...(interval === null || interval.inside === null ? [] : [outcomeOf(interval.inside)]),
  ];
}

function intervalLabel({ lower, upper }: ChartInterval, price: (value: number) => string): string {
  return `${price(lower)} – ${price(upper)} · ${percent((2 * (upper - lower)) / (lower + upper))}`;
}

function outcomeOf(isInside: boolean) {
  const value = text(isInside ? 'symbol.inside' : 'symbol.outside');
  return { name: text('symbol.result'), value, kind: isInside ? 'good' : 'outside', unnamed: true };
}

/** Returns the keys of what the chart shows. */
function keysOf({ sessions, trades }: SymbolChartContent): readonly (readonly [string, string])[] {
  const sources = new Set(sessions.flatMap(({ interval }) => (interval === null ? [] : interval.source)));
  const sides = new Set(trades.map(({ side }) => side));
  return [
    ['up', text('symbol.legend.up')],
    ['down', text('symbol.legend.down')],
    ...(['live', 'late', 'walk-forward'] as const)
      .filter((source) => sources.has(source))
      .map((source) => [`interval ${source}`, text(`symbol.legend.${source}`)] as const),
    ...(sources.size === 0 ? [] : [['outside', text('symbol.outside')] as const]),
    ...(['buy', 'sell'] as const)
      .filter((side) => sides.has(side))
      .map((side) => [`trade ${side}`, text(`symbol.legend.${side}`)] as const),
  ];
}
