import type { SymbolInfo } from '@daytrade/contracts';
import { useWatched } from '../../api/resource.ts';
import { bars, history, paperFills, predictions } from '../../api/services.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { chartTrades } from '../../model/chart-trades.ts';
import { chartSessions, firstChartDate } from '../../model/interval-history.ts';
import { BasisNote } from '../../parts/basis-note.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SymbolDay } from '../in-day/symbol-day.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { InstrumentPanel } from './instrument-panel.tsx';
import { NextClosePanel } from './next-close-panel.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { SymbolChart } from './symbol-chart.tsx';

/** The chart of a symbol with its figures beside it. */
export function SymbolDetail({ info }: { readonly info: SymbolInfo }) {
  const judged = history(info.symbol);
  useWatched(judged, paperFills);
  const intervals = judged.body.value?.history ?? [];
  const next = predictions.body.value?.predictions.find(({ symbol }) => symbol === info.symbol);
  return (
    <div class="grid-symbol">
      <div class="area-chart">
        <SymbolDay symbol={info.symbol} name={info.name} />
        <Loaded from={bars(info.symbol, firstChartDate(info.lastDate))} lines={12}>
          {(body) => (
            <SymbolChart
              name={companyLabel(info.name)}
              sessions={chartSessions(body.bars, intervals, next)}
              trades={chartTrades(paperFills.body.value?.fills ?? [], info.symbol)}
            />
          )}
        </Loaded>
        <ChartCredit />
        <BasisNote priced={[info]} />
        {judged.body.value !== undefined && intervals.length === 0 ? (
          <EmptyNote message={text('symbol.noHistory')} commands={['daytrade evaluate']} />
        ) : null}
      </div>
      <div class="area-figures">
        {next === undefined ? null : <NextClosePanel prediction={next} />}
        <HistoryPanel info={info} history={intervals} />
        <InstrumentPanel info={info} />
        <Panel title={text('symbol.selection.title')}>
          <SelectionPanel symbol={info.symbol} />
        </Panel>
      </div>
    </div>
  );
}
