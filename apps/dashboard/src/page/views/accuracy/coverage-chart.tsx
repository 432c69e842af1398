import type { Evaluation } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { coverageCurve, objectiveOf } from '../../model/accuracy-curves.ts';
import { percent } from '../../model/format.ts';
import { CurvePanel } from '../../parts/curve-panel.tsx';

/** Coverage in three windows against the promise and its objective. */
export function CoverageChart({ evaluation }: { readonly evaluation: Evaluation }) {
  const { series } = evaluation;
  const { target, low, high } = objectiveOf(evaluation);
  return (
    <CurvePanel
      title={text('accuracy.coverage.chart')}
      note={text('accuracy.coverage.note', { low: percent(low), high: percent(high), target: percent(target, 0) })}
      area="coverage"
      chart={{
        curves: [
          {
            name: text('accuracy.window', { sessions: 250 }),
            points: coverageCurve(series, 'coverage250'),
            colour: 0,
            stroke: 'thick',
          },
          {
            name: text('accuracy.window', { sessions: 60 }),
            points: coverageCurve(series, 'coverage60'),
            colour: 1,
            stroke: 'thin',
          },
          {
            name: text('accuracy.window', { sessions: 20 }),
            points: coverageCurve(series, 'coverage20'),
            colour: 2,
            stroke: 'dashed',
          },
        ],
        band: { low, high, line: target },
        format: (value) => percent(value),
      }}
    />
  );
}
