import type { AnnouncementEntry } from '@daytrade/contracts';
import { useWatched } from '../../api/resource.ts';
import { announcements, predictions } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { missing, percent } from '../../model/format.ts';
import type { CalendarDay } from '../../model/month.ts';
import { predictionRows } from '../../model/prediction-rows.ts';
import { CompanyName } from '../../parts/company-name.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { hashOf } from '../../shell/route.ts';

interface ResultsPanelProps {
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly from: string;
  readonly to: string;
}

interface ResultsRow extends AnnouncementEntry {
  readonly place: 'in-session' | 'after-close' | 'unknown';
  /** Of the published interval that the results may move, as a share of the last close. */
  readonly width: number | null;
}

/** Days of results of the shown weeks, with the width of the published interval that they may move. */
export function ResultsPanel({ weeks, from, to }: ResultsPanelProps) {
  useWatched(predictions);
  const closes = new Map(weeks.flat().map(({ date, session }) => [date, session?.close]));
  const intervals = predictionRows(predictions.body.value?.predictions ?? [], []);
  const rowOf = (entry: AnnouncementEntry): ResultsRow => {
    const close = closes.get(entry.date);
    const isBefore = entry.time !== null && close !== undefined && entry.time < close;
    const moved = intervals.find(
      ({ prediction }) => prediction.symbol === entry.symbol && prediction.announcement?.date === entry.date,
    );
    const place = entry.time === null ? 'unknown' : isBefore ? 'in-session' : 'after-close';
    return { ...entry, place, width: moved?.width ?? null };
  };
  return (
    <Panel title={text('results.title')}>
      <Loaded key={from} from={announcements(from, to)} lines={4}>
        {(body) =>
          body.announcements.length === 0 ? (
            <EmptyNote message={text('results.none')} commands={['daytrade import --announcements FILE']} />
          ) : (
            <DataTable
              caption={text('results.title')}
              columns={columns()}
              rows={body.announcements.map(rowOf)}
              rowKey={({ symbol, date, kind }) => `${symbol} ${date} ${kind}`}
              sort={{ column: 'date', descending: false }}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function columns(): readonly Column<ResultsRow>[] {
  return [
    { key: 'date', header: text('column.date'), sortBy: ({ date }) => date, cell: ({ date }) => date },
    {
      key: 'symbol',
      header: text('column.symbol'),
      sortBy: ({ symbol }) => symbol,
      cell: ({ symbol }) => <a href={hashOf('symbol', symbol)}>{symbol}</a>,
    },
    {
      key: 'name',
      header: text('column.name'),
      priority: 2,
      sortBy: ({ name }) => companyLabel(name),
      cell: ({ name }) => <CompanyName name={name} />,
    },
    { key: 'time', header: text('results.time'), sortBy: ({ time }) => time, cell: ({ time }) => time ?? missing },
    {
      key: 'class',
      header: text('results.class'),
      sortBy: ({ place }) => place,
      cell: ({ place, kind }) => `${text(`results.${place}`)} · ${text(`results.${kind}`)}`,
    },
    {
      key: 'width',
      header: text('column.width'),
      align: 'right',
      sortBy: ({ width }) => width,
      cell: ({ width }) => (width === null ? missing : percent(width)),
    },
  ];
}
