import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nextSort, type Sort, type SortValue, sortRows } from '../model/sorting.ts';
import { SortSelect } from './sort-select.tsx';

/** A column of a {@link DataTable}. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** What stands in the head under the header, for example an axis. */
  readonly scale?: ComponentChildren;
  readonly align?: 'right' | 'center';
  /** 1 is always shown, 2 from a medium width on, 3 only where there is room. */
  readonly priority?: 1 | 2 | 3;
  /** What the column sorts by; without it the column does not sort. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly cell: (row: Row) => ComponentChildren;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rowClass?: (row: Row) => string;
  readonly sort?: Sort;
  /** A row becomes a card on a narrow screen. */
  readonly cards?: boolean;
  /** The table scrolls within its place instead of making the page long. */
  readonly scrolls?: boolean;
}

/** A dense table that sorts by its headers and drops its less important columns where there is no room for them. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClass,
  sort: first,
  cards,
  scrolls,
}: DataTableProps<Row>) {
  const [sort, setSort] = useState<Sort>(first ?? { column: '', descending: false });
  const sortBy = columns.find(({ key }) => key === sort.column)?.sortBy;
  const sorted = useMemo(
    () => (sortBy === undefined ? rows : sortRows(rows, sortBy, sort.descending)),
    [rows, sort.column, sort.descending],
  );
  const turn = (column: Column<Row>) => setSort(nextSort(sort, column.key, column.align === 'right'));
  return (
    <div class={`table${cards === true ? ' table-cards' : ''}`} {...(scrolls === true ? scrollable(caption) : {})}>
      {cards === true ? <SortSelect columns={columns} sort={sort} onSort={setSort} /> : null}
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onTurn={turn} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} class={rowClass?.(row)}>
              {columns.map((column) => (
                <td key={column.key} class={cellClass(column)} data-label={column.header}>
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

/** What makes a scrolling place reachable with the keyboard. */
function scrollable(label: string) {
  return { role: 'region' as const, 'aria-label': label, tabIndex: 0 };
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort;
  readonly onTurn: (column: Column<Row>) => void;
}

function HeaderCell<Row>({ column, sort, onTurn }: HeaderCellProps<Row>) {
  const sorted = sort.column === column.key;
  const order = sort.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={cellClass(column)} {...(sorted ? { 'aria-sort': order } : {})}>
      {column.sortBy === undefined ? (
        column.header
      ) : (
        <button type="button" class="sort" onClick={() => onTurn(column)}>
          {column.header}
          <span class="sort-arrow" aria-hidden="true">
            {sorted ? (sort.descending ? '▾' : '▴') : ''}
          </span>
        </button>
      )}
      {column.scale}
    </th>
  );
}

function cellClass<Row>({ key, align, priority = 1 }: Column<Row>): string {
  return `col-${key} p${priority}${align === undefined ? '' : ` ${align}`}`;
}
