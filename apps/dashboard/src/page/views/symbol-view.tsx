import type { SymbolInfo } from '@daytrade/contracts';
import { useWatched } from '../api/resource.ts';
import { bars, history, predictions, symbols, symbolsInUse } from '../api/services.ts';
import { ChartCredit } from '../charts/chart.tsx';
import { SymbolChart } from '../charts/symbol-panel.tsx';
import { text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { chartSessions, firstChartDate } from '../model/symbol-history.ts';
import { SymbolSelect } from '../parts/controls.tsx';
import { Loaded, ViewHead } from '../parts/layout.tsx';
import { CompanyName, EmptyNote } from '../parts/notes.tsx';
import { BasisNote } from '../parts/prediction-notes.tsx';
import { hashOf, route } from '../shell/route.ts';
import { FanPanel } from './fan.tsx';
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

/** Goes to another symbol: from the list, or to the neighbour. */
function SymbolChooser({ all, chosen }: { readonly all: readonly SymbolInfo[]; readonly chosen: string }) {
  const index = all.findIndex(({ symbol }) => symbol === chosen);
  const neighbour = (place: number) => hashOf('symbol', all.at(place % all.length)?.symbol ?? chosen);
  const choose = (symbol: string) => {
    location.hash = hashOf('symbol', symbol);
  };
  return (
    <span class="chooser">
      <a class="button square" href={neighbour(index - 1)} aria-label={text('symbol.previous')}>
        ‹
      </a>
      <SymbolSelect all={all} chosen={chosen} onChoose={choose} />
      <a class="button square" href={neighbour(index + 1)} aria-label={text('symbol.next')}>
        ›
      </a>
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
        <FanPanel symbol={info.symbol} name={info.name} />
        <Loaded from={bars(info.symbol, firstChartDate(info.lastDate))} lines={12}>
          {(body) => (
            <SymbolChart name={companyLabel(info.name)} sessions={chartSessions(body.bars, intervals, next)} />
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
        <HistoryPanel history={intervals} />
        <SelectionPanel symbol={info.symbol} />
      </div>
    </div>
  );
}
