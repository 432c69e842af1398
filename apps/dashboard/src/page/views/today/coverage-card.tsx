import type { Evaluation } from '@daytrade/contracts';
import { accuracy } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { objectiveOf } from '../../model/accuracy-curves.ts';
import { basisPoints, count, percent, signedPercent } from '../../model/format.ts';
import { Badge } from '../../parts/badge.tsx';
import { CommandHint } from '../../parts/command-hint.tsx';
import { CoverageGauge } from '../../parts/coverage-gauge.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { hashOf } from '../../shell/route.ts';
import { Card } from './card.tsx';

/** How often the close was inside the interval, against the promise; its width and skill stand beside it. */
export function CoverageCard() {
  return (
    <Card title={text('card.coverage')} view="accuracy">
      <Loaded from={accuracy} lines={3}>
        {({ evaluation, live }) => (
          <>
            {evaluation === null ? (
              <p>
                {text('card.coverage.empty')} <CommandHint commands={['daytrade evaluate']} />
              </p>
            ) : (
              <>
                <Judged evaluation={evaluation} />
                <Missed objectives={evaluation.objective} />
              </>
            )}
            {live.judged + live.unjudged === 0 ? null : (
              <p class="quiet">
                {text('card.coverage.live', {
                  inside: count(live.inside),
                  judged: count(live.judged),
                  unjudged: live.unjudged,
                  missing: live.missing,
                })}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** The alarms of the accuracy view, on the first one: what of the objectives does not hold. */
function Missed({ objectives }: { readonly objectives: Evaluation['objective'] }) {
  const missed = objectives.filter(({ held }) => held === false);
  if (missed.length === 0) return null;
  return (
    <p>
      <a href={hashOf('accuracy')}>
        <Badge tone="bad" label={text('card.coverage.missed', { missed: missed.length, all: objectives.length })} />
      </a>
    </p>
  );
}

function Judged({ evaluation }: { readonly evaluation: Evaluation }) {
  const { rollingCoverage250: rolling, meanWidthBp, winklerBp, skill } = evaluation;
  const shown = rolling.last ?? evaluation.coverage;
  const { target, low, high } = objectiveOf(evaluation);
  return (
    <>
      <div class="card-figure">
        <strong>{percent(shown)}</strong>
        <CoverageGauge value={shown} target={target} low={low} high={high} />
      </div>
      <p class="quiet">
        {rolling.last === null
          ? text('card.coverage.all', { days: evaluation.days })
          : text('card.coverage.window', { sessions: rolling.window })}
        {' · '}
        {text('card.coverage.target', { target: percent(target, 0) })}
      </p>
      <dl class="card-terms">
        <div>
          <dt>{text('card.width')}</dt>
          <dd>{basisPoints(meanWidthBp)} bp</dd>
        </div>
        <div>
          <dt>{text('card.winkler')}</dt>
          <dd>{basisPoints(winklerBp)} bp</dd>
        </div>
        <div>
          <dt>{text('card.skill')}</dt>
          <dd>
            {skill.har !== undefined && text('card.skill.har', { skill: signedPercent(skill.har) })}
            <br />
            {text('card.skill.quantile', { skill: signedPercent(skill.rollingQuantile) })}
          </dd>
        </div>
      </dl>
    </>
  );
}
