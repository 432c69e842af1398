import { text } from '../i18n/language.ts';
import type { Sort } from '../model/sorting.ts';
import type { Column } from './data-table.tsx';

interface SortSelectProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Sorts cards, which have no headers to press. */
export function SortSelect<Row>({ columns, sort, onSort }: SortSelectProps<Row>) {
  return (
    <div class="sort-select">
      <label>
        {text('predictions.sort')}{' '}
        <select
          value={sort.column}
          onChange={(event) => {
            const column = columns.find(({ key }) => key === event.currentTarget.value);
            if (column !== undefined) onSort({ column: column.key, descending: column.align === 'right' });
          }}
        >
          {columns
            .filter(({ sortBy }) => sortBy !== undefined)
            .map(({ key, header }) => (
              <option key={key} value={key}>
                {header}
              </option>
            ))}
        </select>
      </label>
      <button
        type="button"
        class="button small"
        aria-label={text('predictions.turn')}
        onClick={() => onSort({ ...sort, descending: !sort.descending })}
      >
        {sort.descending ? '▾' : '▴'}
      </button>
    </div>
  );
}
