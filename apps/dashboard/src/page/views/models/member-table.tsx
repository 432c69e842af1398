import type { JudgedModel, MemberReport } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { decimal, missing, percent } from '../../model/format.ts';
import { DirectionBadge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';

/** The members of a model and the ensemble itself, judged out of sample. */
export function MemberTable({ model }: { readonly model: JudgedModel }) {
  return (
    <Panel
      title={text('models.members', { version: model.version })}
      area="members"
      aside={
        <>
          <span class="quiet">
            {text('models.members.note')} {text('accuracy.direction.title')}:
          </span>{' '}
          <DirectionBadge skilled={model.directionSkilled} />
        </>
      }
    >
      {model.soleMember === null ? null : <p class="quiet">{text('models.sole', { member: model.soleMember })}</p>}
      <DataTable
        caption={text('models.members', { version: model.version })}
        columns={columns()}
        rows={model.members}
        rowKey={({ name }) => name}
        rowClass={({ weight }) => (weight === null ? 'selected' : '')}
      />
    </Panel>
  );
}

function columns(): readonly Column<MemberReport>[] {
  return [
    {
      key: 'member',
      header: text('column.member'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => name,
    },
    {
      key: 'weight',
      header: text('column.weight'),
      align: 'right',
      sortBy: ({ weight }) => weight,
      cell: ({ weight }) => (weight === null ? missing : percent(weight)),
    },
    figure('hitRate', text('column.hitRate'), ({ hitRate }) => hitRate, percent),
    figure(
      'ic',
      text('column.ic'),
      ({ ic }) => ic,
      (value) => decimal(value, 4),
    ),
    {
      ...figure(
        'rmse',
        text('column.rmse'),
        ({ rmse }) => rmse,
        (value) => decimal(value * 1e4, 1),
      ),
      priority: 2,
    },
    {
      ...figure(
        'r2',
        text('column.r2'),
        ({ r2 }) => r2,
        (value) => decimal(value, 4),
      ),
      priority: 2,
    },
    {
      ...figure(
        'auc',
        text('column.auc'),
        ({ auc }) => auc,
        (value) => decimal(value, 3),
      ),
      priority: 2,
    },
    {
      ...figure(
        'brier',
        text('column.brier'),
        ({ brier }) => brier,
        (value) => decimal(value, 4),
      ),
      priority: 2,
    },
  ];
}

function figure(
  key: string,
  header: string,
  value: (member: MemberReport) => number,
  format: (value: number) => string,
): Column<MemberReport> {
  return { key, header, align: 'right', sortBy: value, cell: (member) => format(value(member)) };
}
