import type { Today } from '@daytrade/contracts';
import { useWatched } from '../api/resource.ts';
import { predictions, selection, today } from '../api/services.ts';
import { forecastTimeLabel, reasonCommands } from '../i18n/forecasts.ts';
import { text } from '../i18n/language.ts';
import { axisExtent } from '../model/axis.ts';
import { type InDayRow, inDayRows } from '../model/day-forecasts.ts';
import { missing, percent, priceDecimals, signedPercent, yen } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { FilteredTable } from '../parts/filtered-table.tsx';
import { IntervalBar, IntervalScale } from '../parts/graphics.tsx';
import { Loaded, Panel } from '../parts/layout.tsx';
import { Badge, CommandHint, EmptyNote } from '../parts/notes.tsx';
import { type Column, figure } from '../parts/table.tsx';
import { japanNow, japanToday } from '../shell/clock.ts';

/** The newest forecasts of today's closes. */
export function InDaySection() {
  return (
    <Loaded from={today} lines={6}>
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
  useWatched(selection);
  const rows = inDayRows(newest.predictions, selection.body.value?.symbols ?? []);
  const [first] = newest.predictions;
  const madeAt = first === undefined ? '' : japanInstant(first.madeAt, japanToday.value);
  return (
    <Panel
      title={text('inDay.title', { time: forecastTimeLabel(time) })}
      aside={<span class="quiet">{newest.session}</span>}
    >
      <FilteredTable caption={text('inDay.caption')} columns={toColumns(rows)} rows={rows} />
      <p class="note">
        {text('inDay.note', { made: madeAt })} {newest.predictions.some(({ late }) => late) ? text('inDay.late') : null}
      </p>
      <WithoutForecastNote without={newest.withoutForecast} />
    </Panel>
  );
}

/** The columns of forecasts. All rows set axis and decimals, so that a filter changes neither. */
function toColumns(rows: readonly InDayRow[]): readonly Column<InDayRow>[] {
  const extent = axisExtent(rows);
  const decimals = priceDecimals(rows.flatMap(({ prediction: { price, lower, upper } }) => [price, lower, upper]));
  const price = (value: number) => yen(value, decimals);
  const isOver = rows.some(({ prediction }) => prediction.close !== null);
  const outcome: Column<InDayRow> = {
    header: 'symbol.close',
    align: 'right',
    sortBy: ({ prediction: { inside } }) => (inside === null ? null : Number(inside)),
    cell: ({ prediction: { close, inside } }) =>
      close === null || inside === null ? (
        missing
      ) : (
        <>
          {price(close)} <Badge tone={inside ? 'good' : 'warn'} label={text(inside ? 'symbol.in' : 'symbol.out')} />
        </>
      ),
  };
  return [
    {
      header: 'inDay.price',
      align: 'right',
      sortBy: ({ priceMove }) => priceMove,
      cell: ({ prediction, priceMove }) => (
        <>
          {price(prediction.price)} <small class="quiet">{signedPercent(priceMove)}</small>
        </>
      ),
    },
    figure('column.lower', ({ prediction }) => prediction.lower, price),
    {
      header: 'inDay.interval',
      scale: <IntervalScale extent={extent} />,
      align: 'center',
      cell: (row) => {
        const ends = { low: signedPercent(row.lowerMove), high: signedPercent(row.upperMove) };
        const label = text('inDay.interval.label', ends);
        return <IntervalBar row={{ ...row, centreMove: null }} extent={extent} label={label} />;
      },
    },
    figure('column.upper', ({ prediction }) => prediction.upper, price),
    figure('column.width', ({ width }) => width, percent),
    ...(isOver ? [outcome] : []),
  ];
}

const [firstForecast, lastForecast] = ['08:30', '15:15'];

/** Symbols that a note names; of more it shows the number alone. */
const maxNamedSymbols = 12;

type Without = Today['withoutForecast'];

/** Says why there is no forecast within the day, and the remedy, while one may still come. */
function NoForecastNote({ today: { session, withoutForecast } }: { readonly today: Today }) {
  const { date, time } = japanNow.value;
  if (session !== date) return null;
  const [reason] = byReason(withoutForecast).keys();
  const isEarly = time < firstForecast;
  if (time > lastForecast || (reason === undefined && !isEarly)) return null;
  // Old bars get no forecast of today.
  if (isEarly && (predictions.body.value?.barsAge?.sessionsBehind ?? 0) > 0) return null;
  return (
    <Panel title={text('inDay.title.none')}>
      {isEarly || reason === undefined ? (
        <EmptyNote message={text('inDay.empty.before', { time: firstForecast })} />
      ) : (
        <EmptyNote message={text(`inDay.reason.${reason}`)} commands={reasonCommands[reason]} />
      )}
    </Panel>
  );
}

/** The symbols without a forecast of the shown time, by the reason. */
function WithoutForecastNote({ without }: { readonly without: Without }) {
  return (
    <>
      {[...byReason(without)].map(([reason, symbols]) => (
        <p key={reason} class="note">
          {text('inDay.without', { symbols: symbols.length })} {text(`inDay.reason.${reason}`)}{' '}
          {symbols.length > maxNamedSymbols ? null : symbols.map(({ symbol }) => symbol).join(', ')}{' '}
          <CommandHint commands={reasonCommands[reason]} />
        </p>
      ))}
    </>
  );
}

/** Groups by the reason, the most common one first. */
function byReason(without: Without): ReadonlyMap<Without[number]['reason'], Without> {
  const groups = Map.groupBy(without, ({ reason }) => reason);
  return new Map([...groups].sort(([, one], [, other]) => other.length - one.length));
}
