import type { Evaluation } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { objectiveOf } from '../../model/accuracy-curves.ts';
import { basisPoints, percent, signedPercent } from '../../model/format.ts';
import { CoverageGauge } from '../../parts/coverage-gauge.tsx';
import { StripFigure } from '../../parts/strip-figure.tsx';

/** The figures in which everything else is summed up. */
export function AccuracyFigures({ evaluation }: { readonly evaluation: Evaluation }) {
  const { coverage, coverageInterval, rollingCoverage250, rollingCoverage60, skill } = evaluation;
  return (
    <div class="strip">
      <StripFigure
        label={text('accuracy.coverage')}
        value={percent(coverage)}
        note={text('accuracy.coverage.interval', {
          low: percent(coverageInterval.low),
          high: percent(coverageInterval.high),
        })}
      >
        <CoverageGauge value={coverage} {...objectiveOf(evaluation)} />
      </StripFigure>
      {[rollingCoverage250, rollingCoverage60].map(({ window, last, min, max }) => (
        <StripFigure
          key={window}
          label={text('accuracy.rolling', { sessions: window })}
          value={percent(last)}
          note={text('accuracy.rolling.range', { low: percent(min), high: percent(max) })}
        />
      ))}
      <StripFigure label={text('card.width')} value={basisPoints(evaluation.meanWidthBp)} unit="bp" />
      <StripFigure label={text('card.winkler')} value={basisPoints(evaluation.winklerBp)} unit="bp" />
      <StripFigure
        label={text('card.skill')}
        value={signedPercent(skill.har ?? skill.rollingQuantile)}
        note={text(skill.har === undefined ? 'accuracy.skill.rollingQuantile' : 'accuracy.skill.har')}
      />
    </div>
  );
}
