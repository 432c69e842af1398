import type { Today } from '@daytrade/contracts';
import { useState } from 'preact/hooks';
import { useWatched } from '../../api/resource.ts';
import { selection, today } from '../../api/services.ts';
import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { inDayRows } from '../../model/in-day-rows.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { filterRows } from '../../model/prediction-rows.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { japanToday } from '../../shell/clock.ts';
import { PredictionFilter } from '../today/prediction-filter.tsx';
import { FanPanel } from './fan-panel.tsx';
import { NoForecastNote, WithoutForecastNote } from './in-day-note.tsx';
import { InDayTable } from './in-day-table.tsx';

/** Where today's closes lie, as forecast last: the day of one symbol, then all of them. */
export function InDaySection() {
  return (
    <Loaded from={today('')} lines={6}>
      {(newest) =>
        newest.horizon === null ? (
          <NoForecastNote today={newest} />
        ) : (
          <Forecasts newest={newest} time={newest.horizon} />
        )
      }
    </Loaded>
  );
}

function Forecasts({ newest, time }: { readonly newest: Today; readonly time: NonNullable<Today['horizon']> }) {
  const morning = today(newest.horizons[0] ?? time);
  useWatched(morning, selection);
  const [query, setQuery] = useState('');
  const [onlySelected, setOnlySelected] = useState(false);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const earlier = morning.body.value?.session === newest.session ? morning.body.value.predictions : [];
  const all = inDayRows(newest.predictions, earlier, selection.body.value?.symbols ?? []);
  const rows = filterRows(all, query, onlySelected);
  const best = all.toSorted((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity))[0]?.prediction;
  const shown = newest.predictions.find(({ symbol }) => symbol === chosen) ?? best;
  const made = shown === undefined ? '' : japanInstant(shown.madeAt, japanToday.value);
  return (
    <>
      {shown === undefined ? null : (
        <FanPanel
          symbol={shown.symbol}
          name={shown.name}
          aside={<SymbolSelect all={newest.predictions} chosen={shown.symbol} onChoose={choose} />}
        />
      )}
      <Panel
        title={text('inDay.title', { time: forecastTimeLabel(time) })}
        aside={<span class="quiet">{newest.session}</span>}
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
        <InDayTable rows={rows} axisRows={all} />
        <p class="note">
          {text('inDay.note', { made })} {newest.predictions.some(({ late }) => late) ? text('inDay.late') : null}
        </p>
        <WithoutForecastNote missing={newest.withoutForecast} />
      </Panel>
    </>
  );
}

interface SymbolSelectProps {
  readonly all: Today['predictions'];
  readonly chosen: string;
  readonly onChoose: (symbol: string) => void;
}

function SymbolSelect({ all, chosen, onChoose }: SymbolSelectProps) {
  return (
    <select aria-label={text('symbol.choose')} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
      {all.map(({ symbol, name }) => (
        <option key={symbol} value={symbol}>
          {symbol} {companyLabel(name)}
        </option>
      ))}
    </select>
  );
}
