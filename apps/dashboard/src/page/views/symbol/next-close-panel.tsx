import type { Prediction } from '@daytrade/contracts';
import { predictions } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { percent, priceDecimals, signedPercent, yen } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { predictionRows, pricesOf } from '../../model/prediction-rows.ts';
import { Badge } from '../../parts/badge.tsx';
import { FigureList } from '../../parts/figure-list.tsx';
import { IntervalBar, IntervalScale } from '../../parts/interval-bar.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProbabilityBar } from '../../parts/probability-bar.tsx';
import { ResultsNote } from '../../parts/results-note.tsx';

/** The published interval for the next close. */
export function NextClosePanel({ prediction }: { readonly prediction: Prediction }) {
  const [row] = predictionRows([prediction], []);
  if (row === undefined) return null;
  const decimals = priceDecimals(pricesOf(prediction));
  const extent = Math.ceil(Math.max(-row.lowerMove, row.upperMove) * 120) / 100;
  const isOver = predictions.body.value?.sessionOver === true;
  return (
    <Panel
      title={text(isOver ? 'symbol.next.title.over' : 'symbol.next.title', { session: prediction.session })}
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
            value:
              prediction.probabilityUp === null ? (
                text('direction.unskilled')
              ) : (
                <ProbabilityBar value={prediction.probabilityUp} />
              ),
          },
          { label: text('column.model'), value: prediction.modelVersion },
          { label: text('column.method'), value: prediction.intervalMethod },
          { label: text('symbol.source'), value: japanInstant(prediction.madeAt) },
        ]}
      />
      <ResultsNote prediction={prediction} />
      {prediction.late ? <p class="note">{text('predictions.late')}</p> : null}
    </Panel>
  );
}
