import type { Answer } from '../api/request.ts';
import { useWatched } from '../api/resource.ts';
import { announcements, predictions, sessions } from '../api/services.ts';
import { text } from '../i18n/language.ts';
import { percent } from '../model/format.ts';
import { addDays } from '../model/japan-time.ts';
import { predictionRows } from '../model/prediction-rows.ts';
import { ViewHead } from '../parts/layout.tsx';
import { type Column, figure, LoadedTable, symbolColumns, words } from '../parts/table.tsx';
import { japanToday } from '../shell/clock.ts';

/** Days that are listed before today and after it. */
const [daysBefore, daysAfter] = [30, 90];

type AnnouncementEntry = Answer<'announcements'>['announcements'][number];

interface EarningsRow extends AnnouncementEntry {
  readonly place: 'in-session' | 'after-close' | 'unknown';
  /** The width of the published interval that the results may move, a share of the last close. */
  readonly width: number | null;
}

const columns: readonly Column<EarningsRow>[] = [
  words('column.date', ({ date }) => date),
  ...symbolColumns<EarningsRow>((row) => row, { priority: 2 }),
  words('earnings.time', ({ time }) => time),
  {
    header: 'earnings.class',
    sortBy: ({ place }) => place,
    cell: ({ place, kind }) => `${text(`earnings.${place}`)} · ${text(`earnings.${kind}`)}`,
  },
  figure('column.width', ({ width }) => width, percent),
];

/** Earnings dates around today, with the width of the published interval that they may move. */
export function EarningsView() {
  const [from, to] = [addDays(japanToday.value, -daysBefore), addDays(japanToday.value, daysAfter)];
  const days = sessions(from, to);
  const dates = announcements(from, to);
  useWatched(days, predictions);
  const closes = new Map(days.body.value?.sessions.map(({ date, close }) => [date as string, close]));
  const intervals = predictionRows(predictions.body.value?.predictions ?? [], []);
  const toRow = (entry: AnnouncementEntry): EarningsRow => {
    const close = closes.get(entry.date);
    const isBefore = entry.time !== null && close !== undefined && entry.time < close;
    const moved = intervals.find(
      ({ prediction }) => prediction.symbol === entry.symbol && prediction.announcement?.date === entry.date,
    );
    const place = entry.time === null ? 'unknown' : isBefore ? 'in-session' : 'after-close';
    return { ...entry, place, width: moved?.width ?? null };
  };
  return (
    <>
      <ViewHead title={text('view.earnings.title')} freshness={dates} />
      <LoadedTable
        title={text('earnings.title', { from, to })}
        from={dates}
        columns={columns}
        rows={(body) => body.announcements.map(toRow)}
        rowKey={({ symbol, date, kind }) => `${symbol} ${date} ${kind}`}
        sort={{ column: 'date', descending: true }}
        empty={['earnings.none', 'daytrade import --announcements FILE']}
      />
    </>
  );
}
