import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { count, percent, priceDecimals, yen } from '../model/format.ts';
import { type ChartInterval, type ChartSession, type TimeFrame, timeFrames } from '../model/symbol-history.ts';
import { Legend, Readout } from '../parts/layout.tsx';
import { EmptyNote } from '../parts/notes.tsx';
import { Chart } from './chart.tsx';
import type { MountedSymbolChart, ShownPart } from './symbol-chart.ts';

interface SymbolChartProps {
  readonly frame: TimeFrame;
  readonly label: string;
  readonly sessions: readonly ChartSession[];
}

/** The time frame that the reader has chosen, and the price scale: both stay for other symbols. */
export const timeFrame = signal<TimeFrame | undefined>(undefined);
const isLogarithmic = signal(false);

/** The chart of a symbol, its legend, and the figures of the session under the pointer, else of the newest one. */
export function SymbolChart({ frame, label, sessions }: SymbolChartProps) {
  const chart = useRef<MountedSymbolChart | undefined>(undefined);
  const part = useRef<ShownPart | undefined>(undefined);
  return (
    <>
      <ChartTools frame={frame} chart={() => chart.current} />
      {sessions.length === 0 ? <EmptyNote message={text('symbol.no5m')} commands={['daytrade import FOLDER']} /> : null}
      <Chart
        label={label}
        content={{ sessions, isLogarithmic: isLogarithmic.value }}
        mount={async (drawing) => (await import('./symbol-chart.ts')).mountSymbolChart(drawing, part)}
        shown={chart}
      >
        {(pointed) => {
          const newest = sessions.findLast(({ bar }) => bar !== null) ?? sessions.at(-1);
          const read = sessions.find(({ date }) => date === pointed) ?? newest;
          return read === undefined ? null : <Readout of={read.date} readings={sessionReadings(read)} />;
        }}
      </Chart>
      <Legend keys={legendKeys(sessions, frame)} />
    </>
  );
}

interface ChartToolsProps extends Pick<SymbolChartProps, 'frame'> {
  readonly chart: () => MountedSymbolChart | undefined;
}

/** Chooses the time frame and the scale of the prices, and zooms. */
function ChartTools({ frame: shown, chart }: ChartToolsProps) {
  const zooms = [
    ['−', '-', 'symbol.zoom.out', () => chart()?.zoom(1)],
    ['+', 'Plus', 'symbol.zoom.in', () => chart()?.zoom(-1)],
    ['⟲', 'Home', 'symbol.zoom.reset', () => chart()?.reset()],
  ] as const;
  return (
    <div class="chart-tools">
      <div class="choice" role="group" aria-label={text('symbol.frame')}>
        {timeFrames.map((frame) => (
          <button
            key={frame}
            type="button"
            aria-pressed={shown === frame}
            onClick={() => {
              timeFrame.value = frame;
            }}
          >
            {text(`symbol.frame.${frame}`)}
          </button>
        ))}
      </div>
      <div class="choice" role="group" aria-label={text('symbol.zoom')}>
        {zooms.map(([sign, key, name, act]) => (
          <button
            key={key}
            type="button"
            aria-label={text(name)}
            title={text(name)}
            aria-keyshortcuts={key}
            onClick={act}
          >
            {sign}
          </button>
        ))}
      </div>
      <div class="choice">
        <button
          type="button"
          aria-pressed={isLogarithmic.value}
          onClick={() => {
            isLogarithmic.value = !isLogarithmic.value;
          }}
        >
          {text('symbol.logarithmic')}
        </button>
      </div>
    </div>
  );
}

function sessionReadings({ bar, interval }: ChartSession) {
  const ofBar = bar === null ? [] : [bar.open, bar.high, bar.low, bar.close];
  const decimals = priceDecimals(interval === null ? ofBar : [...ofBar, interval.lower, interval.upper]);
  const price = (value: number) => yen(value, decimals);
  const names = ['symbol.open', 'symbol.high', 'symbol.low', 'symbol.close'] as const;
  return [
    ...ofBar.map((value, index) => ({ name: text(names[index] ?? 'symbol.close'), value: price(value) })),
    ...(bar === null ? [] : [{ name: text('symbol.volume'), value: count(bar.volume) }]),
    ...(interval === null ? [] : [{ name: text('symbol.interval'), value: intervalLabel(interval, price) }]),
    ...(interval === null || interval.inside === null ? [] : [outcomeReading(interval.inside)]),
  ];
}

function intervalLabel({ lower, upper }: ChartInterval, price: (value: number) => string): string {
  return `${price(lower)} – ${price(upper)} · ${percent((2 * (upper - lower)) / (lower + upper))}`;
}

function outcomeReading(isInside: boolean) {
  const value = text(isInside ? 'symbol.inside' : 'symbol.outside');
  return { name: text('symbol.result'), value, kind: isInside ? 'good' : 'outside', unnamed: true };
}

/** Returns the keys of what the chart shows. Within the day it shows intervals as they stood. */
function legendKeys(sessions: readonly ChartSession[], frame: TimeFrame): readonly (readonly [string, string])[] {
  const intervals = sessions.flatMap(({ interval }) => interval ?? []);
  const sources = new Set(intervals.map(({ source }) => source));
  return [
    ['up', text('symbol.legend.up')],
    ['down', text('symbol.legend.down')],
    ...(['live', 'late', 'walk-forward'] as const)
      .filter((source) => sources.has(source))
      .map((source) => {
        const isFan = frame === '5m' && source === 'live';
        return [`interval ${source}`, text(isFan ? 'symbol.legend.fan' : `symbol.legend.${source}`)] as const;
      }),
    ...(intervals.some(({ inside }) => inside === false) ? [['outside', text('symbol.outside')] as const] : []),
  ];
}
