import type { PredictionList } from '@daytrade/contracts';
import { computed } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { useWatched } from '../../api/resource.ts';
import { accuracy, models, predictions, selection, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { shortJapanInstant } from '../../model/japan-time.ts';
import { filterRows, predictionRows } from '../../model/prediction-rows.ts';
import { standOf } from '../../model/trading-day.ts';
import { BasisNote } from '../../parts/basis-note.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ResultsOfAllNote } from '../../parts/results-note.tsx';
import { exchange, japanNow, japanToday } from '../../shell/clock.ts';
import { ViewHead } from '../../shell/view-head.tsx';
import { InDaySection } from '../in-day/in-day-section.tsx';
import { CoverageCard } from './coverage-card.tsx';
import { DataCard } from './data-card.tsx';
import { ExchangeCard } from './exchange-card.tsx';
import { ModelCard } from './model-card.tsx';
import { OverNote } from './over-note.tsx';
import { PredictionFilter } from './prediction-filter.tsx';
import { PredictionTable } from './prediction-table.tsx';
import { RunsUnderWay, useTraining } from './runs-under-way.tsx';

/** The session that is predicted: one and the same for all symbols. */
const predictedSession = computed(() => predictions.body.value?.predictions[0]?.session);

/** Follows the clock by itself, so that the view is made anew only when this changes. */
const stand = computed(() => {
  const session = predictedSession.value;
  return session === undefined ? 'next' : standOf(session, exchange.value.body.value?.sessions ?? [], japanNow.value);
});

/** When the predictions were made, and by which model: the same for all of them. */
function OriginNote({ predictions: [first] }: Pick<PredictionList, 'predictions'>) {
  if (first === undefined) return null;
  const made = shortJapanInstant(first.madeAt, japanToday.value);
  return (
    <p class="note">
      {text('predictions.origin', { made, model: first.modelVersion })} {first.late ? text('predictions.late') : null}
    </p>
  );
}

/** How to read the bars, and that there is no direction in them where no skill was measured. */
function DirectionNote({ predictions: shown }: Pick<PredictionList, 'predictions'>) {
  const skilled = shown.some(({ directionSkilled }) => directionSkilled);
  return (
    <>
      <p class="note">
        {text('predictions.interval.note')} {skilled ? text('predictions.interval.centre') : null}
      </p>
      {skilled ? null : <p class="note">{text('predictions.direction.unskilled')}</p>}
    </>
  );
}

/** Names the symbols that are missing from the table, and the day of their newest bar. */
function UnpredictedNote({ unpredicted }: Pick<PredictionList, 'unpredicted'>) {
  if (unpredicted.length === 0) return null;
  const named = unpredicted.map(({ symbol, lastDate }) => `${symbol} (${lastDate})`);
  return <p class="note">{text('predictions.unpredicted', { named: named.join(', ') })}</p>;
}

/** The newest predictions, which session they are for, and how far they can be trusted. */
export function TodayView() {
  useWatched(selection);
  const isTraining = useTraining();
  const newest = predictions.body.value?.predictions[0]?.madeAt;
  useEffect(() => {
    // New predictions mean a new model, bars or judgement, too: the figures beside them shall not lag behind.
    if (newest !== undefined) for (const each of [models, accuracy, symbols, selection]) void each.refresh();
  }, [newest]);
  const [query, setQuery] = useState('');
  const [onlySelected, setOnlySelected] = useState(false);
  const selected = selection.body.value?.symbols ?? [];
  return (
    <>
      <ViewHead title={text(`view.today.title.${stand.value}`)} note={predictedSession.value} freshness={predictions} />
      <div class="cards">
        <CoverageCard />
        <ModelCard />
        <ExchangeCard />
        <DataCard />
      </div>
      {stand.value === 'over' && predictedSession.value !== undefined ? (
        <OverNote session={predictedSession.value} />
      ) : null}
      <InDaySection />
      <Loaded from={predictions} lines={12}>
        {(body) => {
          const all = predictionRows(body.predictions, selected);
          if (all.length === 0) {
            return (
              <>
                <EmptyNote
                  message={text(isTraining ? 'models.training' : 'predictions.empty')}
                  commands={isTraining ? [] : ['daytrade train', 'daytrade predict']}
                />
                <RunsUnderWay />
              </>
            );
          }
          const rows = filterRows(all, query, onlySelected);
          return (
            <Panel
              title={text(body.sessionOver ? 'symbol.next.title.over' : 'symbol.next.title', {
                session: body.predictions[0]?.session ?? '',
              })}
              area="day"
            >
              <PredictionFilter
                query={query}
                onQuery={setQuery}
                onlySelected={onlySelected}
                onOnlySelected={setOnlySelected}
                shown={rows.length}
                all={all.length}
              />
              {rows.length === 0 ? (
                <EmptyNote message={text('predictions.noMatch')} />
              ) : (
                <PredictionTable rows={rows} axisRows={all} />
              )}
              <OriginNote predictions={body.predictions} />
              <ResultsOfAllNote predictions={body.predictions} />
              <BasisNote priced={body.predictions} />
              <DirectionNote predictions={body.predictions} />
              <UnpredictedNote unpredicted={body.unpredicted} />
            </Panel>
          );
        }}
      </Loaded>
    </>
  );
}
