import type { AccuracyPoint } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { rollingMean } from '../../model/accuracy-curves.ts';
import { basisPoints } from '../../model/format.ts';
import { CurvePanel } from '../../parts/curve-panel.tsx';

/** Sessions that the curves are averaged over; single sessions jump too much to be read. */
const window = 60;

/** Width and Winkler score over time, beside the score of the simplest baseline. */
export function CostChart({ series }: { readonly series: readonly AccuracyPoint[] }) {
  return (
    <CurvePanel
      title={text('accuracy.cost.chart')}
      note={text('accuracy.cost.note')}
      area="cost"
      chart={{
        curves: [
          {
            name: text('accuracy.winkler'),
            points: rollingMean(series, 'winklerBp', window),
            colour: 0,
            stroke: 'thick',
          },
          {
            name: text('accuracy.winkler.baseline'),
            points: rollingMean(series, 'winklerRollingQuantileBp', window),
            colour: 1,
            stroke: 'dashed',
          },
          {
            name: text('accuracy.width'),
            points: rollingMean(series, 'meanWidthBp', window),
            colour: 2,
            stroke: 'thin',
          },
        ],
        format: (value) => basisPoints(value),
      }}
    />
  );
}
