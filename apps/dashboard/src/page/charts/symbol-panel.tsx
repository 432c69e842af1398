import { text } from '../i18n/language.ts';
import { count, percent, priceDecimals, yen } from '../model/format.ts';
import type { ChartInterval, ChartSession } from '../model/symbol-history.ts';
import { Legend, Readout } from '../parts/layout.tsx';
import { Chart } from './chart.tsx';

interface SymbolChartProps {
  readonly name: string;
  readonly sessions: readonly ChartSession[];
}

/** The chart of a symbol, its legend, and the figures of the session under the pointer, else of the newest one. */
export function SymbolChart({ name, sessions }: SymbolChartProps) {
  return (
    <>
      <Chart
        label={text('symbol.chart', { name })}
        content={sessions}
        mount={async (drawing) => (await import('./symbol-chart.ts')).mountSymbolChart(drawing)}
      >
        {(pointed) => {
          const shown = sessions.find(({ date }) => date === pointed) ?? sessions.findLast(({ bar }) => bar !== null);
          return shown === undefined ? null : <Readout of={shown.date} readings={readingsOf(shown)} />;
        }}
      </Chart>
      <Legend keys={keysOf(sessions)} />
    </>
  );
}

function readingsOf({ bar, interval }: ChartSession) {
  const ofBar = bar === null ? [] : [bar.open, bar.high, bar.low, bar.close];
  const decimals = priceDecimals(interval === null ? ofBar : [...ofBar, interval.lower, interval.upper]);
  const price = (value: number) => yen(value, decimals);
  const names = ['symbol.open', 'symbol.high', 'symbol.low', 'symbol.close'] as const;
  return [
    ...ofBar.map((value, index) => ({ name: text(names[index] ?? 'symbol.close'), value: price(value) })),
    ...(bar === null ? [] : [{ name: text('symbol.volume'), value: count(bar.volume) }]),
    ...(interval === null ? [] : [{ name: text('symbol.interval'), value: intervalLabel(interval, price) }]),
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
function keysOf(sessions: readonly ChartSession[]): readonly (readonly [string, string])[] {
  const sources = new Set(sessions.flatMap(({ interval }) => (interval === null ? [] : interval.source)));
  return [
    ['up', text('symbol.legend.up')],
    ['down', text('symbol.legend.down')],
    ...(['live', 'late', 'walk-forward'] as const)
      .filter((source) => sources.has(source))
      .map((source) => [`interval ${source}`, text(`symbol.legend.${source}`)] as const),
    ...(sources.size === 0 ? [] : [['outside', text('symbol.outside')] as const]),
  ];
}
