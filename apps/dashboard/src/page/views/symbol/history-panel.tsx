import type { JudgedPrediction, SymbolInfo } from '@daytrade/contracts';
import { useWatched } from '../../api/resource.ts';
import { accuracy } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { basisPoints, count, type PriceDecimals, percent, priceDecimals, yen } from '../../model/format.ts';
import { newestFirst, tally } from '../../model/interval-history.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { FigureList } from '../../parts/figure-list.tsx';
import { Panel } from '../../parts/panel.tsx';

interface HistoryPanelProps {
  readonly info: SymbolInfo;
  readonly history: readonly JudgedPrediction[];
}

/** How often the intervals of this symbol held, and the newest of them one by one. */
export function HistoryPanel({ info, history }: HistoryPanelProps) {
  useWatched(accuracy);
  const { judged, inside, published } = tally(history);
  const report = accuracy.body.value?.evaluation?.bySymbol.find(({ symbol }) => symbol === info.symbol);
  if (judged === 0) return null;
  const newest = newestFirst(history, 10);
  const decimals = priceDecimals(newest.flatMap(({ lower, close, upper }) => [lower, close, upper]));
  return (
    <Panel
      title={text('symbol.history.title')}
      aside={text('symbol.hits', { inside: count(inside), judged: count(judged) })}
    >
      <p
        class="history-strip"
        role="img"
        aria-label={text('symbol.hits', { inside: count(inside), judged: count(judged) })}
      >
        {newestFirst(history, 60)
          .toReversed()
          .map((each) => (
            <span
              key={each.session}
              title={each.session}
              class={each.inside === false ? 'outside' : each.inside === null ? 'pending' : 'inside'}
            />
          ))}
      </p>
      <p class="quiet">
        {text('symbol.origin', { published: count(published), reconstructed: count(judged - published) })}
      </p>
      <FigureList
        figures={[
          { label: text('column.coverage'), value: percent(inside / judged) },
          ...(report === undefined
            ? []
            : [
                { label: text('column.coverage250'), value: percent(report.rolling250.last) },
                { label: text('column.meanWidth'), value: basisPoints(report.meanWidthBp) },
                { label: text('column.winkler'), value: basisPoints(report.winklerBp) },
                { label: text('column.hitRate'), value: percent(report.hitRate) },
              ]),
        ]}
      />
      <DataTable
        caption={text('symbol.table')}
        columns={columns(decimals)}
        rows={newest}
        rowKey={({ session }) => session}
      />
    </Panel>
  );
}

function columns(decimals: PriceDecimals): readonly Column<JudgedPrediction>[] {
  return [
    { key: 'session', header: text('column.session'), cell: ({ session }) => session.slice(5) },
    { key: 'lower', header: text('column.lower'), align: 'right', cell: ({ lower }) => yen(lower, decimals) },
    {
      key: 'close',
      header: text('symbol.close'),
      align: 'right',
      // Judged by the first close, whatever it was restated to.
      cell: ({ close, restatedClose }) =>
        yen(close, decimals) + (restatedClose ? ` → ${yen(restatedClose, decimals)}` : ''),
    },
    { key: 'upper', header: text('column.upper'), align: 'right', cell: ({ upper }) => yen(upper, decimals) },
    {
      key: 'inside',
      header: text('symbol.result'),
      cell: ({ inside, source }) => (
        <span title={text(`symbol.source.${source}`)}>
          {inside === null ? (
            '–'
          ) : (
            <Badge tone={inside ? 'good' : 'warn'} label={text(inside ? 'symbol.in' : 'symbol.out')} />
          )}
        </span>
      ),
    },
  ];
}
