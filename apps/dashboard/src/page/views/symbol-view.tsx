import type { JudgedPrediction, Prediction, SymbolInfo, SymbolToday } from '@daytrade/contracts';
import { useWatched } from '../api/resource.ts';
import { bars, history, predictions, symbols, symbolsInUse, symbolToday } from '../api/services.ts';
import { ChartCredit } from '../charts/chart.tsx';
import { SymbolChart, timeFrame } from '../charts/symbol-panel.tsx';
import { forecastTimeLabel } from '../i18n/forecasts.ts';
import { text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { yen } from '../model/format.ts';
import { chartSessions, firstChartDate, fiveMinuteSessions, toWeeks } from '../model/symbol-history.ts';
import { SymbolSearch, WatchButton } from '../parts/controls.tsx';
import { Loaded, ViewHead } from '../parts/layout.tsx';
import { CompanyName, EmptyNote } from '../parts/notes.tsx';
import { BasisNote } from '../parts/prediction-notes.tsx';
import { exchange } from '../shell/clock.ts';
import { formatHash, route } from '../shell/route.ts';
import { HistoryPanel, NextClosePanel, SelectionPanel } from './symbol-figures.tsx';

const importCommands = ['daytrade import FOLDER', 'daytrade fetch'];

/** One symbol: its bars, the intervals that were published for them, and the outcome. */
export function SymbolView() {
  useWatched(predictions);
  return (
    <Loaded from={symbols} lines={14}>
      {(list) => {
        const inUse = symbolsInUse(list);
        const code = route.value.argument ?? inUse[0]?.symbol;
        if (code === undefined) return <EmptyNote message={text('quality.empty')} commands={importCommands} />;
        // The address also leads to a displaced symbol.
        const chosen = list.symbols.find(({ symbol }) => symbol === code);
        return (
          <>
            <ViewHead
              title={
                <>
                  <span class="code">{code}</span> {chosen === undefined ? null : <CompanyName {...chosen} />}
                </>
              }
              note={inUse.length === 0 ? undefined : <SymbolChooser all={inUse} chosen={code} />}
              freshness={symbols}
            />
            {chosen === undefined ? (
              <EmptyNote message={text('symbol.noBars', { code })} commands={importCommands} />
            ) : (
              <SymbolDetail key={code} info={chosen} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** Goes to another symbol: by its code or name, or to the neighbour. */
function SymbolChooser({ all, chosen }: { readonly all: readonly SymbolInfo[]; readonly chosen: string }) {
  const index = all.findIndex(({ symbol }) => symbol === chosen);
  const neighbour = (place: number) => formatHash('symbol', all.at(place % all.length)?.symbol ?? chosen);
  const choose = (symbol: string) => {
    location.hash = formatHash('symbol', symbol);
  };
  return (
    <span class="chooser">
      <a
        class="button square"
        href={neighbour(index - 1)}
        aria-label={text('symbol.previous')}
        aria-keyshortcuts="ArrowLeft"
      >
        ‹
      </a>
      <SymbolSearch all={all} onChoose={choose} />
      <a
        class="button square"
        href={neighbour(index + 1)}
        aria-label={text('symbol.next')}
        aria-keyshortcuts="ArrowRight"
      >
        ›
      </a>
      <WatchButton symbol={chosen} name={all[index]?.name ?? ''} />
    </span>
  );
}

/** The chart of a symbol with its figures at the side. */
function SymbolDetail({ info }: { readonly info: SymbolInfo }) {
  const judged = history(info.symbol);
  useWatched(judged);
  const intervals = judged.body.value?.history ?? [];
  const next = predictions.body.value?.predictions.find(({ symbol }) => symbol === info.symbol);
  return (
    <div class="grid-symbol">
      <div class="area-chart">
        <Candlesticks info={info} intervals={intervals} next={next} />
        <ChartCredit />
        <BasisNote priced={[info]} />
        {judged.body.value !== undefined && intervals.length === 0 ? (
          <EmptyNote message={text('symbol.noHistory')} commands={['daytrade evaluate']} />
        ) : null}
      </div>
      <div class="area-figures">
        {next === undefined ? null : <NextClosePanel prediction={next} />}
        <HistoryPanel history={intervals} />
        <SelectionPanel symbol={info.symbol} />
      </div>
    </div>
  );
}

interface CandlesticksProps {
  readonly info: SymbolInfo;
  readonly intervals: readonly JudgedPrediction[];
  readonly next: Prediction | undefined;
}

/** The candlesticks of the chosen time frame, with the intervals of their sessions or of their time of today. */
function Candlesticks({ info, intervals, next }: CandlesticksProps) {
  const today = symbolToday(info.symbol);
  useWatched(today);
  const day = today.body.value;
  const hours = exchange.value.body.value?.sessions.find(({ date }) => date === day?.session);
  const newest = day?.forecasts.at(-1);
  // While the day goes on, its forecasts come first.
  const frame = timeFrame.value ?? (newest !== undefined && day?.close === null ? '5m' : 'day');
  const from = firstChartDate(info.lastDate, frame);
  const name = companyLabel(info.name);
  const label = [
    text(`symbol.chart.${frame}`, { name }),
    ...(frame === '5m' && newest !== undefined ? [dayLabel(newest, day?.forecasts.length ?? 0)] : []),
  ].join(' ');
  return (
    <Loaded from={bars(info.symbol, from, frame === '5m' ? '5m' : '1d')} lines={12}>
      {(body) => {
        const sessions = {
          day: () => chartSessions(body.bars, intervals, next),
          week: () => toWeeks(body.bars),
          '5m': () => fiveMinuteSessions(body.bars, day, hours),
        }[frame]();
        return <SymbolChart key={frame} frame={frame} label={label} sessions={sessions} />;
      }}
    </Loaded>
  );
}

function dayLabel({ lower, upper, horizon }: SymbolToday['forecasts'][number], forecasts: number): string {
  return text('fan.label', { forecasts, time: forecastTimeLabel(horizon), low: yen(lower), high: yen(upper) });
}
