import type { Evaluation, SymbolAccuracy } from '@daytrade/contracts';
import { symbolCoverageBounds } from '@daytrade/contracts/objective';
import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { basisPoints, count, percent } from '../../model/format.ts';
import { CompanyName } from '../../parts/company-name.tsx';
import { CoverageGauge } from '../../parts/coverage-gauge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { hashOf } from '../../shell/route.ts';

/** Coverage, width and score of each symbol. */
export function SymbolTable({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <Panel title={text('accuracy.symbols.title')} area="symbols">
      <DataTable
        caption={text('accuracy.symbols.title')}
        columns={[...identity(), ...figures(evaluation.targetCoverage)]}
        rows={evaluation.bySymbol}
        rowKey={({ symbol }) => symbol}
        sort={{ column: 'coverage', descending: false }}
      />
    </Panel>
  );
}

function identity(): readonly Column<SymbolAccuracy>[] {
  return [
    {
      key: 'symbol',
      header: text('column.symbol'),
      sortBy: ({ symbol }) => symbol,
      cell: ({ symbol }) => <a href={hashOf('symbol', symbol)}>{symbol}</a>,
    },
    {
      key: 'name',
      header: text('column.name'),
      sortBy: ({ name }) => companyLabel(name),
      cell: ({ name }) => <CompanyName name={name} />,
    },
  ];
}

function figures(target: number): readonly Column<SymbolAccuracy>[] {
  return [
    share('coverage', text('column.coverage'), ({ coverage }) => coverage),
    {
      key: 'gauge',
      header: '',
      priority: 2,
      cell: ({ coverage }) => <CoverageGauge value={coverage} target={target} {...symbolCoverageBounds} />,
    },
    share('coverage60', text('column.coverage60'), ({ rolling60 }) => rolling60.last),
    share('coverage250', text('column.coverage250'), ({ rolling250 }) => rolling250.last),
    points('width', text('column.meanWidth'), ({ meanWidthBp }) => meanWidthBp),
    points('winkler', text('column.winkler'), ({ winklerBp }) => winklerBp),
    { ...share('hitRate', text('column.hitRate'), ({ hitRate }) => hitRate), priority: 2 },
    {
      key: 'days',
      header: text('column.days'),
      align: 'right',
      priority: 3,
      sortBy: ({ days }) => days,
      cell: ({ days }) => count(days),
    },
  ];
}

type Value = (row: SymbolAccuracy) => number | null;

function share(key: string, header: string, value: Value): Column<SymbolAccuracy> {
  return { key, header, align: 'right', sortBy: value, cell: (row) => percent(value(row)) };
}

function points(key: string, header: string, value: Value): Column<SymbolAccuracy> {
  return { key, header, align: 'right', priority: 2, sortBy: value, cell: (row) => basisPoints(value(row)) };
}
