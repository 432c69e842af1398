import type { Evaluation } from '@daytrade/contracts';
import { text, textOf } from '../../i18n/language.ts';
import { basisPoints, count, percent } from '../../model/format.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';

type Bucket = NonNullable<Evaluation['buckets']>[number];

/** Coverage where the mean hides it: by opening gap, market move, volatility and results, with counts. */
export function BucketTable({ buckets = [] }: Pick<Evaluation, 'buckets'>) {
  if (buckets.length === 0) return null;
  return (
    <Panel title={text('accuracy.buckets.title')} area="buckets">
      <DataTable
        caption={text('accuracy.buckets.title')}
        columns={columns()}
        rows={buckets}
        rowKey={({ group, bucket }) => `${group} ${bucket}`}
      />
    </Panel>
  );
}

function columns(): readonly Column<Bucket>[] {
  return [
    {
      key: 'bucket',
      header: text('column.bucket'),
      cell: ({ group, bucket }) => (
        <span class="two-lines">
          {textOf(`bucket.${bucket}`, bucket)}
          <small>{textOf(`bucket.${group}`, group)}</small>
        </span>
      ),
    },
    {
      key: 'symbolDays',
      header: text('column.symbolDays'),
      align: 'right',
      cell: ({ symbolDays }) => count(symbolDays),
    },
    { key: 'coverage', header: text('column.coverage'), align: 'right', cell: ({ coverage }) => percent(coverage) },
    {
      key: 'winkler',
      header: text('column.winkler'),
      align: 'right',
      priority: 3,
      cell: ({ winklerBp }) => basisPoints(winklerBp),
    },
  ];
}
