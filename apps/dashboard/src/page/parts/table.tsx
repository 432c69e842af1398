import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Resource } from '../api/resource.ts';
import { symbols } from '../api/services.ts';
import { meaning, type PlainTextKey, text } from '../i18n/language.ts';
import { companyLabel } from '../i18n/names.ts';
import { missing } from '../model/format.ts';
import { nextSort, type Sort, type SortValue, sortRows } from '../model/sorting.ts';
import { formatHash } from '../shell/route.ts';
import { LoadedPanel, Panel, type PanelProps } from './layout.tsx';
import { CompanyName, EmptyNote, TwoLines } from './notes.tsx';

export interface Column<Row> {
  /** The text of its header. The last part of this key names the column, for sorting and for style sheets. */
  readonly header: PlainTextKey;
  /** Shown in the head under the header, for example an axis. */
  readonly scale?: ComponentChildren;
  readonly align?: 'right' | 'center';
  /** 1 is always shown, 2 from a medium width on, 3 only on a wide place. */
  readonly priority?: 1 | 2 | 3;
  /** The value to sort by; without it the column does not sort. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly cell: (row: Row) => ComponentChildren;
}

type Options<Row> = Pick<Column<Row>, 'priority' | 'sortBy'>;

/** A column of figures, which sorts by them. */
export function figure<Row>(
  header: PlainTextKey,
  value: (row: Row) => number | null,
  format: (value: number) => ComponentChildren,
  options: Options<Row> = {},
): Column<Row> {
  const cell = (row: Row) => {
    const shown = value(row);
    return shown === null ? missing : format(shown);
  };
  return { header, align: 'right', sortBy: value, cell, ...options };
}

/** A column of words, which sorts by them. */
export function words<Row>(
  header: PlainTextKey,
  value: (row: Row) => string | null,
  options: Options<Row> = {},
): Column<Row> {
  return { header, sortBy: value, cell: (row) => value(row) ?? missing, ...options };
}

interface Named {
  readonly symbol: string;
  readonly name: string;
  readonly synthetic?: boolean;
}

export function symbolColumns<Row>(symbolOf: (row: Row) => Named, options: Options<Row> = {}): readonly Column<Row>[] {
  return [
    {
      header: 'column.symbol',
      sortBy: (row) => symbolOf(row).symbol,
      cell: (row) => <a href={formatHash('symbol', symbolOf(row).symbol)}>{symbolOf(row).symbol}</a>,
    },
    {
      header: 'column.name',
      sortBy: (row) => companyLabel(symbolOf(row).name),
      cell: (row) => <CompanyName {...symbolOf(row)} />,
      ...options,
    },
  ];
}

/** The column of the rank among the selected symbols. */
export const rankColumn: Column<{ readonly rank: number | null }> = {
  header: 'column.rank',
  align: 'center',
  sortBy: ({ rank }) => rank,
  cell: ({ rank }) => {
    if (rank === null) return null;
    const label = text('predictions.picked.rank', { rank });
    return (
      <span class="rank" title={label}>
        <span class="unseen">{label}</span>
        <span aria-hidden="true">{rank}</span>
      </span>
    );
  },
};

/** The column of a row's symbol: its code over its name in the list of symbols. */
export const listedSymbol: Column<{ readonly symbol: string }> = {
  header: 'column.symbol',
  sortBy: ({ symbol }) => symbol,
  cell: ({ symbol }) => (
    <TwoLines
      first={<a href={formatHash('symbol', symbol)}>{symbol}</a>}
      second={<CompanyName name={symbols.body.value?.symbols.find((entry) => entry.symbol === symbol)?.name ?? ''} />}
    />
  ),
};

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rowClass?: (row: Row) => string;
  /** The first order of the rows; default: as they are. */
  readonly sort?: Sort;
  /** A row becomes a card on a narrow screen. */
  readonly cards?: boolean;
  /** The table scrolls within its place instead of making the page long. */
  readonly scrolls?: boolean;
  /** The note in place of a table without rows, with the commands that fill it. */
  readonly empty?: readonly [message: PlainTextKey, ...commands: string[]];
}

/** A dense table that sorts by its headers, and drops its less important columns on a narrow place. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClass,
  cards,
  scrolls,
  empty,
  ...of
}: TableProps<Row>) {
  const [sort, setSort] = useState<Sort>(of.sort ?? { column: '', descending: false });
  if (rows.length === 0 && empty !== undefined) {
    const [message, ...commands] = empty;
    return <EmptyNote message={text(message)} commands={commands} />;
  }
  const sortBy = columns.find((column) => headerText(column) === sort.column)?.sortBy;
  const sorted = sortBy === undefined ? rows : sortRows(rows, sortBy, sort.descending);
  const turn = (column: Column<Row>) => setSort(nextSort(sort, headerText(column), column.align === 'right'));
  // A scrolling place must be reachable with the keyboard.
  const place = scrolls === true ? { role: 'region' as const, 'aria-label': caption, tabIndex: 0 } : {};
  return (
    <div class={`table${cards === true ? ' table-cards' : ''}${scrolls === true ? ' scrolls' : ''}`} {...place}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.header} column={column} sort={sort} onTurn={turn} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} class={rowClass?.(row)}>
              {columns.map((column) => (
                <td key={column.header} class={cellClass(column)} data-label={text(column.header)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Framed<Row> = Omit<PanelProps, 'children'> & Omit<TableProps<Row>, 'caption' | 'rows'>;

interface TablePanelProps<Row> extends Framed<Row> {
  readonly rows: readonly Row[];
  readonly above?: ComponentChildren;
  readonly below?: ComponentChildren;
}

export function TablePanel<Row>({ title, aside, above, below, ...table }: TablePanelProps<Row>) {
  return (
    <Panel title={title} aside={aside}>
      {above}
      <Table caption={title} {...table} />
      {below}
    </Panel>
  );
}

interface LoadedTableProps<Body, Row> extends Framed<Row> {
  readonly from: Resource<Body>;
  readonly lines?: number;
  readonly rows: (body: Body) => readonly Row[];
  readonly above?: (body: Body) => ComponentChildren;
  readonly below?: (body: Body) => ComponentChildren;
}

/** A table of a resource in a panel of its title. */
export function LoadedTable<Body, Row>(props: LoadedTableProps<Body, Row>) {
  const { title, aside, from, lines, rows, above, below, ...table } = props;
  return (
    <LoadedPanel title={title} aside={aside} from={from} lines={lines}>
      {(body) => (
        <>
          {above?.(body)}
          <Table caption={title} rows={rows(body)} {...table} />
          {below?.(body)}
        </>
      )}
    </LoadedPanel>
  );
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort;
  readonly onTurn: (column: Column<Row>) => void;
}

function HeaderCell<Row>({ column, sort, onTurn }: HeaderCellProps<Row>) {
  const isSorted = sort.column === headerText(column);
  const order = sort.descending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      class={cellClass(column)}
      title={meaning(column.header)}
      {...(isSorted ? { 'aria-sort': order } : {})}
    >
      {column.sortBy === undefined ? (
        text(column.header)
      ) : (
        <button type="button" class="sort" onClick={() => onTurn(column)}>
          {text(column.header)}
          <span class="sort-arrow" aria-hidden="true">
            {isSorted ? (sort.descending ? '▾' : '▴') : ''}
          </span>
        </button>
      )}
      {column.scale}
    </th>
  );
}

function headerText({ header }: Pick<Column<never>, 'header'>): string {
  return header.slice(header.lastIndexOf('.') + 1);
}

function cellClass<Row>({ header, align, priority = 1 }: Column<Row>): string {
  return `col-${headerText({ header })} p${priority} ${align ?? ''}`;
}
