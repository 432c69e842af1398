import type { Evaluation } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { basisPoints, percent } from '../../model/format.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';

type Method = Evaluation['intervalMethods'][number];

/** The ways to make intervals, judged on the same symbol-days. */
export function MethodTable({ evaluation }: { readonly evaluation: Evaluation }) {
  const { intervalMethod, intervalMethods } = evaluation;
  return (
    <Panel title={text('accuracy.methods.title')}>
      <DataTable
        caption={text('accuracy.methods.title')}
        columns={columns(intervalMethod)}
        rows={intervalMethods}
        rowKey={({ name }) => name}
        rowClass={({ name }) => (name === intervalMethod ? 'selected' : '')}
        sort={{ column: 'winkler', descending: false }}
      />
    </Panel>
  );
}

function columns(used: string): readonly Column<Method>[] {
  return [
    {
      key: 'method',
      header: text('column.method'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <>
          {name === 'published' ? text('accuracy.method.published') : name}{' '}
          {name === used ? <Badge tone="live" label={text('accuracy.method.used')} /> : null}
        </>
      ),
    },
    {
      key: 'coverage',
      header: text('column.coverage'),
      align: 'right',
      sortBy: ({ coverage }) => coverage,
      cell: ({ coverage }) => percent(coverage),
    },
    {
      key: 'width',
      header: text('column.meanWidth'),
      align: 'right',
      sortBy: ({ meanWidthBp }) => meanWidthBp,
      cell: ({ meanWidthBp }) => basisPoints(meanWidthBp),
    },
    {
      key: 'winkler',
      header: text('column.winkler'),
      align: 'right',
      sortBy: ({ winklerBp }) => winklerBp,
      cell: ({ winklerBp }) => basisPoints(winklerBp),
    },
  ];
}
