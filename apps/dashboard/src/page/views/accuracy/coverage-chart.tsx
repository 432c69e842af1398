import type { Evaluation } from '@daytrade/contracts';
import { phrase, text } from '../../i18n/language.ts';
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
      note={phrase('accuracy.coverage.note', percent(low), percent(high), percent(target, 0))}
      area="coverage"
      chart={{
        curves: [
          {
            name: phrase('accuracy.window', 250),
            points: coverageCurve(series, 'coverage250'),
            colour: 0,
            stroke: 'thick',
          },
          {
            name: phrase('accuracy.window', 60),
            points: coverageCurve(series, 'coverage60'),
            colour: 1,
            stroke: 'thin',
          },
          {
            name: phrase('accuracy.window', 20),
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
