import type { Evaluation } from '@daytrade/contracts';
import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/resource.ts';
import { accuracySummary, models, symbols, symbolsInUse } from '../api/services.ts';
import { meaning, text } from '../i18n/language.ts';
import { coverageObjective } from '../model/curves.ts';
import { basisPoints, count, percent, signedPercent } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { CoverageGauge } from '../parts/graphics.tsx';
import { Loaded } from '../parts/layout.tsx';
import { Badge, CommandHint, SyntheticMark } from '../parts/notes.tsx';
import { japanToday } from '../shell/clock.ts';
import { formatHash, type ViewName } from '../shell/route.ts';
import { useTraining } from './runs.tsx';

/** The figures over the table of predictions. */
export function TodayCards() {
  return (
    <div class="cards">
      <CoverageCard />
      <ModelCard />
      <DataCard />
    </div>
  );
}

interface CardProps<Body> {
  readonly title: string;
  /** The view with more about it. */
  readonly view: ViewName;
  readonly from: Resource<Body>;
  readonly children: (body: Body) => ComponentChildren;
}

function Card<Body>({ title, view, from, children }: CardProps<Body>) {
  return (
    <section class="card" aria-label={title}>
      <h2>
        <a href={formatHash(view)}>{title}</a>
      </h2>
      <Loaded from={from} lines={3}>
        {children}
      </Loaded>
    </section>
  );
}

/** The coverage against the promise, with width and skill, and the live record. */
function CoverageCard() {
  return (
    <Card title={text('card.coverage')} view="accuracy" from={accuracySummary}>
      {({ evaluation, live: { inside, judged, unjudged, missing } }) => (
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
          {judged + unjudged === 0 ? null : (
            <p class="quiet">
              {text('card.coverage.live', { inside: count(inside), judged: count(judged), unjudged, missing })}
            </p>
          )}
        </>
      )}
    </Card>
  );
}

/** The number of missed objectives, with the way to them. */
function Missed({ objectives }: { readonly objectives: Evaluation['objective'] }) {
  const missed = objectives.filter(({ held }) => held === false).length;
  if (missed === 0) return null;
  return (
    <p>
      <a href={formatHash('accuracy')}>
        <Badge tone="bad" label={text('card.coverage.missed', { missed, all: objectives.length })} />
      </a>
    </p>
  );
}

function Judged({ evaluation }: { readonly evaluation: Evaluation }) {
  const { rollingCoverage250: rolling, meanWidthBp, winklerBp, skill } = evaluation;
  const shown = rolling.last ?? evaluation.coverage;
  const objective = coverageObjective(evaluation);
  const skills = (
    <>
      {text('card.skill.har', { skill: signedPercent(skill.har) })}
      <br />
      {text('card.skill.quantile', { skill: signedPercent(skill.rollingQuantile) })}
    </>
  );
  const terms = [
    ['card.width', `${basisPoints(meanWidthBp)} bp`],
    ['card.winkler', `${basisPoints(winklerBp)} bp`],
    ['card.skill', skills],
  ] as const;
  return (
    <>
      <div class="card-figure">
        <strong>{percent(shown)}</strong>
        <CoverageGauge value={shown} {...objective} />
      </div>
      <p class="quiet">
        {rolling.last === null
          ? text('card.coverage.all', { days: evaluation.days })
          : text('card.coverage.window', { sessions: rolling.window })}
        {' · '}
        {text('card.coverage.target', { target: percent(objective.target, 0) })}
      </p>
      <dl class="card-terms">
        {terms.map(([name, value]) => (
          <div key={name}>
            <dt title={meaning(name)}>{text(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The model that makes the predictions. */
function ModelCard() {
  const isTraining = useTraining();
  return (
    <Card title={text('card.model')} view="models" from={models}>
      {(body) => {
        const model = body.models.find(({ version }) => version === body.live);
        if (model === undefined) {
          return (
            <p>
              {text(isTraining ? 'models.training' : 'card.model.none')}{' '}
              {isTraining ? null : <CommandHint commands={['daytrade train']} />}
            </p>
          );
        }
        const { version, synthetic, soleMember } = model;
        return (
          <>
            <div class="card-figure">
              <strong class="card-name">{version}</strong>
              {synthetic ? <SyntheticMark /> : null}
            </div>
            <p class="quiet">{text('card.model.trained', { when: japanInstant(model.createdAt, japanToday.value) })}</p>
            {soleMember === null ? null : <p class="quiet">{text('models.sole', { member: soleMember })}</p>}
          </>
        );
      }}
    </Card>
  );
}

/** The age and the number of the bars in use. */
function DataCard() {
  return (
    <Card title={text('view.quality')} view="quality" from={symbols}>
      {(list) => {
        if (list.barsAge === null) {
          return (
            <p>
              {text('card.data.none')} <CommandHint commands={['daytrade import FOLDER', 'daytrade fetch']} />
            </p>
          );
        }
        // Symbols with 5-minute bars alone are not predicted in the evening.
        const inUse = symbolsInUse(list).filter((symbol) => symbol.bars > 0);
        const bars = inUse.reduce((sum, symbol) => sum + symbol.bars, 0);
        const { newest: date, sessionsBehind: sessions } = list.barsAge;
        const isNew = sessions === 0;
        return (
          <>
            <div class="card-figure">
              <strong class={`card-name ${isNew ? 'good' : 'warn'}`}>
                {isNew ? text('card.data.upToDate') : text('card.data.behind', { sessions })}
              </strong>
            </div>
            <p class="quiet">
              {isNew ? text('card.data.newest', { date }) : text('card.data.newest.behind', { date, sessions })}
            </p>
            <p class="quiet">{text('card.data.size', { symbols: count(inUse.length), bars: count(bars) })}</p>
          </>
        );
      }}
    </Card>
  );
}
