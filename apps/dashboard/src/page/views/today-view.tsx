import type { PredictionList } from '@daytrade/contracts';
import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useWatched } from '../api/resource.ts';
import { accuracySummary, models, predictions, selection, symbols } from '../api/services.ts';
import { text } from '../i18n/language.ts';
import { axisExtent } from '../model/axis.ts';
import { percent, priceDecimals, yen } from '../model/format.ts';
import { shortJapanInstant } from '../model/japan-time.ts';
import { type PredictionRow, predictionPrices, predictionRows } from '../model/prediction-rows.ts';
import { sessionPhase } from '../model/trading-days.ts';
import { FilteredTable } from '../parts/filtered-table.tsx';
import { IntervalBar, IntervalScale } from '../parts/graphics.tsx';
import { Loaded, Panel, ViewHead } from '../parts/layout.tsx';
import { CommandHint, EmptyNote } from '../parts/notes.tsx';
import { BasisNote, ResultsOfAllNote } from '../parts/prediction-notes.tsx';
import { type Column, figure } from '../parts/table.tsx';
import { exchange, japanNow, japanToday } from '../shell/clock.ts';
import { InDaySection } from './in-day.tsx';
import { RunsUnderWay, useTraining } from './runs.tsx';
import { TodayCards } from './today-cards.tsx';

/** The predicted session, the same for all symbols. */
const predictedSession = computed(() => predictions.body.value?.predictions[0]?.session);

/** The predicted session compared with the clock, computed apart so that the view is not drawn each second. */
const phase = computed(() => {
  const session = predictedSession.value;
  return session === undefined
    ? 'next'
    : sessionPhase(session, exchange.value.body.value?.sessions ?? [], japanNow.value);
});

/** The newest predictions, their session, and the figures by which to trust them. */
export function TodayView() {
  useWatched(selection);
  const newest = predictions.body.value?.predictions[0]?.madeAt;
  useEffect(() => {
    // New predictions may come with a new model, new bars or a new judgement.
    if (newest !== undefined)
      for (const resource of [models, accuracySummary, symbols, selection]) void resource.refresh();
  }, [newest]);
  return (
    <>
      <ViewHead title={text(`view.today.title.${phase.value}`)} note={predictedSession.value} freshness={predictions} />
      <TodayCards />
      {phase.value === 'over' && predictedSession.value !== undefined ? (
        <OverNote session={predictedSession.value} />
      ) : null}
      <InDaySection />
      <Loaded from={predictions} lines={12}>
        {(list) => (list.predictions.length === 0 ? <NoPredictions /> : <Predictions list={list} />)}
      </Loaded>
    </>
  );
}

function OverNote({ session }: { readonly session: string }) {
  const age = predictions.body.value?.barsAge ?? null;
  if (age === null) return null;
  const { newest, sessionsBehind: sessions, daysBehind: days } = age;
  return (
    <p class="over-note" role="status">
      {text('predictions.over', { session, newest, sessions, days })}{' '}
      <CommandHint commands={['daytrade import FOLDER', 'daytrade predict']} />
    </p>
  );
}

function NoPredictions() {
  const isTraining = useTraining();
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

function Predictions({ list }: { readonly list: PredictionList }) {
  const rows = predictionRows(list.predictions, selection.body.value?.symbols ?? []);
  const session = predictedSession.value ?? '';
  return (
    <Panel
      title={list.sessionOver ? text('symbol.next.title.over', { session }) : text('symbol.next.title', { session })}
    >
      <FilteredTable caption={text('predictions.caption')} columns={toColumns(rows)} rows={rows} />
      <PredictionNotes list={list} />
    </Panel>
  );
}

/** The columns of predictions. All rows set axis and decimals, so that a filter changes neither. */
function toColumns(rows: readonly PredictionRow[]): readonly Column<PredictionRow>[] {
  const extent = axisExtent(rows);
  const decimals = priceDecimals(rows.flatMap(({ prediction }) => predictionPrices(prediction)));
  const isSkilled = rows.some(({ prediction }) => prediction.directionSkilled);
  const price = (key: 'lastClose' | 'lower' | 'upper' | 'centre') =>
    figure<PredictionRow>(
      `column.${key}`,
      ({ prediction }) => prediction[key],
      (value) => yen(value, decimals),
    );
  const probability = figure<PredictionRow>(
    'column.probabilityUp',
    ({ prediction }) => prediction.probabilityUp,
    percent,
  );
  return [
    price('lastClose'),
    price('lower'),
    {
      header: 'column.interval',
      scale: <IntervalScale extent={extent} />,
      align: 'center',
      cell: (row) => <IntervalBar row={row} extent={extent} />,
    },
    price('upper'),
    ...(isSkilled ? [price('centre')] : []),
    figure('column.width', ({ width }) => width, percent),
    ...(isSkilled ? [probability] : []),
  ];
}

/** The notes that hold for all predictions: their origin, results, prices, direction, and the missing symbols. */
function PredictionNotes({ list: { predictions: all, unpredicted } }: { readonly list: PredictionList }) {
  const isSkilled = all.some(({ directionSkilled }) => directionSkilled);
  const [first] = all;
  const madeAt = first === undefined ? '' : shortJapanInstant(first.madeAt, japanToday.value);
  const unpredictedList = unpredicted.map(({ symbol, lastDate }) => `${symbol} (${lastDate})`).join(', ');
  return (
    <>
      <p class="note">
        {text('predictions.origin', { made: madeAt, model: first?.modelVersion ?? '' })}{' '}
        {first?.late === true ? text('predictions.late') : null}
      </p>
      <ResultsOfAllNote predictions={all} />
      <BasisNote priced={all} />
      <p class="note">
        {text('predictions.interval.note')} {isSkilled ? text('predictions.interval.centre') : null}
      </p>
      {isSkilled ? null : <p class="note">{text('predictions.direction.unskilled')}</p>}
      {unpredicted.length === 0 ? null : (
        <p class="note">{text('predictions.unpredicted', { named: unpredictedList })}</p>
      )}
    </>
  );
}
