import type { Evaluation, InformationCoefficient } from '@daytrade/contracts';
import { text, textOf } from '../../i18n/language.ts';
import { decimal } from '../../model/format.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';

/** How well forecasts order the symbols of a session, by part of the return; older judgements have no such table. */
export function CoefficientTable({ evaluation }: { readonly evaluation: Evaluation }) {
  const { informationCoefficients = [], edgeBound } = evaluation;
  if (edgeBound === undefined) return null;
  return (
    <Panel title={text('accuracy.coefficients.title')}>
      <p class="quiet">{text('accuracy.coefficients.note', { t: decimal(edgeBound.t, 2), tests: edgeBound.tests })}</p>
      <DataTable
        caption={text('accuracy.coefficients.title')}
        columns={columns()}
        rows={informationCoefficients}
        rowKey={({ leg, correlation }) => `${leg} ${correlation}`}
      />
    </Panel>
  );
}

function columns(): readonly Column<InformationCoefficient>[] {
  return [
    { key: 'leg', header: text('column.leg'), cell: ({ leg }) => textOf(`accuracy.leg.${leg}`, leg) },
    {
      key: 'correlation',
      header: text('column.correlation'),
      cell: ({ correlation }) => text(`accuracy.correlation.${correlation}`),
    },
    {
      key: 'coefficient',
      header: text('column.coefficient'),
      align: 'right',
      cell: ({ value }) => decimal(value, 3),
    },
    {
      key: 'range',
      header: text('column.coefficientRange'),
      align: 'right',
      priority: 2,
      cell: ({ low, high }) => `${decimal(low, 3)} … ${decimal(high, 3)}`,
    },
    { key: 't', header: text('column.t'), align: 'right', cell: ({ t }) => decimal(t, 1) },
    {
      key: 'edge',
      header: text('column.edge'),
      cell: ({ edge }) => (edge ? text('accuracy.edge') : text('accuracy.noEdge')),
    },
  ];
}
