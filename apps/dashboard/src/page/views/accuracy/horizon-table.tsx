import type { Accuracy } from '@daytrade/contracts';
import { forecastTimeLabel } from '../../i18n/in-day-texts.ts';
import { text } from '../../i18n/language.ts';
import { basisPoints, count, percent } from '../../model/format.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';

type HorizonFigures = Accuracy['liveByHorizon'][number];

/** What the published intervals did, by the time of the day at which they were made, with the number of each. */
export function HorizonTable({ liveByHorizon }: Pick<Accuracy, 'liveByHorizon'>) {
  const sessions = liveByHorizon.flatMap(({ firstSession, lastSession }) => [firstSession, lastSession]);
  const known = sessions.filter((session) => session !== null).sort();
  return (
    <Panel
      title={text('accuracy.horizons.title')}
      area="horizons"
      aside={known.length === 0 ? undefined : <span class="quiet">{`${known[0]} – ${known.at(-1)}`}</span>}
    >
      {liveByHorizon.length === 0 ? (
        <EmptyNote message={text('accuracy.horizons.empty')} />
      ) : (
        <>
          <DataTable
            caption={text('accuracy.horizons.title')}
            columns={columns()}
            rows={liveByHorizon}
            rowKey={({ horizon }) => horizon}
          />
          <p class="note">{text('accuracy.horizons.note', { times: liveByHorizon.length - 1 })}</p>
        </>
      )}
    </Panel>
  );
}

function columns(): readonly Column<HorizonFigures>[] {
  return [
    { key: 'horizon', header: text('inDay.time'), cell: ({ horizon }) => forecastTimeLabel(horizon) },
    {
      key: 'coverage',
      header: text('column.coverage'),
      align: 'right',
      sortBy: ({ coverage }) => coverage,
      cell: ({ coverage }) => percent(coverage),
    },
    {
      key: 'inside',
      header: text('reports.inside'),
      align: 'right',
      sortBy: ({ judged }) => judged,
      cell: ({ inside, judged }) => `${count(inside)} / ${count(judged)}`,
    },
    {
      key: 'width',
      header: text('column.meanWidth'),
      align: 'right',
      sortBy: ({ meanWidthBp }) => meanWidthBp,
      cell: ({ meanWidthBp }) => basisPoints(meanWidthBp),
    },
  ];
}
