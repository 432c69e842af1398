import type { Evaluation } from '@daytrade/contracts';
import { text, textOf } from '../../i18n/language.ts';
import { decimal, missing, percent } from '../../model/format.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';

type Objective = Evaluation['objective'][number];

/** What was promised to whoever operates the platform, and whether it holds. */
export function ObjectiveTable({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <Panel title={text('accuracy.objectives.title')} area="objectives">
      <DataTable
        caption={text('accuracy.objectives.title')}
        columns={columns()}
        rows={evaluation.objective}
        rowKey={({ name, window }) => `${name} ${window}`}
      />
    </Panel>
  );
}

function columns(): readonly Column<Objective>[] {
  return [
    {
      key: 'objective',
      header: text('column.objective'),
      cell: ({ name, window, low, high }) => (
        <span class="two-lines">
          {textOf(`objective.${name}`, window)}
          <small>{high >= 1 ? `≥ ${percent(low)}` : `${decimal(low * 100, 1)}–${percent(high)}`}</small>
        </span>
      ),
    },
    {
      key: 'windows',
      header: text('column.windows'),
      align: 'right',
      cell: ({ lowest = null, highest = null }) =>
        lowest === null ? missing : `${percent(lowest)} – ${percent(highest)}`,
    },
    {
      key: 'held',
      header: text('column.held'),
      cell: ({ held, onBreach }) => {
        if (held === null) return <span class="quiet">{text('accuracy.unknown')}</span>;
        if (held) return <Badge tone="good" label={text('accuracy.held')} />;
        return <Badge tone="bad" label={`${text('accuracy.missed')} · ${text(`breach.${onBreach}`)}`} />;
      },
    },
    { key: 'breach', header: text('column.breach'), priority: 3, cell: ({ onBreach }) => text(`breach.${onBreach}`) },
  ];
}
