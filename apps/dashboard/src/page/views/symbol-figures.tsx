import type { JudgedPrediction, Prediction } from '@daytrade/contracts';
import { predictions, selection } from '../api/services.ts';
import { selectionReasonLabel } from '../i18n/forecasts.ts';
import { text } from '../i18n/language.ts';
import {
  count,
  decimal,
  missing,
  type PriceDecimals,
  percent,
  priceDecimals,
  signedPercent,
  yen,
} from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { predictionPrices, predictionRows } from '../model/prediction-rows.ts';
import { newestFirst, tally } from '../model/symbol-history.ts';
import { IntervalBar, IntervalScale } from '../parts/graphics.tsx';
import { FigureList, LoadedPanel, Panel } from '../parts/layout.tsx';
import { Badge } from '../parts/notes.tsx';
import { ResultsNote } from '../parts/prediction-notes.tsx';
import { type Column, Table } from '../parts/table.tsx';

/** The published interval for the next close. */
export function NextClosePanel({ prediction }: { readonly prediction: Prediction }) {
  const [row] = predictionRows([prediction], []);
  if (row === undefined) return null;
  const { session, probabilityUp, late } = prediction;
  const decimals = priceDecimals(predictionPrices(prediction));
  const extent = Math.ceil(Math.max(-row.lowerMove, row.upperMove) * 120) / 100;
  const isOver = predictions.body.value?.sessionOver === true;
  return (
    <Panel
      title={isOver ? text('symbol.next.title.over', { session }) : text('symbol.next.title', { session })}
      aside={
        <>
          {isOver ? <Badge tone="warn" label={text('predictions.sessionOver')} /> : null}{' '}
          {percent(prediction.coverage, 0)}
        </>
      }
    >
      <p class="next-close">
        <span>
          {yen(prediction.lower, decimals)}
          <small>{signedPercent(row.lowerMove)}</small>
        </span>
        {row.centreMove === null ? (
          <span aria-hidden="true">–</span>
        ) : (
          <strong>
            {yen(prediction.centre, decimals)}
            <small>{signedPercent(row.centreMove, 2)}</small>
          </strong>
        )}
        <span>
          {yen(prediction.upper, decimals)}
          <small>{signedPercent(row.upperMove)}</small>
        </span>
      </p>
      <IntervalBar row={row} extent={extent} />
      <IntervalScale extent={extent} />
      <FigureList
        figures={[
          {
            label: text('column.lastClose'),
            value: `${yen(prediction.lastClose, decimals)} · ${prediction.lastSession}`,
          },
          { label: text('column.width'), value: percent(row.width) },
          {
            label: text('column.probabilityUp'),
            value: probabilityUp === null ? text('direction.unskilled') : percent(probabilityUp),
          },
          { label: text('column.model'), value: prediction.modelVersion },
          { label: text('column.method'), value: prediction.intervalMethod },
          { label: text('symbol.source'), value: japanInstant(prediction.madeAt) },
        ]}
      />
      <ResultsNote prediction={prediction} />
      {late ? <p class="note">{text('predictions.late')}</p> : null}
    </Panel>
  );
}

/** The share of closes inside the intervals of this symbol, and the newest intervals one by one. */
export function HistoryPanel({ history }: { readonly history: readonly JudgedPrediction[] }) {
  const { judged, inside, published } = tally(history);
  if (judged === 0) return null;
  const newest = newestFirst(history, 10);
  const decimals = priceDecimals(newest.flatMap(({ lower, close, upper }) => [lower, close, upper]));
  const hits = text('symbol.hits', { inside: count(inside), judged: count(judged) });
  const origin = { published: count(published), reconstructed: count(judged - published) };
  return (
    <Panel title={text('symbol.history.title')} aside={percent(inside / judged)}>
      <p>{hits}</p>
      <p class="quiet">{text('symbol.origin', origin)}</p>
      <Table
        caption={text('symbol.table')}
        columns={historyColumns(decimals)}
        rows={newest}
        rowKey={({ session }) => session}
      />
    </Panel>
  );
}

function historyColumns(decimals: PriceDecimals): readonly Column<JudgedPrediction>[] {
  return [
    { header: 'column.session', cell: ({ session }) => session.slice(5) },
    { header: 'column.lower', align: 'right', cell: ({ lower }) => yen(lower, decimals) },
    {
      header: 'symbol.close',
      align: 'right',
      // The first close judges the interval, whatever it was restated to.
      cell: ({ close, restatedClose }) =>
        yen(close, decimals) + (restatedClose ? ` → ${yen(restatedClose, decimals)}` : ''),
    },
    { header: 'column.upper', align: 'right', cell: ({ upper }) => yen(upper, decimals) },
    {
      header: 'symbol.result',
      cell: ({ inside, source }) => (
        <span title={text(`symbol.source.${source}`)}>
          {inside === null ? (
            missing
          ) : (
            <Badge tone={inside ? 'good' : 'warn'} label={text(inside ? 'symbol.in' : 'symbol.out')} />
          )}
        </span>
      ),
    },
  ];
}

/** The rank and the score of a selected symbol, or the reasons against another one. */
export function SelectionPanel({ symbol }: { readonly symbol: string }) {
  return (
    <LoadedPanel title={text('symbol.selection.title')} from={selection} lines={3}>
      {(body) => {
        const picked = body.symbols.find((entry) => entry.symbol === symbol);
        const reasons = body.rejected.find((entry) => entry.symbol === symbol)?.reasons ?? [];
        if (picked === undefined) {
          return (
            <p class="quiet">
              {reasons.length === 0
                ? text('symbol.selection.none')
                : `${text('symbol.selection.reasons')} ${reasons.map(selectionReasonLabel).join('; ')}`}
            </p>
          );
        }
        return (
          <>
            <p>
              {text('predictions.picked.rank', { rank: picked.rank })} · <strong>{decimal(picked.score, 1)}</strong>
            </p>
            {picked.reason === '' ? null : <p class="quiet">{selectionReasonLabel(picked.reason)}</p>}
          </>
        );
      }}
    </LoadedPanel>
  );
}
