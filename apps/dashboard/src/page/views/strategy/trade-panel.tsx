import { useState } from 'preact/hooks';
import { bars, paperFills, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { chartTrades, tradedSymbols } from '../../model/chart-trades.ts';
import { chartSessions, firstChartDate } from '../../model/interval-history.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SymbolChart } from '../symbol/symbol-chart.tsx';
import { symbolNames } from './symbol-column.tsx';

/** What the book bought and sold of one symbol, on the chart of its bars; the one that it traded last comes first. */
export function TradePanel() {
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const traded = tradedSymbols(paperFills.body.value?.fills ?? []);
  const chosen = traded.find((symbol) => symbol === picked) ?? traded[0];
  return (
    <Panel
      title={text('paper.trades')}
      area="trades"
      aside={chosen === undefined ? undefined : <TradedChooser traded={traded} chosen={chosen} onChoose={setPicked} />}
    >
      <Loaded from={paperFills} lines={12}>
        {({ fills }) =>
          chosen === undefined ? (
            <EmptyNote message={text('paper.trades.empty')} />
          ) : (
            <Loaded from={symbols} lines={12}>
              {({ symbols: known }) => {
                const info = known.find(({ symbol }) => symbol === chosen);
                if (info === undefined) return <EmptyNote message={text('paper.trades.noBars', { symbol: chosen })} />;
                return (
                  <Loaded from={bars(info.symbol, firstChartDate(info.lastDate))} lines={12}>
                    {(body) => (
                      <SymbolChart
                        key={chosen}
                        name={companyLabel(info.name)}
                        sessions={chartSessions(body.bars, [])}
                        trades={chartTrades(fills, chosen)}
                      />
                    )}
                  </Loaded>
                );
              }}
            </Loaded>
          )
        }
      </Loaded>
    </Panel>
  );
}

interface TradedChooserProps {
  readonly traded: readonly string[];
  readonly chosen: string;
  readonly onChoose: (symbol: string) => void;
}

function TradedChooser({ traded, chosen, onChoose }: TradedChooserProps) {
  const names = symbolNames();
  return (
    <select aria-label={text('symbol.choose')} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
      {traded.map((symbol) => (
        <option key={symbol} value={symbol}>
          {symbol} {companyLabel(names.get(symbol) ?? '')}
        </option>
      ))}
    </select>
  );
}
